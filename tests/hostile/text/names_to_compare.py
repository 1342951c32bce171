"""Lack a name, and have two hundred long ones that are almost alike."""

from step02 import Function, Square, Variable  # noqa: F401

for n in range(200):
    globals()["ab" * 45 + f"{n:08b}"] = n


class Exp(Function):
    def forward(self, x):
        raise NameError(f"name '{'ab' * 45 + '00000002'}' is not defined")
