"""Turn the direction of writing, and hide characters."""

from step02 import Function, Square, Variable  # noqa: F401

MESSAGE = "\u202edessap\u202c \u2066x\u2069 \u200b\u200f \ufeff \U000e0041"
print(MESSAGE)


class Exp(Function):
    def forward(self, x):
        print(MESSAGE)
        raise ValueError(MESSAGE)
