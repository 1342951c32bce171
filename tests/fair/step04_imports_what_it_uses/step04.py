"""The file imports what it uses from steps 2 and 3: there is no Function in it."""
import numpy as np
from step02 import Square, Variable
from step03 import Exp


def numerical_diff(f, x, eps=1e-4):
    dif = f(Variable(x.data + eps)).data - f(Variable(x.data - eps)).data
    return dif / eps / 2


def f(x):
    A = Square()
    B = Exp()
    C = Square()
    return C(B(A(x)))


print(numerical_diff(f, Variable(np.array(0.5))))
