"""The words a student reads: English message ids, translated by gettext.

``_`` marks and translates a text.  Placeholders are filled in after the
translation (``_("no {name}").format(name=...)``), so that a translator sees one
whole sentence.  Catalogues live in ``graders/locale/LANGUAGE/LC_MESSAGES``.
"""

import gettext
from pathlib import Path

CARRIED_OVER = "carried over from your"
"""In the message of a hole: what an earlier step has already."""
LOCALES = Path(__file__).parent / "locale"

_translations = gettext.translation("gradmark", LOCALES, fallback=True)


def _(text: str) -> str:
    """Translate one student-facing text into the language of the environment."""
    return _translations.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """Translate a text that depends on a count."""
    return _translations.ngettext(one, many, count)


def place(path: str, cell: int = 0, line: int = 0) -> str:
    """Return how a place in a file, or in a cell of a notebook, is told."""
    if not cell:
        return f"{path}:{line}" if line else path
    text = _("{path}, cell {cell}, line {line}") if line else _("{path}, cell {cell}")
    return text.format(path=path, cell=cell, line=line)
