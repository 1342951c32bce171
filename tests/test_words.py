"""Every text that a student sees goes through gettext: shown with a pretended language."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PRETENDED = """
import gettext, sys
from graders import words

class Pretended(gettext.NullTranslations):
    def gettext(self, message):
        return f"⟦{message}⟧"

words._translations = Pretended()
from graders.cli import main
sys.exit(main(sys.argv[1:]))
"""
MISTAKES = {
    "step01.py": ("self.data = data", "self.data = 2 * data"),
    "step02.py": ("return x**2", "raise SystemExit"),
    "step03.py": ("class Exp", "class Ecks"),
    "step06.py": ("return 2 * x * gy", "return 2 * x"),
    "step07.py": ("self.output = output", "self.output = output.missing"),
}


def pretended(*arguments):
    """Run the command in the pretended language; return what it printed."""
    line = [sys.executable, "-c", PRETENDED, *map(str, arguments)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def spoiled(folder):
    """Return a copy of the reference with mistakes of many kinds."""
    shutil.copytree(ROOT / "reference", folder)
    for name, (old, new) in MISTAKES.items():
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new))
    (folder / "step08.py").unlink()
    (folder / "step09.py").write_text("import os; os._exit(1)\n")
    return folder


def test_all_texts_of_a_report_are_translated(tmp_path):
    found = json.loads(pretended(spoiled(tmp_path / "copy"), "--json", "-", "--no-locate"))
    checks = [check for step in found["steps"] for check in step["checks"]]
    assert {"failed", "crashed", "not_attempted", "blocked"} <= {c["status"] for c in checks}
    texts = [step["title"] for step in found["steps"]]
    texts += [check[name] for check in checks for name in ("title", "hint", "message")]
    assert [text for text in texts if text is not None and "⟦" not in text] == []


def test_all_lines_of_the_summary_are_translated(tmp_path):
    folder, target = spoiled(tmp_path / "copy"), tmp_path / "score.json"
    out = pretended(folder, "--json", target, "--no-locate")
    beginning, _script, ending = out.partition("import numpy")
    lines = [*beginning.splitlines(), ending.splitlines()[-1]]
    told = [line for line in lines if line.strip() and "⟦" not in line]
    assert [line for line in told if "⟧" not in line] == []
    out = pretended(folder, "--step", "1", "--json", target)
    found = out.partition("step01.py:")[2].splitlines()
    assert len(found) > 2
    assert [line for line in found[1:] if "⟦" not in line and "⟧" not in line] == []


def test_help_is_translated():
    assert pretended("--help").count("⟦") > 10
