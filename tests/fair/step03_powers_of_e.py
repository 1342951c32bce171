"""Exp is written as a power of e, and Square by way of Python's own pow."""
import math

import numpy as np


class Variable:
    def __init__(self, data):
        self.data = data


class Function:
    def __call__(self, input):
        return Variable(self.forward(input.data))

    def forward(self, x):
        raise NotImplementedError


class Square(Function):
    def forward(self, x):
        return pow(x, 2)


class Exp(Function):
    def forward(self, x):
        return math.e ** np.asarray(x)
