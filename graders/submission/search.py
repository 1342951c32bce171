"""Gather the files of a submission that may matter: the same from a folder as from a zip."""

from zipfile import ZipFile, ZipInfo

from graders.submission.budget import Budget
from graders.submission.entry import Entry
from graders.submission.naming import ending_of, is_called
from graders.submission.notebook import few
from graders.submission.opening import Place
from graders.words import _

DEPTH = 20
"""How deep folders are looked into."""
MOST_FILES = 1000
"""How many Python files and notebooks are taken; as many more that are called after steps."""
ENVIRONMENT = "pyvenv.cfg"
"""What tells that the folder it lies in is a virtual environment."""
SKIPPED = {"__pycache__", "__macosx", "node_modules", "site-packages", "venv", "env"}
ARCHIVES = (
    ".7z",
    ".rar",
    ".tar",
    ".tar.gz",
    ".tgz",
    ".tar.xz",
    ".tar.bz2",
    ".gz",
    ".egg",
    ".whl",
)
LIKELY = (".txt", ".docx", ".doc", ".pdf", ".rtf", ".html", ".pyc")
"""How files end that people save, or print, their work as."""


class Search:
    """What has been seen of a submission by now."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.notes: list[str] = []
        self.entries: list[Entry] = []
        self.zips: list[Entry] = []
        self.archives: list[str] = []
        """Those of other kinds, which are not opened."""
        self.misnamed: list[str] = []
        """Files that are called after a step but are none of Python's."""
        self.top: dict[str, None] = {}
        """What lies in the submission itself."""
        self.left_out = 0
        self.more_called = 0
        """How many files were taken above the limit, since they are called after steps."""

    def wants(self, name: str) -> bool:
        """Return whether a file of this name may matter."""
        lower = name.lower()
        return (
            bool(ending_of(name))
            or lower.endswith((".zip", *ARCHIVES))
            or ((lower.endswith(LIKELY) or "." not in lower) and is_called(name))
        )

    def add(self, path: str, content: Place | tuple[ZipFile, ZipInfo]) -> None:
        """Keep a file that may matter."""
        entry = Entry(path, content)
        if ending_of(entry.name):
            if len(self.entries) < MOST_FILES:
                self.entries.append(entry)
            elif self.more_called < MOST_FILES and is_called(entry.name):
                self.entries.append(entry)
                self.more_called += 1
            else:
                self.left_out += 1
        elif entry.name.lower().endswith(".zip"):
            self.zips.append(entry)
        elif entry.name.lower().endswith(ARCHIVES):
            self.archives.append(path)
        else:
            self.misnamed.append(path)

    def told(self) -> list[str]:
        """Return notes on what was not taken although it might matter."""
        notes = list(self.notes)
        if self.left_out:
            text = _(
                "{count} of the Python files and notebooks were left out: there are too many"
            )
            notes.append(text.format(count=self.left_out))
        if self.misnamed:
            text = _("not graded, since they don't end in .py or .ipynb: {files}")
            notes.append(text.format(files=few(self.misnamed)))
        return notes


def is_searched(folder: str) -> bool:
    """Return whether a folder may hold a student's work."""
    return not folder.startswith(".") and folder.lower() not in SKIPPED
