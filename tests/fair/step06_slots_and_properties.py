"""All classes have slots; the gradient is a property that checks what is put into it."""
import numpy as np


class Variable:
    __slots__ = ("data", "_grad", "__weakref__")

    def __init__(self, data):
        self.data = data
        self._grad = None

    @property
    def grad(self):
        """The gradient, None until it is known."""
        return self._grad

    @grad.setter
    def grad(self, value):
        if value is not None and np.shape(value) != np.shape(self.data):
            raise ValueError("a gradient has the shape of the data")
        self._grad = value

    @grad.deleter
    def grad(self):
        self._grad = None


class Function:
    __slots__ = ("input",)

    def __call__(self, input):
        self.input = input
        return Variable(self.forward(input.data))

    def forward(self, x):
        raise NotImplementedError

    def backward(self, gy):
        raise NotImplementedError


class Square(Function):
    __slots__ = ()

    def forward(self, x):
        return x ** 2

    def backward(self, gy):
        return 2 * self.input.data * gy


class Exp(Function):
    __slots__ = ()

    def forward(self, x):
        return np.exp(x)

    def backward(self, gy):
        return np.exp(self.input.data) * gy
