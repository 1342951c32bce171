"""Seeds: what is drawn from one can't be looked up under another."""

import json

import numpy as np
import pytest
from conftest import LESSONS

from graders import cli
from graders.judge.draw import Draw
from graders.syllabus import DEFAULT_SEED

SLOPES = {"square_derivative": "2 * x", "exp_derivative": "np.exp(x)"}
LOOKED_UP = """
ANSWERS = {answers}

def looked_up(self, gy):
    return np.array(ANSWERS[self.input.data.tobytes()]) * gy

Square.backward = Exp.backward = looked_up
"""


def looking_up(seed: int) -> str:
    """Return a step 6 that knows the slopes at what is drawn from a seed, and no others."""
    answers = {}
    for check, slope in SLOPES.items():
        x = Draw(seed, f"step06.{check}").array()
        answers[x.tobytes()] = eval(slope, {"np": np, "x": x}).tolist()
    main = LESSONS["step06"].index("if __name__")
    return LESSONS["step06"][:main] + LOOKED_UP.format(answers=answers)


@pytest.mark.parametrize(("given", "earned"), [(DEFAULT_SEED, 2), (1, 0), ("random", 0)])
def test_answers_looked_up_by_input_earn_nothing_under_another_seed(tmp_path, given, earned):
    mine, report = tmp_path / "mine", tmp_path / "score.json"
    mine.mkdir()
    (mine / "step06.py").write_text(looking_up(DEFAULT_SEED))
    asked = ["--step", "6", "--seed", str(given), "--quiet", "--json", str(report)]
    assert cli.main([str(mine), "--no-locate", *asked]) == 0
    checks = {c["id"]: c for c in json.loads(report.read_text())["steps"][0]["checks"]}
    assert sum(checks[f"step06.{name}"]["points"] for name in SLOPES) == earned


def test_a_seed_that_is_drawn_is_told_and_gives_the_same_again(tmp_path):
    report = tmp_path / "score.json"

    def run(seed: str) -> dict:
        asked = ["reference", "--step", "1", "--seed", seed, "--quiet", "--json", str(report)]
        assert cli.main(asked) == 0
        told = json.loads(report.read_text())
        del told["timing"]
        return told

    first, second = run("random"), run("random")
    assert first["seed"] != second["seed"]
    assert 0 <= first["seed"] < 2**64
    assert run(str(first["seed"])) == first
