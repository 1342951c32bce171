"""How exact a check is, read off its own code, so that what is said of it can't drift."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

from graders import assertions, derivatives
from graders.assertions import ROUNDINGS
from graders.words import _

CLAIMS = (assertions.__name__, derivatives.__name__)
Use = tuple[str, ast.Call | None]
"""A function of ``CLAIMS`` that a check uses, and the call, where it is called."""


def exactness(check: Callable[..., Any]) -> list[str]:
    """Return how exact each claim of a check must hold, and where that comes from."""
    uses = list(used(check, set()))
    names = {name for name, _call in uses}
    texts = [text for name, text in derived().items() if name in names]
    texts += [text for use in uses if (text := of_close(use, names))]
    return list(dict.fromkeys(texts)) or [_("none is needed: it compares no numbers")]


def derived() -> dict[str, str]:
    """Return what each function stands for that brings a tolerance of its own."""
    return {
        "central_difference_bound": _(
            "four times the error bound of a central difference with step h, "
            "h²·|f'''|/6 + ε·(|f| + |x·f'|)/h"
        ),
        "assert_order_two": _(
            "the error must be four times smaller with half the step, as a central "
            "difference's is (a one-sided one's is halved)"
        ),
        "assert_agrees": _(
            "four times the error of a central difference of your own forward, measured by "
            "comparing the steps h and 2·h, and its rounding"
        ),
        "assert_equal": _("exact: the very same value is due"),
    }


def of_close(use: Use, names: set[str]) -> str | None:
    """Return the tolerance of one ``assert_close``; None where ``derived`` has said it."""
    name, call = use
    if name != "assert_close":
        return None
    given = {word.arg: word.value for word in call.keywords} if call else {}
    if "tolerance" in given:
        text = _("its own, {source}")
        own = text.format(source=ast.unparse(given["tolerance"]))
        return None if "central_difference_bound" in names else own
    named = given.get("dtype")
    dtype = str(named.value) if isinstance(named, ast.Constant) else "float64"
    text = _("exact algebra: {relative:g} of what is due, some rounding errors of {dtype}")
    return text.format(relative=ROUNDINGS[dtype], dtype=dtype)


def used(function: Callable[..., Any], seen: set[str]) -> Iterator[Use]:
    """Yield the functions of ``CLAIMS`` that a check or its suite's helpers use."""
    assert isinstance(function, FunctionType)
    seen.add(function.__qualname__)
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    nodes = [node for statement in tree.body for node in ast.walk(statement)]
    calls = {id(node.func): node for node in nodes if isinstance(node, ast.Call)}
    for node in nodes:
        thing = function.__globals__.get(node.id) if isinstance(node, ast.Name) else None
        if not isinstance(thing, FunctionType) or thing.__qualname__ in seen:
            continue
        if thing.__module__ in CLAIMS:
            yield thing.__name__, calls.get(id(node))
        elif thing.__module__.startswith("graders.suites."):
            yield from used(thing, seen)
