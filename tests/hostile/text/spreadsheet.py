"""Write what a spreadsheet takes for a formula."""

from step02 import Function, Square, Variable  # noqa: F401

MESSAGE = '=HYPERLINK("http://example.org")\t+1\n-1\n@SUM(A1)'
print(MESSAGE)


class Exp(Function):
    def forward(self, x):
        print(MESSAGE)
        raise ValueError(MESSAGE)
