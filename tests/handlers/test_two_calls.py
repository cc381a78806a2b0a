"""Two calls at once, one to local authorities and one to approved organisations: each is told to whom it is for."""

import re
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.database.database import open_database
from bot.settings import models_folder
from handlers.dossier.recap import Recaps
from handlers.questionnaire.screens import FormScreens
from knowledge import PACKAGED
from knowledge.content.calendar import PARIS
from knowledge.content.models import Content
from knowledge.dates.alert_letter import AlertLetter
from knowledge.dates.calendar_changes import changes
from knowledge.loading import load
from knowledge.rendering import Renderer
from knowledge.understanding.understanding import Understanding
from tests.conversation import Conversation

FILES = Path(__file__).parents[1] / "knowledge"
THEIRS, OURS = "appel-organismes.yaml", "appel.yaml"

TO_ALL = (
    "un appel est-il ouvert ?|peut-on encore candidater ?|les dates clés|comment candidater ?|qui peut candidater ?"
)
TO_TOWNS = (
    "on est une commune de 300 habitants, combien ça coûte ?|on est une mairie, quelles pièces fournir ?"
    "|une commune peut-elle candidater ?"
)
TO_ORGANISATIONS = (
    "un appel aux organismes est-il ouvert ?|jusqu'à quand une association agréée peut-elle répondre ?"
    "|une association agréée peut-elle répondre ?|on est une association agréée, quelles pièces fournir ?"
    "|on est une association agréée, combien ça coûte ?|on est un RRMA, quand est la date limite ?"
    "|notre association vote le 20 février 2027, ça passe ?|notre association vote le 28 février 2027, ça passe ?"
)


@dataclass(frozen=True)
class Phase:
    """A moment: which files there are, and what everybody, towns and organisations must read, or never."""

    name: str
    files: tuple[str, ...]
    now: datetime
    told: dict[str, str]
    never: str


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=PARIS)  # type: ignore[arg-type,misc]


PHASES = [
    Phase(
        "both",
        (OURS, THEIRS),
        at(2027, 2, 1, 10),
        {
            "un appel est-il ouvert ?": r"5e appel aux collectivités .*1er mars 2027.*2e appel aux organismes .*26 fév",
            "les dates clés": r"1er mars 2027.*26 février 2027",
            "peut-on encore candidater ?": "jusqu.au 1er mars 2027",
            "qui peut candidater ?": r"Les communes, les départements.*seuls ou en consortium",
            "un appel aux organismes est-il ouvert ?": "jusqu.au 26 février 2027 à 12 h",
            "jusqu'à quand une association agréée peut-elle répondre ?": "jusqu.au 26 février 2027 à 12 h",
            "une association agréée peut-elle répondre ?": r"seuls ou en consortium.*26 février 2027",
            "on est une association agréée, quelles pièces fournir ?": "décision d.agrément",
            "on est une association agréée, combien ça coûte ?": "4 444",
            "on est un RRMA, quand est la date limite ?": "26 février 2027",
            "notre association vote le 20 février 2027, ça passe ?": "dans les délais.*26 février 2027",
            "notre association vote le 28 février 2027, ça passe ?": "trop tard.*26 février 2027",
            "on est une commune de 300 habitants, combien ça coûte ?": "7 777",
            "on est une mairie, quelles pièces fournir ?": "une délibération",
        },
        r"ne sais pas si un appel|d.environ 2022|Je ne sais pas : n.attendez|n.ai pas le règlement|ni le formulaire",
    ),
    Phase(
        "theirs alone",
        (THEIRS,),
        at(2027, 2, 1, 10),
        {
            "un appel est-il ouvert ?": r"et leurs groupements\. Je ne sais pas.*jusqu.au 26 février",
            "comment candidater ?": r"groupements\. Un appel est-il.*26 février 2027.*Collectivités : je n.ai ni",
            "un appel aux organismes est-il ouvert ?": "jusqu.au 26 février 2027 à 12 h",
            "on est une commune de 300 habitants, combien ça coûte ?": "aucun montant",
            "on est une mairie, quelles pièces fournir ?": "aucune liste de pièces",
        },
        r"5e appel aux collectivités|7.777|d.environ 2022",
    ),
    Phase(
        "theirs has closed",
        (OURS, THEIRS),
        at(2027, 2, 26, 12),
        {
            "un appel est-il ouvert ?": r"jusqu.au 1er mars 2027.*organismes agréés\. Je ne connais pas d.appel ouvert",
            "un appel aux organismes est-il ouvert ?": "a fermé le 26 février 2027 à 12 h",
            "peut-on encore candidater ?": "jusqu.au 1er mars 2027",
        },
        r"ouvertes jusqu.au 26 février|d.environ 2022|ne sais pas si un appel",
    ),
]


@pytest.fixture(scope="module")
def contents(packaged: Content, tmp_path_factory: pytest.TempPathFactory) -> Callable[[tuple[str, ...]], Content]:
    """The packaged content with these files, as `load` reads and checks it."""
    made: dict[tuple[str, ...], Content] = {}

    def content(files: tuple[str, ...]) -> Content:
        if files not in made:
            folder = tmp_path_factory.mktemp("calls") / "content"
            shutil.copytree(PACKAGED, folder, ignore=shutil.ignore_patterns("examples"))
            for file in files:
                shutil.copy(FILES / file, folder)
            made[files] = load(folder, today=date(2027, 1, 6))
        return made[files]

    return content


@pytest.fixture
async def people(
    contents: Callable[[tuple[str, ...]], Content], tmp_path: Path
) -> AsyncIterator[Callable[[Phase], Conversation]]:
    async with open_database(f"sqlite+aiosqlite:///{tmp_path / 'tevo.db'}") as database:

        def somebody(phase: Phase) -> Conversation:
            content = contents(phase.files)
            return Conversation(content, Understanding(content, models_folder()), database, phase.now)

        yield somebody


@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.name)
async def test_each_is_told_of_its_own_call(people: Callable[[Phase], Conversation], phase: Phase) -> None:
    somebody = people(phase)
    said = {}
    for question in "|".join((TO_ALL, TO_TOWNS, TO_ORGANISATIONS)).split("|"):
        await somebody.says("/start")
        said[question] = plain(await somebody.says(question))

    unsaid = {q: said[q] for q, wanted in phase.told.items() if not re.search(wanted, said[q], re.DOTALL)}
    assert not unsaid
    assert not {q: found[0] for q, text in said.items() if (found := re.search(phase.never, text))}
    assert not {q: said[q] for q in TO_TOWNS.split("|") if re.search(r"26 février 2027|4.444", said[q])}


async def test_an_organisation_gets_its_own_verdict_rules_and_last_day(people: Callable[[Phase], Conversation]) -> None:
    somebody = people(PHASES[0])
    await somebody.says("test d'éligibilité")
    await somebody.presses("Vérifier mon éligibilité")
    await somebody.presses("Une association, un RRMA, un consortium")
    await somebody.presses("Association de volontariat")
    await somebody.presses("Service civique à l’international")
    for _ in range(2):
        await somebody.presses("Je ne sais pas")
    verdict = plain(await somebody.says("Les Amis du Large"))
    details = plain(await somebody.presses("Le détail, les sources"))

    assert "Postulez avant le 26 février 2027 à 12 h" in verdict
    assert "Trois territoires au moins" in verdict
    assert "Un envoi" not in verdict
    assert "5e appel" not in verdict + details
    assert "Cet appel demande les deux agréments" in details
    assert "Un appel aux organismes est-il ouvert" not in details


def test_subscribers_and_the_team_read_which_call_it_is(contents: Callable[[tuple[str, ...]], Content]) -> None:
    before, both = contents(()), contents((OURS, THEIRS))
    assert both.calendar
    assert both.form
    assert both.dossier
    opened = AlertLetter(both, both.calendar.alerts, date(2027, 2, 1)).publication(
        changes(before.calls, both.calls, date(2027, 2, 1))
    )
    form = FormScreens(both, both.form, Renderer(both, lambda: at(2027, 2, 1)))
    recaps = Recaps(form, both.dossier)
    theirs = recaps.of({"applicant": "organisation", "organisation-kind": "association"})
    ours = recaps.of({"applicant": "authority", "authority": "unknown"})

    assert "5e appel aux collectivités" in plain(opened)
    assert "2e appel aux organismes" in plain(opened)
    assert "2e appel aux organismes, clôture le 26 février 2027 à 12 h" in plain(theirs.call)
    assert theirs.rules == "https://example.org/reglement-organismes"
    assert "5e appel aux collectivités, clôture le 1er mars 2027 à 18 h" in plain(ours.call)
    assert ours.rules == "https://example.org/reglement"


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")
