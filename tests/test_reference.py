"""The reference: each step stands alone and prints what the course prints."""

import ast
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[1] / "reference"
STEPS = sorted(REFERENCE.glob("step*.py"))

PRINTED = {
    "step01": "1.0\n2.0\n0\n1\n2\n",
    "step02": "<class '__main__.Variable'>\n100\n",
    "step03": "1.648721270700128\n",
    "step04": "4.000000000004\n3.2974426293330694\n",
    "step06": "3.297442541400256\n3.2974426293330694\n",
    "step07": "True True\nTrue True\nTrue True\n3.297442541400256\n",
    "step08": "3.297442541400256\nTrue\n",
    "step09": (
        "3.297442541400256\n<class 'float'> is not supported\n<class 'numpy.ndarray'> 0\n"
    ),
    "step10": "",
}

each_step = pytest.mark.parametrize("path", STEPS, ids=lambda path: path.stem)


def run(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True)


def test_every_step_is_there():
    assert [path.stem for path in STEPS] == list(PRINTED)


@each_step
def test_running_a_step_prints_the_known_values(path):
    assert run(path).stdout == PRINTED[path.stem]


def test_running_step10_passes_its_three_tests():
    summary = run(REFERENCE / "step10.py").stderr
    assert "Ran 3 tests" in summary
    assert summary.endswith("OK\n")


@each_step
def test_importing_a_step_prints_nothing(path, capfd):
    runpy.run_path(str(path), run_name=path.stem)
    assert capfd.readouterr() == ("", "")


@each_step
def test_a_step_only_imports_and_defines(path):
    docstring, *statements, demo = ast.parse(path.read_text("utf-8")).body
    assert isinstance(docstring, ast.Expr)
    assert {type(node) for node in statements} <= {ast.Import, ast.ClassDef, ast.FunctionDef}
    assert ast.unparse(demo).startswith("if __name__ == '__main__':")


@each_step
def test_a_step_imports_numpy_alone(path):
    tree = ast.parse(path.read_text("utf-8"))
    imports = [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    unittest = ["import unittest"] if path.stem == "step10" else []
    assert imports == [*unittest, "import numpy as np"]


@each_step
def test_every_docstring_names_a_section_and_the_modules_says_what_is_new(path):
    tree = ast.parse(path.read_text("utf-8"))
    definitions = [
        node for node in ast.walk(tree) if isinstance(node, ast.ClassDef | ast.FunctionDef)
    ]
    for node in [tree, *definitions]:
        name = getattr(node, "name", path.name)
        assert "(section" in (ast.get_docstring(node) or ""), f"{name} names no section"
    assert "\nNew: " in ast.get_docstring(tree)


def test_backward_of_a_leaf_is_harmless():
    for step in ["step07", "step08", "step09", "step10"]:
        leaf = runpy.run_path(str(REFERENCE / f"{step}.py"))["Variable"](None)
        leaf.backward()
