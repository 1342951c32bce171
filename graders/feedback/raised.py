"""The exceptions that a suite meets where a student's code is at fault."""

import difflib

from graders import wire
from graders.words import _, place


class StudentError(Exception):
    """An exception raised by student code; it is also of the matching builtin class."""

    def __init__(self, raised: wire.Raised) -> None:
        super().__init__(raised.message)
        self.raised = raised

    def traced(self) -> str:
        """Return the exception and the student's own lines that led to it, each once."""
        lines = dict.fromkeys(
            f"{place(line.file, line.cell, line.number)}: {line.source}"
            for line in self.raised.lines
        )
        message = self.raised.message
        for line in self.raised.lines:
            message = message.removesuffix(f" ({line.within}, line {line.number})")
        return "\n".join([f"{self.raised.name}: {message}".rstrip(": "), *lines])


class MissingName(Exception):
    """The step defines no such name."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        self.name = name
        text = _("{name} is not defined").format(name=name)
        close = difflib.get_close_matches(name, known, 1)
        if close:
            text += _(": did you mean {name} where you wrote {close}?").format(
                name=name, close=close[0]
            )
        super().__init__(text)


class NotPlain(TypeError):
    """An object of the step's was used as if it were a plain value."""
