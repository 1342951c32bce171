"""All Functions are collected first, and then done in a second loop by index."""
import numpy as np


class Variable:
    def __init__(self, data):
        self.data = data
        self.grad = None
        self.creator = None

    def set_creator(self, func):
        self.creator = func

    def backward(self):
        funcs = []
        f = self.creator
        while f is not None:
            funcs.insert(0, f)
            f = f.input.creator
        for i in range(len(funcs) - 1, -1, -1):
            gy = self.grad if i == len(funcs) - 1 else funcs[i + 1].input.grad
            funcs[i].input.grad = funcs[i].backward(gy)


class Function:
    def __call__(self, input):
        self.input = input
        self.output = Variable(self.forward(input.data))
        self.output.set_creator(self)
        return self.output

    def forward(self, x):
        pass

    def backward(self, gy):
        pass


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


def test_chain():
    x = Variable(np.array(0.5))
    y = Square()(Exp()(Square()(x)))
    y.grad = np.array(1.0)
    y.backward()
    assert x.grad == 3.297442541400256


test_chain()
