"""A class's judges, supervised in this process: what becomes of those that fail."""

import os
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest

from graders.checks import declaration
from graders.classroom import diff, judging
from graders.classroom.engine import Engine
from graders.classroom.given import Given
from graders.classroom.handed import Handed, handed_in
from graders.classroom.layouts.draft import Draft
from graders.classroom.layouts.layouts import arranged
from graders.classroom.marking.course import Course
from graders.classroom.output import Output
from graders.classroom.setting import Setting
from graders.classroom.summary import Summing
from graders.classroom.supervisor import Supervisor
from graders.judge.draw import Draw
from graders.judge.grading import check_id
from graders.judge.run import Options
from graders.judge.suites import Suites
from graders.report import Isolation
from graders.sandbox import clock as clock_module
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import open_sandbox
from graders.syllabus import DEFAULT_SEED

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a class demands the sandbox")


class Quiet:
    """Is told how far it has come."""

    def look(self, count): ...

    def begin(self, count, kept): ...

    def started(self, student): ...

    def ended(self, student, why): ...


@pytest.fixture(scope="module")
def shared():
    """Give the sandbox that places are had in."""
    opened = open_sandbox(Limits())
    yield opened
    opened.close()


@pytest.fixture
def supervise(tmp_path, suites, shared):
    """Give a function that grades a class of one, the first two steps of the reference."""
    for step in ("step01.py", "step02.py"):
        path = tmp_path / "cs1" / "ann" / step
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "reference" / step, path)

    def supervise(force=False, **more):
        options = Options(steps=frozenset({"step01", "step02"}))
        isolation = Isolation(shared.level, shared.missing)
        setting = Setting(options, isolation, course="the course's digest")
        output = Output(tmp_path / "out", options.seed, options.steps)
        root = tmp_path / "cs1"
        asked = {check_id(item): declaration(item) for item in suites.checks(options.steps)}
        marking = Given(Course(), None, {}, {}).marking(asked)
        summing = Summing(output, setting, marking, asked)
        made = Supervisor(root, output, setting, suites, shared, 1, summing, **more)
        students = handed_in(arranged(root).drafts)
        outcomes = made.grade(students, force, Quiet())
        made.summarize(students, outcomes)
        (row,) = diff.at(tmp_path / "out").students
        return row

    return supervise


def test_one_that_keeps_changing_has_no_result(supervise, monkeypatch):
    count = iter(range(100))
    monkeypatch.setattr(judging.digest, "of_submission", lambda root, draft: str(next(count)))
    row = supervise()
    assert (row.status, row.why) == ("unreadable", "it kept changing while it was graded")
    monkeypatch.undo()
    assert supervise().status == "graded"


def told_of_checks(monkeypatch, then):
    """Have something done in a judge once it knows of a check."""
    really = judging.Telling.facts

    def facts(self, item, error):
        found = really(self, item, error)
        then(self, found)
        return found

    monkeypatch.setattr(judging.Telling, "facts", facts)


def test_a_result_is_kept_under_what_was_graded(supervise, monkeypatch, tmp_path):
    """Also where the submission was other work before its turn came, and is so again after."""
    step = tmp_path / "cs1" / "ann" / "step01.py"
    good = step.read_text("utf-8")
    bad = good.replace("self.data = data", "self.data = None")
    really = Supervisor.turn

    def turn(self, *arguments):
        step.write_text(good, "utf-8")
        changed = really(self, *arguments)
        step.write_text(bad, "utf-8")
        return changed

    step.write_text(bad, "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(Supervisor, "turn", turn)
        assert supervise().score == 16.0
    assert supervise().score < 16.0


def test_a_report_takes_the_place_of_a_refusal(supervise, tmp_path):
    handed = Handed("ann", Draft("ann", "ann"), "ann")
    output = Output(tmp_path / "out", DEFAULT_SEED, frozenset({"step01", "step02"}))
    row = supervise()
    output.keep(handed, row.key, judging.Refused("unreadable", "for a while"))
    assert supervise().status == "unreadable"
    assert supervise(force=True).status == "graded"


def test_one_that_was_stopped_for_a_while_has_not_overrun(monkeypatch):
    clock = iter([0.0, 0.1, 0.2, 500.0, *(500 + n / 10 for n in range(1000))])
    monkeypatch.setattr(clock_module.time, "monotonic", lambda: next(clock))
    engine = Engine(lambda task, say, core: time.sleep(0.5), 1, seconds=60.0)
    assert [each.how for each in engine.each(["any"])] == ["done"]


def test_many_folders_to_choose_from_are_not_all_told(tmp_path):
    names = [f"{'x' * 150}{number:04}" for number in range(60)]
    for name in names:
        path = tmp_path / "kim" / name / "step01.py"
        path.parent.mkdir(parents=True)
        path.write_text(f"class Variable: pass\nx = '{name}'\n")
    said = []
    judging.look(judging.Task(Handed("kim", Draft("kim", "kim"), "kim"), tmp_path), said.append)
    refused = judging.DECODER.decode(said[0])
    assert len(refused.folders) == judging.MOST_FOLDERS
    assert len(said[0]) < 10_000


def test_a_submission_that_has_become_a_link_is_not_followed(supervise, tmp_path, monkeypatch):
    ann, elsewhere = tmp_path / "cs1" / "ann", tmp_path / "elsewhere"
    really = Supervisor.grade

    def grade(self, *arguments):
        ann.rename(elsewhere)
        os.symlink(elsewhere, ann)
        return really(self, *arguments)

    monkeypatch.setattr(Supervisor, "grade", grade)
    row = supervise()
    assert (row.status, row.why) == ("unreadable", "ann is a link")


def test_a_judge_that_overruns_gives_timeouts_for_what_is_left(supervise, monkeypatch):
    def wait(grading, found):
        if found.id == "step02.square_of_a_number":
            judging.tell(grading.say, judging.Checked(found))
            time.sleep(60)

    told_of_checks(monkeypatch, wait)
    row = supervise(overrun=-118.5)
    assert row.status == "graded"
    assert row.steps["step01"].points == 6.0
    statuses = [row.checks[check].status for check in row.checks if check.startswith("step02")]
    late = statuses.index("timeout")
    assert 0 < late < len(statuses) - 1
    assert set(statuses[:late]) == {"passed"}
    assert set(statuses[late:]) == {"timeout", "blocked"}


def test_a_judge_that_dies_is_tried_once_more(supervise, monkeypatch, tmp_path):
    def die_once(grading, found):
        if found.id == "step02.square_of_a_number" and not (tmp_path / "died").exists():
            (tmp_path / "died").touch()
            os.kill(os.getpid(), signal.SIGKILL)

    told_of_checks(monkeypatch, die_once)
    row = supervise()
    assert (tmp_path / "died").exists()
    assert (row.status, row.score) == ("graded", 16.0)


def test_one_that_dies_again_is_an_error_and_is_graded_the_next_time(supervise, monkeypatch):
    with monkeypatch.context() as patch:
        told_of_checks(patch, lambda grading, found: os._exit(5))
        row = supervise()
    assert (row.status, row.why) == ("error", "its process ended with status 5")
    assert row.report is None
    assert supervise().status == "graded"


def test_a_check_that_is_at_fault_itself_is_an_error(supervise, monkeypatch):
    def fail(self, *arguments, **named):
        raise RuntimeError("of the grader's own")

    monkeypatch.setattr(Draw, "array", fail)
    row = supervise()
    assert row.status == "error"
    assert "of the grader's own" in row.why


def test_a_warm_process_that_ended_is_started_again(supervise, shared):
    assert shared.door
    shared.process.kill()
    shared.process.wait()
    assert supervise().status == "graded"


def test_a_report_without_all_checks_is_an_error(supervise, monkeypatch):
    really = Suites.run

    def run(self, *arguments):
        rows, _whole = really(self, *arguments)
        return rows[:-1], False

    monkeypatch.setattr(Suites, "run", run)
    row = supervise()
    assert (row.status, row.why) == ("error", "not all checks were run")


def test_what_a_judge_says_is_believed_only_as_far_as_it_is_of_a_type(supervise, monkeypatch):
    monkeypatch.setattr(
        judging.Judge, "__call__", lambda self, task, say, core: say(b"nonsense")
    )
    row = supervise()
    assert (row.status, row.why) == ("error", "its judge has said nothing")
