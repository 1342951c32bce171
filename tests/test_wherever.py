"""The command, wherever it runs: in folders of any name, with interpreters from anywhere, with
little of what a machine has.  It works, or says in a sentence what is lacking.
"""

import ctypes.util
import errno
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sharing import some

from graders import wire
from graders.errors import GradmarkError, SandboxLost
from graders.judge.door import memory
from graders.judge.remote import Conversation, Student
from graders.sandbox import clock, interpreter
from graders.sandbox.forked import ForkServer
from graders.sandbox.piped import PlainProcesses
from graders.sandbox.process import Limits, StepProcess
from graders.sandbox.sandbox import Sandbox, advice, open_sandbox
from graders.worker.control import CONFINEMENTS

ROOT = Path(__file__).parents[1]
PACKAGES = sysconfig.get_path("purelib")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and levels of Linux")


def run(words: list[str], **more: object) -> "subprocess.CompletedProcess[str]":
    """Run a program; return what came of it, having seen no traceback."""
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, **more)
    assert "Traceback" not in done.stderr
    return done


def refused(done: "subprocess.CompletedProcess[str]") -> str:
    """Return the one sentence that was said instead of grading."""
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    return done.stderr


def seen_by(source: str, sandbox: Sandbox) -> Any:
    """Return what a step that is loaded from a text calls ``seen``; end the sandbox."""
    try:
        talk = Conversation(sandbox.step())
        step = wire.Load("step01.py", (wire.Piece("step01.py", source),), (0,), "mine", {})
        talk.exchange(step)
        assert isinstance(talk.exchange(wire.Run(0, 1.0)), wire.Ran)
        talk.request(wire.Begin(1))
        found = Student(talk).seen
        talk.process.close()
        return found
    finally:
        sandbox.close()


@pytest.fixture(params=[*CONFINEMENTS, "plain"])
def kind(request: pytest.FixtureRequest) -> str:
    """Give the name of each kind of sandbox."""
    return str(request.param)


def opened(kind: str) -> ForkServer | PlainProcesses:
    """Return a sandbox of a kind, if it can be had here."""
    if kind == "plain":
        return PlainProcesses(Limits())
    made = ForkServer(kind)
    made.wait_until_ready()
    if made.attempts[0][0] != kind:
        made.close()
        pytest.skip(f"{kind} is not to be had here")
    return made


# --- where gradmark lies


@pytest.fixture(scope="module", params=some(["[2026] dl", "a::b", "100% $HOME {x} *"], 2))
def checkout(request: pytest.FixtureRequest, tmp_path_factory) -> Path:
    """Give a checkout in a folder of an odd name."""
    folder = tmp_path_factory.mktemp("odd") / request.param
    keep_out = shutil.ignore_patterns("__pycache__", ".*")
    for name in ("graders", "reference"):
        shutil.copytree(ROOT / name, folder / name, ignore=keep_out)
    shutil.copy(ROOT / "grade.py", folder)
    return folder


@pytest.mark.parametrize("words", some(["", "pytest", "--portable"], 2))
def test_a_checkout_may_lie_in_a_folder_of_any_name(checkout, words):
    door = words == "pytest"
    line = (
        ["pytest", "reference", "-q", "-k", "step01"] if door else ["reference", "--step", "1"]
    )
    if words == "--portable":
        line.append(words)
    done = run([sys.executable, "-P", "grade.py", *line], cwd=checkout)
    assert (done.returncode, done.stderr) == (0, "")
    assert ("6 of 6 points" if door else "Score 6/6") in done.stdout


def test_kept_by_the_kernel_alone_too(checkout, monkeypatch):
    monkeypatch.setattr(interpreter, "GRADERS", checkout / "graders")
    assert seen_by("seen = 1", opened("kernel")) == 1


# --- where the interpreter lies, and what it needs

PROBE = "libgradmark_probe.so"


@pytest.fixture
def searched(tmp_path, monkeypatch) -> Path:
    """Give a folder of libraries that the environment names."""
    folder = tmp_path / "libraries"
    folder.mkdir()
    real = ctypes.util.find_library("m")
    places = [
        Path(place) / str(real)
        for place in ("/lib", "/lib64", *Path("/lib").glob("*-linux-gnu"))
    ]
    source = next((place for place in places if place.exists()), None)
    if source is None:
        pytest.skip("no library is found to copy")
    shutil.copy(source, folder / PROBE)
    (folder / "python3" / "site-packages").mkdir(parents=True)
    (folder / "python3" / "site-packages" / "answers.py").write_text("")
    monkeypatch.setenv("LD_LIBRARY_PATH", f"{folder}:")
    return folder


def test_a_worker_finds_libraries_where_the_judge_does(searched, kind):
    source = f"import ctypes, os\nctypes.CDLL('{PROBE}')\nseen = dict(os.environ)"
    assert "LD_LIBRARY_PATH" not in seen_by(source, opened(kind))


def test_packages_beside_libraries_are_hidden(searched, kind):
    if kind == "plain":
        pytest.skip("plain processes hide nothing")
    place = "/x" + str(searched) if kind == "bubblewrap" else str(searched)
    source = f"""
import os
try:
    seen = os.listdir("{place}/python3/site-packages")
except OSError:
    seen = []
"""
    assert seen_by(source, opened(kind)) == (["answers.py"] if kind == "nothing" else [])


def test_a_folder_that_holds_more_is_none_of_libraries(monkeypatch, tmp_path):
    others = (str(tmp_path / "none"), str(ROOT), os.path.expanduser("~"))
    for folder in ("", ".", "lib", "/", "/lib", "/usr/lib", "/lib64", *others):
        monkeypatch.setenv("LD_LIBRARY_PATH", folder)
        assert interpreter.searched() == []
    monkeypatch.setenv("LD_LIBRARY_PATH", f":{tmp_path}:{tmp_path}")
    assert interpreter.searched() == [str(tmp_path)]
    monkeypatch.chdir(tmp_path)
    assert interpreter.searched() == []


def environment_of_copies(folder: Path, python: str) -> str:
    """Make a virtual environment of copies with this one's packages; return its interpreter."""
    line = [python, "-m", "venv", "--copies", "--without-pip", str(folder)]
    subprocess.run(line, check=True, timeout=60)
    (inside,) = folder.glob("lib/python*/site-packages")
    (inside / "more.pth").write_text(PACKAGES)
    return str(folder / "bin" / "python")


@pytest.fixture
def in_tmp() -> Iterator[Path]:
    """Give a folder in ``/tmp``, which each step has for itself."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder)


def level_under(python: str, *words: str) -> str:
    """Return the level that the doctor finds under an interpreter, having graded a step."""
    done = run([python, "grade.py", "reference", "--step", "1", "--quiet", *words], cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    said = run([python, "grade.py", "doctor"], cwd=ROOT).stdout
    return said.partition("level: ")[2].partition("\n")[0]


def test_a_copied_interpreter_in_tmp_is_confined_as_any(in_tmp, sandbox):
    python = environment_of_copies(in_tmp / "env", sys.executable)
    assert level_under(python, "--json", str(in_tmp / "score.json")) == sandbox.level


@pytest.mark.full
def test_an_interpreter_that_lies_in_tmp_is_confined_as_any(in_tmp, sandbox):
    here = Path(interpreter.executable())
    if here.parents[1] != Path(sys.base_prefix) or not (here.parents[1] / "lib").is_dir():
        pytest.skip("this interpreter can't be moved")
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    keep_out = shutil.ignore_patterns("site-packages", "test", "__pycache__")
    shutil.copytree(
        here.parents[1] / "lib" / version, in_tmp / "lib" / version, ignore=keep_out
    )
    for library in (here.parents[1] / "lib").glob("libpython*"):
        shutil.copy(library, in_tmp / "lib")
    (in_tmp / "bin").mkdir()
    shutil.copy(here, in_tmp / "bin" / here.name)
    python = environment_of_copies(in_tmp / "env", str(in_tmp / "bin" / here.name))
    assert level_under(python, "--json", str(in_tmp / "score.json")) == sandbox.level


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        ("setting up uid map: Permission denied", "allow user namespaces"),
        ("No permissions to create new namespace, likely because …", "allow user namespaces"),
        ("Can't mount proc on /newroot/proc: Operation not permitted", "allow user namespaces"),
        ("loopback: Failed RTM_NEWADDR: Operation not permitted", "allow user namespaces"),
        (
            "execvp /tmp/v/bin/python: No such file or directory",
            "start (bwrap: execvp",
        ),
        ("execvp /mnt/bin/python: Permission denied", "start (bwrap: execvp"),
        ("Can't find source path /net/x: Permission denied", "start (bwrap: Can't"),
        ("Unknown option --perms", "install a newer bubblewrap"),
    ],
)
def test_advice_fits_what_bubblewrap_says(refusal, told):
    class Refused:
        missing = ("own process and mount spaces",)
        refusals = (f"bwrap: {refusal}",)

    assert told in advice(Refused())


def test_another_python_and_a_missing_package_are_told_of(in_tmp):
    code = (
        "import runpy, sys; sys.version_info = (3, 10, 12, 'final', 0); "
        "sys.version = '3.10.12 (main)'; runpy.run_path('grade.py', run_name='__main__')"
    )
    assert "this is Python 3.10.12, it takes 3.11" in refused(
        run([sys.executable, "-c", code], cwd=ROOT)
    )
    assert "the package msgspec is missing: python -m pip install" in refused(
        run([sys.executable, "-S", str(ROOT / "grade.py")], cwd=in_tmp)
    )


@pytest.mark.parametrize("name", ["python3.10", "python3.9", "pypy3"])
def test_really_another_python(name):
    if not (other := shutil.which(name)):
        pytest.skip(f"there is no {name} here")
    if run([other, "-c", "import sys; print(sys.version_info < (3, 11))"]).stdout != "True\n":
        pytest.skip(f"{name} is no older one")
    assert "it takes 3.11 or later" in refused(run([other, "grade.py"], cwd=ROOT))


# --- the folder that it runs in, and what the surroundings name


@pytest.mark.parametrize("words", [["reference", "--json", "-"], ["pytest", "reference", "-q"]])
def test_a_folder_that_is_gone_is_no_matter(in_tmp, words):
    words = [str(ROOT / word) if word == "reference" else word for word in words]
    gone = in_tmp / "gone"
    gone.mkdir()
    shell = 'rmdir "$PWD"; exec "$@"'
    line = [sys.executable, str(ROOT / "grade.py"), *words, "--step", "1"]
    done = run(["sh", "-c", shell, "sh", *line], cwd=gone)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("entry", ["", ".", "mine"])
def test_no_relative_entry_of_the_search_path_is_imported_from(in_tmp, entry):
    (in_tmp / entry).mkdir(exist_ok=True)
    for name in ("numpy", "signal", "pytest_jsonreport", "msgspec"):
        (in_tmp / entry / f"{name}.py").write_text("raise SystemExit(77)\n")
    line = [sys.executable, str(ROOT / "grade.py"), str(ROOT / "reference"), "--step", "1"]
    search = os.environ | {"PYTHONPATH": f"{entry}:/usr/nowhere"}
    done = run([*line, "--json", "-"], cwd=in_tmp, env=search)
    assert (done.returncode, done.stderr) == (0, "")


def test_names_of_files_are_utf_8_whatever_the_language(in_tmp):
    (in_tmp / "練習").mkdir()
    shutil.copy(ROOT / "reference/step01.py", in_tmp / "練習" / "ステップ1.py")
    speaks = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    line = [
        sys.executable,
        str(ROOT / "grade.py"),
        "練習",
        "--step",
        "1",
        "--json",
        "結果.json",
    ]
    done = run(line, cwd=in_tmp, env=os.environ | speaks)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Score 6/6" in done.stdout
    assert '"submission": "練習"' in (in_tmp / "結果.json").read_text("utf-8")


def test_without_a_home_pytest_remembers_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", "not/from/the/root")
    assert memory(tmp_path, ["-x"]) == ["-p", "no:cacheprovider"]
    with pytest.raises(GradmarkError, match="no home folder"):
        memory(tmp_path, ["--lf"])
    monkeypatch.setenv("HOME", str(tmp_path))
    assert f"cache_dir={tmp_path}/.cache/gradmark" in memory(tmp_path, ["--lf"])[1]


def test_a_clock_stands_still_with_its_process():
    code = """
import os, signal, subprocess, time
from graders.sandbox import clock
clock.ASLEEP = 1.0
before, really = clock.awake(), time.monotonic()
subprocess.Popen(["sh", "-c", f"sleep 1.5; kill -CONT {os.getpid()}"])
os.kill(os.getpid(), signal.SIGSTOP)
assert time.monotonic() - really > 1.4
assert clock.awake() - before < 1.0
"""
    assert run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_a_slow_start_costs_no_time_of_the_students(monkeypatch):
    made = open_sandbox(Limits())
    really = made.fresh_step

    def slow() -> StepProcess:
        time.sleep(1.0)
        return really()

    monkeypatch.setattr(made, "fresh_step", slow)
    begin, before = time.monotonic(), clock.awake()
    made.step().close()
    made.close()
    assert time.monotonic() - begin >= 1.0
    assert clock.awake() - before < 1.0


# --- what a machine may lack


@pytest.mark.parametrize("words", ["", "--portable"])
@pytest.mark.parametrize("most", some([512, 64], 1))
def test_few_descriptors_do(tmp_path, most, words):
    grade = f'"{sys.executable}" grade.py reference --step 1 --json {tmp_path}/score.json'
    line = f"ulimit -n {most}; {grade} {words}"
    done = run(["bash", "-c", line], cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("words", ["reference --json -", "doctor"])
def test_too_few_are_told_of_at_once(words):
    line = f'ulimit -n 8; "{sys.executable}" grade.py {words}'
    assert os.strerror(errno.EMFILE) in refused(run(["bash", "-c", line], cwd=ROOT))


@pytest.fixture
def full_disk(monkeypatch) -> None:
    """Let nobody make a temporary folder."""

    def fail(**_keywords):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/somewhere/gradmark-1")

    monkeypatch.setattr(tempfile, "mkdtemp", fail)


@pytest.mark.parametrize("portable", [False, True])
def test_no_room_for_temporary_files_says_what_where_and_what_to_do(full_disk, portable):
    with pytest.raises(SandboxLost) as told:
        open_sandbox(Limits(), portable)
    for part in ("temporary files", "No space left", "'/somewhere/gradmark-1'", "TMPDIR"):
        assert part in str(told.value)


def test_room_that_ends_later_is_told_of(monkeypatch):
    made = PlainProcesses(Limits())
    monkeypatch.setattr(tempfile, "mkdtemp", lambda **_keywords: "/nowhere/at/all")
    for _turn in range(2):
        with pytest.raises(SandboxLost, match=r"no process for a step .*/nowhere/at/all"):
            made.step()
    made.close()


def test_what_fails_later_is_tried_again(monkeypatch):
    made = PlainProcesses(Limits())
    made.step().close()
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "mkdtemp", lambda **_keywords: "/nowhere/at/all")
        with pytest.raises(SandboxLost):
            made.step()
    made.step().close()
    assert made.level == "process"
    made.close()


@pytest.fixture
def dead(monkeypatch) -> None:
    """Let no interpreter start."""
    line = ["/bin/sh", "-c", "echo 'cannot find libpython' >&2; exit 127"]
    monkeypatch.setattr(interpreter, "started", lambda *_given: line)


@pytest.mark.parametrize("portable", [False, True])
def test_what_cannot_start_gives_its_reason_however_often_it_is_asked(dead, portable):
    made = open_sandbox(Limits(), portable)
    try:
        for ask in (made.step, made.step, lambda: made.level, lambda: made.level):
            with pytest.raises(SandboxLost, match="cannot find libpython"):
                ask()
    finally:
        made.close()


@pytest.mark.parametrize("words", [["reference", "--json", "-"], ["doctor"]])
def test_what_cannot_start_is_the_graders_fault(dead, words, capsys):
    from graders import cli

    assert cli.main(words) == 3
    out, told = capsys.readouterr()
    assert out == ""
    assert told.count("\n") == 1
    assert "nothing could be graded" in told
    assert "cannot find libpython" in told


BROKEN = """
from graders.worker import warm
def fail():
    raise OSError("no wire to be had")
warm.high_descriptor = fail
"""


@pytest.mark.parametrize("kind", CONFINEMENTS, indirect=True)
def test_a_fork_that_fails_says_why_and_is_not_tried_for_ever(kind, monkeypatch):
    boot = interpreter.BOOT.replace("main(sys", f"{BROKEN}main(sys")
    monkeypatch.setattr(interpreter, "BOOT", boot)
    made = opened(kind)
    try:
        for _turn in range(3):
            with pytest.raises(SandboxLost, match="no wire to be had"):
                made.step()
        with pytest.raises(SandboxLost, match="no wire to be had"):
            assert made.level
    finally:
        made.close()
