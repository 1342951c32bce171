"""What the README shows is what there is."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from course import SHIPPED

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
STEP = re.compile(r" [\d–]+ +\w")
"""How a step's line begins."""


def run(*arguments, cwd=ROOT):
    line = [sys.executable, str(ROOT / "grade.py"), *map(str, arguments)]
    return subprocess.run(line, cwd=cwd, capture_output=True, text=True, timeout=60)


def test_the_example_is_what_a_run_prints(tmp_path):
    shown = re.search(r"\$ python grade\.py my_steps\n(.*?)```", README, re.DOTALL)[1]
    folder = Path(shutil.copytree(ROOT / "reference", tmp_path / "my_steps"))
    for own in folder.glob("step*.py"):
        own.write_text(f"{own.read_text()}# mine, not the reference itself\n")
    step = folder / "step06.py"
    step.write_text(step.read_text().replace("return 2 * x * gy", "return 2 * x"))
    out = run(folder.name, cwd=tmp_path).stdout
    out = re.sub(r"· (sandbox|partial|process) ·", "· LEVEL ·", out)
    shown = re.sub(r"· (sandbox|partial|process) ·", "· LEVEL ·", shown)
    assert without_points(out, shown) == without_points(shown, shown)


def without_points(screen, shown):
    """Return a screen's lines but for the points and for steps that are not among those shown.

    Both are an author's to change, who need not change the README.
    """
    titles = [line[:38] for line in shown.splitlines() if STEP.match(line)]
    assert len(titles) == len(SHIPPED)
    return [
        re.sub(r"[█░]+ +\d+/\d+|(?<=Score )\d+/\d+", "POINTS", line.rstrip())
        for line in screen.splitlines()
        if not STEP.match(line) or line[:38] in titles
    ]


def test_every_option_is_explained():
    options = set(re.findall(r"--[a-z-]+", run("--help").stdout)) - {"--help"}
    assert options - set(re.findall(r"--[a-z-]+", README)) == set()


def test_links_lead_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []
