"""No check is there for nothing: within its step and kind it catches some mistake alone."""

import pytest
from mutants import MUTANTS
from sharing import some

from graders.commands.selftest import command, findings
from graders.syllabus import SYLLABUS


@pytest.mark.parametrize("step", some([unit.step for unit in SYLLABUS], 2))
def test_every_check_catches_a_mistake_alone_or_says_why_it_stays(graded, step):
    checks = command.declarations([step])
    mutants = [graded.tried(mutant) for mutant in MUTANTS if mutant.step == step]
    rows = findings.rows(checks, correct=[], mutants=mutants)
    assert [row.check for row in rows if not row.caught] == []
    assert [row.check for row in rows if not row.alone and not checks[row.check].stays] == []
