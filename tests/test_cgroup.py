"""The control group: where it is made, what is written, and that none is had elsewhere."""

import subprocess
import sys

import pytest

from graders.sandbox import cgroup

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="control groups are Linux's")


@pytest.fixture
def mounted(tmp_path, monkeypatch):
    monkeypatch.setattr(cgroup, "MOUNTED", tmp_path)
    return tmp_path


def test_in_the_second_version_it_is_beside_this_process_s_own(mounted):
    (mounted / "cgroup.controllers").touch()
    both = ["memory", "pids"]
    assert cgroup.parents("0::/user/shell\n") == [(both, mounted / "user")]
    assert cgroup.parents("0::/\n") == [(both, mounted)]


def test_in_the_first_version_it_is_below_it_for_each_controller(mounted):
    own = "9:name=systemd:/a\n8:pids:/\n4:cpu,memory:/process/one\n0::/\n"
    assert cgroup.parents(own) == [
        (["pids"], mounted / "pids"),
        (["memory"], mounted / "cpu,memory" / "process" / "one"),
    ]


def test_limits_are_written_to_the_files_that_there_are(tmp_path):
    (tmp_path / "memory.max").touch()
    assert cgroup.limited(tmp_path, "memory")
    assert (tmp_path / "memory.max").read_text() == str(cgroup.MEMORY)
    assert not (tmp_path / "memory.limit_in_bytes").exists()
    assert not cgroup.limited(tmp_path, "pids")


def test_without_a_controller_there_is_no_group_and_nothing_is_left(mounted):
    (mounted / "cgroup.controllers").touch()
    assert cgroup.make() is None
    assert [path.name for path in mounted.iterdir()] == ["cgroup.controllers"]


def test_what_can_not_enter_the_group_runs_without(tmp_path):
    group = cgroup.Group([tmp_path / "gone"])
    line = group.line([sys.executable, "-c", "import sys; print(sys.argv[1:])", "a b", "$c"])
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    assert done.stdout == "['a b', '$c']\n"


def test_a_process_that_enters_is_limited_and_leaves_nothing():
    group = cgroup.make()
    if group is None:
        pytest.skip("no control group can be had here")
    line = group.line([sys.executable, "-c", "print(input())"])
    process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    while not group.holds():
        assert process.poll() is None
    assert process.communicate("done")[0] == "done\n"
    group.close()
    assert not any(folder.exists() for folder in group.folders)
