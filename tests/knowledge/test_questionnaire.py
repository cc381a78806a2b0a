"""The questionnaire: what is asked, what the answers say, whatever the order. On a made-up programme and on ours."""

import random
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.checks.questionnaire import walk
from knowledge.content.models import Content
from knowledge.content.questionnaire import Condition, Outcome
from knowledge.loading import load
from knowledge.questionnaire.condition import holds
from knowledge.questionnaire.engine import InvalidAnswerError, Questionnaire
from knowledge.questionnaire.kinds import kind_of
from knowledge.questionnaire.ways_to_reach import nearest_domain
from knowledge.questionnaire.what_if import fewest_changes
from knowledge.words.errors import ContentError
from tests.gardens import gardens

GARDENS = Path(__file__).parents[1] / "content" / "gardens" / "prequalification.yaml"
MINIMAL = Path(__file__).parents[1] / "content" / "minimal"


FORM = gardens().form
assert FORM
QUESTIONNAIRE = Questionnaire(FORM)
VALUES: dict[str, list[Any]] = {
    "who": ["school", "town", "giant"],
    "surface": [0, 9, 10, 500],
    "tools": [["spade"], ["rake"], ["rake", "spade"]],
    "water": ["yes", "no", "unknown"],
    "motto": ["Planter"],
    "address": ["jeanne@mairie-exemple.fr"],
    "telephone": ["+33565123456"],
}
EDITS = st.lists(st.sampled_from([(name, value) for name, values in VALUES.items() for value in values]), max_size=12)


def outcomes(questionnaire: Questionnaire, answers: dict[str, Any]) -> dict[str, str]:
    return {r.criterion.id: str(r.outcome) for r in questionnaire.verdict(answers).results}


def test_questions_come_one_by_one_and_only_those_that_matter() -> None:
    answers: dict[str, Any] = {}
    seen = []
    for value in ("town", 12, "yes"):
        question = QUESTIONNAIRE.next(answers)
        assert question is not None
        seen.append(question.id)
        answers = QUESTIONNAIRE.accept(answers, question.id, value)

    assert seen == ["who", "surface", "water"]
    assert QUESTIONNAIRE.next(answers) is None
    assert QUESTIONNAIRE.verdict(answers).outcome == Outcome.MET


def test_an_early_end_asks_nothing_more() -> None:
    answers = QUESTIONNAIRE.accept({}, "who", "giant")

    assert QUESTIONNAIRE.next(answers) is None
    ending = QUESTIONNAIRE.ending(answers)
    assert ending is not None
    assert ending.id == "too-big"


def test_a_changed_answer_leaves_no_stale_one_behind_and_keeps_the_rest() -> None:
    answers = {"who": "school", "surface": 12, "tools": ["rake"], "water": "no"}

    changed = QUESTIONNAIRE.accept(answers, "who", "town")

    assert changed == {"who": "town", "surface": 12, "water": "no"}
    assert outcomes(QUESTIONNAIRE, changed)["watering"] == "unmet"


def test_what_would_change_a_point_is_said() -> None:
    (change,) = fewest_changes(QUESTIONNAIRE, {"who": "town", "surface": 12, "water": "no"})

    assert change.criterion.id == "watering"
    assert change.outcome == Outcome.MET
    assert [(question.id, values) for question, values in change.answers] == [("water", ("yes",))]


@pytest.fixture(scope="module")
def choices(packaged: Content) -> Questionnaire:
    """Our questionnaire, as if every answer were a choice that one may make otherwise."""
    assert packaged.form is not None
    questions = tuple(q.model_copy(update={"states_a_fact": False}) for q in packaged.form.questions)
    return Questionnaire(packaged.form.model_copy(update={"questions": questions}))


def test_nobody_is_invited_to_answer_otherwise_what_is_a_fact(packaged: Content, choices: Questionnaire) -> None:
    assert packaged.form is not None
    answers = {"applicant": "organisation", "organisation-kind": "association", "approval": "none", "support": "no"}

    assert {change.criterion.id for change in fewest_changes(choices, answers)} >= {"approval-held"}
    assert not list(fewest_changes(Questionnaire(packaged.form), answers))


def test_two_answers_that_turn_a_point_only_together_are_said_together(choices: Questionnaire) -> None:
    answers = {"applicant": "organisation", "organisation-kind": "consortium", "approval": "pending"}
    found = fewest_changes(choices, answers)
    change = next(change for change in found if change.criterion.id == "approval-held")

    assert [(question.id, values) for question, values in change.answers] == [
        ("approval", ("vsi",)),
        ("members", ("all",)),
    ]


def brute(questionnaire: Questionnaire, answers: dict[str, Any], criterion: str, fewest: int) -> bool:
    """Whether any complete set of answers, `fewest` or fewer of the relevant ones changed, does better."""
    order = {str(outcome): place for place, outcome in enumerate(Outcome)}
    now = outcomes(questionnaire, answers)[criterion]
    for other, found in everything(questionnaire):
        if order[found.get(criterion, now)] >= order[now]:
            continue
        changed = [name for name, value in other.items() if answers.get(name) != value]
        fixed = any(isinstance(answers.get(name), dict) or other[name] == "unknown" for name in changed)
        if not fixed and len(changed) <= fewest:
            return True
    return False


@cache
def everything(questionnaire: Questionnaire) -> list[tuple[dict[str, Any], dict[str, str]]]:
    """Every complete set of answers, and the outcome of each criterion."""
    return [
        (answers, {r.criterion.id: str(r.outcome) for r in questionnaire.results(answers)})
        for answers in walk(questionnaire.form)
    ]


@pytest.mark.parametrize("ours", [False, True])
def test_what_would_change_is_true_and_what_nothing_changes_too_by_trying_all_answers(
    choices: Questionnaire, *, ours: bool
) -> None:
    questionnaire = choices if ours else QUESTIONNAIRE
    every = [answers for answers, _ in everything(questionnaire)]
    chance = random.Random(4)
    for answers in every if len(every) < 100 else chance.sample(every, 25):
        verdict = questionnaire.verdict(answers)
        turned = {change.criterion.id: change for change in fewest_changes(questionnaire, answers)}
        for result in verdict.results:
            change = turned.get(result.criterion.id)
            if change is None:
                assert result.outcome == Outcome.MET or not brute(questionnaire, answers, result.criterion.id, 99)
                continue
            assert not brute(questionnaire, answers, result.criterion.id, len(change.answers) - 1)
            for values in zip(*(values for _, values in change.answers), strict=True):
                names = [question.id for question, _ in change.answers]
                after = outcomes(questionnaire, {**answers, **dict(zip(names, values, strict=True))})
                assert after[result.criterion.id] == change.outcome


def test_progress_never_promises_fewer_questions_than_there_are() -> None:
    answers: dict[str, Any] = {}
    while question := QUESTIONNAIRE.next(answers):
        number, total = QUESTIONNAIRE.progress(answers)
        assert number <= total
        answers = QUESTIONNAIRE.accept(answers, question.id, VALUES[question.id][0])
    assert len(answers) <= total
    assert QUESTIONNAIRE.progress({"who": "giant"}) == (2, 1)


@pytest.mark.parametrize(
    ("question", "value"),
    [("who", "dragon"), ("surface", -1), ("surface", True), ("surface", "12"), ("tools", []), ("nothing", "yes")],
)
def test_what_is_no_answer_is_refused(question: str, value: Any) -> None:
    with pytest.raises(InvalidAnswerError):
        QUESTIONNAIRE.accept({"who": "school"}, question, value)


@given(EDITS)
def test_whatever_the_edits_the_answers_are_those_that_are_asked(edits: list[tuple[str, Any]]) -> None:
    answers: dict[str, Any] = {}
    for name, value in edits:
        try:
            answers = QUESTIONNAIRE.accept(answers, name, value)
        except InvalidAnswerError:
            assert QUESTIONNAIRE.questions[name] not in QUESTIONNAIRE.asked(answers)
        assert list(answers) == [q.id for q in QUESTIONNAIRE.asked(answers) if q.id in answers]


@given(EDITS, st.randoms(use_true_random=False))
def test_the_verdict_depends_on_the_answers_not_on_their_order(edits: list[tuple[str, Any]], chance: Any) -> None:
    last = dict(edits)
    shuffled = list(last.items())
    chance.shuffle(shuffled)

    assert QUESTIONNAIRE.verdict(last) == QUESTIONNAIRE.verdict(dict(shuffled))


def test_every_path_of_our_questionnaire_ends_with_a_verdict_or_a_kind_word(choices: Questionnaire) -> None:
    lengths = set()
    for answers, found in everything(choices):
        assert choices.next(answers) is None
        assert found or choices.ending(answers)
        lengths.add(len(answers))
    assert max(lengths) <= 8


def test_the_number_of_questions_announced_is_that_of_the_longest_way(packaged: Content) -> None:
    assert packaged.form is not None
    ours = Questionnaire(packaged.form)

    assert ours.progress({}) == (1, 7)
    assert ours.progress({"applicant": "organisation"}) == (2, 7)
    assert ours.progress({"applicant": "organisation", "organisation-kind": "association"}) == (3, 6)


def test_one_may_say_i_do_not_know_to_every_question_of_ours(packaged: Content) -> None:
    assert packaged.form is not None
    for question in packaged.form.questions:
        if question.names_applicant:  # a name is what one knows
            continue
        assert kind_of(question).read("je ne sais pas", ("je ne sais pas",)) in ("unknown", "none-yet"), question.id


@pytest.mark.parametrize(
    ("water", "tools", "expected"),
    [
        ("yes", None, True),
        ("unknown", ["rake"], True),
        (None, ["spade", "rake"], True),
        ("unknown", ["spade"], None),
        ("unknown", None, None),
        ("no", None, None),
        ("no", ["spade"], False),
    ],
)
def test_one_of_several_is_enough_and_what_is_unknown_refuses_nothing(
    water: str | None, tools: list[str] | None, expected: bool | None
) -> None:
    either = Condition.model_validate({"any": [{"water": ["yes"]}, {"tools": ["rake"]}]})
    neither = Condition.model_validate({"not": either, "who": ["school"]})
    answers = {name: value for name, value in (("water", water), ("tools", tools)) if value}

    assert holds(either, answers) is expected
    assert holds(neither, {**answers, "who": "school"}) is (None if expected is None else not expected)
    assert holds(neither, answers) is (False if expected else None)


def test_all_of_several_are_needed_and_one_that_is_false_decides() -> None:
    both = Condition.model_validate({"all": [{"water": ["yes"]}, {"tools": ["rake"]}]})

    assert holds(both, {"water": "yes", "tools": ["rake"]}) is True
    assert holds(both, {"water": "no"}) is False
    assert holds(both, {"tools": ["spade"]}) is False
    assert holds(both, {"water": "yes"}) is None
    assert holds(both, {"tools": ["rake"]}) is None


@pytest.mark.parametrize(("surface", "expected"), [(9, False), (10, True), (20, True), (21, False), (None, None)])
def test_bounds_are_part_of_what_they_allow(surface: int | None, expected: bool | None) -> None:
    answers = {} if surface is None else {"surface": surface}
    between = Condition.model_validate({"surface": {"at_least": 10, "at_most": 20}})
    enough = Condition.model_validate({"surface": {"at_least": 10}})
    little = Condition.model_validate({"surface": {"at_most": 20}})

    assert holds(between, answers) is expected
    assert holds(enough, answers) is (None if surface is None else surface >= 10)
    assert holds(little, answers) is (None if surface is None else surface <= 20)
    assert holds(between, {"surface": "unknown"}) is None


def test_i_do_not_know_is_an_answer_where_a_condition_says_so() -> None:
    unsure = Condition.model_validate({"water": ["unknown"]})

    assert holds(unsure, {"water": "unknown"}) is True
    assert holds(unsure, {"water": "yes"}) is False
    assert holds(unsure, {}) is None


def test_a_part_of_an_authority_is_read_and_unknown_without_one() -> None:
    overseas = Condition.model_validate({"authority.zone": ["drom"]})

    assert holds(overseas, {"authority": {"zone": "drom"}}) is True
    assert holds(overseas, {"authority": {"zone": "metropole"}}) is False
    assert holds(overseas, {"authority": {}}) is None
    assert holds(overseas, {"authority": "unknown"}) is None


def test_own_words_are_kept_beside_the_answer_as_far_as_they_are_short(packaged: Content) -> None:
    assert packaged.form is not None
    ours = Questionnaire(packaged.form)
    first = ours.accept({}, "applicant", "authority", "dropped")
    assert first == {"applicant": "authority"}

    named = ours.accept(first, "authority", "unknown", "x" * 301)
    assert named["authority.words"] == "x" * 300
    assert ours.accept(named, "authority", "unknown") == {**first, "authority": "unknown"}
    assert ours.still_valid({**named, "gone": "yes"}) == named


def test_who_applies_is_read_from_the_answers(packaged: Content) -> None:
    assert packaged.form is not None
    ours = Questionnaire(packaged.form)
    organisation = {"applicant": "organisation", "organisation-kind": "association"}
    while (question := ours.next(organisation)) and not question.names_applicant:
        organisation = ours.accept(organisation, question.id, "unknown")
    assert ours.declared(organisation) == ""
    organisation = ours.accept(organisation, "organisation-name", "Les Amis")
    authority = {"applicant": "authority", "authority": "unknown", "authority.words": "Zorglub"}
    known = {"applicant": "authority", "authority": {"kind": "commune", "code": "97129"}}

    read = [
        (ours.asks_authority(answers), ours.declared(answers), ours.unregistered(answers), ours.authority(answers))
        for answers in (organisation, authority, known)
    ]

    assert read == [
        (False, "Les Amis", "", None),
        (True, "", "Zorglub", None),
        (True, "", "", known["authority"]),
    ]


def test_our_texts_never_promise_that_one_is_eligible(packaged: Content) -> None:
    assert packaged.form is not None
    said = packaged.form.model_dump_json(exclude={"words": {"start_button"}, "examples": True, "offered_with": True})

    assert not re.search(r"vous êtes éligible|êtes donc éligible", said, re.IGNORECASE)


def test_our_situations_are_many_and_reach_every_rule_and_end(packaged: Content) -> None:
    assert packaged.form is not None
    ours = Questionnaire(packaged.form)
    answers = [example.answers for example in packaged.form.examples]
    reached = {(r.criterion.id, r.rule.text) for one in answers for r in ours.verdict(one).results}
    rules = {(c.id, rule.text) for c in packaged.form.criteria for rule in c.rules}

    assert len(answers) >= 25
    assert {ending.id for one in answers if (ending := ours.ending(one))} == {end.id for end in packaged.form.endings}
    assert rules <= reached


def test_our_two_paths_share_no_criterion(packaged: Content) -> None:
    assert packaged.form is not None
    ours = Questionnaire(packaged.form)
    authority = {r.criterion.id for r in ours.verdict({"applicant": "authority"}).results}
    organisation = {r.criterion.id for r in ours.verdict({"applicant": "organisation"}).results}

    assert authority
    assert organisation
    assert not authority & organisation


def test_an_association_without_agrement_is_told_its_ways_and_not_that_it_is_ready(packaged: Content) -> None:
    assert packaged.form is not None
    answers = {"applicant": "organisation", "organisation-kind": "association", "approval": "none"}
    results = {one.criterion.id: one for one in Questionnaire(packaged.form).verdict(answers).results}

    assert results["organisation"].outcome == "open"
    assert all(way in results["approval-held"].text for way in ("collectivité", "porter", "consortium"))
    assert results["approval-held"].rule.ready


def test_of_several_countries_each_is_named(packaged: Content) -> None:
    assert packaged.form is not None
    country = {"words": "Laos, Togo et Grèce", "countries": ["LA", "TG", "GR"], "status": "mixed"}
    results = Questionnaire(packaged.form).verdict({"applicant": "authority", "country": country}).results
    result = next(one for one in results if one.criterion.id == "eligible-country")

    assert result.text.startswith("Grèce : hors".replace(" :", "\xa0:"))
    assert "Laos, Togo" in result.text
    assert "Grèce" in result.team
    assert "Laos, Togo" in result.team


@pytest.mark.parametrize("approval", ["vsi", "civic", "both"])
def test_one_agrement_is_enough(packaged: Content, approval: str) -> None:
    assert packaged.form is not None
    answers = {"applicant": "organisation", "organisation-kind": "association", "approval": approval}

    assert outcomes(Questionnaire(packaged.form), answers)["approval-held"] == "met"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("who: [giant]", "woh: [giant]", "woh"),
        ('water: ["yes"]', "water: [maybe]", "maybe"),
        ('water: ["no"]', 'water: ["yes"]', "ne s'applique jamais"),
        ("{not: {who: [giant]}}", "{water: [unknown]}", "posée après"),
        (
            "{id: giant, label: Un géant}",
            "{id: giant, label: Un géant}\n      - {id: a, label: A}\n      - {id: b, label: B}",
            "ne distingue",
        ),
        ("verdict: met", "verdict: unmet", "devrait valoir « unmet », et vaut « met »"),
        ('- {outcome: open, text: "À voir."}', "- {outcome: open, if: {surface: {at_least: 1}}, text: x}", "effacée"),
        ("source: paper", "source: papper", "papper"),
        ("ask_if: {who: [school]}", "ask_if: {who: [skool]}", "skool"),
        ("applies_if: {who: [school, town]}", "applies_if: {who: [skool, town]}", "skool"),
        ("if: {tools: [spade]}", "if: {tools: [fork]}", "fork"),
        ("any: [{water", "not: {tools: [fork]}, any: [{water", "fork"),
        ("any: [{water", "all: [{tools: [fork]}], any: [{water", "fork"),
        ("{tools: [rake]}]}", "{tools: [fork]}]}", "fork"),
    ],
)
def test_a_mistake_in_a_questionnaire_is_told_with_its_line(tmp_path: Path, before: str, after: str, said: str) -> None:
    folder = tmp_path / "content"
    shutil.copytree(MINIMAL, folder)
    text = GARDENS.read_text("utf-8")
    assert before in text
    (folder / "prequalification.yaml").write_text(text.replace(before, after, 1), "utf-8")

    with pytest.raises(ContentError) as raised:
        load(folder)

    assert any(said in p.what for p in raised.value.problems), raised.value
    assert all(p.file == "prequalification.yaml" for p in raised.value.problems)


def test_a_right_questionnaire_is_accepted(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(MINIMAL, folder)
    shutil.copy(GARDENS, folder / "prequalification.yaml")

    assert load(folder).form is not None


@pytest.mark.parametrize(
    ("question", "typed", "value"),
    [
        ("who", "le lycée", "school"),
        ("who", "2", "town"),
        ("who", "une comune", "town"),
        ("who", "99", None),
        ("who", "une licorne", None),
        ("surface", "environ 1 200 m", 1200),
        ("surface", "beaucoup", None),
        ("tools", "rateau", ["rake"]),
        ("water", "jsp", "unknown"),
        ("water", "oui, enfin non", None),
        ("who", "jsp", None),
        ("motto", "  Planter, c'est prévoir. ", "Planter, c'est prévoir."),
        ("address", "mon mail : Jeanne.Petit@mairie-exemple.fr.", "Jeanne.Petit@mairie-exemple.fr"),
        ("address", "Jérôme@mairie-exemple.fr", None),
        ("address", "jeanne@communauté.fr", "jeanne@xn--communaut-j4a.fr"),
        ("motto", "caché\u202e\x00 \ud800", "caché"),
        ("address", "jeanne@", None),
        ("address", "jeanne", None),
        ("telephone", "05 65 12 34 56", "+33565123456"),
        ("telephone", "0692123456", "+262692123456"),
        ("telephone", "+687 23 45 67", "+687234567"),
        ("telephone", "12", None),
    ],
)
def test_typed_answers_are_read_as_people_write_them(question: str, typed: str, value: Any) -> None:
    assert kind_of(QUESTIONNAIRE.questions[question]).read(typed, ("jsp",)) == value


@pytest.mark.parametrize(
    ("email", "meant"),
    [
        ("a@gmial.com", "a@gmail.com"),
        ("a@orange.fr", None),
        ("a@mairie-de-x.fr", None),
        ("a@wanado.fr", "a@wanadoo.fr"),
    ],
)
def test_a_misspelt_common_domain_is_noticed(email: str, meant: str | None) -> None:
    assert nearest_domain(email) == meant
