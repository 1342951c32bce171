"""No check is there for nothing: within its step and kind it catches some mistake alone."""

import pytest
from mutants import MUTANTS

from graders.commands.selftest import command, findings
from graders.syllabus import SYLLABUS

CHECKS = command.declarations([unit.step for unit in SYLLABUS])


@pytest.mark.parametrize("step", [unit.step for unit in SYLLABUS])
def test_every_check_catches_a_mistake_alone_or_says_why_it_stays(graded, step):
    checks = command.declarations([step])
    mutants = [graded.tried(mutant) for mutant in MUTANTS if mutant.step == step]
    rows = findings.rows(checks, correct=[], mutants=mutants)
    assert [row.check for row in rows if not row.caught] == []
    assert [row.check for row in rows if not row.alone and not checks[row.check].stays] == []


def test_every_check_says_why_it_is_there():
    assert [check for check, said in CHECKS.items() if not said.why] == []


def test_every_check_names_a_section_of_its_step():
    for check, said in CHECKS.items():
        assert said.section.startswith(f"{int(check[4:6])}."), check
