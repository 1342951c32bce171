"""Work shared out among processes: in order, and nothing is left when it is given up."""

import os
from multiprocessing import active_children

import pytest

from graders.commands.selftest.workers import shared_out
from graders.errors import SandboxLost


def doubled(numbers):
    """Yield twice each number; 13 brings bad luck, and 666 the end."""
    for number in numbers:
        if number == 13:
            raise ValueError("bad luck")
        if number == 666:
            os._exit(1)
        yield 2 * number


def test_results_come_in_order():
    assert list(shared_out(doubled, range(10))) == list(range(0, 20, 2))


def test_nothing_to_do_is_done_at_once():
    assert list(shared_out(doubled, [])) == []


def test_what_goes_wrong_over_there_is_raised_here():
    with pytest.raises(ValueError, match="bad luck"):
        list(shared_out(doubled, [1, 2, 13]))


def test_a_process_that_ends_is_missed():
    with pytest.raises(SandboxLost, match="ended before its time"):
        list(shared_out(doubled, [1, 2, 666, 4]))


def test_processes_end_with_the_iterator():
    results = shared_out(doubled, range(1000))
    assert next(results) == 0
    assert active_children()
    results.close()
    assert not active_children()
