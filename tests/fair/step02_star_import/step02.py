"""The Variable comes from step 1 by `from step01 import *`, and so does numpy."""
from step01 import *


class Function:
    def __call__(self, input):
        return Variable(self.forward(input.data))

    def forward(self, x):
        raise NotImplementedError()


class Square(Function):
    def forward(self, x):
        return np.power(x, 2)
