"""A line more in a file of Python: at its place, whatever the layout."""

import ast

import pytest

from graders.commands.course.checkout import COURSE, ROOT
from graders.commands.new import insertion
from graders.syllabus import SYLLABUS


def test_a_step_finds_its_place_in_the_course():
    course = (ROOT / COURSE).read_text("utf-8")
    made = insertion.with_unit(course, "step05", 'Unit("step05", "5", _("x"), "5.1")', COURSE)
    (tree,) = insertion.values_of(ast.parse(made), "SYLLABUS")
    names = [insertion.named(unit) for unit in tree.elts]
    assert names == sorted([unit.step for unit in SYLLABUS] + ["step05"])


@pytest.mark.parametrize(
    "end",
    [
        ",\n)\n",
        "\n)\n",
        ",)\n",
        ")\n",
        ",  # the last\n    # more to come\n)\n",
        "  # the last\n)\n",
        ",\n    )\n",
        ", )  # that is all\n",
        ") + MORE",
        "",
    ],
)
def test_a_row_is_put_in_whatever_the_layout(end):
    row = '    ("no-x", "a", "b", "x"),'
    before = 'MUTANTS = mutants(\n    "step01",\n    ("one", "é", "d", "e")'
    end = end or "); MORE = 1"
    made = insertion.with_row(before + end, row, "M")
    tree = ast.parse(made)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert ast.literal_eval(calls[0].args[-1]) == ("no-x", "a", "b", "x")
    assert len(calls[0].args) == 3
    for comment in ("# the last", "# more to come", "# that is all"):
        assert (comment in made) == (comment in end)
