import numpy as np
from step02 import Function, Square, Variable


class Exp(Function):
    def forward(self, x):
        return np.exp(x)


print(Square()(Exp()(Square()(Variable(np.array(0.5))))).data)
