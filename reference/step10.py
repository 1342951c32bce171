"""Step 10: tests that catch mistakes (sections 10.1–10.3).

New: SquareTest, which tests square with Python's unittest; numerical_diff of step 4 is back
to check the gradient.  (Give it arrays of one dimension or more: one of none, minus eps, is
a scalar, which Variable refuses since step 9.)
"""

import unittest

import numpy as np


class Variable:
    """Hold an array or None, its gradient and the function that made it (section 9.3)."""

    def __init__(self, data):
        """Keep data, as it is; grad and creator are None at first (section 9.3).

        data: an array of any shape and dtype, or None.
        Raises TypeError for anything else, best with a message: "... is not supported".
        """
        if data is not None and not isinstance(data, np.ndarray):
            raise TypeError(f"{type(data)} is not supported")
        self.data = data
        self.grad = None
        self.creator = None

    def set_creator(self, func):
        """Keep func, the Function that made this Variable, as creator (section 7.1)."""
        self.creator = func

    def backward(self):
        """Give a grad to every Variable that led to this one, in a loop (section 9.2).

        If no grad has been set here, start from ones of the data's shape and dtype; one
        that the caller has set stays.
        """
        if self.grad is None:
            self.grad = np.ones_like(self.data)

        funcs = [self.creator]
        while funcs:
            f = funcs.pop()
            if f is not None:  # None: no Function made this Variable
                x, y = f.input, f.output
                x.grad = f.backward(y.grad)
                funcs.append(x.creator)


def as_array(x):
    """Return x as an array: a scalar with no dimensions, an array as it is (section 9.3).

    x: an array, or a scalar of Python's or numpy's.
    """
    if np.isscalar(x):
        return np.array(x)
    return x


class Function:
    """Make a new Variable and link it with the old one; subclasses say how (section 7.1)."""

    def __call__(self, input):
        """Return a new Variable, linked both ways, that holds an array (section 9.3).

        input: a Variable, left as it was; this very object stays in ``self.input``.
        The new Variable stays in ``self.output``; its creator is this Function.  Its data
        is an array even where forward gives a scalar.
        """
        self.input = input
        x = input.data
        y = self.forward(x)
        output = Variable(as_array(y))
        output.set_creator(self)
        self.output = output
        return output

    def forward(self, x):
        """Raise NotImplementedError: every subclass must override this (section 2.3).

        The raise is yours to write: a hole of the template does not count.
        """
        raise NotImplementedError

    def backward(self, gy):
        """Raise NotImplementedError: every subclass must override this (section 6.2).

        The raise is yours to write: a hole of the template does not count.
        """
        raise NotImplementedError


class Square(Function):
    """Square every element, and know the way back (section 6.3)."""

    def forward(self, x):
        """Return the square of x, element by element (section 2.3).

        x: an array, not a Variable.  The result has its shape; x is left as it was.
        """
        return x**2

    def backward(self, gy):
        """Return the gradient for the input, given gy, that of the output (section 6.3).

        gy: an array of the output's shape.  The result has the shape of the input's data.
        """
        x = self.input.data
        return 2 * x * gy


def square(x):
    """Return the square of x as a new Variable, in one call (section 9.1).

    x: a Variable.  Every call uses a Function of its own.
    """
    return Square()(x)


def numerical_diff(f, x, eps=1e-4):
    """Estimate the derivative of f at x by a central difference (section 4.2).

    f: a Function, or any callable that takes a Variable and returns one.
    x: a Variable, left as it was.
    eps: the step, a small positive number.
    The result has the shape of x.data: an array, a number or a Variable that holds it.
    """
    y0 = f(Variable(x.data - eps))
    y1 = f(Variable(x.data + eps))
    return (y1.data - y0.data) / (2 * eps)


class SquareTest(unittest.TestCase):
    """Test square, forward and backward (sections 10.1–10.3)."""

    def test_forward(self):
        """Check that the square of 2.0 is 4.0 (section 10.1)."""
        x = Variable(np.array(2.0))
        y = square(x)
        self.assertEqual(y.data, np.array(4.0))

    def test_backward(self):
        """Check that the gradient at 3.0 is 6.0 (section 10.2)."""
        x = Variable(np.array(3.0))
        y = square(x)
        y.backward()
        self.assertEqual(x.grad, np.array(6.0))

    def test_gradient_check(self):
        """Check the gradient at a random x against numerical_diff (section 10.3).

        The random x is an array of one dimension.
        """
        x = Variable(np.random.rand(1))
        y = square(x)
        y.backward()
        self.assertTrue(np.allclose(x.grad, numerical_diff(square, x)))


if __name__ == "__main__":
    unittest.main()
