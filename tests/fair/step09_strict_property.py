"""The data is a property that refuses at every assignment; as_array is np.asarray."""
import numpy as np


class Variable:
    supported = (np.ndarray, type(None))

    def __init__(self, data):
        self.data = data
        self.grad = None
        self.creator = None

    @property
    def data(self):
        return self._data

    @data.setter
    def data(self, data):
        if not isinstance(data, self.supported):
            raise TypeError("%s is not supported" % type(data))
        self._data = data

    def set_creator(self, func):
        self.creator = func

    def backward(self):
        self.grad = np.ones_like(self.data) if self.grad is None else self.grad
        funcs = [f for f in [self.creator] if f]
        while funcs:
            f = funcs.pop()
            f.input.grad = f.backward(f.output.grad)
            funcs.extend(g for g in [f.input.creator] if g)


as_array = np.asarray


class Function:
    def __call__(self, input):
        self.input = input
        self.output = Variable(as_array(self.forward(input.data)))
        self.output.set_creator(self)
        return self.output

    def forward(self, x):
        raise NotImplementedError

    def backward(self, gy):
        raise NotImplementedError


class Square(Function):
    def forward(self, x):
        return np.square(x)

    def backward(self, gy):
        return gy * 2 * self.input.data


class Exp(Function):
    def forward(self, x):
        return np.exp(x)

    def backward(self, gy):
        return gy * np.exp(self.input.data)


def square(x):
    return Square()(x)


def exp(x):
    return Exp()(x)
