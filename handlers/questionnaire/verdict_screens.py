"""The verdict as people see it, and what can be done with it. Pure: answers in, screens out."""

from collections.abc import Iterable, Iterator, Mapping

from handlers.questionnaire.screens import FormScreens, shortened
from handlers.shared.buttons import Lend, ListAnswers, OpenForm, SendDossier, ShowCriteria, ShowPaper, WriteMessage
from handlers.shared.screen import Rows, Screen, button, paged
from knowledge.content.calendar import PartialDate
from knowledge.content.dossier import DossierForm
from knowledge.content.questionnaire import UNKNOWN, Calendar, Question, ToAsk
from knowledge.dates.citation import Cited, sources_read
from knowledge.dates.wording import Wording
from knowledge.questionnaire import what_if
from knowledge.questionnaire.condition import Answers, holds
from knowledge.questionnaire.engine import Result, Verdict, words_of
from knowledge.questionnaire.kinds import CountryKind
from knowledge.words import markup
from knowledge.words.markup import RichText, TextSpan, paragraphs

SHORT = 1_200
"""Characters of a verdict: what is read on a phone without losing the thread."""

_IN_A_CASE = 120  # characters of an answer
_TOLD_FIRST = ("unmet", "open", "met")
"""The order in which points say why, as long as all of it is short enough."""


class VerdictScreens:
    """Draws what follows from the answers of a form."""

    def __init__(self, form: FormScreens) -> None:
        self.form = form
        self.content = form.content
        self.words = form.words
        self.questionnaire = form.questionnaire
        self.renderer = form.renderer

    def verdict(self, answers: Answers) -> list[Screen]:
        """The case in a sentence, what holds, what is open, one next step; the rest is behind buttons."""
        verdict, told = self.questionnaire.verdict(answers), frozenset[str]()
        text = self._in_short(answers, verdict, told)
        for result in sorted(verdict.results, key=lambda one: _TOLD_FIRST.index(one.outcome)):
            if result.outcome != "met" or result.rule.source:
                more = self._in_short(answers, verdict, told | {result.criterion.id})
                if markup.length(more) <= SHORT:
                    text, told = more, told | {result.criterion.id}
        rows = [
            *self._sending(answers),
            [button(self.words.details_button, ShowCriteria()), button(self.words.edit_button, ListAnswers())],
            [button(self.words.message_button, WriteMessage())],
            [button(self.words.restart_button, OpenForm(fresh=True)), self.form.menu_button()],
        ]
        return [Screen(text, rows)]

    def _in_short(self, answers: Answers, verdict: Verdict, told: frozenset[str]) -> RichText:
        """`told`: the criteria of which it is said why; the others are named only."""
        case = self.words.case.format(answers=self.words.case_joint.join(self._case(answers)))
        parts = [*self.renderer.banner(), self.renderer.text(self.head(verdict)), (TextSpan(case),)]
        points: list[TextSpan] = []
        for outcome in ("met", "open", "unmet"):
            for result in (one for one in verdict.results if one.outcome == outcome):
                why = f"\n{result.text}" if result.criterion.id in told else ""
                title = TextSpan(result.criterion.title, bold=outcome != "met")
                points += [TextSpan("\n" * bool(points) + f"{self._mark(result)} "), title, TextSpan(why)]
        parts += [
            tuple(points),
            self._titled(self.words.next_step, self.today(answers, verdict, self.renderer.wording)),
        ]
        rules = self.rules(answers)
        link = f"[{self.words.rules_link}]({rules})"
        decides = self.words.decides_rules.format(rules=link) if rules else self.words.decides
        return paragraphs([*parts, self.renderer.text(decides)])

    def _case(self, answers: Answers) -> Iterator[str]:
        """The answers that tell the case, in words."""
        for question in self.questionnaire.asked(answers):
            is_said = answers.get(question.id, UNKNOWN) != UNKNOWN or words_of(question.id) in answers
            if question.tells_case and is_said:
                yield shortened(self._told(question, answers), _IN_A_CASE)

    def _told(self, question: Question, answers: Answers) -> str:
        """An answer away from its question; a country without its status, which is a point of its own."""
        kind, value = self.questionnaire.kinds[question.id], answers[question.id]
        if not isinstance(kind, CountryKind):
            return self.form.answer(question, answers)
        if isinstance(value, Mapping):
            return kind.named(value)
        return self.words.answered.format(label=question.label, answer=kind.said(value, self.words))

    def details(self, answers: Answers) -> list[Screen]:
        """Criterion by criterion with its source; then advice, what to ask, and the answers."""
        verdict = self.questionnaire.verdict(answers)
        parts: list[RichText] = []
        changes = {change.criterion.id: change for change in what_if.fewest_changes(self.questionnaire, answers)}
        parts += [self._result(result, changes.get(result.criterion.id)) for result in verdict.results]
        parts += self.form.listed(self.words.advice, verdict.advice)
        parts += self.form.listed(self.words.to_ask, self.to_ask(answers))
        parts.append(self.renderer.text(self.words.write.format(contact=self.content.email)))
        parts += self.form.listed(self.words.recap, self.form.answered(answers).values())
        edit = [button(self.words.edit_button, ListAnswers()), self.form.menu_button()]
        return paged(parts, [*self._sending(answers), edit])

    def message(self, answers: Answers, reach: str = "", own: str = "") -> list[Screen]:
        """A message for the person to send: answers, open points, questions. What is not known stays blank.

        `reach`: how to reach the person, `own`: what the person adds, where these were said.
        """
        verdict = self.questionnaire.verdict(answers)
        points = [
            self.words.message_open.format(title=result.criterion.title, text=result.team or result.text)
            for result in verdict.results
            if result.outcome != "met"
        ]
        text = self.words.message.format(
            who=self._who(answers) or self.words.blank,
            answers=_bullets([*self.form.answered(answers).values(), *filter(None, [own])]),
            points=_bullets(points or [self.words.no_points]),
            questions=_bullets(self.to_ask(answers)),
            reach=reach or self.words.reach_blank,
        )
        intro = self.renderer.text(self.words.message_intro.format(contact=self.content.email))
        return [Screen(intro), Screen((TextSpan(text, code=True),), [[self.form.menu_button()]])]

    def papers(self, sending: DossierForm, answers: Answers, *, sent: bool) -> Rows:
        """The PDFs: the recap, and the kit where there is a council to read it."""
        rows = [[button(sending.recap.button, ShowPaper(paper="recap", sent=sent))]]
        if self.questionnaire.asks_authority(answers):
            rows.append([button(sending.kit.button, ShowPaper(paper="kit", sent=sent))])
        return rows

    def _who(self, answers: Answers) -> str:
        """The authority as the register spells it, else the name that was typed."""
        if authority := self.questionnaire.authority(answers):
            return self.form.authority(authority)
        return self.questionnaire.declared(answers) or self.questionnaire.unregistered(answers)

    def _result(self, result: Result, change: what_if.Counterfactual | None) -> RichText:
        criterion = result.criterion
        lines = [
            TextSpan(f"{self._mark(result)} "),
            TextSpan(criterion.title, bold=True),
            TextSpan(f"\n{result.text}"),
        ]
        if change:
            lines.append(TextSpan(f"\n→ {self._change(change)}"))
        sourced = self.sourced(result, self.words.quote, self.words.paraphrase)
        return (*lines, TextSpan("\n"), *(span if span.url else TextSpan(span.text, italic=True) for span in sourced))

    def _mark(self, result: Result) -> str:
        return {"met": self.words.met, "open": self.words.open, "unmet": self.words.unmet}[result.outcome]

    def sourced(self, result: Result, quote: str, paraphrase: str) -> RichText:
        """What the sources of a criterion, and of the rule that decides, say, and when they were read."""
        criterion, rule = result.criterion, result.rule
        is_late = criterion.review_by is not None and criterion.review_by.first_day < self.renderer.wording.today
        template = quote if criterion.quote else paraphrase
        source = self._read(criterion.source, criterion.checked_on, is_late=is_late)
        said = template.format(quote=criterion.quote, says=criterion.says, source=source)
        if rule.says and rule.source:
            said += "\n" + paraphrase.format(says=rule.says, source=self._read(rule.source, None, is_late=is_late))
        return markup.parse(said)

    def _read(self, name: str, checked_on: PartialDate | None, *, is_late: bool) -> str:
        source = self.content.sources[name]
        read_on = source.read_on or checked_on
        return sources_read([Cited(source, read_on, is_late)], self.renderer.wording) if read_on else source.linked

    def _change(self, change: what_if.Counterfactual) -> str:
        """« Il suffirait que … devienne … »."""
        kinds = self.questionnaire.kinds
        said = [kinds[question.id].change(values, self.words) for question, values in change.answers]
        return self.words.change.format(changes=self.words.both.join(said))

    def today(self, answers: Answers, verdict: Verdict, wording: Wording) -> str:
        """How far one is, and where the calls that concern one stand."""
        calls, own, audience = self.content.calls, self._own_calendar(answers), self._audience(answers)
        own_ready = next((result.rule.ready for result in verdict.results if result.rule.ready), None)
        if own_ready:
            first = own_ready
        elif closing := wording.closing(calls, audience):
            first = self.words.apply_before.format(closing=closing)
        else:
            first = self.words.ready if verdict.outcome == "met" else self.words.ready_once
        return f"{first} {wording.calls(calls, audience, own.text if own else '')}"

    def to_ask(self, answers: Answers) -> tuple[str, ...]:
        """What to ask the team: their own questions, for those who have some."""
        return tuple(one.text for one in self._unsaid(answers))

    def unsaid(self, answers: Answers) -> tuple[str, ...]:
        """The same as it is told to the team."""
        return tuple(one.team or one.text for one in self._unsaid(answers))

    def _unsaid(self, answers: Answers) -> tuple[ToAsk, ...]:
        own = self._own_calendar(answers)
        return own.to_ask if own and own.to_ask is not None else self.questionnaire.form.to_ask

    def rules(self, answers: Answers) -> str:
        """Where the rules of the call that concerns one are; empty where they are not told."""
        return self.content.rules.get(self._audience(answers), "")

    def _own_calendar(self, answers: Answers) -> Calendar | None:
        return next((c for c in self.questionnaire.form.calendar if holds(c.when, answers) is True), None)

    def _audience(self, answers: Answers) -> str:
        own = self._own_calendar(answers)
        return own.audience if own else self.content.audience

    def call(self, answers: Answers) -> str:
        """Which call is open for whoever answered, for the team; empty while none is known to be."""
        wording = self.renderer.wording
        call = wording.open_call(self.content.calls, self._audience(answers))
        mail = self.content.dossier.mail if self.content.dossier else None
        if call is None or call.closing is None or mail is None:
            return ""
        return mail.during.format(call=call.title, closing=wording.dated(call.closing))

    def head(self, verdict: Verdict) -> str:
        """The verdict in a sentence."""
        heads = {"met": self.words.verdict_met, "open": self.words.verdict_open, "unmet": self.words.verdict_unmet}
        return heads[verdict.outcome]

    def _sending(self, answers: Answers) -> Rows:
        """What can be done with a verdict, where dossiers are sent."""
        sending = self.content.dossier
        if sending is None:
            return []
        return [
            [button(sending.words.send_button, SendDossier())],
            *self.papers(sending, answers, sent=False),
            [button(sending.handover.button, Lend())],
        ]

    def _titled(self, title: str, text: str) -> RichText:
        return (TextSpan(title, bold=True), TextSpan("\n"), *self.renderer.text(text))


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items) or "-"
