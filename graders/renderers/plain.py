"""Make a student's text harmless to show: nothing in it steers the terminal, nor CI's log."""

import re
import unicodedata

STEERING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Unicode's categories of control, format (bidirectional ones too) and unassigned codes."""
COMMAND = re.compile(r"::(?=[\w-]+( [^\n]*)?::)")
"""How a command to GitHub's runner begins, after blanks alone: wrapping may put it there."""
OLD_COMMAND = re.compile(r"##(?=\w*\[)")
"""How one begins in the older spelling, or to Azure's and TeamCity's, anywhere in a line."""


def plain(text: str) -> str:
    """Return a text with all but newlines and visible characters spelt out as escapes."""
    shown = "".join(visible(character) for character in text.expandtabs(4))
    return OLD_COMMAND.sub(r"#\\x23", COMMAND.sub(r"\\x3a:", shown))


def one_line(text: str) -> str:
    """Return a text such as a file's name made plain, its newlines spelt out as well."""
    return plain(text).replace("\n", "\\n")


def visible(character: str) -> str:
    """Return a character, or its escape if it is none to be seen."""
    if character == "\n" or unicodedata.category(character) not in STEERING:
        return character
    return character.encode("unicode_escape").decode()
