"""Refuse every value, among them the ones that have to be."""


class Variable:
    pass


class Function:
    pass


class Square(Function):
    pass


class Exp(Function):
    pass


def square(x):
    return x


def exp(x):
    return x


def as_array(x):
    raise TypeError
