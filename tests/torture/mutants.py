"""The ways in which a module could be wrong, one at a time: what `mutation.py` tries."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Change = Callable[[ast.AST], ast.AST]

_COMPARED: dict[type[ast.AST], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_COUNTED: dict[type[ast.AST], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_UNSEEN = ("logger.", "metrics.", "print(")  # what they say is nobody's promise


@dataclass(frozen=True)
class Mutant:
    """One mistake. `function`: the first line of the function that it is in; 0 where an import shows it."""

    path: Path
    line: int
    what: str
    number: int
    function: int

    def code(self) -> str:
        """The module with the mistake."""
        tree = ast.parse(self.path.read_text("utf-8"))
        node, _, change = _mistakes(tree)[self.number]
        _replace(tree, node, change(node))
        return ast.unparse(ast.fix_missing_locations(tree))


def mutants(path: Path) -> list[Mutant]:
    """All of a file, in the order of its lines."""
    tree = ast.parse(path.read_text("utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    spans = [(_first(node), node.body[0].lineno, node.end_lineno or 0) for node in functions]
    return [
        Mutant(path, line, what, number, max((at for at, first, last in spans if first <= line <= last), default=0))
        for number, (node, what, _) in enumerate(_mistakes(tree))
        for line in [getattr(node, "lineno", 0)]
    ]


def _first(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return min(one.lineno for one in (node, *node.decorator_list))


def _mistakes(tree: ast.Module) -> list[tuple[ast.AST, str, Change]]:
    return [(node, what, change) for node in _meant(tree) for what, change in _of(node)]


def _meant(node: ast.AST) -> Iterator[ast.AST]:
    """Every node that runs: no annotation, no decorator, nothing that is only logged."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_unseen(child):
                yield child
                yield from _meant(child)


def _is_unseen(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and (
        isinstance(node.value, ast.Constant) or ast.unparse(node).startswith(_UNSEEN)
    )


def _of(node: ast.AST) -> Iterator[tuple[str, Change]]:
    match node:
        case ast.Compare(left=left, ops=[op], comparators=others) if type(op) in _COMPARED:
            other = _COMPARED[type(op)]
            yield f"{type(op).__name__} → {other.__name__}", lambda _: ast.Compare(left, [other()], others)
        case ast.BoolOp(op=op, values=values):
            joined = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield f"{type(op).__name__} → {type(joined).__name__}", lambda _: ast.BoolOp(joined, values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not away", lambda _: operand
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _COUNTED:
            counted = _COUNTED[type(op)]
            yield f"{type(op).__name__} → {counted.__name__}", lambda _: ast.BinOp(left, counted(), right)
        case ast.Constant(value=bool() as value):
            yield f"{value} → {not value}", lambda _: ast.Constant(not value)
        case ast.Constant(value=int() | float() as number):
            yield f"{number} → {number + 1}", lambda _: ast.Constant(number + 1)
        case ast.Return(value=value) if value is not None and ast.unparse(value) != "None":
            yield "return None", lambda _: ast.Return(ast.Constant(None))
        case ast.If(test=test, body=body, orelse=orelse):
            yield "if not", lambda _: ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.IfExp(test=test, body=one, orelse=another):
            yield "the other of two", lambda _: ast.IfExp(test, another, one)
        case ast.Expr() | ast.AugAssign() | ast.Delete():
            yield "left out", lambda _: ast.Pass()
        case ast.Continue():
            yield "continue → break", lambda _: ast.Break()
        case ast.Break():
            yield "break → continue", lambda _: ast.Continue()


def _replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    for node in ast.walk(tree):
        for name, value in ast.iter_fields(node):
            if value is old:
                setattr(node, name, new)
            elif isinstance(value, list) and any(child is old for child in value):
                setattr(node, name, [new if child is old else child for child in value])
