"""Step 4's own checks, run in this process on many draws each: ten thousand in the full run.

What is right passes all of them; a wrong difference passes none.
"""

import functools
from importlib import import_module
from types import SimpleNamespace

import numpy as np
import pytest

from graders import assertions
from graders.assertions import CheckFailed
from graders.judge.draw import Draw
from reference import step04
from reference.step04 import Variable, numerical_diff


def forward(f, x, eps=1e-4):
    return (f(Variable(x.data + eps)).data - f(x).data) / eps


def backward(f, x, eps=1e-4):
    return (f(x).data - f(Variable(x.data - eps)).data) / eps


def larger(f, x, eps=1e-4):
    return numerical_diff(f, x, 1.01 * eps)


def three_times_larger(f, x, eps=1e-4):
    return numerical_diff(f, x, 3 * eps)


def single_precision(f, x, eps=1e-4):
    return numerical_diff(f, Variable(x.data.astype(np.float32)), eps)


def single_precision_inside(f, x, eps=1e-4):
    return numerical_diff(lambda v: Variable(np.float32(f(v).data)), x, eps)


def half_steps(f, x, eps=1e-4):
    return numerical_diff(f, x, eps / 2)


WRONG = {
    forward: ("square_at_two", "order_of_convergence"),
    backward: ("square_at_two",),
    larger: ("eps_is_used",),
    three_times_larger: ("central_accuracy",),
    single_precision: ("square_at_two", "central_accuracy"),
    single_precision_inside: ("square_at_two",),
}


class Step(SimpleNamespace):
    """A step as a check sees it, with no sandbox in between."""

    def __init__(self, difference):
        super().__init__(**vars(step04) | {"numerical_diff": difference})
        self.define = functools.cache(self.define)

    def has(self, name):
        return hasattr(self, name)

    def define(self, source, name):
        names = dict(vars(self))
        exec(source, names)
        return names[name]


@pytest.fixture(scope="module")
def suite(request):
    request.config.addinivalue_line(
        "markers", "check(declaration): what a check says of itself"
    )
    return import_module("graders.suites.test_step04")


@pytest.fixture(autouse=True)
def no_messages(monkeypatch):
    """Spare the words of a failure: they take longer than the verdict."""
    monkeypatch.setattr(assertions, "shown", lambda thing, digits=10: "")


@pytest.fixture
def numbers(full):
    """Return the seeds to draw with."""
    return range(10_000 if full else 50)


def passed(suite, check, difference, numbers):
    """Return the seeds for which a check passes."""
    step = Step(difference)
    return [seed for seed in numbers if passes(getattr(suite, f"test_{check}"), step, seed)]


def passes(check, step, seed):
    try:
        check(step, Draw(seed, f"step04.{check.__name__.removeprefix('test_')}"))
    except CheckFailed:
        return False
    return True


@pytest.mark.parametrize("right", [numerical_diff, half_steps])
@pytest.mark.parametrize(
    "check",
    ["square_at_two", "central_accuracy", "eps_is_used", "order_of_convergence", "sign"],
)
def test_what_is_right_passes_whatever_is_drawn(suite, check, right, numbers):
    assert passed(suite, check, right, numbers) == list(numbers)


@pytest.mark.parametrize("one_sided", [forward, backward])
@pytest.mark.parametrize("check", ["one_slope_for_each", "eps_is_used", "sign"])
def test_what_asks_for_no_accuracy_passes_a_one_sided_difference(
    suite, check, one_sided, numbers
):
    assert passed(suite, check, one_sided, numbers) == list(numbers)


@pytest.mark.parametrize(
    ("wrong", "check"), [(wrong, check) for wrong, checks in WRONG.items() for check in checks]
)
def test_a_wrong_difference_fails_whatever_is_drawn(suite, wrong, check, numbers):
    assert passed(suite, check, wrong, numbers) == []
