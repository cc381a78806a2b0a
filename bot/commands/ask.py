"""`tevo ask`: questions in, answers out, and why."""

import json
import time
from collections.abc import Callable
from datetime import date

import click

from bot.commands.french_click import FrenchCommand
from bot.commands.setup import clock, lines_typed, read_content, today_option
from bot.sentences import tell
from bot.settings import models_folder
from knowledge.content.calendar import moment
from knowledge.content.models import Content
from knowledge.rendering import Renderer
from knowledge.understanding.decision import Explanation, Reading
from knowledge.understanding.situation.situation import Situation
from knowledge.understanding.understanding import Understanding
from knowledge.words.markup import plain_text


@click.command(cls=FrenchCommand, help=tell("help_ask"))
@click.argument("said", nargs=-1, metavar=tell("takes_question"))
@click.option("--json", "as_json", is_flag=True, help=tell("help_json"))
@click.option("--explain", is_flag=True, help=tell("help_explain"))
@today_option
def ask(said: tuple[str, ...], as_json: bool, explain: bool, today: date | None) -> int:
    """Answer the question given, or those of standard input, one a line."""
    content = read_content()
    if content is None:
        return 1
    understanding = Understanding(content, models_folder())
    for question in lines_typed(said):
        started = time.perf_counter()
        reading = understanding.read(question, today=moment(clock(today)()).date())
        ms = (time.perf_counter() - started) * 1000
        if as_json:
            click.echo(json.dumps(_as_json(content, question, reading, ms), ensure_ascii=False))
        else:
            _print(content, question, reading, clock(today))
        if explain:
            _explain_situation(understanding.situation(question))
            _explain_decision(reading, understanding.matcher.reduced(question))
            _explain(understanding.explain(question))
    return 0


def _as_json(content: Content, question: str, reading: Reading, ms: float) -> dict[str, object]:
    noted = reading.acknowledgement
    return {
        "question": question,
        "kind": reading.kind,
        "topics": content.with_origins(answer.topic for answer in reading.answers),
        "choices": content.with_origins(reading.choices or (noted.topics if noted else reading.nearest)),
        "confidence": round(reading.confidence, 3),
        "ms": round(ms, 3),
    }


def _explain_situation(situation: Situation) -> None:
    """Each part that was read, with the words that tell it."""
    for name, part, (start, end) in situation.parts():
        value = tell("explain_meaning", value=part) if part else ""
        words = situation.text[start:end]
        click.echo(tell("explain_situation", name=tell(f"situation_{name}"), words=words, value=value))


def _explain_decision(reading: Reading, reduced: str) -> None:
    """What was classified of the message, and what decided on each answer."""
    click.echo(tell("explain_reduced", text=" ".join(reduced.split())))
    for answer in reading.answers:
        click.echo(tell("explain_by", topic=answer.topic, by=tell(f"by_{answer.by}")))


def _explain(why: Explanation) -> None:
    read = (typed if typed == meant else f"{typed} → {meant}" for typed, meant in why.read)
    click.echo(tell("explain_read", words=" · ".join(read), concepts=" · ".join(why.concepts)))
    for reason in why.candidates:
        words = ", ".join(f"{word} {part:+.2f}" for word, part in reason.words.items())
        click.echo(
            tell(
                "explain_topic",
                topic=reason.topic,
                p=f"{reason.probability:.0%}",
                words=words,
                phrase=reason.phrase,
                similarity=f"{reason.similarity:.0%}",
            )
        )


def _print(content: Content, question: str, reading: Reading, today: Callable[[], date]) -> None:
    renderer = Renderer(content, today)
    click.echo(f"\n> {question}\n")
    for answer in reading.answers:
        click.echo(plain_text(renderer.reply(answer, question)) + "\n")
    if offered := reading.choices:
        click.echo(tell("ask_choice", topics=" · ".join(content.topics[t].button for t in offered)))
    elif noted := reading.acknowledgement:
        click.echo(plain_text(renderer.text(noted.text)))
        click.echo(tell("ask_offered", topics=" · ".join(content.topics[t].button for t in noted.topics)))
    elif not reading.answers:
        for unknown in reading.unanswered:
            if unknown.near_miss:
                click.echo(plain_text(renderer.text(unknown.near_miss.reply)))
            else:
                click.echo(tell("ask_unknown", why=tell(f"why_{unknown.why}")))
        if reading.nearest:
            click.echo(tell("ask_nearest", topics=" · ".join(content.topics[t].button for t in reading.nearest)))
