"""Variables and Functions are dataclasses with eq=False and defaults of None."""
from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass(eq=False)
class Variable:
    data: np.ndarray
    grad: np.ndarray | None = None


@dataclass(eq=False)
class Function:
    input: Variable | None = field(default=None, init=False, repr=False)

    def __call__(self, input: Variable) -> Variable:
        self.input = input
        return Variable(self.forward(input.data))

    def forward(self, x: np.ndarray) -> np.ndarray:
        raise NotImplementedError

    def backward(self, gy: np.ndarray) -> np.ndarray:
        raise NotImplementedError


class Square(Function):
    def forward(self, x):
        return x ** 2

    def backward(self, gy):
        return 2 * self.input.data * gy


class Exp(Function):
    def forward(self, x):
        return np.exp(x)

    def backward(self, gy):
        return np.exp(self.input.data) * gy
