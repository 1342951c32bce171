"""The sandbox: its level is found out by trying, it holds, and it dies with the judge."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from course import points
from hostile.command import PACKAGES, STRANGER, stranger_python
from poorer import FILTER, LANDLOCK, NAMESPACES, NESTED, can_be_poorer, without

from graders import wire
from graders.judge.remote import Conversation, Student
from graders.sandbox import bubblewrap, interpreter
from graders.sandbox.forked import ForkServer
from graders.sandbox.piped import PlainProcesses
from graders.sandbox.process import Limits
from graders.worker.control import CONFINEMENTS

ROOT = Path(__file__).parents[1]
SHIM = """
import os, signal, sys
folder, changed, *sys.argv = sys.argv[1:]
sys.path.insert(0, folder)
from graders.sandbox import bubblewrap
exec(changed)
from graders.cli import main
sys.exit(main(sys.argv))
"""
"""Runs the command with something of it changed."""
NO_BWRAP = "bubblewrap.candidates = lambda: []"
FAILING = "bubblewrap.candidates = lambda: ['/bin/false']"
OLD = "bubblewrap.candidates = lambda: ['/planted/bwrap']"
TOGETHER = "  memory and processes are limited together, by a control group"
SPACES = ("own process and mount spaces", "size limit on temporary files")
UNFILTERED = ("network", "other processes")
ALLOW_SPACES, INSTALL = "allow user namespaces to bubblewrap", "install bubblewrap"
NO_FILTER = "a kernel with seccomp"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="sandboxes are Linux's")


@dataclass(frozen=True)
class Machine:
    """A machine that lacks things, and what is to be found out there."""

    level: str
    missing: tuple[str, ...] = ()
    advice: str = ""
    refusal: str = ""
    lacking: frozenset[str] = frozenset()
    changed: str = ""


MACHINES = {
    "everything there": Machine("sandbox"),
    "no bubblewrap": Machine("partial", SPACES, INSTALL, changed=NO_BWRAP),
    "a bubblewrap that fails": Machine(
        "partial", SPACES, "is there, but", "/bin/false: exit status 1", changed=FAILING
    ),
    "a bubblewrap that is too old": Machine(
        "partial", SPACES, "a newer bubblewrap", "Unknown option --perms", changed=OLD
    ),
    "no namespaces within namespaces": Machine(
        "sandbox", ("own temporary file system a step",), lacking=frozenset([NESTED])
    ),
    "no namespaces, as in a container": Machine(
        "partial", SPACES, ALLOW_SPACES, "bwrap: ", frozenset([NAMESPACES])
    ),
    "no filter": Machine(
        "partial", ("system-call filter",), NO_FILTER, lacking=frozenset([FILTER])
    ),
    "no bubblewrap, no filter": Machine(
        "partial",
        ("system-call filter", *SPACES, *UNFILTERED),
        INSTALL,
        lacking=frozenset([FILTER]),
        changed=NO_BWRAP,
    ),
    "no bubblewrap, no Landlock": Machine(
        "partial",
        (*SPACES, "file access"),
        INSTALL,
        lacking=frozenset([LANDLOCK]),
        changed=NO_BWRAP,
    ),
    "nothing": Machine(
        "process",
        ("system-call filter", *SPACES, "file access", *UNFILTERED),
        ALLOW_SPACES,
        "bwrap: ",
        frozenset([NAMESPACES, FILTER, LANDLOCK]),
    ),
}


FEW = ("no bubblewrap", "nothing")
"""Those on which everything is tried by default."""


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Give a folder that anybody may read, with the project and an old bubblewrap."""
    folder = Path(tempfile.mkdtemp(prefix="machine-", dir="/tmp"))
    for name in ("graders", "reference"):
        shutil.copytree(ROOT / name, folder / name)
    old = folder / "bwrap"
    old.write_text("#!/bin/sh\necho 'bwrap: Unknown option --perms' >&2\nexit 1\n")
    for path in (folder, old):
        path.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def user(request: pytest.FixtureRequest) -> dict[str, object]:
    """Give the user to run the command as, and an interpreter that this user may run."""
    if request.param == "as we are":
        return {"python": sys.executable, "env": {}}
    if os.getuid() != 0:
        pytest.skip("only root can become another user")
    who = {"user": STRANGER, "group": STRANGER, "extra_groups": []}
    return {"python": stranger_python(), "env": {"PYTHONPATH": PACKAGES}, **who}


def run(machine: Machine, place: Path, user: dict[str, object], *words: str) -> object:
    """Run the command on a machine; return the finished process."""
    if machine.lacking and not can_be_poorer():
        pytest.skip("no filter for this architecture")
    who = dict(user)
    changed = machine.changed.replace("/planted", str(place))
    line = [who.pop("python"), "-P", "-c", SHIM, str(place), changed, *words]
    environment = {"PATH": "/usr/bin:/bin", **who.pop("env")}
    return subprocess.run(
        without(machine.lacking, line),
        cwd="/",
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        **who,
    )


@pytest.fixture(scope="module")
def everything(place: Path) -> Callable[[dict[str, object]], bool]:
    """Give a function that tells whether a user has everything here, to be taken away."""
    known: dict[object, bool] = {}

    def is_there(user: dict[str, object]) -> bool:
        if user.get("user") not in known:
            said = run(MACHINES["everything there"], place, user, "doctor").stdout
            known[user.get("user")] = "level: sandbox" in said
        return known[user.get("user")]

    return is_there


def each_user() -> Iterator[object]:
    """Yield the users and machines to try: a stranger tries few, but in the full run."""
    for name in MACHINES:
        yield pytest.param("as we are", name)
        marks = () if name in FEW else pytest.mark.full
        yield pytest.param("as a stranger", name, marks=marks)


@pytest.mark.parametrize(("user", "name"), list(each_user()), indirect=["user"])
def test_the_level_is_found_by_trying_and_said_by_the_doctor(place, everything, user, name):
    machine = MACHINES[name]
    if not machine.changed and not everything(user):
        pytest.skip("no sandbox is to be had here")
    done = run(machine, place, user, "doctor")
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line for line in done.stdout.splitlines() if line != TOGETHER]
    assert f"isolation level: {machine.level}" in lines
    lacks = [line.partition("lacks: ")[2] for line in lines if "lacks: " in line]
    assert tuple(lacks) == machine.missing
    assert machine.refusal in done.stdout
    assert bool(machine.refusal) == ("did not start: " in done.stdout)
    assert machine.advice in done.stdout
    assert (machine.level == "sandbox") == lines[-1].startswith(("isolation level", "  lacks"))


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name in FEW else pytest.mark.full)
        for name, machine in MACHINES.items()
        if machine.level != "sandbox"
    ],
)
def test_a_demand_that_can_not_be_met_is_refused_with_advice(place, everything, name):
    machine = MACHINES[name]
    here = {"python": sys.executable, "env": {}}
    if not machine.changed and not everything(here):
        pytest.skip("no sandbox is to be had here")
    words = [str(place / "reference"), "--json", "-", "--isolation", "sandbox"]
    done = run(machine, place, here, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert f"only “{machine.level}”, which lacks {', '.join(machine.missing)}" in done.stderr
    assert machine.advice in done.stderr


def test_a_level_that_is_met_is_reported_with_what_is_missing(place):
    here = {"python": sys.executable, "env": {}}
    words = [str(place / "reference"), "--json", "-", "--isolation", "partial", "--step", "1"]
    done = run(MACHINES["no bubblewrap"], place, here, *words)
    report = json.loads(done.stdout)
    assert report["isolation"] == {"level": "partial", "missing": [*SPACES]}
    assert report["score"] == points("step01")


def test_who_asks_for_plain_processes_and_a_sandbox_is_told_to_choose(place):
    here = {"python": sys.executable, "env": {}}
    words = [str(place / "reference"), "--json", "-", "--isolation", "sandbox", "--portable"]
    done = run(MACHINES["everything there"], place, here, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "without --portable" in done.stderr


# --- what a step finds


@pytest.fixture(scope="module", params=[*CONFINEMENTS, "plain"])
def confined(request: pytest.FixtureRequest) -> Iterator[ForkServer | PlainProcesses]:
    """Give each kind of sandbox."""
    name = request.param
    sandbox = PlainProcesses(Limits()) if name == "plain" else ForkServer(name)
    if isinstance(sandbox, ForkServer):
        sandbox.wait_until_ready()
        if sandbox.attempts[0][0] != name:
            sandbox.close()
            pytest.skip(f"{name} is not to be had here")
    yield sandbox
    sandbox.close()


def student_of(sandbox: ForkServer | PlainProcesses, source: str) -> tuple[object, Student]:
    """Load a step from a text; return its process and the remote."""
    process = sandbox.step()
    talk = Conversation(process)
    step = wire.Load("step01.py", (wire.Piece("step01.py", source),), (0,), "mine", {})
    assert isinstance(talk.exchange(step), wire.Ready)
    assert isinstance(talk.exchange(wire.Run(0, 1.0)), wire.Ran)
    talk.request(wire.Begin(1))
    return process, Student(talk)


def test_the_environment_is_clean(confined, monkeypatch):
    process, student = student_of(confined, "import os\nseen = dict(os.environ)\n")
    seen = student.seen
    process.close()
    beyond = set(seen) - set(interpreter.environment("", [])) - {"PWD", "LC_CTYPE"}
    assert not beyond
    assert "PATH" in os.environ


LOOK = """
import os
seen = sorted(
    os.path.join(folder, name)
    for top in os.listdir("/") if top not in ("usr", "lib", "lib64", "lib32", "x", "dev")
    for folder, _folders, names in os.walk("/" + top)
    for name in names
)
tops = sorted(os.listdir("/"))
own = sorted(
    os.path.relpath(os.path.join(folder, name), "/x/gradmark/graders")
    for folder, _folders, names in os.walk("/x/gradmark")
    for name in names
    if not name.endswith(".pyc")
)
"""


def test_there_is_nothing_to_read_beyond_the_interpreter_and_libraries(sandbox):
    if sandbox.level != "sandbox":
        pytest.skip("no sandbox is to be had here")
    process, student = student_of(sandbox, LOOK)
    python = interpreter.executable()
    for path in student.seen:
        within = path.startswith(("/etc/alternatives/", *interpreter.libraries()))
        assert within or path in (python, "/etc/ld.so.cache")
    beyond = {*student.tops} - {"usr", "lib", "lib64", "lib32", "etc", "x", "dev", "tmp"}
    assert beyond <= {python.split("/")[1], sys.base_prefix.split("/")[1]}
    package = ROOT / "graders"
    worker = {path.relative_to(package).as_posix() for path in package.glob("worker/**/*.py")}
    assert {*student.own} == {*bubblewrap.FAR_SIDE[:-1], *worker}
    process.close()


STUBBORN = """
import os, signal, threading, time
for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)
threading.Thread(target=time.sleep, args=(60,)).start()
def reach():
    reached = []
    for act in (
        lambda: os.kill(os.getppid(), 0),
        lambda: os.kill(-1, 0),
        lambda: os.fork() or os._exit(0),
        lambda: open(f"/proc/{os.getppid()}/mem", "rb").close(),
    ):
        try:
            act()
            reached.append(act.__code__.co_firstlineno)
        except OSError:
            pass
    return reached
"""


def test_a_step_reaches_nobody_and_ends_when_it_is_told(confined):
    process, student = student_of(confined, STUBBORN)
    if confined.level != "process" or isinstance(confined, PlainProcesses):
        assert student.reach() == []  # plain processes set the filter as well
    pid = process.process.pid if isinstance(confined, PlainProcesses) else process.pid
    os.kill(pid, 0)
    process.close()
    end = time.monotonic() + 5
    while is_alive(pid) and time.monotonic() < end:
        time.sleep(0.01)
    assert not is_alive(pid)


def is_alive(pid: int) -> bool:
    """Return whether a process runs; what remains until it is waited for does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


# --- the end of the judge

KILLER = """
import ctypes, json, os, subprocess, sys, time
PR_SET_CHILD_SUBREAPER = 36
ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
delay, *line = sys.argv[1:]
judge = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
began = time.monotonic()
try:
    judge.wait(float(delay))
except subprocess.TimeoutExpired:
    judge.kill()
    judge.wait()
took = time.monotonic() - began
def orphans():
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            state, parent = open(f"/proc/{name}/stat").read().rpartition(")")[2].split()[:2]
            if int(parent) == os.getpid() and state not in "ZX":
                yield open(f"/proc/{name}/cmdline").read().replace("\\0", " ")
        except OSError:
            pass
end = time.monotonic() + 10
while (left := list(orphans())) and time.monotonic() < end:
    time.sleep(0.02)
print(json.dumps([judge.returncode, took, left]))
"""
"""Kills the judge after a while, and says what processes of it lived on."""


@pytest.mark.parametrize(
    "way",
    ["sandbox", *(pytest.param(w, marks=pytest.mark.full) for w in ("partial", "process"))],
)
def test_nothing_outlives_a_judge_that_is_killed(place, tmp_path, way, full):
    hanging = tmp_path / "hanging"
    shutil.copytree(ROOT / "reference", hanging)
    (hanging / "step02.py").write_text("while True: pass\n")
    score = tmp_path / "score" / "score.json"
    score.parent.mkdir()
    changed = NO_BWRAP if way == "partial" else ""
    start = [sys.executable, "-P", "-c", SHIM, str(place), changed]
    limits = ["--cpu-limit", "60", "--wall-limit", "60", "--step", "1", "--step", "2"]
    limits += ["--portable"] * (way == "process")

    def kill_after(seconds: float, submission: Path) -> tuple[int, float, list[str]]:
        line = [*start, str(submission), "--json", str(score), *limits]
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", KILLER, str(seconds), *line],
            capture_output=True,
            check=True,
            env=os.environ | {"TMPDIR": str(tmp_path)},
        )
        return json.loads(done.stdout)

    status, whole, left = kill_after(100, ROOT / "reference")
    assert (status, left) == (0, [])
    killed = 0
    for turn in range(100 if full else 1):
        score.write_text("{}")
        submission, most = (
            (ROOT / "reference", whole) if turn % 3 == 2 else (hanging, 2 * whole)
        )
        delay = random.uniform(0, most)
        status, _took, left = kill_after(delay, submission)
        killed += status == -signal.SIGKILL
        assert left == [], f"after {delay} s"
        assert json.loads(score.read_text()).get("complete", True)  # the old one or a whole one
    assert killed


def test_a_judge_that_is_killed_while_it_writes_leaves_the_old_report(place, tmp_path):
    score = tmp_path / "score.json"
    score.write_text("old")
    changed = "os.replace = lambda *paths: os.kill(os.getpid(), signal.SIGKILL)"
    line = [sys.executable, "-P", "-c", SHIM, str(place), changed, str(place / "reference")]
    done = subprocess.run([*line, "--json", str(score), "--step", "1"], capture_output=True)
    assert done.returncode == -signal.SIGKILL
    assert score.read_text() == "old"
