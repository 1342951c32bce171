"""Give a number where the judge expects an object to call."""

from step02 import Function, Square, Variable  # noqa: F401


def Exp():
    return 1.0
