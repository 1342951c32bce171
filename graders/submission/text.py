"""Decode a student's file as an editor would: by its mark, its cookie or a guess."""

import codecs
import re
import unicodedata

from graders.words import _

COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
TRUSTED = ("utf-8", "ascii", "iso8859-1", "cp1252", "cp932", "shift_jis", "euc_jp", "cp949",
           "euc_kr", "gb18030", "gbk", "gb2312", "big5")  # fmt: skip
"""The codecs that a cookie may name: character sets, nothing cleverer."""
GUESSES = ("utf-8", "cp932", "cp949", "gb18030")


class Unreadable(Exception):
    """A file that can't be read as text, with the reason in a sentence."""


def decode(content: bytes) -> str:
    """Return the text of a file, with plain newlines.  Raise Unreadable when it is none."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        guesses: tuple[str, ...] = ("utf-16",)
    elif b"\0" in content:
        raise Unreadable(_("it is not text"))
    else:
        content = content.removeprefix(codecs.BOM_UTF8)
        guesses = (*cookie(content), *GUESSES)
    for encoding in guesses:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise Unreadable(_("it is not text in any encoding known here"))


def spelt(text: str) -> str:
    """Return a text with lone surrogates as escapes, as in the names of files that are not
    UTF-8: whatever is sent or written must be encodable.
    """
    return text.encode("utf-8", "backslashreplace").decode()


def cut(text: str, most: int) -> str:
    """Return a text without its end, where it is longer than that."""
    return text if len(text) <= most else f"{text[:most]}…"


def composed(name: str) -> str:
    """Return a name that can be sent and written, composed as most systems have it."""
    return unicodedata.normalize("NFC", spelt(name))


def cookie(content: bytes) -> tuple[str, ...]:
    """Return the encoding that one of the first two lines declares, if it is a trusted one."""
    for line in content.splitlines()[:2]:
        if match := COOKIE.match(line):
            try:
                name = codecs.lookup(match[1].decode()).name
            except LookupError:
                return ()
            return (name,) if name in TRUSTED else ()
    return ()
