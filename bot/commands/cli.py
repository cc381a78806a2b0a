"""`tevo …`. Each command imports what it needs when it runs: `ask` and `check` never load aiogram."""

import gc
import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.alerts import alerts
from bot.commands.backup import backup, database, restore
from bot.commands.banner import banner
from bot.commands.data import erase_again, opinions, purge, rotate_key
from bot.commands.doctor import doctor
from bot.commands.effects import diff, evaluate
from bot.commands.french_click import FrenchGroup, run
from bot.commands.inbox import inbox
from bot.commands.missed import missed
from bot.commands.outbox import outbox
from bot.commands.preview import preview
from bot.commands.reading import retire_entry, stale, verify
from bot.commands.report import report
from bot.commands.review import review
from bot.commands.setup import paris_now, paris_today, read_content, with_content, with_settings
from bot.commands.suggest import suggest
from bot.sentences import tell
from bot.settings import Settings, load_settings
from knowledge.content.calendar import PARIS, moment

if TYPE_CHECKING:
    from knowledge.content.models import Content
    from knowledge.register.authorities import Found
    from knowledge.register.lines import Candidate
    from knowledge.register.telling import Telling
    from knowledge.understanding.decision import Reading
    from knowledge.understanding.matching import Explanation
    from knowledge.understanding.situation.situation import Situation


class Moment(click.ParamType[date]):
    """A day written 2022-02-20, or a moment of it in Paris, 2022-02-20T17:30."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day or the moment. Fails with a sentence and an example."""
        text = str(value)
        try:
            return datetime.fromisoformat(text).replace(tzinfo=PARIS) if "T" in text else date.fromisoformat(text)
        except ValueError:
            self.fail(tell("bad_day", value=value), param, ctx)


def clock(today: date | None) -> Callable[[], date]:
    """What moment it is: the one asked for, or now."""
    return (lambda: today) if today else paris_now


today_option = click.option("--today", type=Moment(), metavar="AAAA-MM-JJ[Thh:mm]", help=tell("help_today"))


@click.group(cls=FrenchGroup, subcommand_metavar=tell("subcommand"), help=tell("help_tevo"))
@click.version_option(package_name="tevo", message=tell("version", version="%(version)s"), help=tell("help_version"))
def tevo() -> None:
    """The command line."""


@tevo.command(help=tell("help_ask"))
@click.option("--json", "as_json", is_flag=True, help=tell("help_json"))
@click.option("--explain", is_flag=True, help=tell("help_explain"))
@today_option
def ask(as_json: bool, explain: bool, today: date | None) -> int:
    """Answer the questions of standard input, one a line."""
    from bot.settings import models_folder
    from knowledge.understanding.understanding import Understanding

    content = read_content()
    if content is None:
        return 1
    understanding = Understanding(content, models_folder())
    for question in _questions():
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


@tevo.command(help=tell("help_locate"))
@click.option("--json", "as_json", is_flag=True, help=tell("help_json"))
def locate(as_json: bool) -> int:
    """Find the local authorities named on standard input, one a line."""
    from knowledge.register.authorities import Register

    register = Register.load()
    for query in _questions():
        found = register.look_up(query)
        if as_json:
            click.echo(json.dumps(_found_as_json(query, found, register.telling), ensure_ascii=False))
            continue
        click.echo(f"> {query}")
        for candidate in found.candidates:
            click.echo(tell("located", **_candidate_as_json(candidate)))
            if sentence := register.telling.former(candidate, found.candidates):
                click.echo(tell("located_note", sentence=sentence))
        if not found.candidates:
            sentence = register.telling.body(found.body) if found.body else tell("located_none")
            click.echo(tell("located_note", sentence=sentence))
    return 0


@tevo.command(help=tell("help_check"))
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DOSSIER]")
@click.option("--schema", is_flag=True, help=tell("help_schema"))
@click.option("--sources", type=click.Path(path_type=Path), metavar="FICHIER.md", help=tell("help_sources"))
@click.option("--graph", type=click.Path(path_type=Path), metavar="FICHIER.svg", help=tell("help_graph"))
@click.option("--replay", is_flag=True, help=tell("help_replay"))
@click.option("--dialogues", is_flag=True, help=tell("help_dialogues"))
def check(
    folder: Path | None, schema: bool, sources: Path | None, graph: Path | None, replay: bool, dialogues: bool
) -> int:
    """Check a content folder; every mistake at once, and advice where there is none."""
    from knowledge.checks.plain_language import advice

    content = read_content(folder, today=paris_today())
    if content is None:
        return 1
    if broken := _broken_messages(content):
        click.echo("\n".join(broken), err=True)
        return 1
    if schema:
        from knowledge.checks.schema import write_schemas

        for path in write_schemas():
            click.echo(path)
    if sources:
        from knowledge.checks.review import written

        sources.write_text(written(content, sources.read_text("utf-8") if sources.is_file() else ""), "utf-8")
        click.echo(sources)
    if graph and content.form:
        from knowledge.checks.graph import draw

        graph.write_text(draw(content.form), "utf-8")
        click.echo(graph)
    if replay:
        _replay(folder or load_settings().content, content)
    if dialogues:
        from bot.commands.dialogues import held

        if not held(folder or load_settings().content, content):
            return 1
    phrases = sum(len(topic.questions) for topic in content.topics.values())
    for sentence in advice(content):
        click.echo(sentence)
    click.echo(tell("check_ok", topics=len(content.topics), phrases=phrases, version=content.version))
    return 0


@tevo.command(help=tell("help_chat"))
@click.option("--json", "as_json", is_flag=True, help=tell("help_chat_json"))
@today_option
def chat(as_json: bool, today: date | None) -> int:
    """Talk to the assistant in the terminal, or have a program talk to it."""

    def talk(settings: Settings, content: "Content") -> None:
        with _many_imports():
            from bot.running import chat, turns
        (turns if as_json else chat)(settings, content, clock(today))

    if sys.stdout.isatty() and not as_json:  # somebody waits: seconds, and more the first time
        click.echo(tell("chat_begins"))
    return with_content(talk)


@tevo.command(name="run", help=tell("help_run"))
@today_option
def run_bot(today: date | None) -> int:
    """Serve Telegram."""

    def answer(settings: Settings, content: "Content") -> None:
        with _many_imports():
            from bot.running import serve
        serve(settings, content, clock(today))

    return with_content(answer)


@tevo.command(help=tell("help_health"))
def health() -> int:
    """Whether the running bot is well."""
    from bot.health import report

    def say(settings: Settings) -> int:
        well, sentence = report(settings)
        click.echo(sentence)
        return 0 if well else 1

    return with_settings(say)


_FOR_OPERATORS = (alerts, inbox, outbox, purge, backup, restore, database, rotate_key, erase_again, doctor)
_FOR_EDITORS = (banner, missed, report, preview, suggest, stale, verify, retire_entry, review, opinions, evaluate, diff)
for command in (*_FOR_OPERATORS, *_FOR_EDITORS):
    tevo.add_command(command)


def main() -> None:
    """Entry point of the console script."""
    os.umask(0o077)  # whatever is written names people, or may
    _speak_utf8()
    sys.exit(run(tevo.main))


def _speak_utf8() -> None:
    """Whatever the locale; a byte that is no text is read as « � » instead of stopping everything."""
    for stream, encoding in ((sys.stdin, "utf-8-sig"), (sys.stdout, "utf-8"), (sys.stderr, "utf-8")):
        if isinstance(stream, io.TextIOWrapper):  # absent when started without a standard stream
            stream.reconfigure(encoding=encoding, errors="replace")


@contextmanager
def _many_imports() -> Iterator[None]:
    """Do not look for garbage meanwhile: aiogram's half a million objects stay, and looking takes 0.4 s.

    After the content is read: a mistake in it is told three seconds sooner.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _replay(folder: Path, content: "Content") -> None:
    """Ask every phrasing, and list those that do not reach their entry."""
    from bot.settings import models_folder
    from knowledge.checks.replay import replay
    from knowledge.understanding.understanding import Understanding
    from knowledge.words.yaml_file import read_yaml

    understanding, today = Understanding(content, models_folder()), paris_today()
    files = [read_yaml(path, f"topics/{path.name}") for path in sorted(folder.glob("topics/*.yaml"))]
    done = replay(files, lambda phrase: understanding.read(phrase, today=today))
    for problem in done.astray:
        click.echo(problem)
    click.echo(tell("check_replayed", astray=len(done.astray), asked=done.asked, offered=done.offered))


def _broken_messages(content: "Content") -> list[str]:
    from bot.dossiers.samples import broken

    found = broken(content.dossier) if content.dossier else ()
    return [tell("check_message", name=name, reason=reason) for name, reason in found]


def _questions() -> Iterator[str]:
    for line in sys.stdin:
        if line.strip():
            yield line.strip()


def _as_json(content: "Content", question: str, reading: "Reading", ms: float) -> dict[str, object]:
    noted = reading.acknowledgement
    return {
        "question": question,
        "kind": reading.kind,
        "topics": content.with_origins(answer.topic for answer in reading.answers),
        "choices": content.with_origins(reading.choices or (noted.topics if noted else reading.nearest)),
        "confidence": round(reading.confidence, 3),
        "ms": round(ms, 3),
    }


def _found_as_json(query: str, found: "Found", telling: "Telling") -> dict[str, object]:
    candidates = [_candidate_as_json(one) | _part_as_json(one, found.candidates, telling) for one in found.candidates]
    body = found.body
    if body is None:
        return {"query": query, "candidates": candidates}
    of = body.of and {"code": body.of.code, "name": body.of.name, "kind": body.of.kind}
    return {"query": query, "candidates": [], "body": {"kind": body.kind, "of": of, "said": telling.body(body)}}


def _candidate_as_json(candidate: "Candidate") -> dict[str, object]:
    authority = candidate.authority
    told = {name: getattr(authority, name) for name in ("code", "name", "kind", "departement")}
    return {**told, "score": candidate.score}


def _part_as_json(candidate: "Candidate", among: "list[Candidate]", telling: "Telling") -> dict[str, object]:
    """The part of the authority that was named, if it was not the authority itself."""
    part = candidate.former
    return {"former": {"code": part.code, "name": part.name, "said": telling.former(candidate, among)}} if part else {}


def _explain_situation(situation: "Situation") -> None:
    """Each part that was read, with the words that tell it."""
    for name, part, (start, end) in situation.parts():
        value = tell("explain_meaning", value=part) if part else ""
        words = situation.text[start:end]
        click.echo(tell("explain_situation", name=tell(f"situation_{name}"), words=words, value=value))


def _explain_decision(reading: "Reading", reduced: str) -> None:
    """What was classified of the message, and what decided on each answer."""
    click.echo(tell("explain_reduced", text=" ".join(reduced.split())))
    for answer in reading.answers:
        click.echo(tell("explain_by", topic=answer.topic, by=tell(f"by_{answer.by}")))


def _explain(why: "Explanation") -> None:
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


def _print(content: "Content", question: str, reading: "Reading", today: Callable[[], date]) -> None:
    from knowledge.rendering import Renderer
    from knowledge.words.markup import plain_text

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
