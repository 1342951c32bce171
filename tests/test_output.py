"""Where output goes makes no difference to a verdict; where a report goes, it arrives."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from course import points
from sharing import some

from graders.errors import GradmarkError
from graders.options import writable
from graders.output import lenient_streams, lost

ROOT = Path(__file__).parents[1]
NO_ROOM = "No space left on device"
TOO_FEW = "gradmark: below --fail-under 60: 0 of 6 points, 3.6 too few"
UNSEEN = f"the summary can't be printed: {NO_ROOM}"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="shells and devices of Linux")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Give a folder with a first step that is right and one that is wrong."""
    folder = tmp_path_factory.mktemp("handed_in")
    for name in ("right", "wrong"):
        (folder / name).mkdir()
        shutil.copy(ROOT / "reference" / "step01.py", folder / name)
    with open(folder / "wrong" / "step01.py", "a") as file:
        file.write("\nVariable = None\n")
    return folder


def shell(folder: Path, words: str, before: str = "") -> "subprocess.CompletedProcess[str]":
    """Run the command on the first step as a shell does, with redirections."""
    grade = f'"{sys.executable}" "{ROOT}/grade.py"'
    line = ["bash", "-o", "pipefail", "-c", f"{before}{grade} {words}"]
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=60)
    assert "Traceback" not in done.stderr
    return done


@pytest.mark.parametrize(
    ("words", "status", "said"),
    some(
        [
            ("wrong --step 1 --no-locate --fail-under 60 | true", 1, TOO_FEW),
            (
                "wrong --step 1 --no-locate --fail-under 60 >/dev/full",
                1,
                UNSEEN,
            ),
            ("wrong --step 1 --no-locate --fail-under 60 >&-", 1, TOO_FEW),
            ("wrong --step 1 --no-locate --fail-under 60 >&- 2>&- <&-", 1, ""),
            ("right --step 1 --fail-under 60 >/dev/full 2>/dev/full", 0, ""),
            ("right --step 1 --json - >/dev/full", 2, f"written to stdout: {NO_ROOM}"),
            ("right --step 1 --json - >&-", 2, "written to stdout: it is closed"),
            ("right --step 1 --json /dev/full", 2, f"written to /dev/full: {NO_ROOM}"),
            ("pytest wrong -q -k step01 >/dev/full", 1, NO_ROOM),
            ("pytest wrong -q -k step01 | true", 1, ""),
            ("schema >/dev/full", 2, f"asked for can't be printed: {NO_ROOM}"),
            ("schema | true", 0, ""),
            ("explain 1 --no-such-option >/dev/full 2>/dev/full", 2, ""),
        ],
        7,
    ),
)
def test_what_nobody_reads_changes_no_verdict(folder, words, status, said):
    done = shell(folder, words)
    assert done.returncode == status, done.stderr
    assert (said in done.stderr) if said else (done.stderr == "")


def test_a_slow_reader_that_nobody_waits_for_gets_all():
    read, write = os.pipe()
    os.set_blocking(write, False)
    code = "from graders.output import *\nwith lenient_streams(): print('x' * (1 << 20))"
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=write) as process:
        os.close(write)
        with open(read, "rb") as file:
            assert len(file.read()) == (1 << 20) + 1
    assert process.returncode == 0


def test_streams_are_put_back():
    before = sys.stdout, sys.stderr
    with lenient_streams():
        print("\udcff")
        assert lost() is None
    assert (sys.stdout, sys.stderr) == before


@pytest.mark.parametrize("signals", ["INT", "HUP TERM"])
def test_a_signal_that_is_ignored_from_the_start_stays_so(signals):
    code = "from graders.interrupts import Interrupts\nimport os, signal\n"
    for name in signals.split():
        code += f"with Interrupts(): os.kill(os.getpid(), signal.SIG{name})\n"
    line = ["bash", "-c", f"trap '' {signals}; exec '{sys.executable}' -c \"$0\"", code]
    assert subprocess.run(line, cwd=ROOT, timeout=60).returncode == 0


# --- where the report goes


def score(text: str) -> float:
    """Return the score of a report."""
    found: float = json.loads(text)["score"]
    return found


@pytest.mark.parametrize(
    ("words", "to"),
    some(
        [
            ("--json /dev/stdout", "stdout"),
            ("--json /dev/stdout > here", "here"),
            ("--json /dev/fd/1 > here", "here"),
            ("--json here > here", "here"),
            ("--json - > here", "here"),
            ("--json /dev/stderr --quiet 2> here", "here"),
            ("--json /dev/fd/5 --quiet 5> here", "here"),
            ("--json >(cat > here) --quiet; wait; sleep 0.2", "here"),
            ("--json link --quiet", "real"),
            ("--json far/away --quiet", "real"),
            ("--json dangling --quiet", "yet"),
            ("--json twin --quiet", "other"),
        ],
        6,
    ),
)
def test_a_report_arrives_where_its_path_leads(folder, tmp_path, words, to):
    (tmp_path / "real").write_text("longer than the report " * 10_000)
    (tmp_path / "real").chmod(0o600)
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "far").symlink_to(".")
    (tmp_path / "away").symlink_to("link")
    (tmp_path / "dangling").symlink_to("yet")
    (tmp_path / "twin").write_text("")
    (tmp_path / "other").hardlink_to(tmp_path / "twin")
    links = {path.name for path in tmp_path.iterdir() if path.is_symlink()}
    done = shell(tmp_path, f"{folder}/right --step 1 {words}")
    assert (done.returncode, done.stderr) == (0, "")
    text = done.stdout if to == "stdout" else (tmp_path / to).read_text()
    assert score(text) == points("step01")
    assert {path.name for path in tmp_path.iterdir() if path.is_symlink()} == links
    assert stat.S_IMODE((tmp_path / "real").stat().st_mode) == 0o600
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def mountable() -> bool:
    """Return whether this user may mount something over a file."""
    line = ["unshare", "--mount", "true"]
    return subprocess.run(line, capture_output=True).returncode == 0


@pytest.mark.skipif(not mountable(), reason="a file is mounted by those who may")
def test_a_mounted_file_is_written_into(folder, tmp_path):
    for name in ("mounted", "source"):
        (tmp_path / name).write_text("")
    grade = (
        f'"{sys.executable}" "{ROOT}/grade.py" {folder}/right --step 1 --json mounted --quiet'
    )
    line = ["unshare", "--mount", "sh", "-c", f"mount --bind source mounted && {grade}"]
    assert subprocess.run(line, cwd=tmp_path, timeout=60).returncode == 0
    assert score((tmp_path / "source").read_text()) == points("step01")
    assert (tmp_path / "mounted").read_text() == ""


def test_a_link_in_a_submission_leads_nowhere(folder, tmp_path):
    shutil.copytree(folder / "right", tmp_path / "mine")
    (tmp_path / "precious").write_text("kept")
    (tmp_path / "mine" / "score.json").symlink_to("../precious")
    (tmp_path / "mine" / "twin").hardlink_to(tmp_path / "precious")
    for name in ("score.json", "twin"):
        shell(tmp_path / "mine", f". --step 1 --json {name} --quiet")
        assert score((tmp_path / "mine" / name).read_text()) == points("step01")
    assert (tmp_path / "precious").read_text() == "kept"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("work.zip", "somebody's work"),
        ("right/step01.py", "somebody's work"),
        ("out/", "is a folder"),
        ("right", "is a folder"),
        ("no/where", "there is no folder"),
        ("round", "Too many levels of symbolic links"),
    ],
)
def test_what_is_no_place_for_a_report_is_refused_before_anything_is_graded(folder, path, told):
    (folder / "work.zip").write_text("")
    if not (folder / "round").is_symlink():
        (folder / "round").symlink_to("round")
    before = (folder / "right" / "step01.py").read_text()
    with pytest.raises(GradmarkError, match=re.escape(told)):
        writable(f"{folder}/{path}")
    assert (folder / "right" / "step01.py").read_text() == before
