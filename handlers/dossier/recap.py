"""What answers sum up to, in plain texts: for the e-mail, the recap and the council's kit. Nothing personal."""

from collections.abc import Iterable

from handlers.dossier.declared import Declared
from handlers.questionnaire.screens import FormScreens
from handlers.questionnaire.verdict_screens import VerdictScreens
from knowledge.content.dossier import DossierForm
from knowledge.content.papers import ANSWERED
from knowledge.content.questionnaire import UNKNOWN, Question
from knowledge.dates.wording import Wording
from knowledge.questionnaire.condition import Answers
from knowledge.questionnaire.engine import Result, words_of
from knowledge.questionnaire.kinds import CountryKind
from knowledge.submission import CriterionTold, Note, PaperSource, Recap
from knowledge.words import markup
from knowledge.words.markup import plain_text
from knowledge.words.typography import french, grouped


class Recaps:
    """Sums answers up, as of today."""

    def __init__(self, form: FormScreens, words: DossierForm) -> None:
        self._form = form
        self._words = words
        self._verdicts = VerdictScreens(form)
        self._questionnaire = form.questionnaire

    def of(self, answers: Answers) -> Recap:
        """What the answers say and what follows."""
        verdict = self._questionnaire.verdict(answers)
        asked = (question for question in self._questionnaire.asked(answers) if question.id in answers)
        authority = self._questionnaire.authority(answers)
        return Recap(
            day=self._wording.date(self._form.renderer.today),
            authority=self._form.authority(authority) if authority else "",
            applicant=self._applicant(answers),
            said=self._in_sentences(answers),
            outcome=str(verdict.outcome),
            verdict=plain_text(self._form.renderer.text(self._verdicts.head(verdict))),
            criteria=tuple(self._point(result) for result in verdict.results),
            answers=tuple((question.label, self._answer(question, answers)) for question in asked),
            calendar=self._verdicts.today(answers, verdict, self._wording),
            to_ask=self._verdicts.to_ask(answers),
            unsaid=self._verdicts.unsaid(answers),
            sources=self._sources(verdict.results),
            call=self._verdicts.call(answers),
            rules=self._verdicts.rules(answers),
        )

    def known(self, answers: Answers, shown: Iterable[str], before: Declared) -> tuple[str, list[list[str]]]:
        """Who asks a question, and what goes with it: the answers, what follows, and the entries `shown` last.

        `before`: what the conversation tells of who asks.
        """
        mail, topics = self._words.mail, self._form.content.topics
        engine = self._questionnaire
        told = [[q.label, self._answer(q, answers)] for q in engine.asked(answers) if q.id in answers]
        if told:
            ending, verdict = engine.ending(answers), engine.verdict(answers)
            follows = ending.text if ending else plain_text(self._form.renderer.text(self._verdicts.head(verdict)))
            told += [[mail.told_label, follows]] if ending or engine.next(answers) is None else []
        said = ((mail.authority_before, before.authority), (mail.body_before, before.body))
        told += [[label, mail.said_before.format(said=value)] for label, value in said if value]
        entries = [topics[name].title for name in shown if name in topics]
        told += [[mail.shown_label, ", ".join(entries)]] if entries else []
        first = next((self._answer(q, answers) for q in engine.asked(answers) if q.id in answers), "")
        return self._applicant(answers) or first or before.authority or before.body, told

    def blank(self) -> Recap:
        """Of nobody: what a kit is made of before anything was answered."""
        calendar = plain_text(markup.parse(self._wording.calls(self._form.content.calls, self._form.content.audience)))
        return Recap(
            day=self._wording.date(self._form.renderer.today),
            authority="",
            outcome="",
            verdict="",
            criteria=(),
            answers=(),
            calendar=calendar,
            to_ask=tuple(one.text for one in self._questionnaire.form.to_ask),
            sources=self._sources(()),
        )

    def note(self) -> Note:
        """One page on the programme."""
        names = {name: source.name for name, source in self._form.content.sources.items()}
        parts = tuple(
            (part.title, tuple((line.text, names[line.source] if line.source else "") for line in part.lines))
            for part in self._words.note.parts
        )
        blank = self.blank()
        cited = dict.fromkeys(line.source for part in self._words.note.parts for line in part.lines if line.source)
        return Note(blank.day, parts, blank.calendar, self._form.content.email, tuple(map(self._source, cited)))

    @property
    def _wording(self) -> Wording:
        """Of the calls as a paper tells them: it has no « je »."""
        wording = self._form.renderer.wording
        return Wording(wording.sentences.model_copy(update=self._words.calls.model_dump()), wording.now)

    def _sources(self, results: tuple[Result, ...]) -> dict[str, PaperSource]:
        """The name and the address of every source that the papers cite, by its id."""
        lines = (*self._words.kit.note, *self._words.kit.decision)
        named = [line.source for line in lines] + [result.criterion.source for result in results]
        named += [result.rule.source for result in results]
        return {name: self._source(name) for name in named if name}

    def _source(self, name: str) -> PaperSource:
        """As a paper lists it: with its address, its date, and the day it was read."""
        source, words, wording = self._form.content.sources[name], self._words.recap, self._wording
        page = words.page_dated.format(date=wording.date(source.dated)) if source.dated else words.page_undated
        read = words.page_read.format(date=wording.date(source.read_on)) if source.read_on else ""
        return PaperSource(source.name, source.url or "", ", ".join(filter(None, (page, read))))

    def _answer(self, question: Question, answers: Answers) -> str:
        """As it is told to others: what was left open is to be said, whoever reads it."""
        is_open = answers[question.id] == UNKNOWN and words_of(question.id) not in answers
        return self._words.recap.left_open if is_open else self._form.answer(question, answers)

    def _in_sentences(self, answers: Answers) -> dict[str, str]:
        """What a sentence can be filled with: no « je ne sais pas », no label of the register, a small initial."""
        authority = self._questionnaire.authority(answers)
        if authority:
            kinds, size = self._form.words.kinds, authority["population"]
            said = {"name": french(authority["name"]), "kind": kinds.get(authority["kind"], authority["kind"])}
            said |= {"population": grouped(size)} if size else {}
        else:
            name = self._questionnaire.unregistered(answers) or self._questionnaire.declared(answers)
            said = {"name": french(name)} if name else {}
        for question in self._questionnaire.asked(answers):
            value = answers.get(question.id, UNKNOWN)
            name = "kind" if question.of_bodies else question.id
            if value == UNKNOWN or name not in ANSWERED:
                continue
            kind = self._questionnaire.kinds[question.id]
            if isinstance(kind, CountryKind) and not isinstance(value, str):
                said[name] = kind.named(value)
            else:
                said[name] = french(_continued(self._form.answer(question, answers)))
        return said

    def _applicant(self, answers: Answers) -> str:
        """Who applies: the authority, else the name that was typed, said to be confirmed by no register."""
        mail, authority = self._words.mail, self._questionnaire.authority(answers)
        if authority:
            return self._form.authority(authority)
        if name := self._questionnaire.declared(answers):
            return mail.declared.format(name=name)
        name = self._questionnaire.unregistered(answers)
        return mail.unregistered.format(name=name) if name else ""

    def _point(self, result: Result) -> CriterionTold:
        words = self._words.recap
        source = self._verdicts.sourced(result, words.source, words.paraphrase)
        told = (result.criterion.title, result.text, plain_text(source), result.team)
        return CriterionTold(str(result.outcome), *told)


def _continued(text: str) -> str:
    """With a small initial, within a sentence; « VSI » and « ODD » stay as they are."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
