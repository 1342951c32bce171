"""Have classes whose names are braces, markup and commands."""

from step02 import Function, Square, Variable  # noqa: F401

Odd = type("{0.__class__.__mro__}[/red]%s::error::\u202e" * 5, (), {})


class Exp(Function):
    def forward(self, x):
        return Odd()
