"""Steadiness: the same submission gives the same report, whatever addresses Python chose."""

import msgspec
import pytest

from graders.judge.run import Options, grade
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import open_sandbox
from graders.submission.read import read
from graders.values import sendable

ADDRESS = "where = repr(object())\n"
TEXTS = {
    "a value": ("step01", "class Variable:\n    def __init__(self, data): self.data = where"),
    "after a letter": (
        "step01",
        "class Variable:\n    def __init__(self, data): self.data = 'id_' + where.split()[-1]",
    ),
    "cut in the middle": (
        "step01",
        "class Variable:\n"
        "    def __init__(self, data): self.data = 'k' * 124 + where + 'z' * 300",
    ),
    "many in a list": (
        "step01",
        "class Variable:\n"
        "    def __init__(self, data): self.data = str([object() for _ in range(9)])",
    ),
    "a class's name": (
        "step01",
        "class Variable:\n    def __init__(self, data): self.data = type(where, (), {})()",
    ),
    "an exception's name": (
        "step01",
        "class Variable:\n    def __init__(self, data): raise type(where, (Exception,), {})",
    ),
    "a message cut short": (
        "step01",
        "class Variable:\n    def __init__(self, data): raise KeyError('z' * 1975 + where)",
    ),
    "what is printed, cut short": (
        "step01",
        "class Variable:\n    def __init__(self, data): print('k' * 9977 + where * 9)",
    ),
    "a module that is missing": ("step01", "__import__(where)\nclass Variable: pass"),
    "an exception at import": ("step01", "raise ValueError(where)"),
    "a test's name and its failure": (
        "step10",
        "import unittest\n"
        "class T(unittest.TestCase):\n    def test(self): self.fail('q' * 480 + where)\n"
        "setattr(T, 'test_' + where, T.test)",
    ),
}


@pytest.fixture(scope="module")
def another():
    sandbox = open_sandbox(Limits())
    yield sandbox
    sandbox.close()


@pytest.mark.parametrize("name", TEXTS)
def test_no_address_is_in_a_report(sandbox, another, suites, tmp_path, name):
    step, text = TEXTS[name]
    (tmp_path / f"{step}.py").write_text(ADDRESS + text)
    options = Options(steps=frozenset({step}))
    first, second = (
        msgspec.structs.replace(grade(read(tmp_path), each, options, suites), timing={})
        for each in (sandbox, another)
    )
    assert first == second
    assert "object at" in str(first) or "id_0x…" in str(first)


def test_a_script_keeps_the_name_of_a_file(sandbox, tmp_path):
    (tmp_path / "step01_0xdeadbeef.py").write_text("class Variable: pass")
    report = grade(read(tmp_path), sandbox, Options(steps=frozenset({"step01"})))
    assert "from step01_0xdeadbeef import Variable" in report.steps[0].checks[0].reproduce


class Shouting(str):
    def __getitem__(self, index):
        raise SystemExit

    __str__ = __len__ = encode = __getitem__


def test_a_text_is_cut_but_no_address_in_it_and_runs_no_code():
    assert sendable("abc 0x7f12", 9) == "abc "
    assert sendable("abc 0x7f12", 10) == "abc 0x7f12"
    assert sendable("abcdef", 3) == "abc"
    assert sendable("\ud800" * 3, 8) == "\\ud800\\u"
    assert sendable(Shouting("abc"), 2) == "ab"
    assert type(sendable(Shouting("abc"))) is str
