"""Lay a script out beside a student's file, in at most a dozen lines."""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graders.feedback.excerpt import compact
from graders.feedback.showing import steady
from graders.words import _

MOST_LINES, MOST_CHARACTERS = 12, 2000
"""What a script may have, so that it can be pasted."""


@dataclass(frozen=True)
class Beside:
    """The student's file, which a script is run beside."""

    step: str
    name: str
    """Its name, without the folder."""
    stops: bool = False
    """Whether an exception or an exit ends it early."""
    cell: int = 0
    """The last cell that is the step's own, in a notebook."""
    lent: Mapping[str, str] = field(default_factory=dict)
    """Names that it does not bring in, and the modules that do."""
    misspelt: Mapping[str, str] = field(default_factory=dict)
    """Names that it lacks, and what it calls almost alike."""

    @property
    def is_notebook(self) -> bool:
        """Return whether a script is for a cell of its own, where all names are there."""
        return self.cell > 0

    @property
    def module(self) -> str:
        """Return what Python calls it, if it can be imported by a name."""
        return self.name.removesuffix(".py")

    def imports(self, names: Sequence[str]) -> list[str]:
        """Return lines that bring names of it, whatever it is called."""
        lent = [
            f"from {self.lent[name]} import {name}"
            if all(part.isidentifier() for part in self.lent[name].split("."))
            else f"{name} = __import__('sys').modules[{self.lent[name]!r}].{name}"
            for name in names
            if name in self.lent
        ]
        own = [self.misspelt.get(name, name) for name in names if name not in self.lent]
        meant = [f"{name} = {self.misspelt[name]}" for name in names if name in self.misspelt]
        return [*self.own_imports(own), *lent, *meant]

    def own_imports(self, names: Sequence[str]) -> list[str]:
        """Return lines that bring names which it brings itself."""
        if self.is_notebook:
            name = self.name if self.name.isprintable() else _("your notebook")
            text = _("# restart {notebook}, run it down to cell {cell}; then, in a new cell:")
            return [text.format(notebook=name, cell=self.cell)]
        if not names:
            return []
        if self.stops:
            return [
                f"try: __name__ = {self.module!r}; exec(open({self.name!r}, 'rb').read())",
                "except BaseException: pass  # it stops early, and this goes on",
            ]
        if self.module.isidentifier():
            return [f"from {self.module} import {', '.join(names)}"]
        return ["import runpy", f"globals().update(runpy.run_path({self.name!r}))"]

    def import_alone(self, due: str, name: str = "") -> str:
        """Return a script that only imports it, or one name of it."""
        if self.is_notebook:
            return "\n".join([*self.own_imports([name]), name + comment(due)])
        if not self.module.isidentifier():
            taken = f"[{name!r}]" if name else ""
            return f"import runpy\n\nrunpy.run_path({self.name!r}){taken}{comment(due)}"
        line = f"from {self.module} import {name}" if name else f"import {self.module}"
        return line + comment(due)

    def import_whole(self) -> str:
        """Return a line that imports it under the name of its step."""
        if self.is_notebook:
            return f"import __main__ as {self.step}"
        if not self.module.isidentifier():
            return f"{self.step} = __import__({self.module!r})"
        return f"import {self.module}" + f" as {self.step}" * (self.module != self.step)

    def run(self, script: str) -> str:
        """Return an author's script, which imports ``stepNN`` or names of it, for this file."""
        head = f"from {self.step} import "
        lines: list[str] = []
        for line in script.rstrip().splitlines():
            if line.startswith(head):
                lines += self.imports(line.removeprefix(head).split(", "))
            else:
                lines.append(self.import_whole() if line == f"import {self.step}" else line)
        return "\n".join(lines)


def laid_out(
    imports: list[str], definitions: list[ast.stmt], body: list[ast.stmt], due: str
) -> str | None:
    """Return a script as text; None if it is too long to paste.

    ``definitions`` are the suite's own; the last line of the ``body`` gets the comment.
    """
    above = [line for statement in definitions for line in compact(statement)]
    lines = [ast.unparse(statement) for statement in body]
    numpy = ["import numpy as np"] if "np." in "\n".join([*above, *lines]) else []
    lines[-1] += comment(due)
    said = [line for line in imports if line.startswith("#")]
    head = [*said, *numpy, *(line for line in imports if line not in said)]
    blocks = ["\n".join(block) for block in (head, above, lines) if block]
    text = "\n\n".join(blocks)
    fits = text.count("\n") < MOST_LINES and len(text) <= MOST_CHARACTERS
    return text if fits else None


def comment(due: str) -> str:
    """Return the comment that says what is due; none where the text would end the line.

    Part of it may be a name of the student's, and Python ends a comment at more than newlines.
    """
    return f"    # due: {steady(due)}" if due and due.isprintable() else ""
