"""Compute for ever when a missing name is asked for."""

from step02 import Function, Square, Variable  # noqa: F401


def __getattr__(name):
    while True:
        pass
