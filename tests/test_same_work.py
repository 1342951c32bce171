"""The same work: what is compared of code, and whose is told to be the same."""

import ast
import random
import textwrap
from pathlib import Path

import pytest

from graders.classroom.handed import handed_in
from graders.classroom.layouts.draft import Draft
from graders.classroom.overview import Work, united
from graders.classroom.results import Mark, Row
from graders.classroom.same_work.alike import LEAST, Alike, rare_mistakes, same_code
from graders.classroom.same_work.published import PUBLISHED
from graders.classroom.same_work.shape import (
    LONGEST,
    MOST_UNITS,
    SLIGHT,
    Code,
    Unit,
    code_of,
    digests,
    units_of,
)
from graders.report import Isolation
from graders.submission.read import read
from graders.wire import Piece

ROOT = Path(__file__).parents[1]
MINE = """
class Square(Function):
    def forward(self, x):
        result = x
        for turn in range(1):
            result = result * x - turn
        return result

    def backward(self, gy):
        slope = self.input.data + self.input.data
        if gy is None:
            raise ValueError("nothing came")
        return slope * gy


def check(f, value, places=5):
    eps = 10.0 ** -places
    higher, lower = f(value + eps), f(value - eps)
    return (higher - lower) / eps / 2
"""


def found(text, cell=0):
    """Return the units of a text of code."""
    return [*units_of("step06", Piece("step06.py", textwrap.dedent(text), cell))]


def told(text, cell=0):
    """Return what tells the units of a text from others'."""
    return {unit.digest for unit in found(text, cell)}


def test_units_are_functions_and_what_stands_outside():
    assert len(found(MINE)) == 3
    outside = (
        "\nif __name__ == '__main__':\n    y = check(abs, 2 ** 3 - 1) + check(abs, 4) ** 2\n"
    )
    assert len(found(MINE + outside)) == 4
    assert all(unit.size >= SLIGHT for unit in found(MINE))
    assert len(found(MINE + "\ny = 7 - 3\ndef short(x):\n    return x - 7\n")) == 3


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("result", "answer"),
        ("higher", "a"),
        ("def check", "def slope_of"),
        ("Square", "Sq"),
        ("self", "this"),
        ("# none", "# a comment"),
        (
            "    def forward(self, x):\n",
            '    def forward(self, x):\n        """Square it."""\n',
        ),
        ("gy):", "gy: np.ndarray) -> np.ndarray:"),
        ("result = x\n", "result: Array = x\n"),
        ("nothing came", "gy is missing"),
        ("return slope * gy", "return (slope * gy)"),
        ("eps = 10.0 ** -places", "eps = (10.0\n           ** -places)"),
    ],
)
def test_the_same_code_is_the_same_whatever_it_is_called(before, after):
    changed = MINE.replace("\n    def", "  # none\n    def").replace(before, after)
    assert changed != MINE
    assert told(changed) == told(MINE)
    assert len(told(MINE)) == 3


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("slope * gy", "gy * slope"),
        ("range(1)", "range(2)"),
        ("higher - lower", "lower - higher"),
        ("places=5", "places=6"),
        ("result * x", "result * result"),
    ],
)
def test_other_code_is_other_work(before, after):
    assert len(told(MINE) & told(MINE.replace(before, after))) == 2


def test_order_and_files_do_not_matter(tmp_path):
    functions = ast.parse(MINE).body
    for name, body in (("ann", functions), ("bob", functions[::-1])):
        for step, part in zip(("step02", "step06"), body, strict=True):
            path = tmp_path / name / f"{step}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text(ast.unparse(part) + "\nclass Variable: pass\n")
    ann, bob = (code_of(read(tmp_path / name)).units for name in ("ann", "bob"))
    assert len(ann) == 3
    assert {unit.digest for unit in ann} == {unit.digest for unit in bob}
    assert same_code({"ann": ann, "bob": bob})[0].students == ("ann", "bob")


@pytest.mark.parametrize("folder", ["reference", "student_template"])
def test_what_is_published_tells_nothing(folder):
    texts = [path.read_text("utf-8") for path in sorted((ROOT / folder).glob("step*.py"))]
    assert len(texts) == 9
    texts.append((ROOT / "tests" / "natural.py").read_text("utf-8"))
    missing = digests(texts) - PUBLISHED
    assert not missing, f"put these into published.py: {sorted(missing)}"
    assert code_of(read(ROOT / folder)) == Code()


@pytest.mark.parametrize(
    "text",
    [
        "def f(:",
        "x = " + "(" * 500,
        "x = " + "-" * 5000 + "1",
        "x = " + "+".join(["1"] * 5000),
        "x = " + "9" * 5000,
        "x = '\0'",
        "def f():\n" * 3,
    ],
)
def test_what_can_not_be_parsed_is_said_to_be_left_out(tmp_path, text):
    path = tmp_path / "ann" / "step01.py"
    path.parent.mkdir()
    path.write_text(f"class Variable: pass\n{text}\n", "utf-8")
    assert code_of(read(tmp_path / "ann")) == Code((), whole=False)


def test_one_function_that_is_too_deep_leaves_out_no_other(tmp_path):
    deep = "def f():\n    return " + "+".join(["1"] * 800)
    (tmp_path / "step06.py").write_text(f"class Variable: pass\n{MINE}\n{deep}\n", "utf-8")
    code = code_of(read(tmp_path))
    assert not code.whole
    assert {unit.digest for unit in code.units} == told(MINE)


@pytest.mark.parametrize(
    "line", ["%matplotlib inline", "!pip install numpy", "help?", "files = !ls", "a, b = %who"]
)
def test_lines_of_a_notebook_that_are_no_python_are_left_out(line):
    assert told(f"{line}\n{MINE}", cell=3) == told(MINE)
    with pytest.raises(SyntaxError):
        told(f"{line}\n{MINE}")


def test_lines_are_what_python_takes_for_lines():
    for odd in ("x = 'a\u2028b'", "# a\x0cb", "x = (7\n % 2)", "x = (7\n% 2)"):
        assert told(f"{MINE}\n{odd}\n") == told(MINE)


def test_no_more_units_are_kept_than_anybody_writes_and_the_largest(tmp_path):
    text = "class Variable: pass\n" + MINE
    junk = "def f(x):\n    return (x - {0}) * (x - {0}) * x\n"
    text += "".join(junk.format(number) for number in range(100, 100 + 2 * MOST_UNITS))
    (tmp_path / "step01.py").write_text(text)
    code = code_of(read(tmp_path))
    assert (len(code.units), code.whole) == (MOST_UNITS, False)
    assert told(MINE) & {unit.digest for unit in code.units}
    (tmp_path / "step01.py").write_text("class Variable: pass\nx = '" + "x" * LONGEST + "'\n")
    assert not code_of(read(tmp_path)).whole


def unit(name, size, step="step06"):
    """Return a unit that is the same for the same name."""
    return Unit(name, step, size)


def test_those_with_most_in_common_come_first():
    common, more = unit("a", LEAST), unit("b", LEAST + 1, "step08")
    own = {name: unit(name, 40) for name in ("ann", "bob", "cem", "dan")}
    held = {
        "ann": [common, own["ann"]],
        "bob": [common, own["bob"]],
        "cem": [more, own["cem"]],
        "dan": [own["dan"], more],
        "eve": [],
    }
    assert same_code(held) == [
        Alike(("cem", "dan"), ("step08",), 1),
        Alike(("ann", "bob"), ("step06",), 1),
    ]


def test_little_tells_nothing():
    little = [unit("a", LEAST // 2), unit("b", LEAST // 2 - 1)]
    assert not same_code({"ann": little, "bob": little})


def test_a_unit_is_as_large_as_where_it_is_smallest():
    """Else who blows up a line in what isn't compared makes another's few lines weigh."""
    assert not same_code({"ann": [unit("a", SLIGHT)], "bob": [unit("a", 999)]})


def test_a_part_of_a_group_is_told_if_it_has_much_more_in_common():
    whole, much, rest = unit("a", LEAST), unit("b", LEAST), unit("c", 5)
    held = {"ann": [whole, much, rest], "bob": [whole, much], "cem": [whole, rest]}
    assert [alike.students for alike in same_code(held)] == [
        ("ann", "bob"),
        ("ann", "bob", "cem"),
    ]
    held = {name: [each for each in mine if each != much] for name, mine in held.items()}
    assert [alike.students for alike in same_code(held)] == [("ann", "bob", "cem")]


def test_many_small_parts_add_up_though_others_share_some():
    parts = [unit(str(number), LEAST // 4 + 1) for number in range(4)]
    held = {"ann": parts, "bob": parts, "cem": parts[:1], "dan": parts[1:2]}
    assert [alike.students for alike in same_code(held)] == [("ann", "bob")]


def test_what_two_have_in_common_counts_though_others_have_some_of_it():
    parts = [unit(str(number), LEAST // 4 + 1) for number in range(4)]
    others = {f"s{number}": [part] for number, part in enumerate(parts)}
    held = {"ann": parts, "bob": parts} | others
    assert [alike.students for alike in same_code(held)] == [("ann", "bob")]


def test_what_many_write_was_taught():
    taught, own = unit("a", 99), [unit(str(number), 50) for number in range(20)]
    held = {f"s{number}": [taught, own[number]] for number in range(20)}
    held["copy"] = held["s3"]
    assert [alike.students for alike in same_code(held)] == [("copy", "s3")]


def test_a_thousand_take_no_time():
    drawn = random.Random(1)
    parts = [unit(str(number), 5) for number in range(3_000)]
    held = {str(number): drawn.sample(parts, 30) for number in range(1_000)}
    held["copy"] = held["7"]
    assert same_code(held)[0].students == ("7", "copy")


def test_a_teams_work_is_the_same_by_right():
    students = handed_in(
        [
            Draft("ann", "team 1"),
            Draft("bob", "team 1"),
            Draft("cem", "c"),
            Draft("cem", "c (2).zip"),
            Draft("dan", files=(("dan_step01.py", "step01.py"),)),
        ]
    )
    works = dict.fromkeys(students, Work(Code((unit("a", 99),)), 0, 1.0))
    assert len(works) == 5
    assert [*united(works)] == ["ann", "cem (c (2).zip)", "dan"]


def test_several_submissions_of_one_student_are_all_compared():
    students = handed_in([Draft("cem", "c"), Draft("cem", "c (2).zip"), Draft("dan", "d")])
    works = {handed: Work(Code((unit(handed.draft.path, 99),)), 0, 1.0) for handed in students}
    (mine, _dans) = united(works).values()
    assert {each.digest for each in mine} == {"c", "c (2).zip"}


def test_a_large_group_hides_nobody():
    tutorial, copied = unit("t", 200), [unit(str(number), 18) for number in range(10)]
    held = {f"s{number:03}": [unit(f"own{number}", 50)] for number in range(300)}
    for number in range(70):
        held[f"s{number:03}"].append(tutorial)
    held["s298"] += copied
    held["s299"] += copied
    assert [len(alike.students) for alike in same_code(held)] == [70, 2]


def row(student, *ideas, **more):
    """Return the row of a student who has misconceptions of step 6, and more marks."""
    return Row(
        student=student,
        submission=student,
        status="graded",
        content="",
        course="",
        seed=0,
        isolation=Isolation("sandbox"),
        key="",
        checks={f"step06.{idea}": Mark("failed", 0.0, idea) for idea in ideas} | more,
    )


def test_mistakes_tell_where_they_are_rare_and_several():
    common = [row(f"s{number}", "forgot-gy") for number in range(20)]
    pair = [row("ann", "a", "b", "forgot-gy"), row("bob", "b", "a"), row("cem", "c")]
    single = [row("dan", "c")]
    assert rare_mistakes([*common, *pair, *single]) == [Alike(("ann", "bob"), ("step06",), 2)]
    assert rare_mistakes([*common[:10], *pair]) == []
    many = [row(f"t{number}", "a", "b") for number in range(5)]
    assert rare_mistakes([*common, *many]) == []


def test_one_mistake_that_is_carried_on_is_one():
    """Square without gy, and Exp without: later steps can't tell which it was."""
    later = {
        f"step0{number}.whole": Mark("failed", 0.0, idea)
        for number, idea in ((7, "forgot-gy"), (8, "forgot-gy"), (9, "result-already-wrong"))
    }
    square = {"step06.square": Mark("failed", 0.0, "forgot-gy")} | later
    exp = {"step06.exp": Mark("failed", 0.0, "forgot-gy")} | later
    others = [row(f"s{number}") for number in range(20)]
    assert rare_mistakes([*others, row("ann", **square), row("bob", **exp)]) == []
    assert rare_mistakes([*others, row("ann", **square), row("bob", **square)]) == []
    both = [row(name, "a", **square) for name in ("ann", "bob")]
    assert [alike.count for alike in rare_mistakes([*others, *both])] == [2]
