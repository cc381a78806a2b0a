"""Questions answered by one option, or by some of them."""

from collections.abc import Iterable
from typing import Any

from knowledge.content.questionnaire_words import QuestionnaireWords
from knowledge.questionnaire.condition import Test
from knowledge.questionnaire.kinds.kind import LETTERS, QuestionKind
from knowledge.questionnaire.typed_answer import adds, clean, is_said, meant_option, says
from knowledge.words.text import normalise


class ChoiceKind(QuestionKind):
    """One of the options."""

    def _read(self, text: str) -> Any:
        typed = normalise(text)
        bare = next((one for one in self.question.options if one.id == self.question.bare), None)
        option = meant_option(self.question.options, typed, doubts_no=self.question.doubts_no, number=bare)
        if option is None and self.question.otherwise and LETTERS.search(clean(text)):
            return self.question.otherwise
        return option.id if option else None

    def joined(self, before: Any, value: Any, text: str) -> Any:
        """The answer that a correction leaves: the option that says both, « le VSI aussi »; else the new one alone."""
        if not adds(text):
            return value
        both = (one.id for one in self.question.options if one.together and {*one.together} == {before, value})
        return next(both, value)

    def is_told_in(self, text: str) -> bool:
        """Where an option is told, and any words would not do."""
        return not self.question.otherwise and self._read(text) is not None

    def told_at_length(self, text: str) -> Any:
        """The option told by several of its words: « association de volontariat », not « association »; else None."""
        value, typed = self._read(text), normalise(text)
        ways = (normalise(way) for one in self.question.options if one.id == value for way in (one.label, *one.also))
        return value if any(" " in way and is_said(way, typed) for way in ways) else None

    def is_in_its_words(self, text: str) -> bool:
        """A label, or one word for it: « souvent », not « deux par an »."""
        ways = ((one.label, *(way for way in one.also if len(way.split()) == 1)) for one in self.question.options)
        return any(says(text, *one) for one in ways)

    def valid(self, value: Any) -> Any:
        """One of the options' ids."""
        return value if value in self._labels() else None

    def possible(self, compared: Iterable[tuple[str, Test]]) -> list[Any]:
        """Every option."""
        return list(self._labels())

    def said(self, value: Any, words: QuestionnaireWords) -> str:
        """As the option is told, else its label."""
        told = {option.id: option.said for option in self.question.options}
        return told.get(value) or self._labels().get(value) or super().said(value, words)

    def sorry(self, words: QuestionnaireWords) -> str:
        """Press a button, or put it otherwise."""
        return words.not_understood

    def _labels(self) -> dict[str, str]:
        return {option.id: option.label for option in self.question.options}


class SeveralKind(ChoiceKind):
    """Some of the options."""

    def read(self, text: str, dont_know: tuple[str, ...]) -> Any:
        """The one option that is typed; more are chosen by their buttons."""
        one = super().read(text, dont_know)
        return None if one is None else [one]

    def valid(self, value: Any) -> Any:
        """Ids of options, in the question's order."""
        names = list(self._labels())
        if isinstance(value, list | tuple) and value and set(value) <= set(names):
            return sorted(set(value), key=names.index)
        return None

    def possible(self, compared: Iterable[tuple[str, Test]]) -> list[Any]:
        """Every option alone, then all of them."""
        names = list(self._labels())
        return [*([name] for name in names), names]

    def said(self, value: Any, words: QuestionnaireWords) -> str:
        """Their labels; that of one of them, too."""
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(super(SeveralKind, self).said(one, words) for one in chosen)
