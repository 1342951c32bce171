"""Say why no step was found, and what to do: never a silent zero."""

from collections.abc import Sequence

from graders.submission.contents import Contents
from graders.submission.entry import Entry
from graders.submission.notebook import few
from graders.words import _


def nothing_found(entries: Sequence[Entry], contents: Contents) -> list[str]:
    """Return notes on files of which none holds a step."""
    scripts = [entry.path for entry in entries if not entry.is_notebook]
    notebooks = [entry.path for entry in entries if entry.is_notebook]
    notes = []
    if scripts:
        text = _(
            "no Python file is called like step01.py, or has a comment such as “# Step 1” "
            "above each step: {files}"
        )
        notes.append(text.format(files=few(scripts)))
    if notebooks:
        text = _(
            "no heading names a step in {files}: write one such as “# Step 3” above each step, "
            "or call the notebook after its step, such as step03.ipynb"
        )
        notes.append(text.format(files=few(notebooks)))
    return notes
