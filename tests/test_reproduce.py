"""Every failure's script is short, runs as it is, and shows the failure and what was due."""

import ast
import re
from functools import cache, partial

import numpy as np
import pytest
from conftest import REFERENCE
from forking import Outcome, Runner
from mutants import MUTANTS

from graders.checks import declaration
from graders.feedback.layout import Beside
from graders.feedback.script import script
from graders.feedback.transcript import LAST, SILENT, Ending
from graders.judge import run as judging
from graders.judge.grading import CONVERSATION, Grading, check_id
from graders.judge.run import Options, grade
from graders.submission.read import read
from graders.wire import Raised

BROKEN = ("failed", "crashed", "timeout")
MOST_LINES = 12
DUE = re.compile(r"    # due: (.*)$")
NUMBER = re.compile(r"(?<=[\d.])\s+(?=[-\d.\[])|(?<=\])\s+(?=\[)")
"""Where numpy leaves commas out when it prints an array."""


@pytest.fixture(scope="module")
def run():
    runner = Runner()
    yield runner.run
    runner.close()


@pytest.fixture(scope="module")
def due_of(run):
    """Give a function that runs a script on the reference: many mutants show the same one."""
    return cache(partial(run, REFERENCE))


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_script_shows_the_failure_there_and_what_was_due_on_the_reference(
    graded, run, due_of, tmp_path, mutant
):
    for name, (piece,) in graded.specimen(mutant).submission.modules.items():
        (tmp_path / name).write_text(piece.text, "utf-8")
    (step,) = graded(mutant).steps
    for check in step.checks:
        if check.status not in BROKEN:
            assert check.reproduce is None
        else:
            assert check.reproduce.count("\n") < MOST_LINES
            assert "..." not in check.reproduce
            due = DUE.search(check.reproduce)[1]
            right = due_of(check.reproduce)
            assert_as_due(right, due)
            wrong = run(tmp_path, check.reproduce)
            assert wrong != right
            if mutant.step == "step10":  # what is due there is what the script prints last
                last = [(each.printed.splitlines() or [""])[-1] for each in (right, wrong)]
                assert last[0] == due != last[1]


def assert_as_due(outcome: Outcome, due: str) -> None:
    """Assert that a script did what the comment on its last line says."""
    if due.isidentifier() and due.endswith("Error"):
        assert (outcome.status, outcome.error.partition(":")[0]) == (1, due)
        return
    assert outcome.status == 0, outcome
    if due.isidentifier():  # True, None, the name of a class
        assert outcome.printed.splitlines()[-1] == due
    elif (wanted := value(due)) is not None:
        got = value(outcome.printed)
        assert np.shape(got) == np.shape(wanted)
        assert np.allclose(got, wanted, rtol=1e-6, atol=0), (got, wanted)


def value(text: str):
    """Return the value that a text stands for, as Python or as numpy prints it; else None."""
    try:
        return eval(NUMBER.sub(", ", text.strip()), {"array": np.array, "np": np})
    except (SyntaxError, NameError):
        return None


def test_values_are_read_as_they_are_printed():
    for array in (np.array([[1.0, -2.5], [1e-20, 3.0]]), np.array([1, 20]), np.array(0.5)):
        assert np.array_equal(value(str(array)), array)
        assert np.array_equal(value(repr(array)), array)
    assert value("no TypeError") is value("a Variable itself") is None


@pytest.fixture(scope="module")
def records(sandbox):
    """Give the record on the reference of every check that brings no script of its own."""
    found = {}

    class Recording(Grading):
        def facts(self, item, error):
            if not declaration(item).reproduce:
                found[check_id(item)] = item.stash[CONVERSATION].events
            return super().facts(item, error)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "Grading", Recording)
        grade(read(REFERENCE), sandbox, Options())
    return found


def test_a_record_that_ends_anywhere_makes_a_script_that_runs(records, run, full):
    for check, events in records.items():
        step = check.partition(".")[0]
        file = Beside(step, f"{step}.py")
        spoken = [e for e in events if not isinstance(e.request, SILENT)]
        for count, event in list(enumerate(spoken, 1))[:: 1 if full else -3]:  # the last, too
            made = script(spoken[:count], file, Ending("{0}", (LAST,), "x"))
            assert made is not None, (check, event)
            assert made.count("\n") < MOST_LINES
            ast.parse(made)
            raised = isinstance(event.reply, Raised)
            assert run(REFERENCE, made).status == raised, made


INTO_A_NAME = """class Variable: pass
class Function:
    def __init_subclass__(cls):
        raise NameError("name 'Variable\\nimport os; os.abort()\\n#' is not defined")
"""
INTO_A_KEYWORD = INTO_A_NAME.replace("Variable\\nimport os; os.abort()\\n#", "import")
INTO_A_COMMENT = """class Variable:
    def __init__(self, data):
        raise type("KeyError\\rimport os; os.abort()#", (Exception,), {})
"""


@pytest.mark.parametrize(
    ("step", "text"),
    [("step07", INTO_A_NAME), ("step07", INTO_A_KEYWORD), ("step01", INTO_A_COMMENT)],
)
def test_a_stranger_writes_no_line_of_a_script(sandbox, tmp_path, step, text):
    (tmp_path / f"{step}.py").write_text(text)
    options = Options(steps=frozenset({step}))
    (graded,) = grade(read(tmp_path), sandbox, options).steps
    scripts = [check.reproduce for check in graded.checks if check.reproduce]
    assert scripts
    for made in scripts:
        assert "abort" not in ast.unparse(ast.parse(made))
        assert all(line.isprintable() for line in made.split("\n"))
