"""Hints of the first level: they give no answer away, and are read without effort."""

import ast
import io
import re
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import textstat
from course import CHECKS, SHIPPED

from graders.misconceptions import catalogue

TESTS = Path(__file__).parent
SOLUTIONS = [*(TESTS.parent / "reference").glob("step*.py"), *(TESTS / "fair").glob("step*.py")]
KEPT = {
    "np",
    "self",
    "return",
    "raise",
    "if",
    "not",
    "is",
    "None",
    "and",
    "for",
    "in",
    "lambda",
}
"""Names that stay as they are where one solution is compared with another."""
GRADE = 9
SECTION = re.compile(r"\s*\((?:sections? )?[\d., and]+\)")
"""The place in the course that a hint ends in."""
LEAST = 3
"""How many words and signs an expression has that gives something away."""


AS_A_FORMULA = (
    "(f(x + eps) - f(x - eps)) / (2 * eps)",
    "f(x + eps) - f(x - eps)",
    "2 * x * gy",
    "2 * x",
)
"""Answers as somebody may write them who thinks of mathematics."""
EXP = ("exp", "(", "…", ")")
"""What is mathematics as well as Python."""


def hints(step: str) -> Iterator[tuple[str, str]]:
    """Yield the hints of a step's checks and of its misconceptions, with their names."""
    for check in CHECKS:
        if check.unit.step == step and check.declared.hint:
            yield check.id, check.declared.hint
    for idea in catalogue(step):
        yield idea.id, idea.hint


def blanked(text: str) -> tuple[str, ...]:
    """Return the words and signs of a text, with one sign for each name that is free."""
    words = [word.string for word in words_of(text) if word.string.strip()]
    found = []
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        free = (
            word.isidentifier()
            and word not in KEPT
            and before != "."
            and after not in ("(", ".")
        )
        found.append("…" if free else word)
    return tuple(found)


def words_of(text: str) -> Iterator[tokenize.TokenInfo]:
    """Yield what Python takes for words in a text, as far as it goes."""
    for part in re.split(r"[:;?“”…·²³°—]| [-–] |'s\b", text):
        try:
            yield from tokenize.generate_tokens(io.StringIO(part.replace("'", " ")).readline)
        except (tokenize.TokenError, IndentationError):
            continue


def filling(step: str) -> set[tuple[str, ...]]:
    """Return what stands in the functions of any solution of a step."""
    found: set[tuple[str, ...]] = set()
    for path in SOLUTIONS:
        if path.stem.startswith(step):
            for node in ast.walk(ast.parse(decoded(path.read_bytes()))):
                if isinstance(node, ast.FunctionDef):
                    found |= {blanked(ast.unparse(part)) for part in parts(node)}
    found |= {blanked(form) for form in AS_A_FORMULA}
    return {words for words in found if len(words) >= LEAST and words != EXP}


def decoded(data: bytes) -> str:
    """Return a solution's text: one is in Shift-JIS."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("shift-jis")


def parts(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """Yield a function's simple statements and the expressions that they are about."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(value=value) | ast.Return(value=ast.expr() as value):
                yield node
                if not isinstance(value, ast.Attribute):
                    yield value
            case ast.Raise(exc=ast.expr() as value) | ast.If(test=value):
                yield value
            case ast.Expr(value=ast.Call() as value):
                yield value


def gives_away(hint: str, fillings: set[tuple[str, ...]]) -> Iterator[str]:
    """Yield what of the solutions a hint has in it."""
    words = blanked(hint)
    for part in fillings:
        if any(words[at : at + len(part)] == part for at in range(len(words))):
            yield " ".join(part)


@pytest.mark.parametrize("step", SHIPPED)
def test_no_hint_gives_an_answer_away(step):
    fillings = filling(step)
    told = {name: [*gives_away(hint, fillings)] for name, hint in hints(step)}
    assert {name: parts for name, parts in told.items() if parts} == {}


@pytest.mark.parametrize("step", SHIPPED)
def test_hints_are_read_at_grade_9(step):
    hard = {name: hint for name, hint in hints(step) if grade_of(hint) > GRADE}
    assert hard == {}


def test_what_exceptions_mean_is_read_at_grade_9():
    words = tomllib.loads((TESTS / "plain_words.toml").read_text("utf-8"))
    due = [case["due"] for part in words.values() for case in part.values()]
    assert [sentence for sentence in due if grade_of(sentence) > GRADE] == []


def grade_of(hint: str) -> float:
    """Return the school grade, of Flesch and Kincaid, at which a text is read."""
    return textstat.flesch_kincaid_grade(SECTION.sub("", hint))
