"""Set-up by the names that pytest knows, marks on a class, a skipped and an expected failure."""
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


pytestmark = pytest.mark.filterwarnings("ignore")


def setup_module(module):
    module.points = np.array([2.0, 3.0, -0.5])


def teardown_module(module):
    del module.points


def setup_function():
    print("before a test")


def test_forward():
    assert square(Variable(points)).data.tolist() == [4.0, 9.0, 0.25]


@pytest.mark.parametrize("value", [3.0, pytest.param(-1.5, id="negative")])
class TestGradient:
    @classmethod
    def setup_class(cls):
        cls.tolerance = 1e-6

    def setup_method(self, method):
        self.name = method.__name__

    def test_backward(self, value):
        x = Variable(np.array(value))
        square(x).backward()
        assert abs(x.grad - 2 * value) < self.tolerance, self.name

    def test_gradient_check(self, value):
        x = Variable(np.array([value]))
        square(x).backward()
        assert np.allclose(x.grad, numerical_diff(square, x))


@pytest.mark.skip(reason="addition comes later")
def test_add():
    assert False


@pytest.mark.xfail(reason="so does multiplication")
def test_mul():
    square(Variable(np.array(1.0))) * 2


def test_on_a_gpu():
    cupy = pytest.importorskip("cupy", exc_type=ImportError)
    pytest.skip("no GPU here")
