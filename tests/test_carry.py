"""``carry``: the student's own code in the holes, everything else as it was."""

import ast
import os
import re
import shutil
import subprocess
import sys
import textwrap
from itertools import product
from pathlib import Path

import pytest
from course import SHIPPED
from layouts import HOLE, TO_FILL, WRITTEN
from test_notebook import notebook

pytest.importorskip("libcst", reason="an extra of its own")

from graders import cli
from graders.judge.run import Options, grade
from graders.submission.read import read

ROOT = Path(__file__).parents[1]
STEPS = sorted(path.stem for path in (ROOT / "reference").glob("step*.py"))
MARKED = re.compile(r"carried over from your (step\d\d)\.py")


@pytest.fixture
def carry(capfd):
    """Return a function that carries over and gives the status and what was said."""

    def carry(*arguments):
        status = cli.main(["carry", *map(str, arguments)])
        out, err = capfd.readouterr()
        return status, out.splitlines(), err

    return carry


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the reference's step 2 and the template's step 3."""
    shutil.copy(ROOT / "reference" / "step02.py", tmp_path)
    shutil.copy(ROOT / "student_template" / "step03.py", tmp_path)
    return tmp_path


def own_step(folder, step):
    """Make a folder of the reference's steps before one, and the template's own of that one."""
    for earlier in STEPS:
        if earlier < step:
            shutil.copy(ROOT / "reference" / f"{earlier}.py", folder)
    return Path(shutil.copy(ROOT / "student_template" / f"{step}.py", folder))


def holes(text):
    """Return each hole of a file as its lines and the step that it is carried over from."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Raise) and "fill in: " in ast.unparse(node):
            marked = MARKED.search(ast.unparse(node))
            lines = range(node.lineno - 1, node.end_lineno)
            found.append((lines, marked[1] if marked else None))
    return sorted(found, key=lambda hole: hole[0].start)


def is_subsequence(few, many):
    rest = iter(many)
    return all(line in rest for line in few)


def test_a_notebook_gives_what_its_cells_of_plain_python_define(carry, tmp_path):
    target = Path(shutil.copy(ROOT / "student_template" / "step02.py", tmp_path))
    lesson = (ROOT / "reference" / "step01.py").read_text("utf-8")
    (tmp_path / "step01.ipynb").write_text(notebook("!ls", "x = (", lesson), "utf-8")
    status, lines, err = carry(2, tmp_path)
    assert (status, err) == (0, "")
    assert lines == ["step02.py: Variable.__init__ from step01.ipynb"]
    assert "self.data = data" in target.read_text("utf-8")


@pytest.mark.parametrize("step", SHIPPED[1:])
def test_all_that_is_marked_is_filled_from_where_the_mark_says(carry, tmp_path, step):
    file = own_step(tmp_path, step)
    before = file.read_text()
    sources = [source for _lines, source in holes(before) if source]
    assert sources
    status, told, err = carry(step, tmp_path)
    assert (status, err) == (0, "")
    assert [line.rpartition(" from ")[2] for line in told] == [f"{s}.py" for s in sources]
    after = file.read_text()
    assert [source for _lines, source in holes(after) if source] == []
    gone = {number for lines, source in holes(before) if source for number in lines}
    kept = [line for number, line in enumerate(before.splitlines()) if number not in gone]
    assert is_subsequence(kept, after.splitlines())


@pytest.mark.parametrize("step", SHIPPED[1:])
def test_what_was_carried_and_what_is_new_make_the_whole_step(carry, tmp_path, step, sandbox):
    """With the reference's bodies in the holes that are left, the step has all its points."""
    file = own_step(tmp_path, step)
    carry(step, tmp_path)
    reference = functions((ROOT / "reference" / f"{step}.py").read_text())
    lines = file.read_text().splitlines()
    mine = functions(file.read_text())
    for name in sorted(mine, key=lambda name: -mine[name].lineno):
        if "fill in: " in ast.unparse(mine[name]):
            body = ast.unparse(reference[name].body[1:])
            spot = mine[name].body[-1]
            indented = textwrap.indent(body, " " * spot.col_offset).splitlines()
            lines[spot.lineno - 1 : spot.end_lineno] = indented
    file.write_text("\n".join(lines) + "\n")
    graded = grade(read(tmp_path), sandbox, Options(steps=frozenset([step])))
    assert graded.score == graded.max_score


def functions(text):
    found = {}
    definitions = (ast.ClassDef, ast.FunctionDef)
    for node in (node for node in ast.parse(text).body if isinstance(node, definitions)):
        for inner in [node, *getattr(node, "body", [])]:
            if isinstance(inner, ast.FunctionDef):
                found[(node.name, inner.name)] = inner
    return found


def test_a_second_time_does_nothing(carry, tmp_path):
    file = own_step(tmp_path, "step07")
    carry("7", tmp_path)
    before = file.stat()
    status, told, err = carry("step07", tmp_path)
    assert (status, told, err) == (0, ["step07.py: nothing to carry over"], "")
    after = file.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_what_the_student_has_written_stays(carry, folder):
    file = folder / "step03.py"
    text = file.read_text()
    lines, _source = next(hole for hole in holes(text) if hole[1] == "step02")
    written = text.splitlines(keepends=True)
    written[lines[0] : lines[-1] + 1] = [
        "        self.mine = 1\n",
        *written[lines[0] : lines[-1] + 1],
    ]
    file.write_text("".join(written))
    _status, told, _err = carry("3", folder)
    after = file.read_text()
    assert "".join(written[lines[0] : lines[-1] + 2]) in after
    assert len(told) == len([1 for _lines, source in holes(text) if source]) - 1


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("donor", "target"), list(product(WRITTEN, TO_FILL)))
def test_any_layout_is_kept(carry, tmp_path, donor, target, newline):
    (tmp_path / "step02.py").write_text("class Square:\n" + WRITTEN[donor])
    before = f"# mine\n\nclass Square:  \n{TO_FILL[target]}\n\n\nx = [1,\n   2]  # end".replace(
        "\n", newline
    )
    file = tmp_path / "step03.py"
    file.write_bytes(before.encode())
    status, told, err = carry("3", tmp_path)
    assert (status, told, err) == (0, ["step03.py: Square.forward from step02.py"], "")
    after = file.read_bytes().decode()
    assert set(re.findall(r"\r?\n", after)) == {newline}
    module = {}
    exec(after, module)
    assert module["Square"]().forward(3) == 9
    head, tail = before.split("    def")[0].split("\tdef")[0], before.rpartition(newline * 3)[2]
    assert after.startswith(head)
    assert after.endswith(newline * 3 + tail)
    for comment in re.findall("# .*|Keep", TO_FILL[target].replace(HOLE, "")):
        assert comment in after
    for comment in re.findall("# .*", WRITTEN[donor]):
        assert comment in after
    assert "fill in" not in after
    assert "Mine" not in after


def test_encoding_and_byte_order_mark_stay(carry, folder):
    file = folder / "step03.py"
    text = file.read_text()
    file.write_bytes(b"\xef\xbb\xbf# gr\xc3\xb6\xc3\x9fe\n" + text.encode())
    assert carry("3", folder)[0] == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf# gr\xc3\xb6\xc3\x9fe\n")
    file.write_bytes(("# coding: latin-1\n# größe\n" + text).encode("latin-1"))
    assert carry("3", folder)[0] == 0
    assert file.read_bytes().startswith("# coding: latin-1\n# größe\n".encode("latin-1"))


def test_what_cannot_be_encoded_leaves_the_file_alone(carry, folder):
    file = folder / "step03.py"
    file.write_text("# coding: latin-1\n" + file.read_text())
    donor = folder / "step02.py"
    donor.write_text(donor.read_text().replace("return x**2", "return x**2  # 제곱"))
    unchanged_and_one_sentence(carry, file, "can't be written")


@pytest.mark.parametrize(
    "content", [b"def f(:\n", b"\xff\xfe\xff", b"x = '\x00'\n", b"# coding: nothing\n"]
)
def test_a_file_that_is_no_python_is_left_alone(carry, folder, content):
    (folder / "step03.py").write_bytes(content)
    unchanged_and_one_sentence(carry, folder / "step03.py", "stays as it is")


def unchanged_and_one_sentence(carry, file, told):
    before = file.read_bytes()
    status, out, err = carry("3", file.parent)
    assert (status, out) == (2, [])
    assert re.fullmatch(r"gradmark: [^\n]*" + told + r"[^\n]*\n", err)
    assert file.read_bytes() == before
    assert sorted(path.name for path in file.parent.iterdir()) == ["step02.py", "step03.py"]


def test_an_earlier_file_that_is_no_python_gives_nothing(carry, tmp_path):
    own_step(tmp_path, "step07")
    (tmp_path / "step06.py").write_text("class Square:\n    def (\n")
    status, told, err = carry("7", tmp_path)
    assert status == 1
    assert err == (
        "gradmark: step06.py is not Python as it stands (line 2): nothing comes from it\n"
    )
    assert "step07.py: Square.forward from step02.py" in told
    assert ("step07.py: Square.backward still a hole: write it in your step06.py first") in told


def test_holes_pass_and_older_code_are_not_carried(carry, tmp_path):
    own_step(tmp_path, "step08")
    shutil.copy(ROOT / "student_template" / "step07.py", tmp_path)
    text = (tmp_path / "step02.py").read_text()
    (tmp_path / "step02.py").write_text(text.replace("return x**2", "pass"))
    (tmp_path / "step06.py").unlink()
    _status, told, _err = carry("8", tmp_path)
    assert told == [
        "step08.py: Variable.__init__ still a hole: write it in your step07.py first",
        "step08.py: Variable.set_creator still a hole: write it in your step07.py first",
        "step08.py: Function.__call__ still a hole: write it in your step07.py first",
        "step08.py: Function.forward from step02.py",
        "step08.py: Function.backward still a hole: write it in your step06.py first",
        "step08.py: Square.forward from step04.py",
        "step08.py: Square.backward still a hole: write it in your step06.py first",
        "step08.py: Exp.forward from step03.py",
        "step08.py: Exp.backward still a hole: write it in your step06.py first",
    ]


def fill_square(carry, folder, donor, target="import numpy as np\n"):
    """Carry Square.forward from one file to another; return what was told and the result."""
    (folder / "step02.py").write_text(donor)
    (folder / "step03.py").write_text(f"{target}\n\nclass Square:\n{TO_FILL['no docstring']}")
    _status, told, _err = carry("3", folder)
    return [line.removeprefix("step03.py: ") for line in told], (
        folder / "step03.py"
    ).read_text()


def test_imports_helpers_and_attributes_come_along(carry, tmp_path):
    donor = """
        import math, sys
        from functools import (
            lru_cache,
            reduce as fold,
        )
        import numpy as np

        FACTOR = 2

        # how often
        def double(n):
            return FACTOR * n


        class Square:
            _base = 1
            power = _base + 1

            def _to(self, x, n):
                return math.pow(x, n)

            def forward(self, x):
                assert double(1) == fold(lambda a, b: a + b, [1, 1]), np
                return self._to(x, self.power)
        """
    told, text = fill_square(carry, tmp_path, textwrap.dedent(donor))
    assert told == [
        "Square.forward from step02.py",
        *(
            f"{name} from step02.py as well, since Square.forward needs it"
            for name in ("math", "fold", "FACTOR", "double", "Square._to", "Square._base",
                         "Square.power")
        ),
    ]  # fmt: skip
    module = {}
    exec(text, module)
    assert module["Square"]().forward(3) == 9
    assert "import math\nfrom functools import reduce as fold\n" in text
    assert "\n# how often\ndef double(n):" in text
    assert "sys" not in text
    assert "lru_cache" not in text
    assert text.count("import numpy") == 1


def test_what_two_bodies_need_comes_along_once(carry, tmp_path):
    body = "import math\ndef helper(x): return math.sqrt(x)\n"
    own = "class Square:\n    def forward(self, x): return helper(x ** 4)\n"
    (tmp_path / "step02.py").write_text(body + own + "def square(x): return helper(x ** 4)\n")
    other = HOLE.replace("Square.forward", "square")
    (tmp_path / "step03.py").write_text(
        f"class Square:\n{TO_FILL['no docstring']}\ndef square(x):\n    {other}\n"
    )
    carry("3", tmp_path)
    text = (tmp_path / "step03.py").read_text()
    assert text.count("def helper") == text.count("import math") == 1
    module = {}
    exec(text, module)
    assert module["square"](3) == module["Square"]().forward(3) == 9


SQUARE = "class Square:\n    def forward(self, x):\n        return "


@pytest.mark.parametrize(
    ("donor", "target"),
    [
        ("from step01 import f", "def f(x):\n    return x * x"),
        ("def f(x): return x * x", "if __name__ == '__main__':\n    f = 7"),
        ("import math as f", "import math as f, sys"),
    ],
)
def test_what_is_the_same_there_is_no_hindrance(carry, tmp_path, donor, target):
    told, _text = fill_square(carry, tmp_path, f"{donor}\n{SQUARE}f(x)\n", target)
    assert told[0] == "Square.forward from step02.py"


@pytest.mark.parametrize(
    ("donor", "target", "why"),
    [
        (f"from numpy import *\n{SQUARE}power(x, 2)", "", "power may come from an “import *”"),
        (f"try:\n    import fast\nexcept ImportError:\n    fast = 0\n{SQUARE}fast or x * x", "",
         "fast is defined in a way that is not simple"),
        (f"from numpy import exp\n{SQUARE}exp(x)", "def exp(x):\n    return 0",
         "exp is something else in step03.py"),
        (f"from math import prod\n{SQUARE}prod([x, x])", "from numpy import prod",
         "prod is something else in step03.py"),
        (f"def f(x): return x * x\n{SQUARE}f(x)", "f = 7",
         "f is something else in step03.py"),
        (f"class Both:\n    def both(self, x):\n        return x * x\n{SQUARE}self.both(x)"
         .replace("Square:", "Square(Both):"), "", "it uses both of the class Both"),
        (f"def late(x: Square): return x\n{SQUARE}late(x) ** 2", "",
         "late needs what step03.py defines further down"),
        (f'def todo(x): raise NotImplementedError("fill in: todo")\n{SQUARE}todo(x)', "",
         "todo is still to be written"),
    ],
)  # fmt: skip
def test_what_is_not_simple_is_left_and_said(carry, tmp_path, donor, target, why):
    told, text = fill_square(carry, tmp_path, donor + "\n", target)
    assert told == [f"Square.forward left as it is, not taken from step02.py: {why}"]
    assert HOLE in text


def test_arguments_that_the_student_gave_the_hole_are_kept(carry, tmp_path):
    hints = TO_FILL["no docstring"].replace("x)", "x: float) -> float")
    (tmp_path / "step02.py").write_text(f"{SQUARE}x ** 2\n")
    file = tmp_path / "step03.py"
    file.write_text("class Square:\n" + hints)
    carry("3", tmp_path)
    assert "def forward(self, x: float) -> float:\n        return x ** 2\n" in file.read_text()
    (tmp_path / "step02.py").write_text(f"{SQUARE}a ** 2\n".replace("x)", "a)"))
    file.write_text("class Square:\n" + hints)
    assert "it takes other arguments there" in carry("3", tmp_path)[1][0]
    assert HOLE in file.read_text()
    more = TO_FILL["no docstring"].replace("x)", "a, scale=2)")
    file.write_text("class Square:\n" + more)
    assert "it takes other arguments there" in carry("3", tmp_path)[1][0]
    assert "scale=2" in file.read_text()


def test_the_last_definition_of_a_class_is_the_students(carry, tmp_path):
    again = f"{SQUARE}7\n\n\n{SQUARE}x ** 2\n"
    text = fill_square(carry, tmp_path, again)[1]
    assert "return x ** 2" in text


def test_other_names_and_places_of_the_files_will_do(carry, tmp_path):
    steps = tmp_path / "steps"
    steps.mkdir()
    shutil.copy(ROOT / "reference" / "step02.py", steps / "step2.py")
    shutil.copy(ROOT / "student_template" / "step03.py", steps / "step_3.py")
    assert "step_3.py: Square.forward from step2.py" in carry("--step", "3", tmp_path)[1]


def test_rights_stay_and_a_link_is_followed(carry, folder):
    file = folder / "step03.py"
    file.rename(folder / "kept.py")
    file.symlink_to("kept.py")
    os.chmod(folder / "kept.py", 0o640)
    assert carry("3", folder)[0] == 0
    assert file.is_symlink()
    assert (folder / "kept.py").stat().st_mode & 0o777 == 0o640
    assert "step02" not in [source for _lines, source in holes(file.read_text())]


@pytest.mark.parametrize("arguments", [["3", "no/such/folder"], ["9"], ["3", "README.md"]])
def test_nothing_to_carry_to_is_one_sentence(carry, folder, arguments):
    if arguments == ["9"]:
        arguments = ["9", folder]
    status, out, err = carry(*arguments)
    assert (status, out) == (2, [])
    assert err.startswith("gradmark: ")
    assert err.count("\n") == 1


def test_nothing_of_the_students_is_run(carry, folder):
    trap = "raise SystemExit('run')\n"
    for name in ("step02.py", "step03.py"):
        (folder / name).write_text((folder / name).read_text() + trap)
    (folder / "libcst.py").write_text(trap)
    assert carry("3", folder)[0] == 0


def test_the_missing_extra_is_one_sentence():
    code = "import sys; sys.modules['libcst'] = None; from graders.cli import main; "
    line = [sys.executable, "-c", code + "sys.exit(main(sys.argv[1:]))", "carry", "7"]
    done = subprocess.run(line, capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode == 2
    told = "carrying over needs the extra “carry”: pip install 'gradmark[carry]'"
    assert (done.stdout, done.stderr) == ("", f"gradmark: {told}\n")
