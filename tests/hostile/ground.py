"""Where tricks are tried: things to find or spoil, a server, and what came of a trick."""

import json
import os
import secrets
import selectors
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hostile import STATUSES, Trick

ROOT = Path(__file__).parents[2]
REPORT_BYTES = 700_000
"""More than any report needs."""
OPEN = ("/tmp", "/var/tmp", "/dev/shm")


@dataclass(frozen=True)
class Judged:
    """What a judge said of a submission."""

    status: int
    stdout: str
    stderr: str
    processes: list[str]
    """What lived on after it, of all that it started."""

    @property
    def steps(self) -> dict[str, Any]:
        """Return the report's steps by name."""
        return {step["step"]: step for step in json.loads(self.stdout)["steps"]}


@dataclass(frozen=True)
class Outcome:
    """What came of grading one trick."""

    judged: Judged
    escaped: list[str]
    """What the trick got at, of what the level may promise to keep from it."""


@dataclass(frozen=True)
class Place:
    """A folder with a submission, and with what it may look for."""

    path: Path
    token: str
    """A name of this run's own."""
    trick: Trick | None
    """None for the untouched reference."""

    @property
    def submission(self) -> Path:
        """Return the folder that is graded."""
        return self.path / "submission"

    @property
    def cwd(self) -> Path:
        """Return where the judge is started."""
        beside = self.trick is not None and "conftest.py" in self.trick.extra
        return self.submission if beside else self.path / "cwd"

    @property
    def steps(self) -> list[str]:
        """Return the steps to grade: the trick's own, and one that comes after most."""
        own = (self.trick.step,) if self.trick else ("step02", "step03", "step10")
        return sorted({*own, "step04"})


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


class Ground:
    """A copy of the project, a server, and room for submissions."""

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

    def close(self) -> None:
        """Remove everything."""
        self.listener.close()
        subprocess.run(["rm", "-rf", self.base], check=True)

    def plant(self, trick: Trick | None) -> Place:
        """Lay out a folder with a submission, and with what it may look for."""
        token = secrets.token_hex(6)
        place = Place(self.base / token, token, trick)
        for name in ("cwd", "home", "tmp"):
            (place.path / name).mkdir(parents=True)
        for name in ("submission", "other"):
            shutil.copytree(ROOT / "reference", place.path / name)
        with open(place.path / "other" / "step03.py", "a") as file:
            file.write(f"\n# {self.secrets['other']}\n")
        if trick:
            for path, text in {f"{trick.step}.py": trick.text, **trick.extra}.items():
                target = place.submission / path
                target.parent.mkdir(parents=True, exist_ok=True)
                if text.startswith("+"):
                    text = text[1:] + target.read_text()
                target.write_text(self.filled_in(text, place))
        return place

    def filled_in(self, text: str, place: Place) -> str:
        """Return a trick's text with the names of this run."""
        for name, meant in (
            ("/planted/project", str(self.project)),
            ("/planted/socket", str(self.base / "socket")),
            ("/planted", str(place.path)),
            ("PORT", str(self.listener.port)),
            ("TOKEN", place.token),
        ):
            text = text.replace(name, meant)
        return text

    def try_out(
        self, trick: Trick | None, judge: Callable[[Place], Judged], owner: int | None = None
    ) -> Outcome:
        """Have a trick graded, or the untouched reference, and look at what came of it.

        ``owner`` is the user whose files they are, if not this one.
        """
        place = self.plant(trick)
        if owner:
            for path in (place.path, *place.path.rglob("*")):
                os.chown(path, owner, owner)
        before = pictures(place.path)
        judged = judge(place)
        escaped = [line[:200] for line in lines_that_escaped(judged.stdout)]
        escaped += [f"told: {n}" for n, text in self.secrets.items() if text in judged.stdout]
        escaped += [f"changed: {name}" for name in different(before, pictures(place.path))]
        for folder in (*OPEN, self.project, Path.home()):
            left = Path(folder) / f"escaped-{place.token}"
            if left.exists():
                escaped.append(f"left: {folder}")
                left.unlink()
        told = any(place.token.encode() in data for data in self.listener.arrived)
        subprocess.run(["rm", "-rf", place.path], check=True)  # of any depth
        return Outcome(judged, escaped + ["arrived"] * told)


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


def wrong_with(trick: Trick, level: str, outcome: Outcome, untouched: Judged) -> list[str]:
    """Return everything that is not as it must be after a trick."""
    wrong, judged = [], outcome.judged
    if judged.status != 0:
        return [f"exit status {judged.status}: {judged.stderr[-500:]}"]
    if not json.loads(judged.stdout)["complete"]:
        wrong.append("the report is incomplete")
    if judged.stderr:
        wrong.append(f"said on stderr: {judged.stderr[-300:]}")
    if len(judged.stdout) > REPORT_BYTES:
        wrong.append(f"a report of {len(judged.stdout)} bytes")
    if judged.processes:
        wrong.append(f"left running: {judged.processes}")
    if level not in trick.through:
        wrong += outcome.escaped
    for name, step in judged.steps.items():
        if name != trick.step and letters(step) != letters(untouched.steps[name]):
            wrong.append(f"{name} came to {letters(step)}")
    own = judged.steps[trick.step]
    came_to = set(letters(own))
    if not came_to & set(trick.causes) or came_to - set(trick.causes + trick.others):
        wrong.append(f"{trick.step} came to {letters(own)}, not {trick.causes}|{trick.others}")
    most = trick.most if trick.most >= 0 else own["max_score"] + trick.most
    if own["score"] > most:
        wrong.append(f"{trick.step} earned {own['score']}")
    return wrong


def letters(step: dict[str, Any]) -> str:
    """Return the statuses of a step's checks, a letter each."""
    return "".join(STATUSES.get(each["status"], "?") for each in step["checks"])
