"""Where a mistake is, found by trying: what is certain, what is possible, what is not told."""

import msgspec
import pytest
from conftest import LESSONS
from sharing import some
from test_submission import put

from graders.evidence import Edit
from graders.feedback.located import located, questions, shown
from graders.judge import repair
from graders.judge.locate import locate
from graders.judge.repair import Search
from graders.judge.run import Options, grade
from graders.judge.scoring import BROKEN
from graders.report import with_step
from graders.sandbox.process import Limits
from graders.submission.read import read
from graders.wire import Piece

STEP02, STEP06, STEP07 = (LESSONS[step] for step in ("step02", "step06", "step07"))


@pytest.fixture
def found(tmp_path, sandbox, suites):
    """Return what grading a file and looking for its mistake tells: the step and the report."""

    def find(step, text, most=200, name=None):
        put(tmp_path, {name or f"{step}.py": text})
        submission = read(tmp_path)
        options = Options(steps=frozenset({step}), limits=Limits(cpu=0.3))
        report = grade(submission, sandbox, options, suites)
        graded = report.steps[0]
        search = Search(submission, sandbox, report.seed, step, most)
        passed, broken = (
            frozenset(check.id for check in graded.checks if check.status in statuses)
            for statuses in (("passed",), BROKEN)
        )
        return search, search.find(passed, broken)

    return find


def line(text, part):
    """Return the line that a part of a text is in."""
    return text[: text.index(part)].count("\n") + 1


CERTAIN = [
    ("step02", STEP02, "x**2", "x * 2", "operator"),
    ("step02", STEP02, "self.forward(x)", "forward(x)", "self"),
    ("step02", STEP02, "class Square(Function)", "class Square", "base"),
    ("step02", STEP02, "return Variable(y)", "return Variable(x)", "name"),
    ("step02", STEP02, "y = self.forward(x)", "y = self.forward(x", "syntax"),
    ("step06", STEP06, "self.grad = None", "self.grad = 0", "literal"),
    ("step07", STEP07, "x.grad = f.backward(self.grad)", "x.grad = f.backward(x.grad)", "name"),
]


@pytest.mark.parametrize(("step", "right", "part", "wrong", "kind"), some(CERTAIN, 4))
def test_one_line_alone(found, step, right, part, wrong, kind):
    search, mended = found(step, right.replace(part, wrong), 60)
    assert mended.certain
    assert {edit.line for edit in mended.edits} == {line(right, part)}
    assert kind in {edit.kind for edit in mended.edits}
    assert (mended.mistakes, search.tried) == (1, min(60, search.tried))


def test_several_lines_are_a_possibility(found):
    text = STEP06.replace("2 * x * gy", "2 * x")
    _search, mended = found("step06", text, 150)
    assert not mended.certain
    assert {edit.within for edit in mended.edits} == {"Square.backward"}
    assert line(text, "return 2 * x") in {edit.line for edit in mended.edits}


def test_to_take_a_call_away_proves_nothing(found):
    text = STEP02.replace("y = self.forward(x)", "y = abs(self.forward(x))")
    _search, mended = found("step02", text, 60)
    assert {edit.line for edit in mended.edits} == {line(text, "abs(")}
    assert not mended.certain


def test_one_mistake_after_the_other(found):
    text = STEP06.replace("self.grad = None", "self.grad = 0")
    text = text.replace("return np.exp(x) * gy", "return np.exp(x) + gy")
    _search, mended = found("step06", text, 100)
    assert (mended.mistakes, mended.certain) == (2, True)
    assert {edit.line for edit in mended.edits} == {line(text, "self.grad = 0")}


def test_what_never_ends(found):
    text = STEP07.replace("if f is not None", "while f is not None")
    search, mended = found("step07", text, 25)
    assert {edit.line for edit in mended.edits} == {line(text, "while f")}
    assert 0 < search.late < 25


def test_what_is_missing_is_told_of_the_function(found):
    text = STEP06.replace("        self.input = input\n", "")
    _search, mended = found("step06", text, 60)
    assert {edit.kind for edit in mended.edits} == {"missing"}
    assert {edit.line for edit in mended.edits} == {line(text, "def __call__")}
    assert not mended.certain  # a line that is added may only hide a wrong one


def test_what_can_t_be_mended(found):
    _search, mended = found("step02", STEP02.replace("return x**2", "return x.sum() - 7"), 40)
    assert mended is None


def test_a_hole_that_is_left_is_no_mistake(found):
    hole = '        raise NotImplementedError("fill in: Exp.backward")\n'
    text = STEP06[: STEP06.rindex("        x = self.input.data")] + hole
    _search, mended = found("step06", text.replace("2 * x * gy", "2 * x"), 60)
    assert {edit.within for edit in mended.edits} == {"Square.backward"}


def test_what_takes_too_long_is_left_alone(found):
    slow = (
        "import time\nbegin = time.process_time()\nwhile time.process_time() < begin + 0.2: 0\n"
    )
    search, mended = found("step02", slow + STEP02.replace("x**2", "x * 2"))
    assert (search.tried, mended) == (0, None)


@pytest.mark.full
def test_of_what_is_slow_less_is_tried(found, monkeypatch):
    text = STEP06.replace("2 * x * gy", "(x + x) * x")
    monkeypatch.setattr(repair, "LONGEST", 0.1)
    search, mended = found("step06", text)
    assert search.tried < 30
    assert mended is None


def test_the_same_twice(found):
    text = STEP06.replace("2 * x * gy", "2 * x")
    assert found("step06", text, 20)[1] == found("step06", text, 20)[1]


def test_a_test_is_never_mended_for_certain(found):
    text = """import unittest


class SquareTest(unittest.TestCase):
    def test_forward(self):
        x = Variable(np.array(2.0))
        y = square(x)
        self.assertEqual(y.data, np.array(5.0))
"""
    head = "import numpy as np\nfrom step09 import Variable, square\n"
    _search, mended = found("step10", head + text, 25)
    assert mended is None or not mended.certain


def test_a_cell_is_told_and_no_point_changed(tmp_path, sandbox, monkeypatch):
    import nbformat

    monkeypatch.setattr("graders.judge.locate.MOST_EDITS", 60)
    book = nbformat.v4.new_notebook()
    cells = ["# Step 2", STEP02.replace("x**2", "x * 2")]
    book.cells = [nbformat.v4.new_markdown_cell(cells[0]), nbformat.v4.new_code_cell(cells[1])]
    nbformat.write(book, tmp_path / "mine.ipynb")
    submission = read(tmp_path)
    report = grade(submission, sandbox, Options(steps=frozenset({"step02"})))
    (step,) = locate(report, submission, sandbox, more=True)
    assert (step.located.file, step.located.cell, step.located.line) == (
        "mine.ipynb",
        2,
        line(STEP02, "x**2"),
    )
    assert step.located.edit == "-         return x * 2\n+         return x ** 2"
    assert step.located.certain
    assert msgspec.structs.replace(step, located=None) == report.steps[0]
    assert with_step(report, step).score == report.score


def test_nothing_is_tried_where_all_is_right(tmp_path, sandbox, monkeypatch):
    put(tmp_path, {"step02.py": STEP02})
    submission = read(tmp_path)
    report = grade(submission, sandbox, Options(steps=frozenset({"step02"})))
    monkeypatch.setattr(repair.Search, "find", None)
    assert [*locate(report, submission, sandbox)] == []


# --- in words


def edit(line, kind="value", within="Square.backward", cost=2, text="x"):
    return Edit(0, 0, 0, text, line, kind, cost, within=within)


PIECES = (Piece("step06.py", "a\nb\n"),)


def test_every_kind_has_its_question():
    from typing import get_args

    from graders.evidence import EditKind

    assert questions().keys() == {*get_args(EditKind)}


def test_lines_that_share_a_function():
    found = located([edit(5), edit(3)], False, 1, PIECES, more=False)
    assert (found.line, found.last_line, found.within, found.edit) == (
        3,
        5,
        "Square.backward",
        None,
    )
    assert found.question == questions()["value"]


def test_lines_that_share_nothing_are_not_told():
    assert located([edit(3), edit(9, within="Exp.backward")], False, 1, PIECES, False) is None
    assert located([edit(3), edit(90)], False, 1, PIECES, False) is None


def test_two_questions_where_both_are_as_likely():
    found = located([edit(3, "operator"), edit(3, "brackets"), edit(3, "name", cost=3)],
                    True, 1, PIECES, False)  # fmt: skip
    assert found.kind == "operator"
    assert found.question.count("?") == 2


def test_an_edit_is_shown_by_its_lines():
    assert shown("a\nb\nc", "a\nB\nc") == "- b\n+ B"
    assert shown("a\nc", "a\nb\nc") == "+ b"
    assert shown("a\nb", "a") == "- b"
    assert shown("\n".join("abc" * 20), "x").count("\n") == 11
    assert max(map(len, shown("a" * 900, "b").split("\n"))) == 200
