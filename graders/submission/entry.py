"""One file of a submission: how much of it may be read, and which step it is."""

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graders.submission.text import Unreadable, decode
from graders.syllabus import SYLLABUS
from graders.words import _

FILE_BYTES = 256 << 10
NOTEBOOK_BYTES = 32 << 20
"""What may be read of one file, or of one notebook: plots make it large."""
BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How a zip may be packed: these unpack no more at a time than is asked for."""
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
COPY = r"(?:(?:copy of|kopie von|copia de|복사본|사본|コピー)[ _~〜～-]*|[「“\"])*"
"""What programs write before the name of a copy."""
STEP_NAME = re.compile(rf"({COPY})step[ _-]?0*(\d{{1,2}})(?!\d)(.*)\.(py|ipynb)", re.IGNORECASE)
AND_SIX = re.compile(r"[ _-]?0*6(?!\d)")


@dataclass(frozen=True)
class Entry:
    """A file that may be read: from a folder or from a zip."""

    path: str
    size: int
    content: "Path | tuple[zipfile.ZipFile, str]"

    @property
    def is_notebook(self) -> bool:
        """Return whether it is a notebook by its name."""
        return self.path.lower().endswith(".ipynb")

    @property
    def folder(self) -> str:
        """Return the folder that it lies in, relative to the submission."""
        return self.path.rpartition("/")[0]

    @property
    def module(self) -> str:
        """Return the path that it is imported by."""
        return self.path.rpartition(".")[0] + ".py"

    @property
    def limit(self) -> int:
        """Return how many bytes may be read of it."""
        return NOTEBOOK_BYTES if self.is_notebook else FILE_BYTES

    def read(self) -> bytes:
        """Return the file's bytes, at most one more than is allowed.  Raise Unreadable."""
        try:
            if isinstance(self.content, Path):
                with open(self.content, "rb") as file:
                    return file.read(self.limit + 1)
            archive, name = self.content
            if archive.getinfo(name).compress_type not in BOUNDED:
                raise Unreadable(_("it is packed in a way that is not read here"))
            with archive.open(name) as member:
                return member.read(self.limit + 1)
        except PermissionError as error:
            raise Unreadable(_("it can't be opened: permission denied")) from error
        except (OSError, RuntimeError, ValueError, *BROKEN_ZIP) as error:
            raise Unreadable(_("it can't be read")) from error

    def whole(self, content: bytes) -> bytes:
        """Return what has been read of the file, if that is all.  Raise Unreadable."""
        if len(content) > self.limit:
            text = _("it is larger than {limit} KiB")
            raise Unreadable(text.format(limit=self.limit >> 10))
        return content

    def text(self) -> str:
        """Return the file's text.  Raise Unreadable with the reason."""
        return decode(self.whole(self.read()))


def choose(entries: Iterable[Entry], notes: list[str]) -> dict[str, Entry]:
    """Return the best file for each step: the plainest name, in the folder with most steps.

    Step 5 is theory; a file called after it counts as step 6 where there is no other.
    """
    listed = [(meant, entry) for entry in entries if (meant := step_meant(entry))]
    chosen = best([(meant, entry) for meant, entry in listed if meant[0] != "step05"], notes)
    if "step06" not in chosen:
        fives = [(("step06", *meant[1:]), e) for meant, e in listed if meant[0] == "step05"]
        chosen |= best([five for five in fives if five[1].size], notes)
    return chosen


def step_meant(entry: Entry) -> tuple[str, int, str] | None:
    """Return the step that a file is called after, how plainly (0 is best), and its name."""
    filename = entry.path.rpartition("/")[2]
    match = STEP_NAME.fullmatch(unicodedata.normalize("NFC", filename))
    if not match:
        return None
    copy, number, rest, ending = match[1], int(match[2]), match[3], match[4]
    if number == 5 and AND_SIX.match(rest):
        number, rest = 6, AND_SIX.sub("", rest, 1)
    return f"step{number:02}", bool(copy or rest) + 2 * (ending.lower() != "py"), filename


def best(
    candidates: list[tuple[tuple[str, int, str], Entry]], notes: list[str]
) -> dict[str, Entry]:
    """Return one file for each step; say so when another folder had some as well."""
    found: dict[str, dict[str, list[tuple[tuple[str, int, str], Entry]]]] = {}
    graded = {unit.step for unit in SYLLABUS}
    for meant, entry in candidates:
        if meant[0] in graded:
            folder = entry.path.rpartition("/")[0]
            found.setdefault(folder, {}).setdefault(meant[0], []).append((meant, entry))
    folders = sorted(found, key=lambda folder: (-len(found[folder]), folder.count("/"), folder))
    chosen: dict[str, Entry] = {}
    for folder in folders:
        passed_over = sorted(step for step in found[folder] if step in chosen)
        if passed_over:
            text = _("{folder}/ has {steps} too, passed over for {other}/")
            other = chosen[passed_over[0]].path.rpartition("/")[0] or "."
            notes.append(
                text.format(folder=folder or ".", steps=", ".join(passed_over), other=other)
            )
        for step, files in found[folder].items():
            chosen.setdefault(step, min(files, key=lambda file: file[0][1:])[1])
    return {step: chosen[step] for step in sorted(chosen)}
