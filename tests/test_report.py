"""The report: its JSON and its JSON Schema say the same."""

import json
from pathlib import Path

import msgspec
import pytest
from jsonschema import Draft202012Validator

from graders.judge.run import Options, grade
from graders.report import Report, schema, to_json
from graders.submission.read import read

ROOT = Path(__file__).parents[1]
VALIDATOR = Draft202012Validator(schema())


@pytest.fixture(scope="module", params=["reference", "student_template"])
def report(request, sandbox) -> Report:
    options = Options(steps=frozenset({"step01", "step06"}))
    return grade(read(ROOT / request.param), sandbox, options)


def test_the_schema_is_one():
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_schema_takes_a_real_report(report):
    VALIDATOR.validate(json.loads(to_json(report)))


def test_a_report_comes_back_from_its_json(report):
    text = to_json(report)
    assert msgspec.json.decode(text, type=Report) == report
    assert text.endswith(b"}\n")
    assert text.startswith(b'{\n  "schema_version": 1,\n')


BREAKS = {
    "an unknown field": lambda data: data | {"grade": "A"},
    "an unknown field of a step": lambda data: data["steps"][0].update(x=1),
    "an unknown field of a check": lambda data: data["steps"][0]["checks"][0].update(x=1),
    "another version": lambda data: data | {"schema_version": 2},
    "a score below zero": lambda data: data | {"score": -1},
    "an unknown status": lambda data: data["steps"][0].update(status="fine"),
    "an unknown level": lambda data: data["isolation"].update(level="docker"),
    "a score that is missing": lambda data: {k: v for k, v in data.items() if k != "score"},
}


@pytest.mark.parametrize("change", BREAKS.values(), ids=BREAKS.keys())
def test_the_schema_and_the_type_refuse_alike(report, change):
    data = json.loads(to_json(report))
    data = change(data) or data
    assert not VALIDATOR.is_valid(data)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(data, Report)
