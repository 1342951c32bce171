"""``explain``: what is said of a check is what its code does."""

import inspect
from types import FunctionType

import pytest
from course import CHECKS

from graders import assertions, cli
from graders.commands import exactness, explain


def ask(capsys, *arguments):
    """Run ``explain`` and return its exit status and what it printed and complained of."""
    status = cli.main(["explain", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_check_is_explained(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    status, out, err = ask(capsys, "step06.square_backward")
    assert (status, err) == (0, "")
    assert out.startswith(
        "step06.square_backward · 2 points · backward\n\n  Square.backward mul"
    )
    assert "tolerance  exact algebra: 1e-12 of what is due" in out
    assert "rests on   square_derivative (Square.backward is 2·x for a gy of ones)" in out
    assert "section    6" in out


@pytest.mark.parametrize("columns", ["40", "80", "0", "²", "-3", "", "1e9"])
@pytest.mark.parametrize("what", ["step06.by_hand_at_one_half", "9"])
def test_what_is_said_fits_the_terminal(capsys, monkeypatch, columns, what):
    monkeypatch.setenv("COLUMNS", columns)
    status, out, err = ask(capsys, what)
    assert (status, err) == (0, "")
    room = int(columns) if columns in ("40", "80") else 160
    assert all(len(line) <= room and line == line.rstrip() for line in out.splitlines())
    words = {word for line in out.splitlines() for word in line.split()}
    monkeypatch.delenv("COLUMNS")
    assert words <= {word for word in ask(capsys, what)[1].replace("·", " · ").split()} | {"·"}


def test_a_name_will_do_where_only_one_check_has_it(capsys):
    assert ask(capsys, "square_backward")[1] == ask(capsys, "step06.square_backward")[1]


def test_a_name_that_several_have_is_refused_unless_a_step_is_chosen(capsys):
    status, out, err = ask(capsys, "starts_from_the_given_gradient")
    assert (status, out) == (2, "")
    assert "step07.starts_from_the_given_gradient, step08.starts" in err
    status, out, _err = ask(capsys, "starts_from_the_given_gradient", "--step", "8")
    assert status == 0
    assert out.startswith("step08.starts_from_the_given_gradient")


@pytest.mark.parametrize("step", [["6"], ["step06"], ["5-6"], ["--step", "6"]])
def test_a_step_is_listed(capsys, step, monkeypatch):
    monkeypatch.setenv("COLUMNS", "140")
    status, out, _err = ask(capsys, *step)
    assert status == 0
    own = [check.id for check in CHECKS if check.unit.step == "step06"]
    assert [line.split()[0] for line in out.splitlines()] == own


def test_all_are_listed_without_a_name(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "140")
    assert len(ask(capsys)[1].splitlines()) == len(CHECKS)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("square_bakward", "did you mean step06.square_backward?"),
        ("step6.square_backward", "did you mean step06.square_backward?"),
        ("something else altogether", "python grade.py explain lists them all"),
    ],
)
def test_an_unknown_name_is_one_sentence(capsys, name, near):
    status, out, err = ask(capsys, name)
    assert (status, out) == (2, "")
    assert err == f"gradmark: there is no check {name}: {near}\n"


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("step04.central_accuracy", "four times the error bound of a central difference"),
        ("step04.order_of_convergence", "four times smaller with half the step"),
        ("step06.square_agrees", "a central difference of your own forward"),
        ("step06.by_hand_at_one_half", "exact algebra: 1e-12"),
        ("step08.each_function_once", "exact: the very same value"),
        ("step06.grad_starts_as_none", "none is needed"),
        ("step10.there_are_tests", "none is needed"),
    ],
)
def test_the_tolerance_is_read_off_the_code(id, said):
    (check,) = (check for check in CHECKS if check.id == id)
    (told,) = exactness.exactness(check.function)
    assert said in told


def claims_with_the_rounding(got, due):
    assertions.assert_close(got, due)
    assert_close(got, due, dtype="float32")
    assert_close(got, due, tolerance=abs(due) / 7)


assert_close = assertions.assert_close


def test_other_dtypes_and_tolerances_are_told():
    single, own = exactness.exactness(claims_with_the_rounding)
    assert single == "exact algebra: 1e-05 of what is due, some rounding errors of float32"
    assert own == "its own, abs(due) / 7"


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_every_check_can_be_explained(check):
    text = "\n".join(explain.explained(check, CHECKS, 96))
    assert check.declared.title.split()[-1] in text
    assert all(texts for texts in exactness.exactness(check.function))
    for need in check.declared.needs:
        assert f"{need} (" in text, "what a check rests on has a title"


def test_every_assertion_that_compares_numbers_is_known():
    """An assertion that is new and compares numbers needs a sentence in ``derived``."""
    known = {"assert_close", *exactness.derived()}
    for name, thing in vars(assertions).items():
        if isinstance(thing, FunctionType) and thing.__module__ == assertions.__name__:
            source = inspect.getsource(thing)
            compares = "assert_close(" in source or "ROUNDINGS[" in source
            assert not compares or name in known, name


def test_nothing_is_started(capsys, monkeypatch):
    monkeypatch.setattr("subprocess.Popen.__init__", None)
    assert ask(capsys, "step06.square_backward")[0] == 0
