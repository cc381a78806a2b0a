"""`tevo locate`: names of places in, local authorities out."""

import json

import click

from bot.commands.french_click import FrenchCommand
from bot.commands.setup import lines_typed
from bot.sentences import tell
from knowledge.register.authorities import FoundAuthorities, Register
from knowledge.register.lines import Candidate
from knowledge.register.telling import Telling


@click.command(cls=FrenchCommand, help=tell("help_locate"))
@click.argument("said", nargs=-1, metavar=tell("takes_name"))
@click.option("--json", "as_json", is_flag=True, help=tell("help_json"))
def locate(said: tuple[str, ...], as_json: bool) -> int:
    """Find the local authorities of the name given, or of those on standard input, one a line."""
    register = Register.load()
    for query in lines_typed(said):
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


def _found_as_json(query: str, found: FoundAuthorities, telling: Telling) -> dict[str, object]:
    candidates = [_candidate_as_json(one) | _part_as_json(one, found.candidates, telling) for one in found.candidates]
    body = found.body
    if body is None:
        return {"query": query, "candidates": candidates}
    of = body.of and {"code": body.of.code, "name": body.of.name, "kind": body.of.kind}
    return {"query": query, "candidates": [], "body": {"kind": body.kind, "of": of, "said": telling.body(body)}}


def _candidate_as_json(candidate: Candidate) -> dict[str, object]:
    authority = candidate.authority
    told = {name: getattr(authority, name) for name in ("code", "name", "kind", "departement")}
    return {**told, "score": candidate.score}


def _part_as_json(candidate: Candidate, among: list[Candidate], telling: Telling) -> dict[str, object]:
    """The part of the authority that was named, if it was not the authority itself."""
    part = candidate.former
    return {"former": {"code": part.code, "name": part.name, "said": telling.former(candidate, among)}} if part else {}
