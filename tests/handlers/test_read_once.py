"""What one message costs, counted: nothing of it is read, heard or looked up again that was before."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from handlers.shared.buttons import ShowTopic
from knowledge.conversation.dialogue_reader import _Condition
from knowledge.distress.likeness import DistressLikeness
from knowledge.questionnaire import countries
from knowledge.register.authorities import Register
from knowledge.register.mention import named_within
from knowledge.rendering import Renderer
from knowledge.understanding.understanding import Understanding
from knowledge.words.text import unaccented
from tests.conftest import TODAY
from tests.conversation import Conversation

LONG = """Bonjour, je suis maire d'une commune de 800 habitants dans la Drôme. Combien ça coûte, et qui peut partir ?
Peut-on accueillir un jeune du Mali ? Faut-il un diplôme, quel âge minimum, et combien de temps dure la mission ?
Est-ce que le volontaire est logé ? Nous voulons aussi savoir quand postuler, et à qui envoyer le dossier."""


def counted(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, told: Callable[..., list[str]]) -> Counter[str]:
    """How often each text that `told` finds in its arguments is given to it from now on."""
    seen: Counter[str] = Counter()
    work = getattr(owner, name)

    def noted(*args: Any, **named: Any) -> Any:
        seen.update(told(*args))
        return work(*args, **named)

    monkeypatch.setattr(owner, name, noted)
    return seen


@pytest.mark.content
@pytest.mark.parametrize(
    ("typed", "times", "said"),
    [
        ("combien ça coûte à la commune ?", {1}, "Combien cela coûte"),
        ("et pour une commune de Guadeloupe ?", {1}, "Une commune (Guadeloupe)"),
        ("plus court", set(), "En bref"),  # of what was just said: nothing to read
        (LONG, {1}, "Pour une commune de 800 habitants (Drôme)"),
    ],
)
async def test_a_message_is_read_once(
    elu: Conversation, monkeypatch: pytest.MonkeyPatch, typed: str, times: set[int], said: str
) -> None:
    await elu.says("qui peut candidater ?")
    read = counted(monkeypatch, Understanding, "read", lambda _, text: [text])

    assert said in await elu.says(typed)
    assert set(read.values()) == times


@pytest.mark.content
@pytest.mark.parametrize("typed", [LONG, f"{LONG} jeveuxsavoir."])
def test_no_piece_of_a_message_is_heard_twice_for_distress(
    packaged_understanding: Understanding, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    packaged_understanding.distress("bonjour")
    heard = counted(monkeypatch, DistressLikeness, "of", lambda _, texts, __: [unaccented(t).strip() for t in texts])
    packaged_understanding.distress(typed)

    assert len(heard) > 10
    assert set(heard.values()) == {1}


@pytest.mark.content
def test_the_country_of_a_message_is_looked_for_once(
    packaged_understanding: Understanding, monkeypatch: pytest.MonkeyPatch
) -> None:
    countries.named.cache_clear()
    looked = counted(monkeypatch, countries, "_written", lambda text: [text])
    packaged_understanding.read(LONG, today=TODAY)

    assert looked["Mali"] == 1


def test_no_name_is_looked_up_that_ends_in_a_little_word(monkeypatch: pytest.MonkeyPatch) -> None:
    register = Register.load()
    looked = counted(monkeypatch, register, "find", lambda name, *_: [name])
    named_within("la commune de Trifouillis-les-Oies et de la", register)

    assert looked
    assert not [name for name in looked if register.language.is_little(name.split()[-1])]


@pytest.mark.content
async def test_few_of_the_rules_of_what_is_said_of_the_conversation_are_tried(
    elu: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = counted(monkeypatch, _Condition, "holds", lambda *_: ["a rule"])
    await elu.says("combien ça coûte à la commune ?")

    assert 0 < tried["a rule"] < 60


@pytest.mark.content
async def test_an_answer_told_alone_is_filled_in_once(elu: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = counted(monkeypatch, Renderer, "warning", lambda _, topic: [topic.id])

    assert "Combien cela coûte" in await elu.says("combien ça coûte à la commune ?")
    assert not looked


@pytest.mark.content
async def test_the_button_of_an_entry_is_made_once(elu: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    await elu.says("bonjour")
    made = counted(monkeypatch, ShowTopic, "pack", lambda button: [button.id])
    await elu.says("bonjour à vous")

    assert len(elu.buttons) > 3
    assert made.total() < 3
