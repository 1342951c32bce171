"""What tests grade without pytest gets the very facts that a run gives."""

import direct
import msgspec
import pytest
from mutants import MUTANTS
from sharing import some

from graders.judge.run import Options, grade
from graders.sandbox.process import Limits


@pytest.mark.parametrize("mutant", some(MUTANTS, 24), ids=lambda mutant: mutant.name)
def test_a_report_without_pytest_is_the_same(sandbox, graded, mutant):
    handed_in = graded.specimen(mutant).submission
    how = Options(steps=frozenset({mutant.step}), limits=Limits(cpu=0.5))
    reports = [way(handed_in, sandbox, how) for way in (grade, direct.grade)]
    first, second = (msgspec.structs.replace(report, timing={}) for report in reports)
    assert first == second
