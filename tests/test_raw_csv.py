"""Single cells of a table change, and nothing else of its bytes."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.classroom.raw_csv import Table
from graders.errors import GradmarkError

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=8)
WILD = TEXT | st.text("a,;\t\"\n'=", max_size=6)


@st.composite
def written(draw):
    """Draw a table: its rows, its delimiter, and its bytes."""
    width = draw(st.integers(2, 4))
    delimiter, end = draw(st.sampled_from(",;\t")), draw(st.sampled_from(["\n", "\r\n"]))
    header = [f"c{number}" for number in range(width)]
    rows = draw(
        st.lists(st.lists(WILD, min_size=width, max_size=width), min_size=1, max_size=4)
    )
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows([header, *rows])
    text = file.getvalue()
    text = text if draw(st.booleans()) else text.removesuffix(end)
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    return [header, *rows], delimiter, text.encode(encoding), encoding


def read(content, delimiter, encoding):
    """Return the rows of a table as the standard library reads them."""
    text = content.decode(encoding)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@given(written())
def test_a_table_is_read_as_others_read_it(drawn):
    rows, delimiter, content, encoding = drawn
    table = Table(content)
    assert [[cell.text for cell in row] for row in table.rows] == rows
    assert read(content, delimiter, encoding) == rows
    assert table.content() == content


@given(written(), st.data())
def test_only_the_cell_that_is_changed_changes(drawn, data):
    rows, delimiter, content, encoding = drawn
    table = Table(content)
    row = data.draw(st.integers(1, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[0]) - 1))
    text = data.draw(WILD)
    table.change(row, column, text)
    rows[row][column] = text
    assert read(table.content(), delimiter, encoding) == rows
    cell = table.rows[row][column]
    before = len(table.whole[: cell.start].encode(table.encoding)) + len(table.mark)
    after = len(table.whole[cell.end :].encode(table.encoding))
    assert table.content()[:before] == content[:before]
    assert table.content()[len(table.content()) - after :] == content[len(content) - after :]


def test_rows_without_cells_are_none():
    table = Table(b"a,b\r\n\r\n1,2\r\n\r\n")
    assert [[cell.text for cell in row] for row in table.rows] == [["a", "b"], ["1", "2"]]


def test_a_row_may_be_short():
    table = Table(b"a,b,c\n1\nx,y\n")
    assert (table.text(1, 0), table.text(1, 2), table.text(2, 1)) == ("1", "", "y")


def test_what_no_encoding_fits_stays_byte_for_byte():
    content = "Näme,b\nÄnn,\n".encode("cp1252")
    table = Table(content)
    table.change(1, 1, "5–6")
    assert table.content() == content.replace(b",\n", b",5?6\n")


@pytest.mark.parametrize("content", [b'a,b\n"1,2\n', b'a,b\n1,"2""\n', b"\xff\xfea"])
def test_what_is_no_table_is_one_sentence(content):
    with pytest.raises(GradmarkError, match=r"a quote in it has no end, in line 2|is not text"):
        Table(content)
