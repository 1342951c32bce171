"""Many tasks in forks: what one does, or what befalls it, is its own."""

import os
import signal
import time
from pathlib import Path

import pytest

from graders.classroom import engine
from graders.classroom.engine import FORKS, Engine, apart
from graders.errors import GradmarkError, SandboxLost

pytestmark = pytest.mark.skipif(not FORKS, reason="there are no safe forks here")


def work(task, say, core):
    """Do what a task's name says."""
    say(str(task).encode())
    match task:
        case "raise":
            raise ValueError("no such thing")
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "exit":
            os._exit(7)
        case "sleep":
            time.sleep(60)
        case "compute":
            while True:
                pass
        case "flood":
            while True:
                say(bytes(1 << 20))
        case "grow":
            say(bytearray(1 << 34))


def test_what_befalls_one_is_its_own():
    tasks = ["first", "raise", "die", "exit", "sleep", "compute", "grow", "last"]
    ended = {each.task: each for each in Engine(work, 3, seconds=1.0).each(tasks)}
    assert sorted(ended) == sorted(tasks)
    assert {task: each.how for task, each in ended.items()} == {
        **dict.fromkeys(("first", "last"), "done"),
        **dict.fromkeys(("raise", "die", "exit", "grow"), "died"),
        **dict.fromkeys(("sleep", "compute"), "overran"),
    }
    assert all(each.said[0] == each.task.encode() for each in ended.values())
    assert ended["raise"].why == "ValueError: no such thing"
    assert ended["die"].why == "its process ended with status -9"
    assert ended["exit"].why == "its process ended with status 7"
    assert ended["grow"].why.startswith("MemoryError")


def test_a_flood_is_cut():
    (ended,) = Engine(work, 1, seconds=20.0).each(["flood"])
    assert ended.how == "died"
    assert len(ended.said) < 20


def test_one_that_died_is_tried_again_alone(tmp_path):
    def once(task, say, core):
        mark = tmp_path / task
        if task == "weak" and not mark.exists():
            mark.touch()
            os._exit(3)
        others = len(list(tmp_path.glob("busy-*")))
        (tmp_path / f"busy-{task}").touch()
        time.sleep(0.05)
        say(str(others).encode())
        (tmp_path / f"busy-{task}").unlink()

    ended = list(Engine(once, 2, seconds=5.0).each(["weak", "a", "b", "c"]))
    assert [each.how for each in ended] == ["done"] * 4
    assert ended[-1].task == "weak"
    assert ended[-1].said == [b"0"]


def test_so_many_are_done_at_a_time_and_each_has_a_core_for_itself():
    def now(task, say, core):
        say(repr((core, time.monotonic())).encode())
        time.sleep(0.05)
        say(repr((core, time.monotonic())).encode())

    count = len(os.sched_getaffinity(0))
    spans = []
    for each in Engine(now, count, seconds=5.0).each(range(3 * count)):
        (core, began), (_core, ended) = (eval(said) for said in each.said)
        spans.append((core, began, ended))
    for core, began, ended in spans:
        at_once = [
            other for other, start, end in spans if start <= began < end or began == start
        ]
        assert len(at_once) <= count
        assert at_once.count(core) == 1
        assert ended > began


def test_all_end_with_the_iterator():
    pids = []

    def tell(task, say, core):
        say(str(os.getpid()).encode())
        if task:
            time.sleep(60)

    engine = Engine(tell, 3, seconds=50.0)
    results = engine.each([0, 1, 2])
    next(results)
    pids = [running.pid for running in engine.running.values()]
    began = time.monotonic()
    results.close()
    assert time.monotonic() - began < 1
    assert len(pids) == 2
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_work_that_is_done_apart():
    assert apart(lambda: b"made", 5.0) == b"made"

    def refuse():
        raise GradmarkError("not like this")

    def fail():
        raise ZeroDivisionError("0")

    with pytest.raises(GradmarkError, match=r"^not like this$"):
        apart(refuse, 5.0)
    with pytest.raises(SandboxLost, match=r"ZeroDivisionError: 0"):
        apart(fail, 5.0)
    with pytest.raises(SandboxLost, match=r"takes more time"):
        apart(lambda: time.sleep(60), 0.3)


def test_without_safe_forks_tasks_are_done_here(monkeypatch):
    monkeypatch.setattr(engine, "FORKS", False)
    ended = list(Engine(work, 2, seconds=1.0).each(["first", "raise", "last"]))
    assert [(each.task, each.how, each.said) for each in ended] == [
        ("first", "done", [b"first"]),
        ("raise", "died", [b"raise"]),
        ("last", "done", [b"last"]),
    ]
    assert ended[1].why == "ValueError: no such thing"
    assert apart(lambda: b"made", 5.0) == b"made"
    assert engine.usable() == []
