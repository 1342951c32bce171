"""Trials: each implementation once, in an order that tells nothing, until they are stopped."""

from functools import partial

import numpy as np
import pytest

from graders import wire
from graders.errors import Blocked, Crashed, TimedOut
from graders.judge.trials import Trials, tried

SOURCES = [f"implementation {number}" for number in range(20)]
PASSED = wire.Rehearsed({"test": None}, ())


STEP = wire.Load("step10.py", (), (), "", {})


class Talk:
    """A conversation with a process that answers as it is told, and keeps what it was asked."""

    def __init__(self, answer=lambda source: PASSED):
        self.answer = answer
        self.asked = []
        self.process = self

    def exchange(self, request):
        if request is STEP:
            return wire.Ready(False, ())
        self.asked.append(request.implementation)
        return self.answer(request.implementation)

    def output(self):
        return ""


def on(talk, source=""):
    return tried(talk, STEP, wire.Rehearse(source))


def trials_with(talk, seed=1):
    return Trials(partial(on, talk), np.random.default_rng(seed))


def test_each_implementation_is_tried_once():
    talk = Talk()
    trials = trials_with(talk)
    trials.make(SOURCES)
    trials.make(SOURCES)
    assert sorted(talk.asked) == sorted(SOURCES)
    assert trials.on(SOURCES[3]).tests == ["test"]


def test_the_order_is_drawn():
    orders = set()
    for seed in range(10):
        talk = Talk()
        trials_with(talk, seed).make(SOURCES)
        orders.add(tuple(talk.asked))
    assert len(orders) == 10
    assert len({order.index(SOURCES[0]) for order in orders}) > 3


def test_tests_that_do_not_end_at_first_are_tried_no_more():
    def never(source):
        raise TimedOut("too long")

    talk = Talk(never)
    trials = trials_with(talk)
    trials.make(SOURCES)
    trials.make(SOURCES)
    assert talk.asked[1:] == SOURCES[:1]
    with pytest.raises(TimedOut, match=r"while your tests ran .*: too long"):
        trials.on(SOURCES[5])


def test_an_end_later_on_is_that_trial_s_own():
    def ends_on_one(source):
        if source == SOURCES[7]:
            raise Crashed("gone")
        return PASSED

    trials = trials_with(Talk(ends_on_one))
    trials.make(SOURCES)
    assert [s for s in SOURCES if trials.on(s).ended] == [SOURCES[7]]


def test_the_end_of_the_step_s_time_is_told_for_what_was_not_tried():
    talk = Talk()

    def four(source):
        if len(talk.asked) == 4:
            raise Blocked(None)
        return on(talk, source)

    trials = Trials(four, np.random.default_rng(1))
    trials.make(SOURCES)
    assert trials.on(talk.asked[1]).tests == ["test"]
    (missing, *_more) = set(SOURCES) - set(talk.asked)
    with pytest.raises(TimedOut, match="used up all the time"):
        trials.on(missing)


def test_an_answer_of_another_kind_ends_the_trial():
    assert isinstance(on(Talk(lambda source: wire.Answer(True))).ended, Crashed)


def test_what_is_raised_through_the_tests_is_told():
    raised = wire.Raised("ValueError", ("ValueError", "Exception"), "odd", ())
    assert on(Talk(lambda source: raised)).failures == {"": "ValueError: odd"}
    left = wire.Left("KeyboardInterrupt", "")
    assert "KeyboardInterrupt" in str(on(Talk(lambda source: left)).ended)


def test_a_hole_is_no_test_and_no_failure():
    told = {
        "a": wire.Raised("NotImplementedError", (), "fill in: it", ()),
        "b": None,
        "c": wire.Raised("AssertionError", (), "", ()),
    }
    trial = on(Talk(lambda source: wire.Rehearsed(told, ())))
    assert (trial.tests, trial.holes) == (["b", "c"], {"a": "it"})
    assert trial.failures == {"c": "AssertionError"}
