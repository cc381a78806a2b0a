"""French lives in YAML: what people read, and the words by which they are understood."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted(path for house in ("bot", "handlers", "knowledge") for path in (ROOT / house).rglob("*.py"))

CLASSES = re.compile(r"\[[^\]]*\]|\\.")
"""Of a regular expression: a class of letters is no word."""
ACCENTED = re.compile(r"[A-Za-zÀ-ÿœŒ]*[À-ÖØ-öø-ÿœŒ][A-Za-zÀ-ÿœŒ]+|[A-Za-z]+[À-ÖØ-öø-ÿœŒ]\b")
LITTLE = re.compile(
    r"\b(?:le|la|les|un|une|de|du|des|au|aux|ce|cet|cette|ces|mon|ma|mes|nos|vos|votre|notre"
    r"|je|tu|il|elle|on|nous|vous|ils|elles|qui|que|est|sont|et|ou|mais|si|pas|pour|dans|avec|sur|par|oui|non)\b",
    re.I,
)

ALLOWED = {
    "bot/dossiers/samples.py": "a dossier made up to try every kind of message, seen by nobody",
    "knowledge/words/text.py": "how French sounds, by its letters",
}


def literals(source: str) -> Iterator[tuple[int, str]]:
    """The texts of a module, with their lines, but for docstrings; those of one list as one text as well."""
    tree = ast.parse(source)
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value
        if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict):
            yield node.lineno, " ".join(texts(node))


def texts(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def is_french(text: str) -> bool:
    """Whether it holds a word with an accent, or two little words, or is nothing but one."""
    bare = CLASSES.sub(" ", text)
    little = LITTLE.findall(bare)
    return bool(ACCENTED.search(bare) or LITTLE.fullmatch(text)) or len({word.lower() for word in little}) > 1


def test_no_french_is_written_in_python() -> None:
    found = {}
    for path in FILES:
        name = str(path.relative_to(ROOT))
        told = {line: text for line, text in literals(path.read_text("utf-8")) if is_french(text)}
        if told and name not in ALLOWED:
            found[name] = told

    assert found == {}


@pytest.mark.parametrize(
    "text", ["votre texte pour nous", "NUMÉRO", "(?:oui|ouais|non) mais", "Sénégal", "mais|et|du coup|de plus", "oui"]
)
def test_french_is_told_from_code(text: str) -> None:
    assert is_french(text)


@pytest.mark.parametrize("text", [r"(?<=[.!?])\s+(?=[A-ZÀ-Ý«])", "utf-16-le", "questions.yaml", "[eéè]", "« "])
def test_code_is_told_from_french(text: str) -> None:
    assert not is_french(text)


@pytest.mark.parametrize(
    "source", ['A = ("je", "suis")', 'A = {"j": "je", "d": "de"}', 'A = ((*("la",), "et"), "van")']
)
def test_words_of_one_list_are_judged_together(source: str) -> None:
    assert any(is_french(text) for _, text in literals(source))
