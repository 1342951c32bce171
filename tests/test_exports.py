"""Exported gradebooks are filled in, and who can't be told is nobody's."""

import re
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from graders.classroom.exports.columns import columns_of
from graders.classroom.exports.filling import Export, cell, tell
from graders.classroom.handed import handed_in
from graders.classroom.layouts.draft import Draft
from graders.classroom.output import Output
from graders.classroom.raw_csv import Table
from graders.classroom.results import Mark, Override, Row
from graders.errors import GradmarkError
from graders.report import Isolation

NUMBERED = {"12345": "Jane Doe", "12346": "John Roe", "12347": "Sam Lee"}
EXPORTS = Path(__file__).with_name("exports")
CANVAS, SWEDISH, MOODLE, GERMAN, BRIGHTSPACE = (
    (EXPORTS / f"{name}.csv").read_bytes().decode("utf-8-sig")
    for name in ("canvas", "swedish", "moodle", "german", "brightspace")
)


def row(student, points=77.5, **more):
    """Return a student's row."""
    checks = {"step02.forward": Mark("passed", 1.0), "step06.order": Mark("failed", 0.0)}
    told = {"status": "graded", "score": points or 0.0, "max_score": 100.0, "checks": checks}
    told |= {"points": points, "max_points": 100.0} | more
    return Row(
        student=student,
        submission=student,
        content="",
        course="",
        seed=0,
        isolation=Isolation("sandbox"),
        key="",
        **told,
    )


@pytest.fixture
def fill(tmp_path):
    """Return a function that fills an export: it gives what became of it, and the text."""

    def fill(text, drafts, layout="folders", column=None, encoding="utf-8-sig", **rows):
        path = tmp_path / "export.csv"
        path.write_bytes(text.encode(encoding))
        kinds = {
            "folders": "hand",
            "names": "hand",
            "nbgrader": "hand",
            "github": "login",
            "classroom50": "login",
        }
        kind = kinds.get(layout, "name")
        students = handed_in([replace(draft, kind=kind) for draft in drafts])
        output = Output(tmp_path / "graded", 1, None)
        listed = [rows.get(each.student, row(each.student)) for each in students]
        filled = Export.of(path, column).fill(students, layout, listed, 100.0, output)
        written = tmp_path / "graded" / "filled-export.csv"
        assert filled.path == str(written)
        assert path.read_bytes() == text.encode(encoding)
        return filled, written.read_bytes().decode(encoding)

    return fill


def test_canvas_is_filled_by_its_own_numbers(fill):
    drafts = [Draft(name, id=number) for number, name in NUMBERED.items()]
    filled, text = fill(CANVAS, drafts, "canvas", "steps 1-10")
    assert text == CANVAS.replace("jdoe,A,,", "jdoe,A,15.5,").replace(",A,7.00,", ",A,15.5,")
    assert (filled.count, filled.kept, filled.absent) == (2, ("John Roe",), 1)
    assert (filled.unknown, filled.waiting) == ((), ())


def test_a_system_s_own_number_is_beyond_doubt(fill):
    filled, text = fill(
        CANVAS, [Draft("Jane Doe", id="77777")], "canvas", "Steps 1-10 (1234567)"
    )
    assert (filled.unknown, text) == (("Jane Doe",), CANVAS)


def test_another_systems_number_is_not_taken_for_its_own(fill):
    filled, text = fill(CANVAS, [Draft("Nobody", id="12345")], "moodle", "Steps 1-10")
    assert (filled.unknown, text) == (("Nobody",), CANVAS)


def test_decimal_commas_stay(fill):
    drafts = [Draft("Jane", email="Jane@example.edu"), Draft("Sam Lee")]
    filled, text = fill(SWEDISH, drafts, "gradescope")
    assert text == SWEDISH.replace(";A;;", ";A;7,75;").replace("A;7,5;", "A;7,75;")
    assert filled.count == 2


def test_moodles_worksheet_is_filled_with_feedback(fill):
    drafts = [Draft(name, id=number) for number, name in NUMBERED.items()]
    filled, text = fill(MOODLE, drafts, "moodle")
    feedback = "gradmark: 77.5 of 100 points; not all checks pass in step 5-6"
    due = MOODLE.replace("grading,,,,50", "grading,,,38.75,50").replace(
        "-,\n", f"-,{feedback}\n"
    )
    due = due.replace("3.00,50", "38.75,50").replace("1.00,50", "38.75,50")
    due = due.replace('"<p>gradmark: 1 of 100 points</p>"', f'"{feedback}"')
    assert text == due
    assert (filled.count, filled.kept, filled.commented) == (3, (), ("John Roe",))
    assert filled.replaced == ("John Roe 3.00 → 38.75", "Sam Lee 1.00 → 38.75")


def test_a_worksheet_in_any_language_is_told_by_what_stands_in_it(fill):
    drafts = [Draft(name, id=number) for number, name in NUMBERED.items()]
    filled, text = fill(GERMAN, drafts, "moodle")
    assert filled.count == 2
    assert text.count(',"100,00"') == 2
    assert text.count('abgegeben,"77,5",') == 2
    assert text.count(",gradmark: 77.5 of 100 points") == 2


def test_brightspace_is_filled(fill):
    drafts = [Draft("Jane Doe"), Draft("jroe", id="jroe"), Draft("=x", id="0014")]
    filled, text = fill(BRIGHTSPACE, drafts, "nbgrader")
    assert text == re.sub(r",(2?),#", ",7.75,#", BRIGHTSPACE)
    assert filled.count == 3


def test_the_points_that_count_are_the_instructors(fill):
    drafts = [Draft("jdoe"), Draft("jroe"), Draft("slee")]
    given = row("jdoe", status="unreadable", score=0.0, points=50.0, checks={},
                override=Override(50.0, "=shown in class"))  # fmt: skip
    filled, text = fill(
        BRIGHTSPACE,
        drafts,
        jdoe=given,
        jroe=row("jroe", status="nothing", points=None),
        slee=row("slee", 100.0),
    )
    assert text == BRIGHTSPACE.replace("Jane,,", "Jane,5,").replace("Sam,,", "Sam,10,")
    assert filled.waiting == ("jroe",)
    given = msgspec.structs.replace(given, student="Jane Doe")
    _filled, text = fill(MOODLE, [Draft("Jane Doe")], **{"Jane Doe": given})
    assert ",gradmark: 50 of 100 points (by hand: =shown in class)\n" in text
    assert fill(text, [Draft("Jane Doe")])[0].commented == ()


@pytest.mark.parametrize(
    ("drafts", "layout"),
    [
        ([Draft("jdoe"), Draft("x", id="0012")], "names"),
        ([Draft("Roe, John", id="0012")], "gradescope"),
        ([Draft("John Roe", id="0012")], "gradescope"),
        ([Draft("jdoe", id="jdoe")], "github"),
        ([Draft("jdoe", id="jdoe")], "classroom50"),
        ([Draft("0012", id="7")], "gradescope"),
        ([Draft("Jane")], "folders"),
        ([Draft("")], "folders"),
    ],
)
def test_who_is_not_alone_in_a_row_has_none(fill, drafts, layout):
    filled, text = fill(BRIGHTSPACE, drafts, layout)
    assert text == BRIGHTSPACE
    assert len(filled.unknown) == len(drafts)


def test_two_of_a_name_in_an_export_are_nobodys(fill):
    twice = BRIGHTSPACE.replace("Roe,John", "Doe,Jane")
    filled, text = fill(twice, [Draft("Jane Doe")])
    assert (text, filled.unknown) == (twice, ("Jane Doe",))
    assert fill(twice, [Draft("Jane Doe", id="0013")], "gradescope")[0].count == 1


NUMBERLESS = CANVAS.replace(" (1234567)", "").replace(" (1234568)", "")
REFUSED = [
    (
        CANVAS,
        None,
        "the column of points is unclear: name one by --column: “Steps 1-10 (1234567)”",
    ),
    (
        CANVAS,
        "Section",
        "points could go to no column of that name, only to “Steps 1-10 (1234567)”",
    ),
    (CANVAS, "ID", "points could go to no column of that name"),
    (CANVAS, "Current Score", "points could go to no column of that name"),
    (CANVAS.replace("1234568", "1234567"), "1234567", "there are several of that name"),
    (NUMBERLESS, None, "is unclear: name one by --column: “Steps 1-10”, “Quiz, old”"),
    (
        CANVAS.replace("20.00", '"1,000"'),
        "1234567",
        "how many points there are for “Steps 1-10",
    ),
    (CANVAS.replace("20.00", "1.000"), "1234567", "how many points there are for “Steps 1-10"),
    (CANVAS.replace("20.00", "0"), "1234567", "how many points there are for “Steps 1-10"),
    (
        BRIGHTSPACE.replace(":10 ", ":1.000 "),
        None,
        "it can't be told how many points there are",
    ),
    (BRIGHTSPACE, "Username", "points could go to no column of that name"),
    (BRIGHTSPACE + "#0015,#kim\n", None, "a row of it is shorter than its header"),
    (MOODLE.replace("50.00", "-"), None, "no column of it is one that points could go to"),
    (MOODLE.replace(",3.00,", ",A,"), None, "no column of it is one that points could go to"),
    ("a,b\n1,2\n", None, "it is no CSV of Canvas's or Brightspace's grades, nor Moodle's"),
    ("PK\3\4\0\0\0", None, "it is no CSV of Canvas's or Brightspace's grades, nor Moodle's"),
    ("", None, "it is no CSV of Canvas's or Brightspace's grades, nor Moodle's worksheet"),
    ('Student,ID,"', None, "a quote in it has no end, in line 1"),
]


@pytest.mark.parametrize(("text", "column", "why"), REFUSED)
def test_what_can_not_be_filled_is_one_sentence(tmp_path, text, column, why):
    (tmp_path / "e.csv").write_text(text)
    with pytest.raises(GradmarkError, match=re.escape(why)) as raised:
        Export.of(tmp_path / "e.csv", column)
    assert "\n" not in str(raised.value)


def test_a_missing_export_is_one_sentence(tmp_path):
    with pytest.raises(
        GradmarkError, match=r"--gradebook .*none.csv can't be read: No such file"
    ):
        Export.of(tmp_path / "none.csv", None)


def test_a_worksheet_of_one_student_or_of_equal_points_is_clear():
    one = "\n".join(MOODLE.splitlines()[:2])
    assert columns_of(Table(one.encode())).grade == 7
    equal = re.sub(r",[^,]*,50.00", ",7.00,50.00", MOODLE)
    assert columns_of(Table(equal.encode())).grade == 7


def test_what_became_of_an_export_is_told(fill, tmp_path, capsys):
    drafts = [Draft("jdoe"), Draft("nobody"), Draft("jroe")]
    filled, _text = fill(BRIGHTSPACE, drafts, jroe=row("jroe", None, status="ambiguous"))
    tell(filled, Export.of(tmp_path / "export.csv", None))
    column = "Steps Points Grade <Numeric MaxPoints:10 Weight:5>"
    assert capsys.readouterr().out.splitlines() == [
        f"Brightspace, column “{column}” of 10: 1 filled in, written to {filled.path}",
        "not filled in, since no row is surely and only theirs: nobody",
        "not filled in, since they have no points: jroe",
        "rows without a submission of theirs: 1",
    ]


@pytest.mark.parametrize("column", ["1234567", "Steps 1-10", "STEPS 1-10 (1234567)"])
def test_a_column_is_called_by_its_title_or_its_number(column):
    assert columns_of(Table(CANVAS.encode()), column).grade == 5


def test_canvas_may_have_names_in_two_columns(fill):
    text = CANVAS.replace("Student,ID", "LastName,FirstName,ID", 1)
    text = re.sub(r'^"(\w+), (\w+)"', r"\1,\2", text, flags=re.MULTILINE)
    text = text.replace("\n,,", "\n,,,").replace("Possible,", "Possible,,")
    filled, written = fill(text, [Draft("Jane Doe", id="u1")], "gradescope", "1234567")
    assert filled.count == 1
    assert "Doe,Jane,12345,u1,jdoe,A,15.5,3" in written


def test_a_column_of_numbers_that_are_no_points_is_never_taken():
    text = GERMAN.replace("E-Mail-Adresse,Status", "ID-Nummer,Abteilung(101),E-Mail,Status")
    text = text.replace("Doe,", "Doe,0012,101,").replace("Lee,", "Lee,0014,101,")
    assert Table(text.encode()).header[columns_of(Table(text.encode())).grade] == "Bewertung"


def test_points_that_can_not_be_changed_stay(fill):
    text = MOODLE.replace("3.00,50.00,,Yes", "3.00,50.00,,No")
    filled, written = fill(text, [Draft("John Roe", id="12346")], "moodle")
    assert (filled.kept, written) == (("John Roe",), text)


def test_a_team_s_number_is_no_students(fill):
    drafts = [Draft("Group A", id="12345"), Draft("Sam Lee", id="12347")]
    filled, _text = fill(MOODLE, drafts, "moodle")
    assert filled.unknown == ("Group A",)
    assert fill(MOODLE, drafts[:1], "moodle")[0].count == 0


def test_a_worksheet_that_hides_names_is_filled_by_numbers(fill):
    text = re.sub(r"^([^,]*),[^,]*,", r"\1,", MOODLE, flags=re.MULTILINE)
    drafts = [Draft("Participant", id=number) for number in NUMBERED]
    assert fill(text, drafts, "moodle")[0].count == 3


def test_who_shows_more_than_a_name_comes_first(fill):
    drafts = [Draft("Jane Doe"), Draft("Jane D.", email="JANE@example.edu"), Draft("John Roe")]
    filled, _text = fill(MOODLE, drafts, "gradescope")
    assert (filled.count, filled.unknown) == (2, ("Jane Doe",))


@pytest.mark.parametrize(
    "comment",
    [
        "Well done! gradmark: 100 of 100 points",
        "gradmark: 50 of 100 points. Please come and see me about step 3 - Prof.",
        "<p>gradmark: 50 of 100 points</p><p>My own remark</p>",
        "I like gradmark: it is nice",
    ],
)
def test_what_somebody_wrote_stays(fill, comment):
    text = MOODLE.replace("Well done!", comment)
    filled, written = fill(text, [Draft("John Roe", id="12346")], "moodle")
    assert filled.commented == ("John Roe",)
    assert f",-,{comment}\n" in written


@pytest.mark.parametrize(
    ("points", "possible", "due"),
    [
        (37, 12.5, "4.63"),
        (77.5, None, "77.5"),
        (100, 10, "10"),
        (0, 10, "0"),
        (33.335, 100, "33.34"),
    ],
)
def test_points_are_rounded_as_people_do(points, possible, due):
    assert cell(float(points), possible, 100.0, commas=False) == due
    assert cell(float(points), possible, 100.0, commas=True) == due.replace(".", ",")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Pat ONeill", "Pat O'Neill"),
        ("Sam (sheher)", "Sam (she/her)"),
        ("Team A-Jane Doe", "Jane Doe"),
        ("Lee_Sam", "Sam Lee"),
    ],
)
def test_moodle_removes_signs_from_names(fill, name, written):
    text = MOODLE.replace("Jane Doe", written)
    assert fill(text, [Draft(name, id="12345")], "moodle")[0].count == 1
    hidden = MOODLE.replace("Participant 12345,Jane Doe", "Teilnehmer/in12345,x")
    assert fill(hidden, [Draft("Teilnehmerin", id="12345")], "moodle")[0].count == 1


@pytest.mark.parametrize(
    ("one", "other"), [("राम", "रोमा"), ("กิน", "กัน"), ("Kim²", "Kim2"), ("Strauß", "Strauss")]
)
def test_names_that_only_look_alike_are_not_the_same(fill, one, other):
    text = BRIGHTSPACE.replace("Doe,Jane", f"{other},{other}")
    assert fill(text, [Draft(f"{one} {one}")], "teams")[0].unknown == (f"{one} {one}",)
    assert fill(text, [Draft(f"{other} {other}")], "teams")[0].count == 1


def test_what_is_known_otherwise_speaks_against_a_name(fill):
    for draft in (Draft("Jane Doe", email="prank@example.org"), Draft("Jane Doe", id="77")):
        assert fill(MOODLE, [draft], "gradescope")[0].count == 0
    assert (
        fill(MOODLE, [Draft("J", id="0012", email="prank@x.org")], "gradescope")[0].count == 0
    )
    assert (
        fill(MOODLE, [Draft("J", id="77", email="jane@example.edu")], "gradescope")[0].count
        == 1
    )


def test_a_login_is_nobodys_name(fill):
    assert fill(BRIGHTSPACE, [Draft("jane-doe", id="x")], "github")[0].count == 0
    assert fill(BRIGHTSPACE, [Draft("jane-doe", id="x")], "teams")[0].count == 1


def test_a_number_of_another_system_is_no_evidence(fill):
    for layout in ("moodle", "canvas", "teams"):
        assert fill(BRIGHTSPACE, [Draft("J", id="0012")], layout)[0].count == 0


def test_an_export_that_names_no_greatest_says_so(fill, tmp_path):
    text = BRIGHTSPACE.replace(" <Numeric MaxPoints:10 Weight:5>", "")
    _filled, written = fill(text, [Draft("jdoe")])
    assert "Jane,77.5,#" in written
    assert (
        "(points as graded: it names no greatest)"
        in Export.of(tmp_path / "export.csv", None).target
    )


def test_feedback_is_known_again_in_any_encoding(fill):
    text = MOODLE.replace("John Roe", "Jöhn Roe")
    drafts = [Draft("Jane Doe", id="12345")]
    _filled, written = fill(text, drafts, "moodle", encoding="latin-1")
    assert fill(written, drafts, "moodle", encoding="latin-1")[0].commented == ()
