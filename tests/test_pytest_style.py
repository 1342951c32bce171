"""Tests written for pytest: which are run, with what arguments, in what order."""

import types
import unittest

import pytest

from graders.worker.pytest_style import StudentTest, cases

GIVEN = """
import pytest

told = []

def setup_module(module):
    told.append("module up")

def teardown_module():
    told.append("module down")

@pytest.fixture
def ten():
    told.append("ten up")
    yield 10
    told.append("ten down")

@pytest.fixture(name="times", params=[2, pytest.param(3)])
def make_times(request, ten):
    return request.param * ten

@pytest.fixture(autouse=True)
def always():
    told.append("always")
"""


def run(text, *place):
    """Run one test of a module; return what each case told, and what went wrong."""
    module = types.ModuleType("module")
    exec(GIVEN + text, vars(module))
    cls = getattr(module, place[0]) if len(place) > 1 else None
    results = {}
    for case in cases(StudentTest(module, cls, place[-1])):
        module.told.clear()
        tally = unittest.TestResult()
        case.run(tally)
        results[case.id()] = (list(module.told), len(tally.errors + tally.failures))
    return results


def test_set_up_and_fixtures_surround_a_test():
    results = run("def test_it(ten): told.append(ten)", "test_it")
    order = ["module up", "ten up", "always", 10, "ten down", "module down"]
    (told, wrong) = results["test_it"]
    assert sorted(told, key=str) == sorted(order, key=str)
    assert (told[0], told[-3:], wrong) == ("module up", [10, "ten down", "module down"], 0)


def test_fixtures_rest_on_others_and_have_params():
    results = run("def test_it(times, more=1): told.append(times + more)", "test_it")
    assert list(results) == ["test_it[0]", "test_it[1]"]
    assert [told[-3] for told, _wrong in results.values()] == [21, 31]


def test_what_is_set_up_is_taken_down_after_a_failure():
    told, wrong = run("def test_it(ten): assert ten == 11", "test_it")["test_it"]
    assert (told[-2:], wrong) == (["ten down", "module down"], 1)


IN_A_CLASS = """
@pytest.mark.parametrize("a, b", [(1, 2), (3, 4)])
class TestIt:
    def setup_method(this, method):
        told.append(method.__name__)

    @pytest.fixture
    def own(this, ten):
        return ten

    @pytest.mark.parametrize(argnames=["c"], argvalues=[(5,), (6,)], ids=["x", "y"])
    def test_it(this, a, b, c, own):
        told.append((a, b, c, own))
"""


def test_marks_of_a_class_and_of_its_method_multiply():
    results = run(IN_A_CLASS, "TestIt", "test_it")
    told = {each for told, _wrong in results.values() for each in told if type(each) is tuple}
    assert told == {(1, 2, 5, 10), (1, 2, 6, 10), (3, 4, 5, 10), (3, 4, 6, 10)}
    assert [wrong for _told, wrong in results.values()] == [0] * 4
    assert all("test_it" in told for told, _wrong in results.values())


@pytest.mark.parametrize(
    "text",
    [
        "@pytest.mark.skip\ndef test_it(): pass",
        "@pytest.mark.skipif(True, reason='so')\ndef test_it(): pass",
        "pytestmark = pytest.mark.skip\ndef test_it(): pass",
        "def test_it(tmp_path): pass",
        "test_it = 1",
    ],
)
def test_what_is_skipped_or_wants_something_unknown_is_not_run(text):
    assert run(text, "test_it") == {}


def test_an_expected_failure_is_none():
    (_told, wrong) = run("@pytest.mark.xfail\ndef test_it(): assert False", "test_it")[
        "test_it"
    ]
    assert wrong == 0
