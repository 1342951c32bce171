"""Solutions in notebooks: one a step or one for all, however cut, stored and disturbed."""

import json
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from handed_in.solutions import IMPORT, Solution

Files = dict[str, bytes]
Cell = tuple[str, str]
"""A kind and a text."""
WIDE, CHINESE = "０１２３４５６７８９", "〇一二三四五六七八九"

# --- cells


def said(step: str, form: str) -> str:
    """Return how a form names a step."""
    n = int(step.removeprefix("step"))
    return form.format(n=n, nn=f"{n:02}", wide=WIDE[n], chinese=CHINESE[n])


def headed(solution: Solution, form: str = "# Step {n}") -> list[Cell]:
    """Return the cells of one notebook, with a heading above each step."""
    cells = [("markdown", "# My notes\nnothing yet")]
    for step, codes in solution.items():
        cells += [("markdown", said(step, form)), *(("code", code) for code in codes)]
    return cells


def remarked(solution: Solution, form: str = "# Step {n}") -> list[Cell]:
    """Return the cells of one notebook, with a comment in the first cell of each step."""
    cells = [("markdown", "# My notes\nnothing yet")]
    for step, codes in solution.items():
        cells += [("code", f"{said(step, form)}\n{code}") for code in codes[:1]]
        cells += [("code", code) for code in codes[1:]]
    return cells


# --- files


def stored(
    cells: Iterable[Cell],
    listed: bool = True,
    escaped: bool = True,
    newline: str = "\n",
    outputs: Iterable[Any] = (),
) -> bytes:
    """Return a notebook in version 4 of the format."""
    made = []
    for kind, text in cells:
        text = text.replace("\n", newline)
        source = text.splitlines(keepends=True) if listed else text
        results = {"execution_count": None, "outputs": [*outputs]} if kind == "code" else {}
        made.append({"cell_type": kind, "metadata": {}, "source": source} | results)
    whole = {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(whole, ensure_ascii=escaped, indent=1).encode()


def old(cells: Iterable[Cell]) -> bytes:
    """Return a notebook in version 3 of the format."""
    made: list[dict[str, Any]] = []
    for kind, text in cells:
        if kind == "code":
            made.append({"cell_type": kind, "input": text, "language": "python", "outputs": []})
        else:
            made.append({"cell_type": "heading", "level": 1, "source": text.lstrip("# ")})
    sheets = [{"cells": made}]
    whole = {"metadata": {}, "nbformat": 3, "nbformat_minor": 0, "worksheets": sheets}
    return json.dumps(whole).encode()


# --- arrangements


def one(
    solution: Solution,
    name: str = "DeZero.ipynb",
    cut: Callable[[Solution], list[Cell]] = headed,
    store: Callable[[list[Cell]], bytes] = stored,
) -> Files:
    """Return one notebook for all steps."""
    return {name: store(cut(solution))}


def each(solution: Solution, name: str = "step{nn}.ipynb") -> Files:
    """Return a notebook for each step, which has all that it needs."""
    files: Files = {}
    cells: list[Cell] = [("markdown", "# notes")]
    for step, codes in solution.items():
        cells += [("code", code) for code in codes]
        files |= {said(step, name): stored(cells)} if codes else {}
    return files


def linked(solution: Solution, line: str) -> Files:
    """Return a notebook for each step, which brings in the one before."""
    files: Files = {}
    above: list[str] = []
    for step, codes in solution.items():
        if codes:
            files[f"{step}.ipynb"] = stored(("code", c) for c in [*above, IMPORT, *codes])
            above = [line.format(step)]
    return files


def disturbed(solution: Solution, scratch: str) -> list[Cell]:
    """Return the cells of one notebook with some scratch between all others."""
    return [part for cell in headed(solution) for part in (cell, ("code", scratch))]


FORMS = (
    "# Step {n}", "## Step {nn}: title", "### STEP{n}", "#Step {n}", "## step_{nn}",
    "## Step. {n} x", "## ステップ{n}", "## ステップ{wide}　題", "# 스텝 {n}",
    "## {n}단계 : 변수", "## 제{n}단계", "# 第{n}步", "# 第{chinese}步 变量",
    "## 第{n}ステップ", "# 步骤{n}",
    "# Chapter 1 Step {n}", "# 第1章 ステップ{n}", "# 제1고지 - Step {n}", "# {n} Title",
    "## {n}. Title", "# {n}) title", "### {n}.1 A part", "**Step {n}: bold**", "__Step {n}__",
    "<h2>Step {n}</h2>", "<h3 align='center'>ステップ {n}</h3>", "Step {n}\n===",
    "prose\n\n# Step {n}\n\nmore", "# 🎉 Step {n}", "# [Step {n}](https://x.y)",
    "# Step {n}\n### Step 1: aim\n### Step 2: code", "## Step {n} (of 10)", "# 章 - Step {n}",
    "# DeZero step {n}", "# Step {n}\n## Step {n}-1", "Step {n}: all in plain words",
)  # fmt: skip
REMARKS = (
    "# Step {n}", "#- step{n}.상자", "# ステップ{n}", "#@title Step {n}", "# %% [step {n}]",
    "'''Step {n}'''", "########\n# Step {n}\n########", "# me\nimport math\n# step {n}",
)  # fmt: skip
NAMES = (
    "step{n}.ipynb", "Step {n}.ipynb", "step_{nn}_title.ipynb", "STEP{nn}.IPYNB",
    "steps/step{nn}.ipynb", "Copy of step{nn}.ipynb", "Copy of Copy of step{n}.ipynb",
    "step{nn} (1).ipynb", "step{nn}-Copy1.ipynb", "step{nn} - コピー.ipynb",
    "「step{nn}.ipynb」のコピー.ipynb", "step{nn}.ipynb의 사본.ipynb",
)  # fmt: skip
PICTURE = {"output_type": "display_data", "data": {"image/png": "iVBO" * 300_000}}
NUMBER = {"output_type": "execute_result", "data": {"application/json": float("nan")}}
STORED: dict[str, Callable[[list[Cell]], bytes]] = {
    "as texts": partial(stored, listed=False),
    "without escapes": partial(stored, escaped=False),
    "with Windows' newlines": partial(stored, newline="\r\n"),
    "with a mark": lambda cells: b"\xef\xbb\xbf" + stored(cells),
    "in UTF-16": lambda cells: stored(cells).decode().encode("utf-16"),
    "with pictures": partial(stored, outputs=[PICTURE]),
    "with NaN": partial(stored, outputs=[NUMBER]),
    "in version 3": old,
}
SCRATCH = {
    "scratch": "x = (1",
    "the book's own demo": "Variable('a', 'b')",
    "failing asserts": "assert 1 + 1 == 3, 'hm'",
    "questions": "name = input('your name? ')",
    "exits": "import sys; sys.exit('done')",
    "interrupts": "raise KeyboardInterrupt",
    "shell commands": "!pip install -q numpy\nfiles = !ls\nprint(files)",
    "magics": "%matplotlib inline\n%config InlineBackend.figure_format = 'svg'\n%time z = 1",
    "timed cells": "%%time\nsum(range(100))",
    "captured cells": "%%capture --no-stderr\nprint('quiet')",
    "web pages": "%%html\n<b>note</b>",
    "shell scripts": "%%bash\nls -l\nexit 1",
    "help": "?print",
    "plots": "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2]);",
    "mounted drives": "from google.colab import drive\ndrive.mount('/content/drive')",
    "what awaits": "import asyncio\nawait asyncio.sleep(0)",
    "displayed values": "from IPython.display import display, HTML\ndisplay(HTML('x'))\n42",
    "comments": "# not yet\n# really",
}
"""Cells that people leave between the others."""
ENDS = "import os\nos._exit(1)"

EVERY_SOLUTION: dict[str, Callable[[Solution], Files]] = {
    "a notebook a step": each,
    "one notebook": one,
    "one notebook, in comments": partial(one, cut=remarked),
    "notebooks that run one another": partial(linked, line="%run {}.ipynb"),
    "notebooks that import one another": partial(
        linked, line="import import_ipynb\nfrom {} import *"
    ),
}
"""Arrangements that every solution is put into."""
ONE_SOLUTION: dict[str, Callable[[Solution], Files]] = {
    **{f"notebooks called {name}": partial(each, name=name) for name in NAMES},
    **{f"headings {form!r}": partial(one, cut=partial(headed, form=form)) for form in FORMS},
    **{f"remarks {form!r}": partial(one, cut=partial(remarked, form=form)) for form in REMARKS},
    **{f"stored {how}": partial(one, store=store) for how, store in STORED.items()},
    **{
        f"among {what}": partial(one, cut=partial(disturbed, scratch=cell))
        for what, cell in SCRATCH.items()
    },
    "with a cell that ends the process": partial(
        one, cut=lambda solution: [("code", ENDS), *headed(solution)]
    ),
}
"""Arrangements that one solution is enough for."""
ALONE: dict[str, Callable[[Solution], Files]] = {
    "a notebook by itself": one,
    "a notebook of another name by itself": partial(one, name="과제 (최종).ipynb"),
}
"""Arrangements in one file, which is handed in as such."""
