"""Give the right array, and change it once the next one is asked for (step 2)."""

import numpy as np

GIVEN = []


class Variable:
    def __init__(self, data):
        self.data = data


class Function:
    def __call__(self, x):
        return Variable(self.forward(x.data))

    def forward(self, x):
        raise NotImplementedError


class Square(Function):
    def forward(self, x):
        for array in GIVEN:
            array[...] = 0.0
        GIVEN.append(np.array(x**2))
        return GIVEN[-1]
