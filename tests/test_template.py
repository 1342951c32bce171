"""The template that a lesson makes, and those that are there."""

import ast

import pytest
from conftest import LESSONS
from course import SHIPPED

from graders.commands.course.checkout import ROOT, TEMPLATE
from graders.commands.course.template import functions, template, written_in
from graders.errors import GradmarkError

TREES = {step: ast.parse(text) for step, text in LESSONS.items()}
LESSON = '''"""Step 2: a lesson (section 2.1).

New: much.
"""

import numpy as np

SIDE = 2  # of a square


class Square:
    """Know one (section 2.1)."""

    sides = 4

    @property
    def area(self):
        """Return it (section 2.1)."""
        # the secret of it:
        area = SIDE**2

        return area
        # and this was it

    # not a part of area
    def about(self): return "square"

    def side(self):
        # a secret of it

        # and another
        return SIDE


class Box:
    class Lid:
        async def open(self):
            return "secret"

    if SIDE:
        @property
        def side(self):
            return "secret"

        @side.setter
        def side(self, new):
            self.secret = new


def longer_than_a_line_can_be(once, upon=("a", "time")):
    def inner():
        return once
    return inner


if __name__ == "__main__":
    print(Square().area)  # 4
'''
MADE = '''"""Step 2: a lesson (section 2.1).

New: much.

Fill in the holes; what is marked as carried over, copy from your earlier file.
"""

import numpy as np

SIDE = 2  # of a square


class Square:
    """Know one (section 2.1)."""

    sides = 4

    @property
    def area(self):
        """Return it (section 2.1)."""
        raise NotImplementedError("fill in: Square.area")

    # not a part of area
    def about(self):
        raise NotImplementedError("fill in: Square.about")

    def side(self):
        raise NotImplementedError("fill in: Square.side")


class Box:
    class Lid:
        async def open(self):
            raise NotImplementedError("fill in: Box.Lid.open")

    if SIDE:
        @property
        def side(self):
            raise NotImplementedError("fill in: Box.side")

        @side.setter
        def side(self, new):
            raise NotImplementedError("fill in: Box.side")


def longer_than_a_line_can_be(once, upon=("a", "time")):
    raise NotImplementedError(
        "fill in: longer_than_a_line_can_be (carried over from your step01.py)"
    )


if __name__ == "__main__":
    print(Square().area)  # 4
'''


@pytest.mark.parametrize("step", SHIPPED)
def test_the_template_is_the_lesson_with_holes(step):
    """And nothing else: what a student is given is made of what the teacher has written."""
    assert (ROOT / TEMPLATE.format(step=step)).read_text("utf-8") == template(step, LESSONS)


def test_what_is_written_in_a_body_is_gone_and_all_around_it_stays():
    earlier = LESSON[LESSON.index("def longer") : LESSON.index("if __name__")]
    made = template("step02", {"step01": earlier, "step02": LESSON})
    assert made == MADE
    assert not [word for word in ("secret", "this was", "inner") if word in made]


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (
            '"""Return it (section 2.1)."""\n',
            '"""Return it."""; self.secret = 1\n',
            "Square.area",
        ),
        ("    sides = 4\n", "    sides = lambda self: 4\n", "Square"),
        (
            '"""Step 2: a lesson (section 2.1).\n\nNew: much.\n"""',
            '"Step 2: a lesson."',
            "docstring",
        ),
    ],
)
def test_a_lesson_of_which_something_would_be_left_makes_no_template(old, new, named):
    assert LESSON.count(old) == 1
    with pytest.raises(
        GradmarkError, match=f"reference/step02.py makes no template: .*{named}"
    ):
        template("step02", {"step02": LESSON.replace(old, new)})


def test_without_anything_carried_over_there_is_nothing_to_copy():
    made = template("step02", {"step02": LESSON})
    assert "Fill in the holes: replace each raise" in made
    assert "carried over" not in made


def test_a_docstring_of_one_line_gets_room_for_the_task():
    made = template("step01", {"step01": '"""Step 1: a lesson."""\n'})
    assert ast.get_docstring(ast.parse(made)).startswith("Step 1: a lesson.\n\nFill in")


@pytest.mark.parametrize("step", SHIPPED)
def test_a_template_is_python_with_the_names_and_arguments_of_its_lesson(step):
    made, lesson = (
        [(name, ast.dump(each.args)) for name, each in functions(tree)]
        for tree in (ast.parse(template(step, LESSONS)), TREES[step])
    )
    assert made == lesson


@pytest.mark.parametrize(
    ("step", "name", "source"),
    [
        ("step06", "Variable.__init__", "step06"),
        ("step07", "Function.__call__", "step07"),
        ("step08", "Variable.__init__", "step07"),
        ("step08", "Variable.backward", "step08"),
        ("step09", "Function.forward", "step02"),
        ("step10", "Function.__call__", "step09"),
        ("step10", "numerical_diff", "step04"),
    ],
)
def test_code_counts_as_written_where_it_last_changed(step, name, source):
    assert written_in(step, name, TREES) == source
