"""A message as read in its conversation: what hearing it comes to, before anything is shown."""

from dataclasses import dataclass

from knowledge.content.models import Content
from knowledge.conversation.frame import Frame
from knowledge.conversation.project import UNTOLD, Project
from knowledge.understanding.decision import Reading
from knowledge.understanding.situation.situation import NOBODY, Situation, Speaker


@dataclass(frozen=True)
class Heard:
    """A message as read in its conversation."""

    text: str
    reading: Reading
    situation: Situation
    act: str = ""
    """What is asked, of the message or else of the question before."""
    retyped: str = ""
    """What it says on the keyboard that was meant; empty where it was the right one."""

    completed: bool = False
    """Whether it was read with what the question before was about."""

    speaker: Speaker = NOBODY
    """Who speaks, as far as this message and earlier ones told."""

    form: str = ""
    """The form of the content's `forms` that is talked about, as far as they told."""

    project: Project = UNTOLD
    """What is known of the project, as far as they told."""

    noted: str = ""
    """The facts of the project that the message tells, where it asks nothing: they are acknowledged."""

    checked: str = ""
    """Where it doubts what was told, or asks what follows from it: what is said before that is told again."""

    authority: tuple[str, int] = ("", 0)
    """The authority that is talked about, and for how many more questions."""

    @property
    def topics(self) -> list[str]:
        """The entries that answer."""
        return list(dict.fromkeys(answer.topic for answer in self.reading.answers))

    @property
    def about(self) -> str:
        """Who or what a follow-up is about, as typed."""
        actors = self.situation.actors[:1] if self.completed or self.situation.candidacy else ()
        found = (*actors, self.situation.country, self.situation.place)
        spans = [one.span for one in found if one]
        return self.situation.text[slice(*spans[0])] if spans else ""


def act_asked(situation: Situation, frame: Frame) -> str:
    """What is asked: by the message, or else by the question before."""
    return situation.acts[0].act.value if situation.acts else frame.act


def is_courtesy(reading: Reading, content: Content) -> bool:
    """Whether it is a greeting or thanks, and nothing else."""
    told = [content.topics[answer.topic].courtesy for answer in reading.answers]
    return bool(told) and all(told)
