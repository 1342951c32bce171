"""Assertions about derivatives: what is right never fails, what is wrong always does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.assertions import ROUNDINGS, CheckFailed, assert_close
from graders.derivatives import assert_agrees, assert_order_two, central_difference_bound
from graders.judge.draw import Draw

SEEDS = range(100)
STEP = 1e-4

# A function, its first three derivatives; the last is bounded away from zero, or is zero.
FUNCTIONS = {
    "x²": (lambda x: x**2, lambda x: 2 * x, lambda x: 0 * x + 2, lambda x: 0 * x),
    "exp": (np.exp, np.exp, np.exp, np.exp),
    "x³": (lambda x: x**3, lambda x: 3 * x**2, lambda x: 6 * x, lambda x: 0 * x + 6),
    "(exp(x²))²": (
        lambda x: np.exp(x**2) ** 2,
        lambda x: 4 * x * np.exp(2 * x**2),
        lambda x: (4 + 16 * x**2) * np.exp(2 * x**2),
        lambda x: (48 * x + 64 * x**3) * np.exp(2 * x**2),
    ),
}
each_function = pytest.mark.parametrize("name", FUNCTIONS)


def central(f, x, step):
    return (f(x + step) - f(x - step)) / (2 * step)


def is_accepted(claim, *args, **kwargs) -> bool:
    try:
        claim(*args, **kwargs)
    except CheckFailed:
        return False
    return True


def within_bound(name: str, estimate, x):
    """Return, for each element, whether an estimate of the slope is close enough."""
    f, slope, _second, third = FUNCTIONS[name]
    bound = central_difference_bound(f(x), slope(x), third(x), x, STEP)
    return np.abs(estimate - slope(x)) <= bound


def is_within_bound(name: str, estimate, x) -> bool:
    f, slope, _second, third = FUNCTIONS[name]
    bound = central_difference_bound(f(x), slope(x), third(x), x, STEP)
    return is_accepted(assert_close, estimate, slope(x), tolerance=bound)


@pytest.fixture(scope="session")
def draws(request):
    """The inputs of a check, three numbers, for many seeds: ten thousand in the full run."""
    seeds = range(10_000 if request.config.getoption("--full") else 500)
    return np.array([Draw(seed, "tolerances").array() for seed in seeds])


@each_function
def test_a_central_difference_is_always_within_its_bound(name, draws):
    f = FUNCTIONS[name][0]
    assert within_bound(name, central(f, draws, STEP), draws).all()
    assert is_within_bound(name, central(f, draws, STEP), draws)


@each_function
def test_a_one_sided_difference_is_never_within_it(name, draws):
    f = FUNCTIONS[name][0]
    assert not within_bound(name, (f(draws + STEP) - f(draws)) / STEP, draws).any()
    assert not within_bound(name, (f(draws) - f(draws - STEP)) / STEP, draws).any()


@pytest.mark.parametrize("name", ["exp", "x³", "(exp(x²))²"])
def test_a_step_ten_times_larger_is_never_within_it(name, draws):
    f = FUNCTIONS[name][0]
    assert not within_bound(name, central(f, draws, 10 * STEP), draws).any()


@each_function
def test_a_difference_in_single_precision_is_never_within_it(name, draws):
    f = FUNCTIONS[name][0]
    estimate = central(lambda a: f(a.astype(np.float32)), draws, STEP)
    assert not within_bound(name, estimate, draws).all(axis=1).any()


@each_function
@pytest.mark.parametrize("order", [0, 1])
def test_exact_algebra_takes_double_precision_and_never_single(name, order, draws):
    f = FUNCTIONS[name][order]
    due = f(draws.astype(np.longdouble))
    assert is_accepted(assert_close, f(draws), due)
    single = np.abs(f(draws.astype(np.float32)) - due)
    assert not (single <= ROUNDINGS["float64"] * np.abs(due)).all(axis=1).any()


@each_function
@pytest.mark.parametrize("factor", [0.5, 2, -1, 1 + 1e-4])
def test_a_wrong_slope_is_never_within_it(name, factor):
    slope = FUNCTIONS[name][1]
    for seed in SEEDS:
        x = Draw(seed, name).array(1)
        assert not is_within_bound(name, slope(x) * factor, x), x


SMOOTH = {name: (f, slope) for name, (f, slope, _second, _third) in FUNCTIONS.items()} | {
    "2·x": (lambda x: 2 * x, lambda x: 0 * x + 2),
    "a constant": (lambda x: 0 * x + 3, lambda x: 0 * x),
    "sin": (np.sin, np.cos),
    "exp2": (np.exp2, lambda x: np.log(2) * np.exp2(x)),
    "1/x": (lambda x: 1 / x, lambda x: -1 / x**2),
    "tanh": (np.tanh, lambda x: 1 - np.tanh(x) ** 2),
    "log(1 + x²)": (lambda x: np.log(1 + x**2), lambda x: 2 * x / (1 + x**2)),
    "sin(30·x)": (lambda x: np.sin(30 * x), lambda x: 30 * np.cos(30 * x)),
}


@pytest.mark.parametrize("name", SMOOTH)
def test_a_forward_agrees_with_its_own_derivative_whatever_it_is(name):
    forward, slope = SMOOTH[name]
    for seed in SEEDS:
        draw = Draw(seed, name)
        x, gy = draw.array(2, 3), draw.array(2, 3)
        assert_agrees(slope(x) * gy, forward, x, gy)


@given(
    st.floats(-1e3, 1e3).filter(lambda a: abs(a) > 1e-3),
    st.floats(0.01, 3),
    st.floats(-3, 3),
    st.floats(-1.9, 1.9),
)
def test_a_sine_of_any_height_width_and_phase_agrees_with_its_cosine(height, width, phase, x):
    def forward(x):
        return height * np.sin(width * x + phase)

    slope = height * width * np.cos(width * x + phase)
    assert_agrees(np.array(slope), forward, np.array(x), np.array(1.0))


@pytest.mark.parametrize("name", sorted(set(SMOOTH) - {"a constant", "sin(30·x)"}))
@pytest.mark.parametrize("factor", [1 + 1e-4, 1 - 1e-4, 2, -1])
def test_a_gradient_that_is_a_little_off_does_not_agree(name, factor):
    forward, slope = SMOOTH[name]
    for seed in SEEDS:
        draw = Draw(seed, name)
        x, gy = draw.array(1), draw.array(1)
        assert not is_accepted(assert_agrees, slope(x) * gy * factor, forward, x, gy), x


WITHOUT_SLOPE = {
    "noise": lambda x: 1e9 * np.random.default_rng().normal(size=x.shape),
    "noise on top": lambda x: x**2 + 1e-3 * np.random.default_rng().normal(size=x.shape),
    "a step": lambda x: np.where(x > 0.5, 1e6, 0.0),
    "far above all": lambda x: x**2 + 1e15,
    "half as exact": lambda x: (x**2).astype(np.float16).astype(float),
    "fast": lambda x: np.sin(1e6 * x),
}
"""Forwards whose slope can't be measured: it must not agree with whatever comes."""


@pytest.mark.parametrize("name", WITHOUT_SLOPE)
def test_what_has_no_slope_agrees_with_nothing(name):
    x = np.array([0.5, 1.5])
    for backward in (2 * x, np.zeros(2), 1e6 * np.ones(2)):
        with pytest.raises(CheckFailed, match=r"steps of 0\.001 and 0\.002"):
            assert_agrees(backward, WITHOUT_SLOPE[name], x, np.ones(2))


@pytest.mark.parametrize("name", sorted(set(SMOOTH) - {"a constant"}))
def test_a_gradient_that_forgets_gy_does_not_agree(name):
    forward, slope = SMOOTH[name]
    x, gy = Draw(1, name).array(3), np.array([0.5, 2.0, 3.0])
    assert not is_accepted(assert_agrees, slope(x), forward, x, gy)


@pytest.mark.parametrize(
    "forward",
    [
        lambda x: None,
        lambda x: list(x),
        lambda x: x.sum(),
        lambda x: x > 0,
        lambda x: x * np.nan,
        lambda x: True,
    ],
    ids=["None", "a list", "another shape", "truth values", "nan", "True"],
)
@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_a_forward_that_gives_no_numbers_is_refused_not_an_error(forward):
    x = np.array([0.5, 1.5])
    assert not is_accepted(assert_agrees, x, forward, x, np.ones(2))


def test_order_two_wants_a_quarter_of_the_error():
    for seed in SEEDS:
        x = Draw(seed, "order").array(3)
        coarse, fine = central(np.exp, x, 0.1), central(np.exp, x, 0.05)
        assert_order_two(coarse, fine, np.exp(x))
        for wrong in (
            ((np.exp(x + 0.1) - np.exp(x)) / 0.1, (np.exp(x + 0.05) - np.exp(x)) / 0.05),
            (coarse, coarse),
            (coarse, np.exp(x)),
            (np.exp(x), np.exp(x)),
            (3 * coarse, 3 * fine),
        ):
            assert not is_accepted(assert_order_two, *wrong, np.exp(x))


def test_order_two_takes_single_numbers():
    assert_order_two(central(np.exp, 0.5, 0.1), central(np.exp, 0.5, 0.05), np.exp(0.5))
    assert not is_accepted(assert_order_two, 1.1, 1.05, 1.0)
