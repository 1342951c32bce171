"""A class lies between Function and its subclasses, and all of them call super()."""
import numpy as np


class Variable(object):
    def __init__(self, data, name=None):
        super(Variable, self).__init__()
        self.data = data
        self.grad = None
        self.name = name


class Function(object):
    def __init__(self):
        super().__init__()
        self.input = None

    def __call__(self, *inputs, **options):
        (self.input,) = inputs
        return Variable(self.forward(self.input.data, **options))

    def forward(self, x, **options):
        raise NotImplementedError("forward of " + self.__class__.__name__)

    def backward(self, gy, **options):
        raise NotImplementedError("backward of " + self.__class__.__name__)


class Differentiable(Function):
    def __init__(self, verbose=False):
        super().__init__()
        self.verbose = verbose

    def __call__(self, *inputs, **options):
        output = super().__call__(*inputs, **options)
        if self.verbose:
            print(self.__class__.__name__, self.input.data, "->", output.data)
        return output

    def derivative(self, x):
        raise NotImplementedError

    def backward(self, gy, **options):
        return self.derivative(self.input.data) * gy


class Square(Differentiable):
    def forward(self, x, **options):
        return x ** 2

    def derivative(self, x):
        return 2 * x


class Exp(Differentiable):
    def forward(self, x, **options):
        return np.exp(x)

    def derivative(self, x):
        return self.forward(x)


Exp(verbose=True)(Variable(np.array(1.0), name="one"))
