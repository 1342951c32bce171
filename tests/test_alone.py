"""No check is there for nothing: within its step and kind it catches some mistake alone."""

import pytest

from graders.selftest import command, findings, material
from graders.selftest.trials import tried
from graders.syllabus import SYLLABUS

STEPS = [unit.step for unit in SYLLABUS]


@pytest.fixture(scope="module")
def checks():
    return command.declared(STEPS)


@pytest.fixture(scope="module")
def rows(checks):
    mutants = list(tried(material.load().mutants, command.QUICK[:1]))
    return findings.rows(checks, correct=[], mutants=mutants)


def test_every_check_catches_a_mistake(rows):
    assert [row.check for row in rows if not row.caught] == []


def test_every_check_catches_a_mistake_alone_or_says_why_it_stays(rows, checks):
    assert [row.check for row in rows if not row.alone and not checks[row.check].stays] == []


def test_every_check_says_why_it_is_there(checks):
    assert [check for check, said in checks.items() if not said.why] == []


def test_every_check_names_a_section_of_its_step(checks):
    for check, said in checks.items():
        assert said.section.startswith(f"{int(check[4:6])}."), check
