"""Functions can be put in a row with >>, and Variables know + and *: operator overloading."""
from functools import reduce

import numpy as np


class Variable:
    def __init__(self, data):
        self.data = data

    def __add__(self, other):
        return Variable(self.data + other.data)

    def __mul__(self, other):
        return Variable(self.data * other.data)

    def __eq__(self, other):
        return isinstance(other, Variable) and bool(np.all(self.data == other.data))

    def __rshift__(self, function):
        return function(self)


class Function:
    def __call__(self, input):
        return Variable(self.forward(input.data))

    def __rshift__(self, after):
        return Pipeline(self, after)

    def forward(self, x):
        raise NotImplementedError


class Pipeline(Function):
    def __init__(self, *functions):
        self.functions = functions

    def forward(self, x):
        return reduce(lambda value, function: function.forward(value), self.functions, x)


class Square(Function):
    def forward(self, x):
        return x * x


class Exp(Function):
    def forward(self, x):
        return np.exp(x)


f = Square() >> Exp() >> Square()
print(f(Variable(np.array(0.5))).data)
print((Variable(np.array(0.5)) >> Square() >> Exp() >> Square()).data)
