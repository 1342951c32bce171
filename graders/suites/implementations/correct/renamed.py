import numpy

__all__ = [
    "Exp", "Function", "Square", "Variable", "as_array", "exp", "numerical_diff", "square",
]  # fmt: skip


def as_array(value):
    return numpy.asarray(value)


class Variable:
    def __init__(self, data):
        if not isinstance(data, (numpy.ndarray, type(None))):
            kind = type(data).__name__
            raise TypeError(kind + " is not supported")
        self.data, self.grad, self.creator = data, None, None

    def set_creator(self, maker):
        self.creator = maker

    def backward(self):
        if self.grad is None:
            self.grad = numpy.ones(self.data.shape, self.data.dtype)
        here = self
        while here.creator is not None:
            maker = here.creator
            maker.input.grad = maker.backward(here.grad)
            here = maker.input


class Function:
    def __call__(self, variable):
        result = Variable(as_array(self.forward(variable.data)))
        self.input, self.output = variable, result
        result.set_creator(self)
        return result

    def forward(self, value):
        raise NotImplementedError("forward")

    def backward(self, above):
        raise NotImplementedError("backward")


class Exp(Function):
    def forward(self, value):
        return numpy.exp(value)

    def backward(self, above):
        return as_array(above * self.output.data)


class Square(Function):
    def forward(self, value):
        return value * value

    def backward(self, above):
        value = self.input.data
        return as_array(above * (value + value))


def exp(variable):
    function = Exp()
    return function(variable)


def square(variable):
    function = Square()
    return function(variable)


def numerical_diff(f, x, eps=1e-4):
    below, above = (f(Variable(as_array(x.data + side * eps))) for side in (-1, 1))
    return (above.data - below.data) / (2 * eps)
