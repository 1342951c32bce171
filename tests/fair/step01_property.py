"""The data is a property over a private attribute, and there are extra methods."""
import numpy as np


class Variable:
    def __init__(self, value):
        self._value = value

    @property
    def data(self):
        return self._value

    @data.setter
    def data(self, value):
        self._value = value

    @property
    def shape(self):
        return np.shape(self._value)

    def __len__(self):
        return len(self._value)


x = Variable(np.array([[1, 2, 3], [4, 5, 6]]))
print(x.shape, len(x), x.data.ndim)
x.data = 2.0
print(x.data)
