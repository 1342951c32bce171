"""The reference: each step stands alone and prints what the course prints."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[1] / "reference"
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
"""The course's own values."""

each_step = pytest.mark.parametrize("step", PRINTED)


def run(step: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", str(REFERENCE / f"{step}.py")]
    return subprocess.run(command, capture_output=True, text=True, check=True)


@each_step
def test_running_a_step_prints_the_courses_values(step):
    assert run(step).stdout == PRINTED[step]


def test_running_step10_passes_its_three_tests():
    summary = run("step10").stderr
    assert "Ran 3 tests" in summary
    assert summary.endswith("OK\n")


@each_step
def test_importing_a_step_prints_nothing(step, capfd):
    runpy.run_path(str(REFERENCE / f"{step}.py"), run_name=step)
    assert capfd.readouterr() == ("", "")


def test_backward_of_a_leaf_is_harmless():
    for step in ["step07", "step08", "step09", "step10"]:
        leaf = runpy.run_path(str(REFERENCE / f"{step}.py"))["Variable"](None)
        leaf.backward()
