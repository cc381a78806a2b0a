"""The files about distress: what is said to somebody, the phrases and the examples that it is recognised by."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge.words.identifiers import Id
from knowledge.words.markup import MarkedText

Template = Annotated[str, Field(min_length=1, max_length=1500)]
TemplateList = tuple[Template, ...]
EmergencyNumber = Annotated[str, Field(pattern=r"^[0-9]{2,4}$")]


class _Section(BaseModel):
    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", coerce_numbers_to_str=True)


class ReplyWording(_Section):
    """What is said in one language."""

    reply: Annotated[MarkedText, Field(max_length=900)]
    also: Annotated[MarkedText, Field(max_length=200)]
    """Its number in one sentence, added to another family's reply where both are met."""


class ReplyFamily(_Section):
    """One kind of distress, and its one fixed reply."""

    id: Id
    numbers: Annotated[tuple[EmergencyNumber, ...], Field(min_length=1)]
    """The numbers that its reply must give, the first one above all."""
    french: ReplyWording
    english: ReplyWording


class Kept(_Section):
    """Said where something is open: it is kept, and waits."""

    questionnaire: MarkedText
    dossier: MarkedText


class KeptSentences(_Section):
    """`kept`, in each language."""

    french: Kept
    english: Kept


class Reviewer(_Section):
    """Who re-read these texts, and when: a professional of distress, who owns them."""

    by: Annotated[str, Field(min_length=1)]
    on: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]


class NumberSource(_Section):
    """Where what is said of a number was read."""

    number: EmergencyNumber
    says: str
    url: Annotated[str, Field(pattern=r"^https://\S+$")]


class DistressTexts(_Section):
    """`detresse.yaml`: families, the most pressing first."""

    review: Reviewer | None
    sources: tuple[NumberSource, ...] = ()
    kept: KeptSentences
    families: Annotated[tuple[ReplyFamily, ...], Field(min_length=1)]


class FamilyPhrases(_Section):
    """How one kind of distress is said, and what looks like it."""

    french: TemplateList = ()
    english: TemplateList = ()
    sure: TemplateList = ()
    """Enough by themselves, whatever stands around them: only an idiom or a denial takes them back."""
    sure_english: TemplateList = ()
    strict: bool = False
    """Whether phrases with « … » count only as those of `alone` do: their words are those of many missions."""
    beside: bool = False
    """Whether phrases only say how to answer: they count beside another kind, and then come first as all do."""
    alone: TemplateList = ()
    """Met only in a message without `business`: words that an ordinary question may hold as well."""
    idioms: TemplateList = ()


class PhraseFrame(_Section):
    """Signs that a message tells of something else than a distress of now, read as typed."""

    where: Annotated[TemplateList, Field(min_length=1)]
    together: TemplateList = ()
    """One of these is asked for as well, where there are any."""
    unless: TemplateList = ()
    """Any of these takes the others back."""
    heading: bool = False
    """Whether a few words of it announce the sentence that follows: « Cas pratique. Une dame… »."""
    before: bool = False
    """Whether what was said before it is not heard either: « je vais sauter. C'est une façon de parler »."""


class DistressPhrases(_Section):
    """`detresse-phrases.yaml`."""

    shorthand: dict[str, str] = {}
    fillers: tuple[str, ...] = ()
    """Words left out wherever they are: « vraiment », « ce soir »."""
    verbs: tuple[str, ...] = ()
    """Read in every tense: verbs in « -er », or « battre: bat bats battu… »."""
    key_words: tuple[str, ...] = ()
    """Words that carry a phrase: recognised with a slip, or written in one with others."""
    light_words: tuple[str, ...] = ()
    """Words that tell nothing by themselves: where no phrase is found, another one must speak for distress."""
    kinds: dict[str, tuple[str, ...]] = {}
    """Words by what they speak of: who does what to whom tells more than words that were never seen together."""
    look_alikes: tuple[str, ...] = ()
    """Words that are what they are: « courir » is no slip for « mourir »."""
    glued: str = ""
    """Little words that people write in one with others: « jenvie », « demourir »."""
    lists: dict[str, TemplateList] = {}
    families: dict[str, FamilyPhrases]
    business: TemplateList = ()
    """What shows that the message is about the programme or its papers."""
    idioms: TemplateList = ()
    denials: TemplateList = ()
    frame_lists: dict[str, TemplateList] = {}
    """The { } of `frames`, read as typed like them."""
    frames: dict[str, PhraseFrame] = {}
    """What is told there is not heard; the rest of the message is, by itself."""


class DistressExamples(_Section):
    """`detresse-exemples.yaml`: messages that the second opinion is learnt from."""

    families: Annotated[dict[str, Annotated[tuple[str, ...], Field(min_length=1)]], Field(min_length=2)]
    ordinary: Annotated[tuple[str, ...], Field(min_length=1)]
    """Messages of people who are well, in the same words."""


ReplyLanguage = Literal["french", "english"]
Opened = Literal["questionnaire", "dossier"]


@dataclass(frozen=True)
class Met:
    """Somebody is in distress: the kinds found, the most pressing first, and the language of the reply."""

    families: tuple[str, ...]
    language: ReplyLanguage


class Distress(_Section):
    """The three files."""

    texts: DistressTexts
    phrases: DistressPhrases
    examples: DistressExamples

    def reply(self, met: Met, opened: Opened | None) -> str:
        """What to say, in the editors' mark-up. `opened`: what waits for an answer meanwhile."""
        families = {family.id: family for family in self.texts.families}
        first, *others = (families[name] for name in met.families)
        said = _in(first, met.language).reply
        for other in others:
            if other.numbers[0] not in first.numbers:
                said += f"\n\n{_in(other, met.language).also}"
        if opened:
            kept = self.texts.kept.french if met.language == "french" else self.texts.kept.english
            said += f"\n\n{kept.questionnaire if opened == 'questionnaire' else kept.dossier}"
        return said


def _in(family: ReplyFamily, language: ReplyLanguage) -> ReplyWording:
    return family.french if language == "french" else family.english
