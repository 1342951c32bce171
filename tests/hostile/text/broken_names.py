"""Give a function a name that is no text, and raise what is none either."""

from step02 import Function, Square, Variable  # noqa: F401


def forward(self, x):
    raise ValueError("\udfff")


forward.__code__ = forward.__code__.replace(co_name="\udc80")
Exp = type("Exp", (Function,), {"forward": forward})
