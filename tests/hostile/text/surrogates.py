"""Write halves of characters."""

from step02 import Function, Square, Variable  # noqa: F401

MESSAGE = "\ud800 \udfff \udc80 half"
print(MESSAGE)


class Exp(Function):
    def forward(self, x):
        print(MESSAGE)
        raise ValueError(MESSAGE)
