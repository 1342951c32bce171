"""Steer the terminal: colours, the cursor, the title, the clipboard."""

from step02 import Function, Square, Variable  # noqa: F401

MESSAGE = "\x1b[2J\x1b[31mpassed\x1b]0;title\x07\x1b]52;c;cm0=\x07\x9b1A\r\b\x7f"
print(MESSAGE)


class Exp(Function):
    def forward(self, x):
        print(MESSAGE)
        raise ValueError(MESSAGE)
