"""The team changes the content from the command line: comments stay, effects are seen first, nothing is silent."""

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from bot.commands.cli import tevo
from bot.commands.setup import paris_today
from bot.database.database import Database
from bot.memory.counts import Count
from bot.settings import load_settings
from bot.stores import open_stores
from bot.team.figures import Figures
from knowledge.feedback import Missed, Vain
from knowledge.loading import load
from knowledge.understanding.understanding import Understanding
from tests.conftest import HERE, TODAY
from tests.conversation import Conversation

EXAMPLES = (
    "# mesurés\n- {q: est-ce onéreux, topics: [price]}\n- {q: où vous trouver, topics: [contact], accept: [price]}\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content with comments and labelled messages."""
    folder = Path(shutil.copytree(HERE / "content" / "minimal", tmp_path / "content"))
    (folder / "examples").mkdir()
    (folder / "examples" / "questions.yaml").write_text(EXAMPLES, "utf-8")
    topics = folder / "topics" / "tout.yaml"
    topics.write_text(f"# Tout ce que l'on sait.\n{topics.read_text('utf-8')}# fin\n", "utf-8")
    monkeypatch.setenv("TEVO_CONTENT", str(folder))
    monkeypatch.setenv("TEVO_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


@pytest.fixture
def group(folder: Path) -> str:
    """Questions that were asked in vain; the name of their group."""

    async def keep() -> None:
        async with open_stores(load_settings(), paris_today) as (_, _, stores):
            for question in ("permis de chasse ?", "faut-il un permis de chasse"):
                await stores.feedback.missed(Missed(question, Vain.UNKNOWN, (), ("price",)))

    asyncio.run(keep())
    return run("suggest").output.split()[0]


def run(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(tevo, [*arguments], input=answer, standalone_mode=False)


def topics(folder: Path) -> str:
    return (folder / "topics" / "tout.yaml").read_text("utf-8")


def questions(folder: Path, topic: str) -> list[str]:
    found = next(one for one in yaml.safe_load(topics(folder))["topics"] if one["id"] == topic)
    return list(found["questions"])


def test_what_was_read_again_is_noted_and_the_rest_of_the_file_stays(folder: Path) -> None:
    before = topics(folder).splitlines()
    result = run("verify", "price")

    after = topics(folder).splitlines()
    changed = [line.strip() for line, old in zip(after, before, strict=True) if line != old]
    assert [line.split(":")[0] for line in changed] == ["checked_on", "review_by"]
    assert changed[0] == f"checked_on: {paris_today().isoformat()}"
    assert "relu aujourd'hui" in result.output
    load(folder)


def test_nothing_is_noted_of_an_entry_that_is_not_there(folder: Path) -> None:
    before = topics(folder)
    result = run("verify", "licorne")

    assert result.return_value == 1
    assert "« licorne » n'est ni une entrée" in result.output
    assert topics(folder) == before


def test_what_is_late_comes_first_and_makes_the_command_fail(folder: Path) -> None:
    text = topics(folder)
    line = next(line for line in text.splitlines() if "review_by" in line)
    (folder / "topics" / "tout.yaml").write_text(text.replace(line, "    review_by: 2026-10-01", 1), "utf-8")

    result = run("stale")
    assert result.return_value == 1
    assert result.output.startswith("en retard de ")
    assert "(topics/tout.yaml)" in result.output

    assert run("stale", "--within", "99999").output.count("\n") >= 3


def test_a_suggestion_is_made_after_its_effect_was_shown_and_only_if_wanted(folder: Path, group: str) -> None:
    before = topics(folder)
    refused = run("suggest", group, "--to", "price", answer="non\n")
    assert "Messages étiquetés qui changent de réponse" in refused.output
    assert topics(folder) == before

    run("suggest", group, "--to", "price", answer="oui\n")
    assert questions(folder, "price")[-2:] == ["permis de chasse ?", "faut-il un permis de chasse"]
    assert topics(folder).startswith("# Tout ce que l'on sait.\n")
    assert topics(folder).endswith("# fin\n")
    load(folder)
    assert run("suggest").output == "Aucune question.\n"


HUNTING = """    points:
      - id: young
        says: "**Oui**, dès 16 ans."
        questions: ["à quel âge peut-on venir", "un enfant peut-il venir"]
      - id: hunting
        says: "**Aucun permis** n'est demandé."
        questions: ["un permis pour chasser est-il demandé", "faut-il le permis"]  # de chasse
"""


def with_points(folder: Path) -> None:
    """The entry about the price has two."""
    text = topics(folder).replace("      - c'est payant\n", f"      - c'est payant\n{HUNTING}")
    (folder / "topics" / "tout.yaml").write_text(text, "utf-8")


def test_the_point_that_would_answer_comes_first_with_the_command_that_adds_to_it(folder: Path, group: str) -> None:
    with_points(folder)

    shown = run("suggest", group).output
    assert "là où il est dit : « Aucun permis n’est demandé. », topics/tout.yaml" in shown.splitlines()[0]
    assert f"    tevo suggest {group} --to price.hunting\n" in shown
    assert f"    tevo suggest {group} --to price\n" in shown
    assert "price.young" not in shown

    run("suggest", group, "--to", "price.hunting", "--yes")
    (_, point) = next(one for one in yaml.safe_load(topics(folder))["topics"] if one["id"] == "price")["points"]
    assert point["questions"][-2:] == ["permis de chasse ?", "faut-il un permis de chasse"]
    assert run("suggest").output == "Aucune question.\n"


def test_a_point_that_is_not_there_is_told(folder: Path, group: str) -> None:
    with_points(folder)

    result = run("suggest", group, "--to", "price.licorne", "--yes")

    assert result.return_value == 1
    assert "« licorne » n'est pas un point de « price »" in result.output


def test_what_is_not_ours_goes_off_topic(folder: Path, group: str) -> None:
    run("suggest", group, "--off-topic", "--yes")

    assert "permis de chasse ?" in yaml.safe_load((folder / "hors-sujet.yaml").read_text("utf-8"))["off_topic"]


def test_what_is_left_unanswered_is_not_proposed_again(folder: Path, group: str) -> None:
    run("suggest", group, "--leave")

    assert run("suggest").output == "Aucune question.\n"
    assert run("missed").output == "Aucune question.\n"


def test_a_new_entry_is_begun_and_refused_until_it_is_written(folder: Path, group: str) -> None:
    run("suggest", group, "--new")

    result = run("check", str(folder))
    assert "- id: permis-chasse" in topics(folder)
    assert result.return_value == 1
    assert "commencée, et pas finie" in result.output


def test_a_group_that_is_not_there_is_told(folder: Path, group: str) -> None:
    assert "aucun groupe de ce nom" in run("suggest", "000000").output


def test_a_retired_entry_leaves_its_questions_and_labels_to_its_successor(folder: Path) -> None:
    asked = questions(folder, "price")
    result = run("retire", "price", "contact")

    assert result.return_value == 0, result.output
    assert set(asked) <= set(questions(folder, "contact"))
    labelled = (folder / "examples" / "questions.yaml").read_text("utf-8")
    assert "price" not in labelled
    assert labelled.startswith("# mesurés\n")
    assert load(folder, today=TODAY + timedelta(days=3650)).current("price") == "contact"


POINTS = """    points:
      - {id: contact, says: "**Par courriel**.", questions: ["un courriel suffit-il"]}
"""


def test_a_point_of_the_same_name_is_not_taken_for_the_entry(folder: Path) -> None:
    (folder / "topics" / "avant.yaml").write_text(
        "theme: Avant\ntopics:\n  - id: other\n    title: Autre\n    button: Autre\n    answer: Autre chose.\n"
        "    sources: [leaflet]\n    checked_on: 2026-01-01\n    review_by: 2026-02-01\n    questions: [rien d'autre]\n"
        + POINTS,
        "utf-8",
    )

    assert run("verify", "contact").output.startswith("contact : relu aujourd'hui")
    assert "Contact  (topics/tout.yaml)" in run("stale", "--within", "9999").output


def test_a_criterion_to_be_read_again_is_noted_as_read(folder: Path) -> None:
    form = folder / "prequalification.yaml"
    form.write_text(
        "questions: []\ncriteria:\n  - {id: level, checked_on: 2026-01-01, review_by: 2026-06-01}  # la règle\n",
        "utf-8",
    )

    assert run("verify", "level").output.startswith("level : relu aujourd'hui")
    assert f"checked_on: {paris_today()}" in form.read_text("utf-8")
    assert "# la règle" in form.read_text("utf-8")


def test_precise_questions_and_what_follows_them_go_to_the_successor_too(folder: Path) -> None:
    topic = folder / "topics" / "tout.yaml"
    topic.write_text(
        topic.read_text("utf-8").replace("      - c'est payant\n", f"      - c'est payant\n{POINTS}"), "utf-8"
    )
    after = folder / "conversation-exemples.yaml"
    after.write_text("follow_ups:\n  price: [+, et en plus]\n  contact: [+, et par courrier]\n", "utf-8")

    result = run("retire", "price", "contact")

    assert result.return_value == 0, result.output
    assert "un courriel suffit-il" in questions(folder, "contact")
    assert yaml.safe_load(after.read_text("utf-8")) == {
        "follow_ups": {"contact": ["+", "et par courrier", "et en plus"]}
    }


def test_what_is_kept_of_a_conversation_leads_to_the_successor(folder: Path) -> None:
    words = folder / "conversation.yaml"
    words.write_text(
        "near_acts: [price]\nfollow_ups:\n  countries: price\n  abroad: [price]\n  applying: [price, contact]\n"
        "  examples: [price]\n",
        "utf-8",
    )

    assert run("retire", "price", "contact").return_value == 0
    assert yaml.safe_load(words.read_text("utf-8")) == {
        "near_acts": ["contact"],
        "follow_ups": {"countries": "contact", "abroad": ["contact"], "applying": ["contact"], "examples": ["contact"]},
    }


def test_what_would_leave_a_mistake_changes_nothing(folder: Path) -> None:
    before = topics(folder)

    assert run("retire", "price", "licorne").return_value == 1
    assert topics(folder) == before


async def test_links_and_buttons_of_a_retired_entry_lead_to_its_successor(folder: Path, database: Database) -> None:
    from bot.team.editing import retire

    retire(folder, "price", "contact")
    content = load(folder)
    talk = Conversation(content, Understanding(content), database, TODAY)

    assert content.topics["contact"].title in await talk.says("/start price")
    pressed = talk.session.presses("topic:price", talk.replies[-1])
    assert content.topics["contact"].title in await talk.feeds(pressed)
    assert Figures([Count(TODAY, "entry:price", 2)], content, TODAY).entries() == [("Contact", (2, 2, 2))]
