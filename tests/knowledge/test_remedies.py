"""What the editor is told to write, when it is written: the content is right again, and says what was meant."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from handlers.shared.switchboard import Switchboard
from knowledge.content.messages import OTHER_COMMANDS, SCREENS
from knowledge.loading import PACKAGED, load
from knowledge.questionnaire.countries import code_meant
from knowledge.words.errors import Problem
from tests.conftest import HERE
from tests.knowledge.breaking import change, problems

TOPIC, FORM = "topics/tout.yaml", "prequalification.yaml"


@pytest.fixture
def folder(folder: Path) -> Path:
    """The minimal package with the questionnaire of the gardens, to break."""
    shutil.copy(HERE / "content" / "gardens" / FORM, folder)
    return folder


def follow(folder: Path, problem: Problem) -> None:
    """Write the line that a problem shows in the place of the one that it names, as deep as it."""
    path = folder / problem.file
    lines = path.read_text("utf-8").split("\n")
    line = lines[problem.line - 1]
    shown = problem.example.partition("   (")[0]
    key = shown.partition(":")[0]
    is_value_of_a_longer_line = line.lstrip().startswith("- ") and re.match(r"[a-z_]+:", shown)
    depth = " " * (len(line) - len(line.lstrip()))
    lines[problem.line - 1] = re.sub(rf"\b{key}: [^,}}]*", shown, line) if is_value_of_a_longer_line else depth + shown
    path.write_text("\n".join(lines), "utf-8")


# One slip a line: file, what is written, what an editor writes instead, the line that the remedy gives.
ONE_LINE = {
    "a day of reading whose year has its figures the wrong way round": (
        "facts.yaml", "checked_on: 2026-01-01", "checked_on: 2062-01-01", "checked_on: 2026-01-01"),
    "the review of a fact before its check": (
        "facts.yaml", "review_by: 2027-01-01", "review_by: 2025-01-01", "review_by: 2027-01-01"),
    "the review of an entry before its check": (
        TOPIC, "review_by: 2026-06-01", "review_by: 2025-06-01", "review_by: 2026-06-01"),
    "a date that is not known, in words": (
        "dates.yaml", "date: unknown", "date: pas encore fixée", "date: unknown"),
    "a command of the assistant in other words": (
        "messages.yaml", "name: aide", "name: mes alertes", "name: mesalertes"),
    "a command that no screen answers": (
        "messages.yaml", "name: aide", "name: mes_alertes", "name: mesalertes"),
    "a country by its three letters": (
        FORM, "    label: Surface\n", "    label: Surface\n    aid: {origins: [NER]}\n", "aid: {origins: [NE]}"),
    "a country by its name": (
        FORM, "    label: Surface\n", "    label: Surface\n    aid: {origins: [Pérou]}\n", "aid: {origins: [PE]}"),
    "a list for a title": (TOPIC, "title: Contact", "title: [Nous, écrire]", 'title: "Nous écrire"'),
    "a date that the calendar has": (
        TOPIC, "Cela coûte", "C'était clos le 19 mai 2025. Cela coûte",
        'answer: "C\'était clos {date:call-1-close}. Cela coûte {fact:price}. {call}"'),
    "a date that the calendar has, contracted": (
        TOPIC, "Cela coûte", "Jusqu'au 19 mai 2025. Cela coûte",
        'answer: "Jusqu\'à cette date : {date:call-1-close}. Cela coûte {fact:price}. {call}"'),
}  # fmt: skip


@pytest.mark.parametrize("slip", ONE_LINE)
def test_the_line_shown_is_right_when_it_is_copied(folder: Path, slip: str) -> None:
    file, before, after, right = ONE_LINE[slip]
    change(folder, file, before, after)

    (problem,) = problems(folder)
    assert problem.example.partition("   (")[0].removeprefix("- ") == right
    follow(folder, problem)

    assert problems(folder) == ()


def test_a_date_to_come_is_written_at_the_step_that_waits_for_it(folder: Path) -> None:
    change(folder, TOPIC, "Cela coûte", "À déposer avant le 15 mars 2027. Cela coûte")

    (problem,) = problems(folder)
    assert "« call-next-close » : date: 2027-03-15" in problem.example
    follow(folder, problem)
    change(folder, "dates.yaml", "date: unknown", "date: 2027-03-15")

    assert problems(folder) == ()
    assert "avant {date:call-next-close}. Cela" in load(folder).topics["price"].answer


def test_a_date_of_the_next_number_is_to_be_added_to_the_calendar(folder: Path) -> None:
    line = change(folder, TOPIC, "{date:call-1-close}", "{date:call-2-close}")

    (problem,) = problems(folder)

    assert (problem.file, problem.line) == (TOPIC, line)
    shown = problem.example.partition("   (")[0].replace("…", "paper")
    waiting = "- {id: call-next-close, kind: closing, label: Clôture, date: unknown, source: paper}"
    change(folder, "dates.yaml", waiting, shown)
    assert problems(folder) == ()


def test_a_date_where_none_can_be_named_is_to_be_taken_out(folder: Path) -> None:
    line = change(folder, "messages.yaml", "Ouvrir le menu", "Ouvrir le menu du 15 mars")

    (problem,) = problems(folder)

    assert (problem.line, problem.example.startswith("effacez-la ici")) == (line, True)


def test_lines_copied_from_the_page_of_a_change_lose_its_marks(folder: Path) -> None:
    first = "      - c'est payant\n"
    line = change(folder, TOPIC, first, f"{first}+      - est-ce que ça se paie\n-      - un prix\n+      - gratuit\n")

    added, removed, last = problems(folder)

    assert [added.line, removed.line, last.line] == [line + 1, line + 2, line + 3]
    assert added.example == "- est-ce que ça se paie   (sans le « + », 6 espaces devant)"
    assert removed.example.startswith("effacez cette ligne")
    follow_added = (folder / TOPIC).read_text("utf-8").replace("\n+ ", "\n ").replace("-      - un prix\n", "")
    (folder / TOPIC).write_text(follow_added, "utf-8")
    assert problems(folder) == ()


def test_a_dash_at_the_margin_with_several_spaces_is_no_line_removed(folder: Path) -> None:
    text = (folder / "facts.yaml").read_text("utf-8")
    (folder / "facts.yaml").write_text(re.sub(r"(?m)^  - (?=id:)", "-   ", text), "utf-8")
    assert "\n-   id: " in (folder / "facts.yaml").read_text("utf-8")

    assert problems(folder) == ()


def test_pasted_lines_whose_accents_are_spoilt_are_each_shown_put_right(folder: Path) -> None:
    change(folder, TOPIC, "title: Contact", "title: Ã\u0080 l'Ã©quipe".replace("Ã\u0080", "\u00c3\u20ac"))
    change(folder, TOPIC, "un numéro", "un numÃ©ro")

    for problem in problems(folder):
        follow(folder, problem)

    assert problems(folder) == ()
    assert load(folder).topics["contact"].title == "À l’équipe"


def test_a_list_for_an_answer_is_shown_as_the_lines_of_a_text(folder: Path) -> None:
    answer = 'answer: "Écrivez à {contact} ou voyez {site}."'
    line = change(folder, TOPIC, answer, 'answer:\n      - "Écrivez à {contact}"\n      - "Voyez {site}"')

    (problem,) = problems(folder)

    assert problem.line == line
    assert [one.strip() for one in problem.example.split("\n")[:3]] == [
        "answer: |", "Écrivez à {contact}", "Voyez {site}"]  # fmt: skip


def test_a_review_that_only_a_future_check_brings_is_not_told(folder: Path) -> None:
    change(folder, TOPIC, "checked_on: 2026-01-01", "checked_on: 2036-01-01")

    assert [problem.kind for problem in problems(folder)] == ["future_day"]


# One id renamed a line: file, the id, another, and the files that still name the first.
RENAMED = {
    "a fact": ("facts.yaml", "price", "montant", (TOPIC,)),
    "a criterion": (FORM, "watering", "eau-courante", (FORM,)),
    "a source, made longer": ("sources.yaml", "leaflet", "leaflet-2022", ("facts.yaml", "dates.yaml", TOPIC)),
}


@pytest.mark.parametrize("renamed", RENAMED)
def test_an_id_renamed_in_one_file_is_told_once_with_all_that_name_it(folder: Path, renamed: str) -> None:
    file, name, new, naming = RENAMED[renamed]
    change(folder, FORM, "verdict: met}", "verdict: met, criteria: {room: met, watering: met}}")
    assert problems(folder) == ()
    line = change(folder, file, f"id: {name}", f"id: {new}")

    (problem,) = problems(folder)

    assert (problem.file, problem.line) == (file, line)
    assert all(one in problem.what for one in (f"« {new} »", f"« {name} »", *naming))
    follow(folder, problem)
    assert problems(folder) == ()


def test_an_id_that_many_name_and_nothing_bears_is_put_back_and_no_near_one_is_proposed(tmp_path: Path) -> None:
    content = Path(shutil.copytree(PACKAGED, tmp_path / "content"))
    change(content, "dates.yaml", "id: ami-4-cloture", "id: fin-du-depot")

    (problem,) = problems(content)

    assert "« ami-4-cloture »" in problem.what
    assert problem.example.startswith("remettez là-bas « id: ami-4-cloture »")


def test_an_answer_renamed_is_told_once_at_its_line(tmp_path: Path) -> None:
    content = Path(shutil.copytree(PACKAGED, tmp_path / "content"))
    line = change(content, FORM, "{id: host,", "{id: accueillir,")

    (problem,) = problems(content)

    assert (problem.line, problem.kind) == (line, "renamed")


def test_a_question_renamed_as_a_common_word_is_told_once(tmp_path: Path) -> None:
    content = Path(shutil.copytree(PACKAGED, tmp_path / "content"))
    line = change(content, FORM, "  - id: need\n", "  - id: appui\n")

    (problem,) = problems(content)

    assert (problem.line, problem.kind) == (line, "renamed")


def test_the_only_command_that_the_menu_lacks_is_the_one_renamed(tmp_path: Path) -> None:
    content = Path(shutil.copytree(PACKAGED, tmp_path / "content"))
    change(content, "messages.yaml", "name: supprimer", "name: effacer")

    (problem,) = problems(content)

    assert problem.example == "- name: supprimer"


def test_the_heading_of_a_change_is_to_be_erased(folder: Path) -> None:
    line = change(folder, TOPIC, "    questions:\n", "    questions:\n@@ -12,7 +12,9 @@ topics:\n") + 1

    assert [(problem.line, problem.kind) for problem in problems(folder)] == [(line, "change_heading")]


def test_a_name_that_nothing_bears_is_no_renamed_entry_because_one_entry_is_never_named(folder: Path) -> None:
    line = change(folder, TOPIC, "related: [about]", "related: [zzz]")

    assert [(problem.line, problem.kind) for problem in problems(folder)] == [(line, "unknown_topic")]


def test_a_criterion_renamed_is_told_where_a_situation_has_its_point(tmp_path: Path) -> None:
    content = Path(shutil.copytree(PACKAGED, tmp_path / "content"))
    change(content, "situation.yaml", "    eligible-country: ", "    bon-pays: ")

    (problem,) = problems(content)

    assert (problem.file, problem.kind) == ("situation.yaml", "unknown_criterion")


def test_a_rule_for_all_cases_that_is_not_the_last_is_moved_down(folder: Path) -> None:
    general = '      - {outcome: open, text: "À mesurer."}\n'
    change(folder, FORM, general, "")
    line = change(folder, FORM, "    rules:\n", f"    rules:\n{general}") + 1

    (problem,) = problems(folder)

    assert (problem.line, problem.kind) == (line, "form_early_rule")
    assert f"ligne {line + 2}" in problem.example


def test_a_second_rule_for_all_cases_is_told_at_its_line(folder: Path) -> None:
    line = change(folder, FORM, "    rules:\n", '    rules:\n      - {outcome: met, text: "Bien."}\n') + 1

    assert [(problem.line, problem.kind) for problem in problems(folder)] == [(line, "form_second_rule")]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("BEN", "BJ"),
        ("ner", "NE"),
        ("DOM", "DO"),
        ("bj", "BJ"),
        ("Sénégale", "SN"),
        ("Bén", ""),
        ("ZZZ", ""),
        ("Saint", ""),
    ],
)
def test_a_country_is_told_by_one_code_or_by_none(typed: str, code: str) -> None:
    assert code_meant(typed) == code


def test_the_commands_that_the_content_may_name_are_those_that_screens_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    from handlers import root_router

    cues: set[str] = set()
    add: Callable[..., None] = Switchboard.add

    def noted(self: Switchboard, named: object, *rest: object, **options: object) -> None:
        cues.update(map(str, named if isinstance(named, tuple) else (named,)))
        add(self, named, *rest, **options)

    monkeypatch.setattr(Switchboard, "add", noted)
    root_router(with_form=True, with_dossier=True, with_calendar=True)

    assert {cue.removeprefix("/") for cue in cues if re.fullmatch(r"/\w+", cue)} == SCREENS | OTHER_COMMANDS
