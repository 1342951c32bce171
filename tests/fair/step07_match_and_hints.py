"""The links are typed and followed by a match; Function is written below its use in hints."""
from __future__ import annotations

from typing import Optional, TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Variable:
    __match_args__ = ("data", "creator")

    def __init__(self, data: NDArray[np.float64]) -> None:
        self.data = data
        self.grad: Optional[NDArray[np.float64]] = None
        self.creator: Optional[Function] = None

    def set_creator(self, func: Function) -> None:
        self.creator = func

    def backward(self) -> None:
        match self:
            case Variable(_, None):
                return
            case Variable(_, Function(input=x) as f):
                x.grad = f.backward(self.grad)
                x.backward()


class Function:
    input: Variable
    output: Variable

    def __call__(self, input: Variable) -> Variable:
        self.input = input
        self.output = Variable(self.forward(input.data))
        self.output.set_creator(self)
        return self.output

    def forward(self, x):
        raise NotImplementedError

    def backward(self, gy):
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
