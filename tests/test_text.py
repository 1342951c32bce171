"""Text: a file is decoded as an editor would, and by no codec that does more."""

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graders.submission.text import Unreadable, decode, spelt

JAPANESE = "# 変数のクラス\nx = 'あいう'\n"


@pytest.mark.parametrize(
    "content",
    [
        JAPANESE.encode(),
        codecs.BOM_UTF8 + JAPANESE.encode(),
        JAPANESE.encode("shift_jis"),
        JAPANESE.encode("utf-16"),
        codecs.BOM_UTF16_BE + JAPANESE.encode("utf-16-be"),
        JAPANESE.replace("\n", "\r\n").encode(),
        JAPANESE.replace("\n", "\r").encode("cp932"),
    ],
    ids=["utf-8", "bom", "shift-jis", "utf-16", "utf-16-be", "crlf", "cr"],
)
def test_a_file_is_decoded_by_its_mark_or_a_guess(content):
    assert decode(content) == JAPANESE


@pytest.mark.parametrize(
    ("cookie", "text"),
    [
        ("euc-jp", JAPANESE),
        ("shift_jis", JAPANESE),
        ("latin-1", "# déjà vu\n"),
        ("cp1252", "# “déjà vu”\n"),
        ("euc-kr", "# 변수\n"),
        ("gbk", "# 变量\n"),
        ("big5", "# 變數\n"),
    ],
)
@pytest.mark.parametrize(
    "line", ["# -*- coding: {} -*-\n", "#!/usr/bin/python\n# vim: fileencoding={}\n"]
)
def test_a_cookie_that_names_a_character_set_is_believed(cookie, text, line):
    text = line.format(cookie.upper()) + text
    assert decode(text.encode(cookie)) == text


def test_a_cookie_counts_in_the_first_two_lines_only():
    assert decode("\n\n# coding: latin-1\n# あ\n".encode()).endswith("# あ\n")


@pytest.mark.parametrize(
    "cookie",
    ["rot13", "rot_13", "hex", "zlib", "bz2", "base64", "uu", "quopri", "punycode", "idna",
     "unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "nonsense", "..", ".", "-",
     "encodings", "aliases", "os.path", "mbcs", "utf_16", "a" * 5000],
)  # fmt: skip
def test_a_hostile_cookie_is_not_obeyed(cookie):
    text = f"# coding: {cookie}\nprint(1)  # あ\n"
    assert decode(text.encode()) == text


@pytest.mark.parametrize("content", [b"\0", b"x = 1\0", b"\x80\x81\xff\xff", b"\xff\xfeA"])
def test_what_is_no_text_is_refused(content):
    with pytest.raises(Unreadable, match="not text"):
        decode(content)


@given(st.binary(max_size=64))
@example(b"# coding: idna\n\xff")
def test_any_bytes_are_text_or_refused(content):
    try:
        text = decode(content)
    except Unreadable:
        return
    assert "\r" not in text
    assert text.encode().decode() == text


@given(st.text().filter(lambda text: "\r" not in text and "\0" not in text))
def test_utf8_comes_back_as_it_was_but_for_a_cookie(text):
    assert decode(("# coding: utf-8\n" + text).encode()) == "# coding: utf-8\n" + text


@given(st.text(st.characters(codec=None, exclude_categories=())))
@example("\udc83")
def test_a_text_spelt_out_can_be_encoded(text):
    assert spelt(text).encode().decode() == spelt(text)
    assert spelt(spelt(text)) == spelt(text)
