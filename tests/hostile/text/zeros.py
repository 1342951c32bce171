"""Write characters of code zero."""

from step02 import Function, Square, Variable  # noqa: F401

MESSAGE = "a\0b\0\0c"
print(MESSAGE)


class Exp(Function):
    def forward(self, x):
        print(MESSAGE)
        raise ValueError(MESSAGE)
