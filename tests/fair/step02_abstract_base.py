"""Function is an abstract base class that marks nothing abstract, and raises as it should."""
from abc import ABC

import numpy as np


class Variable:
    def __init__(self, data: np.ndarray) -> None:
        self.data = data


class Function(ABC):
    def __call__(self, variable: Variable) -> Variable:
        return Variable(self.forward(variable.data))

    def forward(self, x: np.ndarray) -> np.ndarray:
        raise NotImplementedError(f"{type(self).__name__}.forward is missing")


class Square(Function):
    def forward(self, x: np.ndarray) -> np.ndarray:
        return np.multiply(x, x)
