import numpy as np

__all__ = [
    "Exp", "Function", "Square", "Variable", "as_array", "exp", "numerical_diff", "square",
]  # fmt: skip


def _kept(name):
    def get(self):
        return getattr(self, name)

    def put(self, value):
        setattr(self, name, value)

    return property(get, put)


class Variable:
    __slots__ = ("_creator", "_data", "_grad")

    def __init__(self, data):
        if data is not None and not isinstance(data, np.ndarray):
            raise TypeError(f"{data!r} is not supported")
        self._data = data
        self._grad = None
        self._creator = None

    data = _kept("_data")
    grad = _kept("_grad")
    creator = _kept("_creator")

    def set_creator(self, func):
        self._creator = func

    def backward(self):
        if self._grad is None:
            self._grad = np.full_like(self._data, 1)
        way_back = []
        variable = self
        while variable._creator is not None:
            way_back.append(variable._creator)
            variable = variable._creator.input
        for f in way_back:
            f.input.grad = f.backward(f.output.grad)


class Function:
    def __call__(self, x):
        y = Variable(as_array(self.forward(x.data)))
        y.set_creator(self)
        self.input, self.output = x, y
        return y

    def forward(self, x):
        raise NotImplementedError

    def backward(self, gy):
        raise NotImplementedError


class Square(Function):
    def forward(self, x):
        return np.square(x)

    def backward(self, gy):
        return gy * 2 * self.input.data


class Exp(Function):
    def forward(self, x):
        return np.exp(x)

    def backward(self, gy):
        return gy * np.exp(self.input.data)


def as_array(x):
    return x if isinstance(x, np.ndarray) else np.array(x)


def square(x):
    return Square()(x)


def exp(x):
    return Exp()(x)


def numerical_diff(f, x, eps=1e-4):
    y0 = f(Variable(as_array(x.data - eps))).data
    y1 = f(Variable(as_array(x.data + eps))).data
    return (y1 - y0) / (2 * eps)
