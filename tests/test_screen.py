"""The terminal: nothing is broken inside, whatever its width and whatever it can show."""

import ast
import io
import re
import sys
from pathlib import Path

import pytest
from course import CHECKS
from rich.cells import cell_len
from sharing import some
from test_renderers import AT, FAILED, REPORTS, check, found_in, report, shown

from graders import cli
from graders.output import LOOKALIKES, usable_size
from graders.renderers.screen import folded, wrapped

ROOT = Path(__file__).parents[1]
LONG = check(
    "step06.a_name_that_is_rather_long_for_a_check", "failed",
    message="step06.py:31: print((np.array([1.0, 2.0]), (1, 2\ngot   array([ 1.25,  2.5])",
    reproduce="from step06 import Exp, Square, Variable\n\nx = Variable([1.0, 2.0])\n"
    "print(Square()(x).data)    # due: array([1., 4.]), and an array it is",
)  # fmt: skip
WORKS = "a/path/that/leads/deep/into/some/folder/step06.py"
WIDE = 400


def words(text):
    """Return the words of a screen, but for the signs that a broken line of code adds."""
    return {word for word in text.split() if word not in ("\\", "#")}


@pytest.mark.parametrize("width", [30, 40, 60, 72, 80])
@pytest.mark.parametrize("every_check", [False, True], ids=["brief", "every check"])
def test_no_word_is_broken_and_no_blank_left_at_the_end(width, every_check):
    at = {"step06": AT}
    extra = [report(LONG), found_in(report(FAILED, LONG), **at)]
    for what in (*REPORTS.values(), *extra):
        how = {"every_check": every_check, "folder": WORKS, "color": False}
        text, wide = (shown(what, width=each, **how) for each in (width, WIDE))
        broken = words(text) - words(wide)
        assert {re.sub("[█░]", "", word) for word in broken} - {""} == set()
        for line in text.splitlines():
            assert line == line.rstrip()
            assert cell_len(line) <= width or len(line.rstrip(" \\").split()) == 1


def test_a_path_stays_whole_and_japanese_is_broken_anywhere():
    assert wrapped(f"written to {WORKS}", 20) == ["written to", WORKS]
    rows = wrapped("結果を表示する長い文章です。", 10)
    assert "".join(rows) == "結果を表示する長い文章です。"
    assert max(map(cell_len, rows)) <= 10


FILES = [*sorted((ROOT / "reference").glob("*.py")), *sorted((ROOT / "graders").rglob("*.py"))]
CODE = [path for path in FILES if path.name != "__init__.py"]


@pytest.mark.parametrize("path", some(CODE, 12), ids=lambda path: path.name)
@pytest.mark.parametrize("width", [30, 60])
def test_broken_code_does_the_same(path, width):
    text = path.read_text("utf-8")
    made = folded(text, width)
    assert ast.dump(ast.parse(made)) == ast.dump(ast.parse(text))
    said, says = (re.sub(r"[\s#\\]", "", each) for each in (text, made))
    assert said == says
    if width < 60:
        assert made != text


def test_what_is_no_code_is_shown_as_it_is():
    for text in ("print((1", "'''", "a\n  b\n c", "1 +\\", ""):
        assert folded(text, 20) == text


def texts():
    """Yield what people are told: what is marked as to be translated, and formulas."""
    for path in (ROOT / "graders").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        inside = tree.body if "suites" in path.parts else marked(tree)
        for node in (each for part in inside for each in ast.walk(part)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def marked(tree):
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [call for call in calls if getattr(call.func, "id", "") in ("_", "ngettext")]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp932"])
def test_a_stream_that_can_show_less_gets_signs_that_are_alike(encoding, monkeypatch):
    below = io.BytesIO()
    stream = io.TextIOWrapper(io.BufferedWriter(Raw(below)), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    arguments = ["reference", "--step", "2", "--no-locate", "--json", "/dev/null"]
    assert cli.main(arguments) == 0
    told = below.getvalue().decode(encoding)
    assert re.search(r"^ 02  [\w ]+ (?:##########|██████████)  10/10 passed", told, re.M)
    assert "?" not in told


class Raw(io.RawIOBase):
    """A stream of bytes below others."""

    def __init__(self, kept):
        self.kept = kept

    def write(self, data):
        return self.kept.write(data)

    def writable(self):
        return True


def test_all_that_is_told_has_a_sign_that_is_alike():
    told = {each for text in texts() for each in text if not each.isascii()}
    assert told - {*LOOKALIKES} == set()
    assert all(alike.isascii() for alike in LOOKALIKES.values())


@pytest.mark.parametrize("size", ["0", "²", "-3", "1e3", "x", "\u0663"])
def test_a_size_that_is_none_is_left_out(size, monkeypatch):
    import os

    monkeypatch.setenv("COLUMNS", size)
    monkeypatch.setenv("LINES", "30")
    with usable_size():
        assert "COLUMNS" not in os.environ
        assert os.environ["LINES"] == "30"
    assert os.environ["COLUMNS"] == size


def test_no_title_speaks_of_one_value():
    titles = [check.declared.title for check in CHECKS]
    assert [title for title in titles if re.search(r"\b(at|for) (x = )?\d", title)] == []


@pytest.mark.parametrize("width", [30, 40, 80])
def test_a_script_can_be_pasted_as_it_is_shown(width):
    text = shown(report(LONG), width=width, color=False)
    script = text.partition("try it")[2].partition(":\n\n")[2].partition("\n Score")[0]
    assert ast.dump(ast.parse(script)) == ast.dump(ast.parse(LONG.reproduce))
