"""Much of later steps is there: operators, several inputs, generations, no_grad, a repr."""
import contextlib

import numpy as np


class Config:
    enable_backprop = True


@contextlib.contextmanager
def using_config(name, value):
    old = getattr(Config, name)
    setattr(Config, name, value)
    try:
        yield
    finally:
        setattr(Config, name, old)


def no_grad():
    return using_config("enable_backprop", False)


class Variable:
    __array_priority__ = 200

    def __init__(self, data, name=None):
        if data is not None and not isinstance(data, np.ndarray):
            raise TypeError(f"{type(data)} is not supported")
        self.data = data
        self.name = name
        self.grad = None
        self.creator = None
        self.generation = 0

    def __len__(self):
        return len(self.data)

    def __getattr__(self, name):
        if name in ("shape", "ndim", "size", "dtype"):
            return getattr(self.data, name)
        raise AttributeError(name)

    def __repr__(self):
        if self.data is None:
            return "variable(None)"
        return "variable(" + str(self.data).replace("\n", "\n" + " " * 9) + ")"

    def __mul__(self, other):
        return Mul()(self, other)

    def __pow__(self, n):
        return square(self) if n == 2 else NotImplemented

    def set_creator(self, func):
        self.creator = func
        self.generation = func.generation + 1

    def cleargrad(self):
        self.grad = None

    def backward(self, retain_grad=True):
        if self.grad is None:
            self.grad = np.ones_like(self.data)
        funcs, seen = [], set()

        def add_func(f):
            if f is not None and f not in seen:
                funcs.append(f)
                seen.add(f)
                funcs.sort(key=lambda f: f.generation)

        for variable in self._ancestors():
            variable.cleargrad()
        add_func(self.creator)
        while funcs:
            f = funcs.pop()
            gxs = f.backward(f.output.grad)
            gxs = gxs if isinstance(gxs, tuple) else (gxs,)
            for x, gx in zip(f.inputs, gxs):
                x.grad = gx if x.grad is None else x.grad + gx
                add_func(x.creator)

    def _ancestors(self):
        todo, seen = [self], set()
        while todo:
            variable = todo.pop()
            if variable.creator is not None:
                new = [x for x in variable.creator.inputs if id(x) not in seen]
                seen.update(map(id, new))
                yield from new
                todo += new


def as_array(x):
    if np.isscalar(x):
        return np.array(x)
    return x


class Function:
    def __call__(self, *inputs):
        ys = self.forward(*(x.data for x in inputs))
        output = Variable(as_array(ys))
        if Config.enable_backprop:
            self.generation = max(x.generation for x in inputs)
            output.set_creator(self)
            self.inputs = inputs
            self.output = output
        return output

    @property
    def input(self):
        return self.inputs[0]

    def forward(self, *xs):
        raise NotImplementedError

    def backward(self, *gys):
        raise NotImplementedError


class Square(Function):
    def forward(self, x):
        return x ** 2

    def backward(self, gy):
        return 2 * self.input.data * gy


class Exp(Function):
    def forward(self, x):
        return np.exp(x)

    def backward(self, gy):
        return np.exp(self.input.data) * gy


class Mul(Function):
    def forward(self, a, b):
        return a * b

    def backward(self, gy):
        a, b = self.inputs
        return gy * b.data, gy * a.data


def square(x):
    return Square()(x)


def exp(x):
    return Exp()(x)


with no_grad():
    print(repr(square(Variable(np.array([2.0, 3.0])))))
