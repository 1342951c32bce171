"""Submissions that mean harm: each trick of ``hostile/``, at every level of isolation.

Whatever a submission does, there is a whole report with the verdicts that the manifest names,
the other steps are graded as ever, and nothing is left behind, changed, reached or told.
"""

import json
import os
import secrets
import selectors
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hostile import STATUSES, TRICKS, Trick

ROOT = Path(__file__).parents[1]
STRANGER = 54321
"""A user whom nobody knows."""
PACKAGES = str(Path(pytest.__file__).parents[1])
REPORT_BYTES = 700_000
"""More than any report needs."""
OPEN = ("/tmp", "/var/tmp", "/dev/shm")
WAYS = {
    "sandbox": "sandbox",
    "sandbox-stranger": "sandbox",
    "partial": "partial",
    "process": "process",
}
"""Ways to run the command, and the level that each should give."""
TRIED = {
    "sandbox-stranger": ("hoarding", "looking", "reaching"),
    "partial": ("forging", "hoarding", "leaving", "looking", "reaching"),
}
"""The families of tricks that are tried some ways; the other ways all are."""
PARTIAL = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from graders.engine import bubblewrap
bubblewrap.candidates = lambda: []
from graders.cli import main
sys.exit(main())
"""
WATCHER = """
import ctypes, json, os, subprocess, sys, time
PR_SET_CHILD_SUBREAPER = 36
ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
result, user, *line = sys.argv[1:]
who = {"user": int(user), "group": int(user), "extra_groups": []} if user else {}
judge = subprocess.Popen(line, stdin=subprocess.DEVNULL, start_new_session=True, **who)
status = judge.wait()
def orphans():
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            state, parent = open(f"/proc/{name}/stat").read().rpartition(")")[2].split()[:2]
            if int(parent) == os.getpid() and state not in "ZX":
                yield int(name), open(f"/proc/{name}/cmdline").read().replace("\\0", " ")
        except OSError:
            pass
end = time.monotonic() + 1
while (left := list(orphans())) and time.monotonic() < end:
    time.sleep(0.02)
for pid, _line in left:
    os.kill(pid, 9)
json.dump([status, [line for _pid, line in left]], open(result, "w"))
"""
"""Runs the judge, and says what processes of it lived on after its end."""


@dataclass(frozen=True)
class Outcome:
    """What came of grading one trick."""

    status: int
    stdout: str
    stderr: str
    processes: list[str]
    escaped: list[str]
    """What the trick got at, of what the level may promise to keep from it."""

    @property
    def steps(self) -> dict[str, Any]:
        """Return the report's steps by name."""
        return {step["step"]: step for step in json.loads(self.stdout)["steps"]}


class Listener:
    """A server on this machine that keeps what arrives, over TCP, UDP and named sockets."""

    def __init__(self, path: Path) -> None:
        self.arrived: list[bytes] = []
        tcp = socket.create_server(("127.0.0.1", 0))
        self.port = tcp.getsockname()[1]
        udp = socket.socket(type=socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", self.port))
        local = socket.socket(socket.AF_UNIX)
        local.bind(str(path))
        path.chmod(0o777)
        local.listen()
        datagrams = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        datagrams.bind(f"{path}-datagram")
        Path(f"{path}-datagram").chmod(0o777)
        self.sockets = [tcp, udp, local, datagrams]
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.listen)
        self.thread.start()

    def listen(self) -> None:
        """Take in whatever comes until the end."""
        with selectors.DefaultSelector() as selector:
            for each in self.sockets:
                selector.register(each, selectors.EVENT_READ)
            while not self.ended.is_set():
                for key, _events in selector.select(0.1):
                    if key.fileobj.type == socket.SOCK_DGRAM:  # type: ignore[union-attr]
                        self.arrived.append(key.fileobj.recv(100))  # type: ignore[union-attr]
                    else:
                        connection = key.fileobj.accept()[0]  # type: ignore[union-attr]
                        connection.settimeout(0.5)
                        with connection:
                            self.arrived.append(connection.recv(100) or b"nothing")

    def close(self) -> None:
        """Stop listening."""
        self.ended.set()
        self.thread.join()
        for each in self.sockets:
            each.close()


class Range:
    """Where tricks are tried: a copy of the project, a server, and room for submissions."""

    def __init__(self) -> None:
        self.base = Path(tempfile.mkdtemp(prefix="hostile-", dir="/tmp"))
        self.base.chmod(0o755)
        self.project = self.base / "project"
        self.project.mkdir()
        for name in ("graders", "reference"):
            shutil.copytree(ROOT / name, self.project / name)
        shutil.copy(ROOT / "grade.py", self.project)
        self.secrets = {name: f"{name}-{secrets.token_hex(8)}" for name in ("own", "other")}
        with open(self.project / "reference" / "step03.py", "a") as file:
            file.write(f"\n# {self.secrets['own']}\n")
        self.listener = Listener(self.base / "socket")
        self.untouched: dict[str, Outcome] = {}
        self.lock = threading.Lock()

    def close(self) -> None:
        """Remove everything."""
        self.listener.close()
        subprocess.run(["rm", "-rf", self.base], check=True)

    def plant(self, trick: Trick | None, token: str) -> Path:
        """Lay out a folder with a submission, and with what it may look for."""
        place = self.base / token
        for name in ("cwd", "home", "tmp"):
            (place / name).mkdir(parents=True)
        for name in ("submission", "other"):
            shutil.copytree(ROOT / "reference", place / name)
        with open(place / "other" / "step03.py", "a") as file:
            file.write(f"\n# {self.secrets['other']}\n")
        if trick:
            for path, text in {f"{trick.step}.py": trick.text, **trick.extra}.items():
                target = place / "submission" / path
                target.parent.mkdir(parents=True, exist_ok=True)
                if text.startswith("+"):
                    text = text[1:] + target.read_text()
                target.write_text(self.filled_in(text, place, token))
        return place

    def filled_in(self, text: str, place: Path, token: str) -> str:
        """Return a trick's text with the names of this run."""
        for name, meant in (
            ("/planted/project", str(self.project)),
            ("/planted/socket", str(self.base / "socket")),
            ("/planted", str(place)),
            ("PORT", str(self.listener.port)),
            ("TOKEN", token),
        ):
            text = text.replace(name, meant)
        return text

    def line(self, way: str, place: Path, steps: list[str], report: str) -> list[str]:
        """Return the command line of the judge."""
        python = stranger_python() if way.endswith("stranger") else sys.executable
        start = [python, str(self.project / "grade.py")]
        if way.startswith("partial"):
            start = [python, "-P", "-c", PARTIAL, str(self.project)]
        chosen = [word for step in steps for word in ("--step", step.removeprefix("step"))]
        line = [*start, str(place / "submission"), "--json", report, *chosen]
        line += ["--cpu-limit", "0.5", "--wall-limit", "2"]
        return [*line, *(["--portable"] if way.startswith("process") else [])]

    def run(self, way: str, trick: Trick | None, console: bool = False) -> Outcome:
        """Grade a trick, or the untouched reference, and look at what came of it."""
        token = secrets.token_hex(6)
        place = self.plant(trick, token)
        stranger = way.endswith("stranger")
        if stranger:
            for path in (place, *place.rglob("*")):
                os.chown(path, STRANGER, STRANGER)
        before = pictures(place)
        steps = ["step02", "step03", "step04"]
        if trick is None or trick.step == "step10":
            steps += ["step10"]
        line = self.line(way, place, steps, "/dev/null" if console else "-")
        result = self.base / f"{token}.json"
        environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(place / "home"),
            "TMPDIR": str(place / "tmp"),
            "GRADMARK_SECRET": self.secrets["own"],
        }
        if stranger:
            environment["PYTHONPATH"] = PACKAGES
        beside = trick is not None and "conftest.py" in trick.extra
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", WATCHER, str(result),
             str(STRANGER) if stranger else "", *line],
            cwd=place / ("submission" if beside else "cwd"),
            env=environment,
            capture_output=True,
            timeout=120,
        )  # fmt: skip
        status, processes = json.loads(result.read_text())
        stdout = done.stdout.decode()
        escaped = [line[:200] for line in lines_that_escaped(stdout)]
        escaped += [f"told: {name}" for name, text in self.secrets.items() if text in stdout]
        escaped += [f"changed: {name}" for name in different(before, pictures(place))]
        for folder in (*OPEN, self.project, Path.home()):
            left = Path(folder) / f"escaped-{token}"
            if left.exists():
                escaped.append(f"left: {folder}")
                left.unlink()
        escaped += ["arrived"] * any(token.encode() in data for data in self.listener.arrived)
        subprocess.run(["rm", "-rf", place], check=True)  # of any depth
        return Outcome(status, stdout, done.stderr.decode(), processes, escaped)

    def reference(self, way: str) -> Outcome:
        """Return what comes of the untouched reference, graded once for each way."""
        with self.lock:
            if way not in self.untouched:
                self.untouched[way] = self.run(way, None)
        return self.untouched[way]


def lines_that_escaped(stdout: str) -> list[str]:
    """Return the lines of a report's output texts with which tricks tell of success."""
    return [line for line in stdout.replace("\\n", "\n").split("\n") if "escaped: " in line]


def pictures(place: Path) -> dict[str, tuple[int, ...]]:
    """Return, for each file in a folder, what changes when somebody meddles with it."""
    found: dict[str, tuple[int, ...]] = {}
    for folder, folders, files in os.walk(place):
        if folder.count("/") > str(place).count("/") + 2:
            folders.clear()  # something was left; how deep does not matter
        for name in (*folders, *files):
            path = Path(folder, name)
            status = path.lstat()
            seen: tuple[int, ...] = (status.st_mode, status.st_uid)
            seen += (status.st_size, status.st_mtime_ns) if path.is_file() else ()
            found[str(path.relative_to(place))] = seen
    return found


def different(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return the names that came, went or changed."""
    names = before.keys() | after.keys()
    return sorted(name for name in names if before.get(name) != after.get(name))


def stranger_python() -> str:
    """Return an interpreter that an unknown user may run.  Skip the test if there is none."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/bin/{version}"):
        try:
            subprocess.run(
                [python, "-c", "import numpy, msgspec, pytest, rich"],
                env={"PYTHONPATH": PACKAGES},
                check=True,
                capture_output=True,
                cwd="/",
                user=STRANGER,
                group=STRANGER,
                extra_groups=[],
            )
        except (OSError, subprocess.CalledProcessError):
            continue
        return python
    pytest.skip(f"no {version} that an unknown user may run")


@pytest.fixture(scope="module")
def outcomes(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Give a function that returns the outcome of a trick; all are run two at a time."""
    ground = Range()
    pool = ThreadPoolExecutor(2)
    futures: dict[tuple[str, str], Future[Outcome]] = {}
    unusable: dict[str, str] = {}
    try:
        for way, level in WAYS.items():
            unusable[way] = why_not(ground, way, level)
        for item in request.session.items:
            asked = getattr(item, "callspec", None)
            if asked and item.path == Path(__file__) and "name" in asked.params:
                way, name = asked.params.get("way", "console"), asked.params["name"]
                if not unusable.get(way):
                    job = ("sandbox", TRICKS[name], True) if way == "console" else (
                        way, TRICKS[name])  # fmt: skip
                    futures[way, name] = pool.submit(ground.run, *job)

        def outcome(way: str, name: str) -> tuple[Outcome, Outcome]:
            if unusable.get(way):
                pytest.skip(unusable[way])
            return futures[way, name].result(), ground.reference(
                "sandbox" if way == "console" else way
            )

        yield outcome
    finally:
        pool.shutdown(cancel_futures=True)
        ground.close()


def why_not(ground: Range, way: str, level: str) -> str:
    """Return why a way can't be gone here; nothing if it can."""
    if sys.platform != "linux":
        return "the tricks are Linux's"
    if way.endswith("stranger"):
        if os.getuid() != 0:
            return "only root can become another user; the other ways ran as an ordinary one"
        try:
            stranger_python()
        except pytest.skip.Exception as reason:
            return str(reason)
    done = ground.reference(way)
    if done.status != 0:
        return f"the command does not work this way here: {done.stderr[-300:]}"
    had = json.loads(done.stdout)["isolation"]["level"]
    return "" if had == level else f"the level is {had} here"


def check(trick: Trick, level: str, outcome: Outcome, untouched: Outcome) -> list[str]:
    """Return everything that is not as it must be after a trick."""
    wrong = []
    if outcome.status != 0:
        return [f"exit status {outcome.status}: {outcome.stderr[-500:]}"]
    report = json.loads(outcome.stdout)
    if not report["complete"]:
        wrong.append("the report is incomplete")
    if outcome.stderr:
        wrong.append(f"said on stderr: {outcome.stderr[-300:]}")
    if len(outcome.stdout) > REPORT_BYTES:
        wrong.append(f"a report of {len(outcome.stdout)} bytes")
    if outcome.processes:
        wrong.append(f"left running: {outcome.processes}")
    if level not in trick.through:
        wrong += outcome.escaped
    for name, step in outcome.steps.items():
        if name != trick.step and letters(step) != letters(untouched.steps[name]):
            wrong.append(f"{name} came to {letters(step)}")
    own = outcome.steps[trick.step]
    came_to = set(letters(own))
    if not came_to & set(trick.causes) or came_to - set(trick.causes + trick.others):
        wrong.append(f"{trick.step} came to {letters(own)}, not {trick.causes}|{trick.others}")
    if own["score"] > trick.most:
        wrong.append(f"{trick.step} earned {own['score']}")
    return wrong


def letters(step: dict[str, Any]) -> str:
    """Return the statuses of a step's checks, a letter each."""
    return "".join(STATUSES.get(each["status"], "?") for each in step["checks"])


def is_tried(way: str, trick: Trick) -> bool:
    """Return whether a trick is tried a way: all of them in one sandbox, and without any.

    Who runs the command, and what else confines the process, matters to what tricks can reach,
    read and hoard; the limits, the wire and the verdicts are the same.
    """
    family = trick.name.partition("/")[0]
    return family in TRIED.get(way, (family,))


@pytest.mark.parametrize(
    ("way", "name"),
    [(way, name) for way in WAYS for name in TRICKS if is_tried(way, TRICKS[name])],
)
def test_trick_comes_to_nothing(way, name, outcomes):
    outcome, untouched = outcomes(way, name)
    assert check(TRICKS[name], WAYS[way], outcome, untouched) == []


@pytest.mark.parametrize("name", [name for name in TRICKS if name.startswith("text/")])
def test_text_steers_no_terminal(name, outcomes):
    outcome, _untouched = outcomes("console", name)
    assert outcome.status == 0
    steering = set("\x1b\x9b\x07\b\x7f\0\r\u202e\u2066\u200f\ufeff\U000e0041")
    assert not steering & set(outcome.stdout)
    assert len(outcome.stdout) < REPORT_BYTES
    lines = outcome.stdout.splitlines()
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in lines)


def test_every_trick_has_a_sentence():
    for trick in TRICKS.values():
        assert trick.text.startswith('"""')
        assert trick.text.count("\n") <= 40
