"""Correct solutions in other shapes than the reference: a fair grader gives each full marks.

Each ``stepNN_NAME.py`` is the file ``stepNN.py`` of a submission; a folder of such a name is a
submission as it is, for what hangs on the names of files, on folders or on siblings.  The file
that is graded begins with a line that says what is unusual about it.  They are left as people
write them: in their own style, and some not in UTF-8.
"""

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Solution:
    """A correct solution of one step."""

    name: str
    step: str
    files: dict[str, bytes]
    """Its files, by their paths in the submission."""


def read(path: Path) -> Solution:
    """Return the solution in a file, or in a folder."""
    step, _underscore, _name = path.stem.partition("_")
    if path.is_file():
        return Solution(path.stem, step, {f"{step}.py": path.read_bytes()})
    inside = sorted(file for file in path.rglob("*") if file.is_file())
    files = {file.relative_to(path).as_posix(): file.read_bytes() for file in inside}
    own = {name: content for name, content in files.items() if "__pycache__" not in name}
    return Solution(path.name, step, own)


SOLUTIONS = tuple(map(read, sorted(HERE.glob("step*"))))
