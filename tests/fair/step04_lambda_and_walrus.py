"""numerical_diff is a lambda with walruses; a match looks at what f gave."""
import numpy as np


class Variable:
    __match_args__ = ("data",)

    def __init__(self, data):
        self.data = data


class Function:
    def __call__(self, input):
        return Variable(self.forward(input.data))

    def forward(self, x):
        raise NotImplementedError


class Square(Function):
    def forward(self, x):
        return x ** 2


class Exp(Function):
    def forward(self, x):
        return np.exp(x)


def unboxed(y):
    match y:
        case Variable(data):
            return data
        case _:
            raise TypeError(f"f gives a Variable, not {y!r}")


numerical_diff = lambda f, x, eps=1e-4: (
    (unboxed(f(Variable((p := x.data) + eps))) - unboxed(f(Variable(p - eps)))) / (h := 2 * eps)
)
