"""``--watch``: after every save the report of a fresh run; and nothing is left behind."""

import io
import json
import os
import pty
import queue
import re
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import pytest
from course import points

pytest.importorskip("watchfiles", reason="an extra of its own")

from graders import cli

ROOT = Path(__file__).parents[1]
GRADE = [sys.executable, str(ROOT / "grade.py")]
PATIENCE = 60
"""Seconds to wait for what comes in a fraction of one on an idle machine."""
WHOLE = points("step06")
HURT_TOLD = f"step 5–6: {WHOLE} → "
ALL = f"{WHOLE}/{WHOLE}"
HURT = ("return 2 * x * gy", "return 2 * x")


class Watch:
    """A command that watches a submission, and the lines that it says."""

    def __init__(self, folder, path, *arguments, **more):
        self.folder = folder
        self.score = folder / "score.json"
        line = [*GRADE, "--watch", str(path), "--json", str(self.score), *arguments]
        environment = os.environ | {"TMPDIR": str(folder / "tmp"), "PYTHONUNBUFFERED": "1"}
        (folder / "tmp").mkdir()
        self.process = subprocess.Popen(
            line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder,
            env=environment, **more,
        )  # fmt: skip
        self.out, self.err = queue.Queue(), queue.Queue()
        for stream, lines in ((self.process.stdout, self.out), (self.process.stderr, self.err)):
            threading.Thread(target=self.read, args=(stream, lines), daemon=True).start()

    def read(self, stream, lines):
        with stream:
            for line in stream:
                lines.put(line)
        lines.put(None)

    def says(self, expected, lines=None):
        """Wait for a line that contains a text, and return it."""
        lines = lines or self.err
        while (line := lines.get(timeout=PATIENCE)) is not None:
            if expected in line:
                return line
        raise AssertionError(f"ended without {expected!r}")

    def report(self):
        return without_times(json.loads(self.score.read_text()))

    def processes(self):
        """Return the ids of the processes that it has started, at any remove."""
        listed = subprocess.run(["ps", "-eo", "ppid=,pid="], capture_output=True, text=True)
        pairs = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
        found = [self.process.pid]
        for parent in found:
            found += [pid for above, pid in pairs if above == parent]
        return found[1:]

    def interrupt(self, number=signal.SIGINT):
        """Stop it; return its exit status, having seen that it left nothing behind."""
        others = self.processes()
        self.process.send_signal(number)
        status = self.process.wait(timeout=PATIENCE)
        assert list((self.folder / "tmp").iterdir()) == []
        ends = time.monotonic() + PATIENCE
        while alive := [pid for pid in others if runs(pid)]:
            assert time.monotonic() < ends, alive
        return status


def runs(pid):
    """Return whether a process is there and not merely waiting to be forgotten."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def without_times(report):
    report.pop("timing")
    return report


@pytest.fixture
def fresh(capsys):
    """Return a function that returns the report of a run from scratch."""

    def fresh(path, *arguments):
        assert cli.main([str(path), "--json", "-", "--no-locate", *arguments]) == 0
        return without_times(json.loads(capsys.readouterr().out))

    return fresh


@pytest.fixture
def copy(tmp_path):
    return Path(shutil.copytree(ROOT / "reference", tmp_path / "copy"))


@pytest.fixture
def watch(tmp_path):
    """Return a function that starts a watch, which is ended with the test."""
    started = []

    def start(path, *arguments, **more):
        started.append(Watch(tmp_path, path, *arguments, **more))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.wait()


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def save_by_renaming(path, content):
    beside = path.with_name(f".{path.name}.swp")
    beside.write_bytes(content)
    os.replace(beside, path)


@pytest.mark.full
def test_every_save_gives_the_report_of_a_fresh_run(copy, watch, fresh):
    watched = watch(copy)
    watched.says("watching copy")
    assert watched.report() == fresh(copy)
    whole = (copy / "step06.py").read_text()

    edit(copy / "step06.py", *HURT)
    assert watched.says(HURT_TOLD).startswith(HURT_TOLD)
    assert watched.report() == fresh(copy)

    save_by_renaming(copy / "step06.py", whole.encode())
    watched.says(f" → {WHOLE}")
    (copy / "step03.py").write_text("def f(:\n")
    watched.says(f"step 03: {points('step03')} → 0")
    assert watched.report() == fresh(copy)

    (copy / "step01.py").unlink()
    watched.says(f"step 01: {points('step01')} → 0")
    (copy / "step02.py").rename(copy / "step_02.py")
    assert watched.says("step 02").strip() == "as before: step 02"
    (copy / "mine.py").write_text("data = 1\n")
    watched.says("step 10")
    (copy / "step03.py").write_text("from mine import data\nfrom step04 import *\n")
    watched.says("step 03")
    edit(copy / "step04.py", "return x**2", "return x**3")
    watched.says(f"step 04: {points('step04')} → ")
    assert watched.report() == fresh(copy)
    assert watched.interrupt() == 130


def test_a_folder_that_goes_away_is_waited_for(copy, watch):
    watched = watch(copy, "--step", "6")
    watched.says("watching copy")
    copy.rename(copy.with_name("elsewhere"))
    watched.says("there is no submission at")
    copy.with_name("elsewhere").rename(copy)
    watched.says("watching copy")
    edit(copy / "step06.py", *HURT)
    watched.says(HURT_TOLD)


def test_the_line_is_looked_for_if_asked(copy, watch):
    watched = watch(copy, "--step", "1", "--locate")
    watched.says("watching copy")
    edit(copy / "step01.py", "self.data = data", "self.data == data")
    watched.says("step 01: ")
    assert watched.says("Look at step01.py:", watched.out)


def test_only_the_chosen_steps_are_graded(copy, watch, fresh):
    options = ("--step", "6", "--step", "2", "--seed", "7")
    watched = watch(copy, *options)
    watched.says("watching copy")
    edit(copy / "step03.py", "return np.exp(x)", "return x")
    edit(copy / "step06.py", *HURT)
    assert watched.says(HURT_TOLD).startswith(HURT_TOLD)
    assert watched.report() == fresh(copy, *options)


@pytest.mark.full
def test_the_portable_path_watches_as_well(copy, watch, fresh):
    watched = watch(copy, "--portable", "--step", "6")
    watched.says("watching copy")
    edit(copy / "step06.py", *HURT)
    watched.says(HURT_TOLD)
    assert watched.report() == fresh(copy, "--portable", "--step", "6")
    assert watched.interrupt(signal.SIGTERM) == 143


@pytest.mark.full
def test_a_burst_of_saves_ends_in_the_last_one(copy, watch, fresh):
    watched = watch(copy)
    watched.says("watching copy")
    text = (copy / "step06.py").read_text()
    for number in range(300):
        (copy / "step06.py").write_text(text.replace(*HURT) + f"# {number}\n")
        json.loads(watched.score.read_text())  # whole at any moment
    (copy / "step06.py").write_text(text.replace("x**2", "x**4"))
    due = fresh(copy)
    ends = time.monotonic() + PATIENCE
    while watched.report() != due:
        assert time.monotonic() < ends
        watched.says("step ")


def notebook(text):
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "# Step 6", "id": "a"},
        {"cell_type": "code", "metadata": {}, "source": text, "id": "b", "outputs": [],
         "execution_count": None},
    ]  # fmt: skip
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
    return json.dumps(whole).encode()


def packed(text):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("step06.py", text)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "pack"),
    [pytest.param("all.ipynb", notebook, marks=pytest.mark.full), ("all.zip", packed)],
)
def test_a_notebook_or_a_zip_is_watched(tmp_path, watch, name, pack, fresh):
    if name.endswith(".ipynb"):
        pytest.importorskip("nbformat", reason="an extra of its own")
    text = (ROOT / "reference" / "step06.py").read_text()
    folder = tmp_path / "handed_in"  # where nothing else changes
    folder.mkdir()
    (folder / name).write_bytes(pack(text))
    watched = watch(folder / name, "--step", "6")
    watched.says(f"watching {name}")
    save_by_renaming(folder / name, pack(text.replace(*HURT)))
    watched.says(HURT_TOLD)
    (folder / name).write_bytes(b"half")
    watched.says("gradmark: ")
    (folder / name).write_bytes(pack(text))
    watched.says(f"watching {name}")
    assert watched.report() == fresh(folder / name, "--step", "6")


def test_reports_may_go_to_stdout_and_quiet_says_nothing(copy, watch):
    watched = watch(copy, "--json", "-", "--quiet", "--step", "6")
    first = read_report(watched)
    edit(copy / "step06.py", *HURT)
    second = read_report(watched)
    assert WHOLE == first["score"] > second["score"] > 0
    assert watched.interrupt() == 130
    watched.says("gradmark: interrupted")
    assert watched.err.get(timeout=PATIENCE) is None


def read_report(watched):
    lines = []
    while not lines or lines[-1] != "}\n":
        lines.append(watched.out.get(timeout=PATIENCE))
        if lines[0].startswith("{") and lines[0].rstrip().endswith("}"):
            break
    return json.loads("".join(lines))


def test_a_terminal_is_drawn_over(copy, tmp_path):
    near, far = pty.openpty()
    line = [*GRADE, "--watch", str(copy), "--json", str(tmp_path / "score.json"), "--step", "6"]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(line, stdin=far, stdout=far, stderr=far, env=environment)
    os.close(far)
    try:
        drawn = read_until(near, "Ctrl-C ends this")
        assert clearings(drawn) == 1
        assert ALL in drawn
        edit(copy / "step06.py", *HURT)
        drawn = read_until(near, HURT_TOLD)
        assert clearings(drawn) == 1
        assert drawn.index("\x1b[2J") < drawn.index("1 failed") < drawn.index("Fix this first")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE) == 130
    finally:
        process.kill()
        process.wait()
        os.close(near)


def test_a_run_on_a_terminal_says_what_it_is_doing_and_takes_that_away(copy, tmp_path):
    near, far = pty.openpty()
    edit(copy / "step01.py", "self.data = data", "self.data == data")
    line = [*GRADE, str(copy), "--json", str(tmp_path / "score.json"), "--step", "1"]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(line, stdin=far, stdout=far, stderr=far, env=environment)
    os.close(far)
    try:
        drawn = read_until(near, "none of another line does")
        assert process.wait(timeout=PATIENCE) == 0
    finally:
        process.kill()
        process.wait()
        os.close(near)
    done = drawn.index("step01.two_variables_are_independent")
    found = drawn.index("Fix this first")
    tries = drawn.index("step 01: trying small edits")
    assert done < found < tries < drawn.index("Look at step01.py")
    assert "\x1b[2K" in drawn[done:found]  # the line at the bottom is gone by then
    assert "\x1b[?25l" not in drawn  # the cursor stays where it can be seen


def clearings(text):
    return text.count("\x1b[2J")


def read_until(terminal, text):
    """Return what a terminal is sent until a text has come."""
    ends, sent = time.monotonic() + PATIENCE, ""
    while text not in sent:
        assert select.select([terminal], [], [], max(0, ends - time.monotonic()))[0], sent
        sent += os.read(terminal, 65536).decode(errors="replace")
    return sent


def test_a_summary_in_a_pipe_has_no_control_codes(copy, watch):
    watched = watch(copy, "--step", "6")
    watched.says(f"Score {ALL}", watched.out)
    edit(copy / "step06.py", *HURT)
    line = watched.says("Fix this first", watched.out)
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", line)


def test_no_submission_is_wrong_usage(watch, tmp_path):
    watched = watch(tmp_path / "nothing")
    watched.says("gradmark: there is no submission at")
    assert watched.process.wait(timeout=PATIENCE) == 2


def test_the_missing_extra_is_one_sentence(tmp_path):
    code = "import sys; sys.modules['watchfiles'] = None; from graders.cli import main; "
    line = [sys.executable, "-c", code + "sys.exit(main(sys.argv[1:]))", "--watch", "reference"]
    line += ["--json", str(tmp_path / "score.json")]
    done = subprocess.run(line, capture_output=True, text=True, cwd=ROOT, timeout=PATIENCE)
    assert done.returncode == 2
    told = "watching needs the extra “watch”: pip install 'gradmark[watch]'"
    assert (done.stdout, done.stderr) == ("", f"gradmark: {told}\n")
