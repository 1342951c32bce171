"""Cells: a notebook's own commands are replaced line by line, Python is left alone."""

import ast

import pytest

from graders.worker.cell import as_python, run, without_waits
from graders.worker.source import definitions


@pytest.mark.parametrize(
    "line",
    ["%matplotlib inline", "%load_ext autoreload", "!pip install -q x", '!echo "it\'s"',
     "!ls (", "?print", "print?", "np.array??", "*int*?", "pip install numpy", "git clone x",
     "%%time"],
)  # fmt: skip
def test_a_command_does_nothing_and_its_line_stays(line):
    lines = as_python(f"x = 1\n{line}\ny = 2").split("\n")
    assert lines == ["x = 1", "pass", "y = 2"]


@pytest.mark.parametrize(
    ("line", "python"),
    [
        ("files = !ls", "files = get_ipython().getoutput()"),
        ("a, b = !ls", "a, b = get_ipython().getoutput()"),
        ("t = %timeit -o f()", "t = get_ipython().getoutput()"),
        ("%time y = f(x)", "y = f(x)"),
        ("%run step01.py", "from step01 import *"),
        ("%run ./steps/step01.ipynb", "from steps.step01 import *"),
        ("%run -i 'step01'", "from step01 import *"),
        ("%run 'class.py'", run("class")),
        ("%run 01_intro.py", run("01_intro")),
    ],
)
def test_a_command_with_a_result_has_one(line, python):
    assert as_python(line) == python
    assert as_python(f"if True:\n    {line}") == f"if True:\n    {python}"


def test_a_command_that_is_continued_is_replaced_whole():
    text = "!pip install \\\n    numpy \\\n    scipy\nx = 1"
    assert as_python(text) == "pass\n\n\nx = 1"


@pytest.mark.parametrize(
    "text",
    ["x = (7\n% 4)", "x = (1\n     != 2)", "x = '''\n!ls\n%time\n'''", "x = 7 \\\n  % 4",
     "# !ls\n# why?", "print('why?')", "def f(:\n    pass", "a\0b", ""],
)  # fmt: skip
def test_what_is_no_command_stays_as_it_is(text):
    assert as_python(text) == text


@pytest.mark.parametrize("line", ["cp = x x", "ls = [1,2", "x = y ?? z", "git.x y", "cat(x y"])
def test_a_mistake_that_looks_like_a_command_is_none(line):
    assert as_python(line) == line


@pytest.mark.parametrize(
    "text",
    [">>> x = 1\n>>> if x:\n...     y = 2\n...", "    x = 1\n    if x:\n        y = 2",
     "\n  x = 1\n  if x:\n    y = 2", "    x = len('''a\n b''')\n    y = 2"],
)  # fmt: skip
def test_prompts_and_an_indent_of_all_are_taken_away(text):
    space: dict[str, int] = {}
    exec(as_python(text), space)
    assert space["y"] == 2
    assert as_python(text).count("\n") == text.count("\n")


def test_an_odd_name_is_run_as_well():
    names = compile(run("01_intro"), "cell", "exec").co_consts
    assert "01_intro" in names


def test_a_mistake_below_a_command_is_told_where_it_is():
    with pytest.raises(SyntaxError) as caught:
        ast.parse(as_python("!ls\nx = 1\ndef f(:\n    pass"))
    assert caught.value.lineno == 3


@pytest.mark.parametrize(
    ("statement", "left_out"),
    [
        ("await f()", True),
        ("x = await f()", True),
        ("async for x in f(): pass", True),
        ("async with f() as g: pass", True),
        ("y = [x async for x in f()]", True),
        ("if True:\n    await f()", True),
        ("async def g():\n    await f()", False),
        ("class A:\n    async def g(self):\n        await f()", False),
        ("h = lambda: [x for x in y]", False),
    ],
)
def test_what_awaits_outside_of_functions_is_left_out(statement, left_out):
    tree = ast.parse(f"x = 1\n{statement}\ny = 2")
    assert without_waits(tree) == (2 if left_out else 0)
    assert len(tree.body) == 3 - left_out
    compile(tree, "cell", "exec")


DEMOS = """
import os
if True:
    class A: pass
    print(A)
else:
    class A: x = 1
try:
    import torch
    torch.go()
except ImportError:
    torch = None
x: int = 3
y = f(2)
z = lambda: f(2)
w: int
for i in range(3): pass
print(z)
if f():
    q = 1
def g(): return f()
"""


def test_definitions_are_what_is_left_without_demos():
    tree = ast.parse(DEMOS)
    tree.body = definitions(tree.body)
    assert ast.unparse(tree).split("\n") == [
        "import os",
        "if True:",
        *("", "    class A:", "        pass"),
        "else:",
        *("", "    class A:", "        x = 1"),
        "try:",
        "    import torch",
        "except ImportError:",
        "    torch = None",
        "x: int = 3",
        "z = lambda: f(2)",
        *("", "def g():", "    return f()"),
    ]
