"""Write a page's code."""

from step02 import Function, Square, Variable  # noqa: F401

MESSAGE = "<script>alert(1)</script></pre>&lt;img src=x onerror=alert(1)>]]>"
print(MESSAGE)


class Exp(Function):
    def forward(self, x):
        print(MESSAGE)
        raise ValueError(MESSAGE)
