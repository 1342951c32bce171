"""Python files, folders and zips of solutions, named and arranged as people do."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from handed_in.notebooks import Files, headed, remarked, said, stored
from handed_in.solutions import Solution

TEMPLATE = """import numpy as np

class Variable:
    def __init__(self, data):
        raise NotImplementedError("fill in: Variable.__init__")
"""
"""An untouched file: every function in it is a hole."""
OTHER = "class Variable:\n    def __init__(self, data):\n        self.data = 0\n"
"""Work that is not as good."""

# --- texts


def whole(solution: Solution) -> dict[str, str]:
    """Return the text of each step that was worked on, with all code that it needs."""
    texts, above = {}, []
    for step, cells in solution.items():
        above += cells
        if cells:
            texts[step] = one_text(above)
    return texts


def one_text(cells: Iterable[str]) -> str:
    """Return cells as one file, which asks ``__future__`` first."""
    lines = "\n\n\n".join(cells).split("\n")
    ahead = [line for line in lines if "__future__" in line]
    return "\n".join([*ahead, *(line for line in lines if line not in ahead), ""])


def linked(solution: Solution, line: str = "from {module} import {names}") -> dict[str, str]:
    """Return the text of each step, which imports what it uses of the earlier ones."""
    texts: dict[str, str] = {}
    homes: dict[str, str] = {}
    for step, cells in solution.items():
        own = "\n\n\n".join(cells)
        used = [name for name in homes if re.search(rf"\b{name}\b", own)]
        head = [line.format(module=homes[name], names=name) for name in used]
        if cells:
            texts[step] = one_text(["import numpy as np", *head, own])
        homes |= dict.fromkeys(re.findall(r"(?m)^class (\w+)", own), step)
    return texts


# --- arrangements


def named(
    solution: Solution,
    form: str = "step{nn}.py",
    texts: Callable[[Solution], Mapping[str, str]] = whole,
    encoding: str = "utf-8",
) -> Files:
    """Return a file for each step, or a folder with one."""
    return {said(s, form): t.encode(encoding, "replace") for s, t in texts(solution).items()}


def beside(solution: Solution, others: Mapping[str, str], form: str = "step{nn}.py") -> Files:
    """Return a file for each step, and others for each by what they are called."""
    files = named(solution, form)
    for step in whole(solution):
        files |= {said(step, name): text.encode() for name, text in others.items()}
    return files


def in_one(solution: Solution, name: str, form: str = "# Step {n}") -> Files:
    """Return one file, in which a comment stands above each step."""
    code = [text for kind, text in remarked(solution, form) if kind == "code"]
    return {name: one_text(code).encode()}


def in_parts(solution: Solution, form: str) -> Files:
    """Return a file for each cell, numbered within its step."""
    files: Files = {}
    above: list[str] = []
    for step, cells in solution.items():
        for part, cell in enumerate(cells, 1):
            first = above if part == 1 else []
            files[said(step, form).replace("P", str(part))] = "\n\n".join(
                [*first, cell]
            ).encode()
        above += cells
    return files


def half_and_half(solution: Solution) -> Files:
    """Return the first step as a file and the others in a notebook beside it."""
    first = next(step for step, cells in solution.items() if cells)
    rest = {"work.ipynb": stored(headed(solution))}
    return {f"{first}.py": whole(solution)[first].encode(), **rest}


class Named(zipfile.ZipInfo):
    """A member whose name is stored in an encoding that nothing tells of."""

    encoding = "utf-8"

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode(self.encoding), self.flag_bits & ~0x800


def packed(
    solution: Solution,
    arrange: Callable[[Solution], Files] = named,
    encoding: str = "",
    slash: str = "/",
    inside: str = "",
) -> Files:
    """Return a zip, maybe in a folder of another."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path, text in arrange(solution).items():
            info = Named(path)
            info.filename = path.replace("/", slash)
            info.encoding = encoding or "utf-8"
            archive.writestr(info if encoding else path, text)
    if inside:
        return packed(solution, lambda _solution: {inside: content.getvalue()})
    return {"mine.zip": content.getvalue()}


NAMES = (
    "step{n}.py", "Step_{nn}.PY", "step{nn}_title.py", "STEP {n} - x.py", "steps{nn}.py",
    "20231234_kim_step{n}.py", "step{nn}.py.txt", "step{nn}.pyw", "ステップ{wide}.py",
    "第{chinese}步.py", "{n}단계.py", "Schritt {n}.py", "{nn}.py", "{n}. x.py",
    "setp{nn}.py", "step{nn} (1).py", "step{nn} - コピー.py",
)  # fmt: skip
FOLDERS = (
    "steps/step{nn}.py", "a/b/c/d/e/step{n}.py", "step{nn}/main.py", "step {n}/Untitled.py",
    "step{nn}/step{nn}.py", "step{nn}/src/x.py", "week{n}/step{n}.py", "제{n}단계/코드.py",
)  # fmt: skip
BESIDE = {
    "an untouched template": {"step{nn}.py": TEMPLATE},
    "a template elsewhere": {"student_template/step{nn}.py": TEMPLATE},
    "an old version": {"old/step{nn}.py": OTHER},
    "a backup below": {"work/steps_backup/step{nn}.py": OTHER},
    "an archive": {"archive/2023/step{nn}.py": OTHER},
    "another course": {"kaggle/step{n}.py": "print('Step: load the data')"},
    "compiled files": {"work/__pycache__/step{nn}.cpython-311.pyc": "x"},
    "a virtual environment": {"myenv/pyvenv.cfg": "x", "myenv/lib/step{nn}.py": OTHER},
}
"""What lies beside files called ``work/step01 (1).py``."""
SHARED = "from common import *\n"

EVERY_SOLUTION: dict[str, Callable[[Solution], Files]] = {
    "a file a step": named,
    "files that import what they use": partial(named, texts=linked),
    "files that import from a package": partial(
        named,
        form="steps/step{nn}.py",
        texts=partial(linked, line="from steps.{module} import {names}"),
    ),
    "one file, cut at comments": partial(in_one, name="step01-03.py"),
    "files and a notebook": half_and_half,
    "a zip": packed,
}
"""Arrangements that every solution is put into."""
ONE_SOLUTION: dict[str, Callable[[Solution], Files]] = {
    **{f"files called {form}": partial(named, form=form) for form in (*NAMES, *FOLDERS)},
    **{f"beside {what}": partial(beside, others=others, form="work/step{nn} (1).py")
       for what, others in BESIDE.items()},
    "files that import what they use, relatively": partial(
        named,
        form="pkg/step{nn}.py",
        texts=partial(linked, line="from .{module} import {names}"),
    ),
    "files that import modules": partial(
        named, texts=partial(linked, line="import {module}\n{names} = {module}.{names}")
    ),
    "one file of another name": partial(in_one, name="dezero.py"),
    "one file called after the first step": partial(in_one, name="step1.py"),
    "one file with banners": partial(in_one, name="all.py", form="# ---- step {n} ----"),
    "numbered parts": partial(in_parts, form="step{nn}-P.py"),
    "numbered parts in a folder": partial(in_parts, form="step{n}/P_x.py"),
    "two equal folders": lambda solution: {**named(solution, "a/step{nn}.py"),
                                           **named(solution, "b/step{nn}.py")},
    **{f"text in {encoding}": partial(named, encoding=encoding)
       for encoding in ("utf-8-sig", "utf-16", "cp932")},
}  # fmt: skip
"""Arrangements that one solution is enough for."""
PACKED: dict[str, Callable[[Solution], Files]] = {
    "a zip with backslashes": partial(
        packed, arrange=partial(named, form="a/step{nn}.py"), encoding="ascii", slash="\\"
    ),
    "a zip in a zip": partial(packed, inside="hand in/steps.zip"),
    **{
        f"a zip in {encoding}": partial(
            packed, arrange=partial(named, form=form), encoding=encoding, slash=slash
        )
        for encoding, form, slash in (
            ("cp932", "表ソ能/ステップ{n}.py", "/"),
            ("cp932", "表ソ能/ステップ{n}_予.py", "\\"),
            ("cp949", "과제/{n}단계 변수.py", "/"),
            ("gb18030", "作业/步骤{n}.py", "/"),
            ("utf-8", "課題/ステップ{n}.py", "/"),
        )
    },
}
"""Zips: what is handed in is the only file."""
