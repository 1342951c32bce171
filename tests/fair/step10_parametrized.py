"""pytest's parametrize, by one name and by several, on functions and on a class."""
import numpy as np
import pytest


class Variable:
    def __init__(self, data):
        if data is not None and not isinstance(data, np.ndarray):
            raise TypeError(f"{type(data)} is not supported")
        self.data = data
        self.grad = None
        self.creator = None

    def set_creator(self, func):
        self.creator = func

    def backward(self):
        if self.grad is None:
            self.grad = np.ones_like(self.data)
        funcs = [self.creator]
        while funcs:
            f = funcs.pop()
            x, y = f.input, f.output
            x.grad = f.backward(y.grad)
            if x.creator is not None:
                funcs.append(x.creator)


def as_array(x):
    if np.isscalar(x):
        return np.array(x)
    return x


class Function:
    def __call__(self, input):
        self.input = input
        self.output = Variable(as_array(self.forward(input.data)))
        self.output.set_creator(self)
        return self.output

    def forward(self, x):
        raise NotImplementedError()

    def backward(self, gy):
        raise NotImplementedError()


class Square(Function):
    def forward(self, x):
        return x ** 2

    def backward(self, gy):
        return 2 * self.input.data * gy


def square(x):
    return Square()(x)


def numerical_diff(f, x, eps=1e-4):
    x0 = Variable(x.data - eps)
    x1 = Variable(x.data + eps)
    y0 = f(x0)
    y1 = f(x1)
    return (y1.data - y0.data) / (2 * eps)


@pytest.mark.parametrize("value, expected", [(2.0, 4.0), (3.0, 9.0), pytest.param(-4.0, 16.0, id="minus")])
def test_forward(value, expected):
    assert square(Variable(np.array(value))).data == expected


class TestBackward:
    @pytest.mark.parametrize("value", [0.5, 3.0, -2.0])
    def test_derivative(self, value):
        x = Variable(np.array(value))
        square(x).backward()
        assert np.isclose(x.grad, 2 * value)

    @pytest.mark.parametrize("size", range(1, 4))
    def test_numerically(self, size):
        x = Variable(np.random.randn(size))
        square(x).backward()
        np.testing.assert_allclose(x.grad, numerical_diff(square, x), rtol=1e-5)


if __name__ == "__main__":
    pytest.main([__file__])
