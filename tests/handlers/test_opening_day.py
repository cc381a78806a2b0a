"""The day a call opens: `appel.yaml` is filled, its deadline moves, it closes. No answer contradicts another."""

import io
import re
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

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

CALL = (Path(__file__).parents[1] / "knowledge" / "appel.yaml").read_text("utf-8")
MOVED = CALL.replace("2027-03-01", "2027-03-15")

QUESTIONS = """
un appel est-il ouvert ?
peut-on encore candidater ?
c'est trop tard pour cette année ?
le 5e ami est-il sorti
y aura-t-il un appel en 2027
quand est le prochain appel
c'est quand la date limite pour candidater ?
jusqu'à quand peut-on répondre
on a jusqu'au combien pour envoyer
les dates clés
quand a lieu la réunion d'information
quand saura-t-on si on est retenus
le 1er mars 2027 c'est bon ?
le 10 mars 2027 c'est bon ?
notre conseil vote le 20 février 2027, ça passe ?
le 16 mars 2027 c'est bon ?
comment candidater ?
où est le formulaire de candidature ?
où trouver le règlement de l'appel
quels documents fournir ?
faut-il une délibération ?
quels sont les critères de sélection
y a-t-il une note minimale ?
combien ça coûte à la commune
on est une commune de 300 habitants, combien ça coûte ?
l'État paie tout, c'est bien ça ?
il paraît que ça coûte 3 000 euros par mission, c'est vrai ?
qui finance le programme ?
qui peut candidater ?
une commune peut-elle candidater ?
on est une commune de 300 habitants dans le Gers, on peut ?
le département peut-il candidater ?
les outre-mer peuvent-ils candidater ?
une association agréée peut-elle répondre ?
petite commune sans expérience, c'est possible ?
c'est quoi un ami ?
comment vous contacter ?
quoi de neuf ?
/dates
/start
""".strip().splitlines()

NOW_OPEN = r"candidatures sont ouvertes|Postulez avant"
OPEN = rf"{NOW_OPEN}|dans les délais|est le dernier jour"
CLOSED = r"a fermé le|est trop tard"
COMING = r"ouverture prévue"
NO_DATES = (
    r"ne sais pas si un appel|ouvert aujourd.hui . Je ne sais pas|je ne sais pas quand|ne peux confirmer aucune date"
    r"|aucune date pour un appel|Appel plus récent|dates que je ne connais pas|Je ne connais pas d.appel ouvert"
)
NO_REST = (
    r"aucun montant|aucun chiffre|n.est pas publié|aucun coût par mission|ni le budget total|aucune liste de pièces"
    r"|n.ai pas le règlement|ni le formulaire|ni les critères de notation|si une délibération est demandée"
)
TOLD = r"7.777|example\.org|règlement du 5e appel|5e appel aux collectivités"


@dataclass(frozen=True)
class Phase:
    """A moment of the drill: the file as it stands, and what no answer may say then."""

    name: str
    file: str | None
    now: datetime
    says: str
    never: str


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=PARIS)  # type: ignore[arg-type,misc]


PHASES = [
    Phase("before", None, at(2027, 1, 4, 10), "ne sais pas", f"{OPEN}|{COMING}|{TOLD}"),
    Phase("announced", CALL, at(2027, 1, 11, 8, 59), COMING, f"{NOW_OPEN}|{NO_DATES}|{NO_REST}"),
    Phase("open", CALL, at(2027, 1, 11, 9), "jusqu.au 1er mars 2027 à 18 h", f"{COMING}|a fermé|{NO_DATES}|{NO_REST}"),
    Phase("moved", MOVED, at(2027, 2, 12, 9), "jusqu.au 15 mars", f"au 1er mars|{COMING}|a fermé|{NO_DATES}|{NO_REST}"),
    Phase("evening", MOVED, at(2027, 3, 15, 17, 59), "aujourd.hui", f"{COMING}|a fermé|{NO_DATES}|{NO_REST}"),
    Phase(
        "closed", MOVED, at(2027, 3, 15, 18), "a fermé le 15 mars", f"{OPEN}|{COMING}|{NO_REST}|je ne sais pas quand"
    ),
    Phase("years after", MOVED, at(2028, 11, 26), "a fermé le 15 mars 2027", f"{OPEN}|{COMING}|{NO_REST}"),
]


@pytest.fixture(scope="module")
def contents(packaged: Content, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str | None], Content]:
    """The packaged content with this `appel.yaml`, as `load` reads and checks it."""
    made: dict[str | None, Content] = {}

    def content(file: str | None) -> Content:
        if file not in made:
            folder = tmp_path_factory.mktemp("call") / "content"
            shutil.copytree(PACKAGED, folder, ignore=shutil.ignore_patterns("examples"))
            if file:
                (folder / "appel.yaml").write_text(file, "utf-8")
            made[file] = load(folder, today=date(2027, 1, 4))
        return made[file]

    return content


@pytest.fixture
async def people(
    contents: Callable[[str | None], Content], tmp_path: Path
) -> AsyncIterator[Callable[[Phase], Conversation]]:
    async with open_database(f"sqlite+aiosqlite:///{tmp_path / 'tevo.db'}") as database:

        def somebody(phase: Phase) -> Conversation:
            content = contents(phase.file)
            return Conversation(content, Understanding(content, models_folder()), database, phase.now)

        yield somebody


@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.name)
async def test_forty_questions_are_answered_without_contradiction(
    people: Callable[[Phase], Conversation], phase: Phase
) -> None:
    somebody = people(phase)
    said = {}
    for question in QUESTIONS:  # each as if it came first: what was said just before is not said again
        await somebody.says("/start")
        said[question] = plain(await somebody.says(question))

    contradictions = {q: found[0] for q, text in said.items() if (found := re.search(phase.never, text))}
    assert not contradictions
    assert re.search(phase.says, said["un appel est-il ouvert ?"])
    assert len(said) == 40
    if phase.name in ("moved", "evening"):
        assert "dans les délais" in said["le 10 mars 2027 c'est bon ?"] or phase.name == "evening"
        assert "trop tard" in said["le 16 mars 2027 c'est bon ?"]
    if phase.file:
        assert "7 777 €" in said["combien ça coûte à la commune"]
        assert "une délibération" in said["quels documents fournir ?"]
        assert "six mois au moins" in said["quels sont les critères de sélection"]
        assert "le formulaire" in said["comment candidater ?"]
        assert "Les communes, les départements" in said["le département peut-il candidater ?"]
        assert "a priori candidater" not in said["le département peut-il candidater ?"]
        assert "Permanence en ligne" in said["comment vous contacter ?"]


@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.name)
async def test_what_follows_another_answer_is_told_from_the_call_too(
    people: Callable[[Phase], Conversation], phase: Phase
) -> None:
    somebody = people(phase)
    said = {}
    for before in (
        "combien ça coûte à la commune",
        "qui peut candidater ?",
        "les dates clés",
        "un appel est-il ouvert ?",
    ):
        for follows in ("peut-on encore candidater ?", "on peut encore ?", "c'est trop tard ?"):
            await somebody.says("/start")
            await somebody.says(before)
            said[before, follows] = plain(await somebody.says(follows))

    assert not {key: text for key, text in said.items() if not re.search(phase.says, text)}
    assert not {key: found[0] for key, text in said.items() if (found := re.search(phase.never, text))}


@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.name)
async def test_the_verdict_and_the_papers_say_the_same(people: Callable[[Phase], Conversation], phase: Phase) -> None:
    somebody = people(phase)
    await somebody.says("test d'éligibilité")
    await somebody.presses("Vérifier mon éligibilité")
    await somebody.presses("Une collectivité ou un groupement")
    await somebody.says("ste rose guadeloupe")
    await somebody.presses(next(b for b in somebody.buttons if b.startswith("Sainte-Rose (commune, 971")))
    for label in ("Oui", "Accueillir un volontaire", "Pas encore", "Je ne sais pas"):
        await somebody.presses(label)
    verdict = plain(await somebody.presses("Oui, une première"))
    details = plain(await somebody.presses("Le détail, les sources"))
    await somebody.presses("Kit pour le conseil")
    kit = pdf_of(somebody)

    for text in (verdict, details, kit):
        assert not re.search(phase.never, text), text
    is_open = phase.name in ("open", "moved", "evening")
    assert ("Postulez avant le" in verdict) == is_open
    if phase.file:
        assert "Un envoi" in verdict  # a criterion of the call, decided from the answers
        assert "Cet appel ne porte pas sur l’accueil" in details
        assert "À vérifier pour votre projet" in details
        assert "7 777 €" in kit
        assert "une délibération ; une lettre d’intention" in kit
        assert "Que restera-t-il à notre charge" not in details


def test_subscribers_are_told_of_the_opening_and_of_the_new_deadline(
    contents: Callable[[str | None], Content],
) -> None:
    before, opened, moved = contents(None), contents(CALL), contents(MOVED)

    def told(known: Content, now: Content, day: date) -> str:
        assert now.calendar
        letter = AlertLetter(now, now.calendar.alerts, day)
        return plain(letter.publication(changes(known.calls, now.calls, day)))

    assert "Un nouvel appel est publié : 5e appel aux collectivités" in told(before, opened, date(2027, 1, 11))
    assert "le 15 mars 2027 à 18 h, heure de Paris (avant : le 1er mars 2027" in told(opened, moved, date(2027, 2, 12))
    assert changes(opened.calls, opened.calls, date(2027, 2, 12)) == ()
    assert changes(before.calls, moved.calls, at(2027, 3, 15, 18)) == ()  # closed: no news any more


def test_the_team_reads_which_call_was_open(contents: Callable[[str | None], Content]) -> None:
    content = contents(CALL)
    assert content.form
    assert content.dossier
    answers = {"applicant": "organisation", "organisation-kind": "association"}

    def call_at(now: datetime) -> str:
        form = FormScreens(content, content.form, Renderer(content, lambda: now))  # type: ignore[arg-type]
        return plain(Recaps(form, content.dossier).of(answers).call)  # type: ignore[arg-type]

    assert call_at(at(2027, 3, 1, 17)) == ""  # it is not theirs
    answers = {"applicant": "authority", "authority": "unknown"}
    assert "5e appel aux collectivités, clôture le 1er mars 2027 à 18 h" in call_at(at(2027, 3, 1, 17))
    assert call_at(at(2027, 3, 1, 18)) == ""


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def pdf_of(conversation: Conversation) -> str:
    ((_, file),) = [sent.file for sent in conversation.sent if sent.file]
    return plain(" ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages).split()))
