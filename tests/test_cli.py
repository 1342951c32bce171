"""The command as people run it: exit statuses, files, and what is said.

What makes no difference to it is run in this process: a process of its own takes five times as
long.
"""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
from course import SHIPPED, points

from graders import cli
from graders.judge import run
from graders.judge.run import Options
from graders.sandbox.piped import PlainProcesses
from graders.sandbox.process import Limits
from graders.submission.read import read

ROOT = Path(__file__).parents[1]


def command(*arguments, cwd=ROOT, **more):
    """Run the command in a process of its own; return the finished process."""
    line = [sys.executable, str(ROOT / "grade.py"), *map(str, arguments)]
    return subprocess.run(line, cwd=cwd, capture_output=True, text=True, timeout=120, **more)


class Kept:
    """A sandbox that outlives the run which it is opened for."""

    def __init__(self, sandbox):
        self.sandbox = sandbox

    def __getattr__(self, name):
        return getattr(self.sandbox, name)

    def close(self):
        """Do nothing: the next run uses it as well."""


@pytest.fixture
def grade(capsys, monkeypatch, sandbox):
    """Return a function that runs the command in this process and returns what came of it."""
    monkeypatch.setattr(cli, "open_sandbox", lambda limits, portable: Kept(sandbox))

    def grade(*arguments, cwd=ROOT):
        monkeypatch.chdir(cwd)
        try:
            status = cli.main([*map(str, arguments)])
        except SystemExit as end:
            status = end.code
        return subprocess.CompletedProcess(arguments, status, *capsys.readouterr())

    return grade


@pytest.fixture
def report(grade):
    """Return a function that grades and returns the exit status and the report."""

    def report(*arguments, **more):
        done = grade(*arguments, "--json", "-", **more)
        return done.returncode, json.loads(done.stdout)

    return report


def one_sentence(done):
    """Return what was said on stderr, having seen that it is one line and no traceback."""
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr.strip()


@pytest.fixture
def copy(tmp_path):
    """Return a copy of the reference to spoil."""
    return Path(shutil.copytree(ROOT / "reference", tmp_path / "copy"))


def test_reference_gets_full_marks(tmp_path):
    done = command("reference", "--json", tmp_path / "score.json")
    assert done.returncode == 0
    found = json.loads((tmp_path / "score.json").read_text())
    assert found["score"] == found["max_score"] > 0
    assert "Score {score:g}/{max_score:g}".format(**found) in done.stdout


def test_portable_path_gives_the_same_verdicts(report, full):
    words = ["reference"] if full else ["reference", "--step", "3", "--step", "9"]
    _status, forked = report(*words)
    portable = json.loads(command(*words, "--portable", "--json", "-").stdout)
    assert portable["isolation"]["level"] == "process"
    assert portable["steps"] == forked["steps"]


def test_untouched_template_earns_nothing(grade, report, tmp_path):
    done = grade("--json", tmp_path / "score.json")
    assert done.returncode == 0
    assert "Go on with step 01" in done.stdout
    found = json.loads((tmp_path / "score.json").read_text())
    assert found["score"] == 0
    assert {step["status"] for step in found["steps"]} == {"not_attempted"}
    assert report("--fail-under", "60")[0] == 1


def test_the_line_of_a_mistake_is_added(grade, report, copy, tmp_path):
    step, target = copy / "step01.py", tmp_path / "score.json"
    step.write_text(step.read_text().replace("self.data = data", "self.data == data"))
    done = grade(copy, "--step", "2", "--step", "1", "--json", target)
    first, second = done.stdout.split("written to")
    assert "Look at" not in first
    assert "Look at step01.py:" in second
    located, untouched = (each["located"] for each in json.loads(target.read_text())["steps"])
    assert untouched is None
    assert (located["certain"], located["kind"], located["edit"]) == (True, "assignment", None)
    _status, found = report(copy, "--step", "1", "--hints", "more")
    assert found["steps"][0]["located"]["edit"].endswith("self.data = data")
    assert "Look at" not in grade(copy, "--step", "1", "--no-locate", "--json", target).stdout
    assert json.loads(target.read_text())["steps"][0]["located"] is None


def test_a_pipe_gets_one_report_with_the_line(copy, tmp_path):
    step = copy / "step01.py"
    step.write_text(step.read_text().replace("self.data = data", "data = data"))
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    words = [str(copy), "--step", "1", "--json", str(pipe)]
    line = [sys.executable, str(ROOT / "grade.py"), *words]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as running:
        found = json.loads(pipe.read_text())
        assert "Look at step01.py" in running.stdout.read()
    assert found["steps"][0]["located"]["kind"] == "self"


def test_fail_under_is_of_the_chosen_steps(grade, report, copy):
    (copy / "step02.py").unlink()
    done = grade(copy, "--fail-under", "95", "--json", "-")
    lacks = points("step02")
    told = f"below --fail-under 95: {100 - lacks} of 100 points, {lacks - 5} too few"
    assert (done.returncode, one_sentence(done)) == (1, f"gradmark: {told}")
    status, found = report(copy, "--fail-under", "95", "--step", "1", "--step", "5-6")
    assert (status, found["max_score"]) == (0, points("step01", "step06"))
    assert [step["step"] for step in found["steps"]] == ["step01", "step06"]


@pytest.mark.parametrize("chosen", [pytest.param([], marks=pytest.mark.full), ["--seed", "7"]])
def test_same_submission_gives_the_same_bytes(report, copy, chosen):
    (copy / "step02.py").write_text(
        "class Variable: pass\nprint(Variable())\nx = {}[object()]\n"
    )
    elsewhere = json.loads(command(copy, *chosen, "--json", "-").stdout)
    found = [report(copy, *chosen)[1], elsewhere]
    for one in found:
        assert one.pop("timing")["total"] > 0
    assert json.dumps(found[0]) == json.dumps(found[1])


AT_IMPORT = {
    "hangs": ("while True: pass", "timeout"),
    "sleeps": ("import time\ntime.sleep(60)", "timeout"),
    "exits": ("import os\nos._exit(0)", "crashed"),
    "crashes": ("import ctypes\nctypes.string_at(0)", "crashed"),
    "is no Python": ("def f(:", "failed"),
}
IN_A_CALL = {
    "hangs": ("while True: pass", "timeout"),
    "exits": ("import os; os._exit(3)", "crashed"),
    "raises SystemExit": ("raise SystemExit(0)", "crashed"),
    "is interrupted": ("raise KeyboardInterrupt", "crashed"),
}
SHORT = Limits(cpu=0.5, wall=1.0)


@pytest.fixture
def suffers(request, sandbox, copy):
    """Return a function that grades step 3 between others, and returns what it came to."""
    used = PlainProcesses(SHORT) if request.param == "portable" else sandbox

    def suffers():
        steps = frozenset({"step02", "step03", "step04"})
        options = Options(steps=steps, limits=SHORT)
        before, step, after = run.grade(read(copy), used, options).steps
        assert {before.status, after.status} == {"passed"}
        messages = [check.message for check in step.checks if check.message]
        assert all("\n" not in message or "SyntaxError" in message for message in messages)
        return [check.status for check in step.checks]

    yield suffers
    if used is not sandbox:
        used.close()


def each(troubles):
    """Yield each trouble in a fork and, for the full run, in a plain process."""
    for trouble in troubles:
        yield pytest.param("forked", trouble)
        yield pytest.param("portable", trouble, marks=pytest.mark.full)


@pytest.mark.parametrize(("suffers", "trick"), list(each(AT_IMPORT)), indirect=["suffers"])
def test_trouble_at_import_stays_in_its_step(suffers, copy, trick):
    source, status = AT_IMPORT[trick]
    (copy / "step03.py").write_text(source)
    suffered = suffers()
    assert suffered == [status, *["blocked"] * (len(suffered) - 1)]


@pytest.mark.parametrize(("suffers", "trick"), list(each(IN_A_CALL)), indirect=["suffers"])
def test_trouble_in_a_call_stays_in_its_check(suffers, copy, trick):
    line, status = IN_A_CALL[trick]
    file = copy / "step03.py"
    file.write_text(file.read_text().replace("return np.exp(x)", line))
    suffered = suffers()
    assert status in suffered
    assert set(suffered) <= {status, "blocked", "passed"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["no/such/folder"],
        ["README.md"],
        ["pyproject.toml"],
        ["reference", "--json", "/no/such/folder/score.json"],
        ["reference", "--json", "/"],
        ["schema", "more"],
    ],
)
def test_wrong_usage_is_one_sentence(grade, arguments):
    done = grade(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert one_sentence(done).startswith("gradmark: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--step", "5.5"],
        ["--step", "99"],
        ["--seed", "-1"],
        ["--seed", "9" * 30],
        ["--fail-under", "101"],
        ["--fail-under", "nan"],
        ["--cpu-limit", "0"],
        ["--isolation", "total"],
        ["--no-such-option"],
    ],
)
def test_bad_options_are_refused(grade, arguments):
    done = grade("reference", *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "error: " in done.stderr


def test_empty_folder_is_no_points_and_a_sentence(grade, tmp_path):
    done = grade(tmp_path, "--json", tmp_path / "score.json")
    assert done.returncode == 0
    assert "No step was found" in done.stdout
    assert "There is no" not in done.stdout.replace("there is no Python file", "")
    assert json.loads((tmp_path / "score.json").read_text())["score"] == 0


def test_odd_files_are_passed_over_with_a_sentence(report, copy):
    (copy / "step03.py").write_bytes(b"\x7fELF\0\0\1")
    (copy / "step04.py").unlink()
    (copy / "step04.py").symlink_to("/etc/passwd")
    (copy / "step01.py").unlink()
    (copy / "step01.py").symlink_to("step01.py")
    (copy / "loop").symlink_to(".")
    os.mkfifo(copy / "step02.py.fifo.py")
    for number in range(2_000):
        (copy / f"other{number}.py").touch()
    status, found = report(copy)
    assert status == 0
    own = [step for step in found["steps"] if step["step"] in SHIPPED]
    spoilt = [step["step"] for step in own if step["status"] != "passed"]
    assert spoilt == ["step01", "step03", "step04"]
    step = next(step for step in found["steps"] if step["step"] == "step03")
    assert step["load_error"] == "it is not text"
    assert any("step04.py" in note for note in found["notes"])


def test_nothing_is_written_but_the_score(grade, copy):
    before = sorted(path.name for path in copy.iterdir())
    target = copy.parent / "score.json"
    (copy / "step03.py").write_text("open('left.txt', 'w').write('x')\n")
    chosen = ("--step", "3", "--step", "4")
    assert grade(copy, *chosen, "--json", target, cwd=copy.parent).returncode == 0
    assert sorted(path.name for path in copy.iterdir()) == before
    assert sorted(path.name for path in copy.parent.iterdir()) == ["copy", "score.json"]


def test_surroundings_do_not_reach_the_judge(copy, tmp_path):
    (tmp_path / "conftest.py").write_text("raise SystemExit(5)\n")
    (tmp_path / "numpy.py").write_text("raise SystemExit(5)\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    environment = os.environ | {
        "PYTEST_ADDOPTS": "--no-such-option",
        "PYTEST_PLUGINS": "nothing",
    }
    done = command(copy, "--json", "-", cwd=tmp_path, env=environment)
    found = json.loads(done.stdout)
    assert found["score"] == found["max_score"] > 0


STARTED = """
import runpy, sys
print("up", flush=True)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Runs the command and says when the interpreter is up: before that, nothing is gradmark's."""


@pytest.mark.parametrize(
    "delay", [0.05, 0.4, *(pytest.param(n / 50, marks=pytest.mark.full) for n in range(1, 50))]
)
def test_interrupt_leaves_nothing_behind(copy, tmp_path, delay):
    (copy / "step01.py").write_text("import time\ntime.sleep(60)\n")
    target = tmp_path / "score.json"
    command = [str(ROOT / "grade.py"), str(copy), "--json", str(target)]
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    process = subprocess.Popen(
        [sys.executable, "-c", STARTED, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    assert process.stdout
    assert process.stdout.readline() == b"up\n"
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=delay)
    started = time.monotonic()
    process.send_signal(signal.SIGINT)
    _out, error = process.communicate(timeout=10)
    assert process.returncode == 130
    assert b"Traceback" not in error
    assert time.monotonic() - started < 5  # what it would wait for takes longer
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]
    assert not children_of(process.pid)


def children_of(pid):
    """Return the processes in a session that a command started or left behind."""
    listed = subprocess.run(["ps", "-eo", "ppid,pid,args"], capture_output=True, text=True)
    return [line for line in listed.stdout.splitlines() if line.split()[0] == str(pid)]


def test_schema_describes_the_report(grade, report):
    printed = json.loads(grade("schema").stdout)
    jsonschema.validate(report("reference", "--step", "1")[1], printed)


def test_score_replaces_a_link_and_spares_a_device(grade, copy):
    (copy / "score.json").symlink_to(copy / "step01.py")
    assert grade(copy, "--step", "1", cwd=copy).returncode == 0
    assert json.loads((copy / "score.json").read_text())["score"] == points("step01")
    assert "class Variable" in (copy / "step01.py").read_text()
    assert grade(copy, "--step", "1", "--json", os.devnull).returncode == 0
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_quiet_and_version(grade):
    assert command("--version").stdout.startswith("gradmark ")
    done = grade("reference", "--quiet", "--json", os.devnull)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_program_that_leaves_at_import_is_the_first_thing_to_fix(report, tmp_path):
    for name in ("step02", "step04", "step07", "step09"):
        (tmp_path / f"{name}.py").write_text("import os\nos._exit(0)\n")
    found = report(tmp_path)[1]
    assert found["fix_first"].startswith("step02.")
    for step in found["steps"]:
        crashed = [c for c in step["checks"] if c["status"] == "crashed"]
        assert len(crashed) == (step["found_in"] is not None)


def test_an_empty_name_is_refused(grade):
    assert grade("").returncode == 2


def test_two_sets_of_steps_are_told_of(report):
    found = report(ROOT, "--step", "1")[1]
    assert any("passed over" in note for note in found["notes"])


@pytest.mark.parametrize("name", ["step05.py", "step5-6.py", "step05_06.py"])
def test_step_five_may_hold_step_six(report, tmp_path, name):
    shutil.copy(ROOT / "reference" / "step06.py", tmp_path / name)
    assert report(tmp_path, "--step", "6")[1]["score"] == points("step06")


@pytest.mark.parametrize("path", [[], ["--portable"]], ids=["forked", "portable"])
def test_a_terminated_run_leaves_nothing_behind(copy, tmp_path, path):
    (copy / "step01.py").write_text("while True: pass\n")
    line = [sys.executable, str(ROOT / "grade.py"), str(copy), "--json", "-", *path]
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    process = subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=0.6)  # by then it is grading, if it is not slow
    process.terminate()
    process.communicate(timeout=10)
    assert process.returncode == 143
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]
    assert not children_of(process.pid)


def test_a_folder_of_a_submission_is_asked_for_and_taken(grade, tmp_path):
    for name, text in (("a", "class Variable: pass"), ("b", "class Variable: x = 1")):
        (tmp_path / "mine" / name).mkdir(parents=True)
        (tmp_path / "mine" / name / "step01.py").write_text(text)
    output = tmp_path / "score.json"
    done = grade(tmp_path / "mine", "--json", output)
    assert (done.returncode, done.stdout, output.exists()) == (2, "", False)
    assert "a/, b/ hold different work on the same steps (step01)" in done.stderr
    assert "--folder" in done.stderr
    assert grade(tmp_path / "mine", "--folder", "b", "--json", output).returncode == 0
    report = json.loads(output.read_text())
    assert report["steps"][0]["found_in"] == "b/step01.py"
    assert report["candidates"] == [{"folder": "b", "steps": ["step01"], "graded": ["step01"]}]
    assert (report["found"], set(report["versions"])) == (1, {"python", "numpy"})
