"""`tevo check`: whether a content is right, and what is made from it."""

from pathlib import Path

import click

from bot.commands.french_click import FrenchCommand
from bot.commands.setup import paris_today, read_content
from bot.dossiers.samples import broken_messages
from bot.sentences import tell
from bot.settings import load_settings, models_folder
from knowledge.checks.graph import draw
from knowledge.checks.replay import replay
from knowledge.checks.review import written
from knowledge.checks.schema import write_schemas
from knowledge.content.models import Content
from knowledge.words.errors import Problem, all_told, explain
from knowledge.words.yaml_file import read_yaml


@click.command(cls=FrenchCommand, help=tell("help_check"))
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar=tell("takes_folder"))
@click.option("--schema", is_flag=True, help=tell("help_schema"))
@click.option("--sources", type=click.Path(path_type=Path), metavar=tell("takes_md_file"), help=tell("help_sources"))
@click.option("--graph", type=click.Path(path_type=Path), metavar=tell("takes_svg_file"), help=tell("help_graph"))
@click.option("--replay", is_flag=True, help=tell("help_replay"))
@click.option("--dialogues", is_flag=True, help=tell("help_dialogues"))
def check(
    folder: Path | None, schema: bool, sources: Path | None, graph: Path | None, replay: bool, dialogues: bool
) -> int:
    """Check a content folder; every mistake at once, and advice where there is none."""
    advice: list[Problem] = []
    content = read_content(folder, today=paris_today(), advice=advice)
    if content is None:
        return 1
    if broken := broken_messages(content):
        click.echo("\n".join(broken), err=True)
        return 1
    if schema:
        for path in write_schemas():
            click.echo(path)
    if sources:
        sources.write_text(written(content, sources.read_text("utf-8") if sources.is_file() else ""), "utf-8")
        click.echo(sources)
    if graph and content.form:
        graph.write_text(draw(content.form), "utf-8")
        click.echo(graph)
    if replay:
        _replay(folder or load_settings().content, content)
    if dialogues:
        from bot.commands.dialogues import held  # noqa: PLC0415 (they are held by the real handlers: aiogram takes seconds)

        if not held(folder or load_settings().content, content):
            return 1
    phrases = sum(len(topic.phrasings) for topic in content.topics.values())
    if content.distress.texts.review is None:
        click.echo(explain("advice_distress"))
    if advice:
        click.echo(all_told(tuple(advice)))
    click.echo(tell("check_ok", topics=len(content.topics), phrases=phrases, version=content.version))
    return 0


def _replay(folder: Path, content: Content) -> None:
    """Ask every phrasing, and list those that do not reach their entry."""
    from knowledge.understanding.understanding import Understanding  # noqa: PLC0415 (what learns: numpy, its matrices)

    understanding, today = Understanding(content, models_folder()), paris_today()
    files = [read_yaml(path, f"topics/{path.name}") for path in sorted(folder.glob("topics/*.yaml"))]
    done = replay(files, lambda phrase: understanding.read(phrase, today=today))
    for problem in done.astray:
        click.echo(problem)
    click.echo(tell("check_replayed", astray=len(done.astray), asked=done.asked, offered=done.offered))
