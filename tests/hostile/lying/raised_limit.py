"""Go back by recursion, with the limit raised anew at every call."""

import sys

from step07 import Exp, Function, Square, Variable  # noqa: F401

by_recursion = Variable.backward


def backward(self):
    sys.setrecursionlimit(10**6)
    by_recursion(self)


Variable.backward = backward
