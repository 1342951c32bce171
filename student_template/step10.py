"""Step 10: tests that catch mistakes (sections 10.1–10.3).

New: SquareTest, which tests square with Python's unittest; numerical_diff of step 4 is back
to check the gradient.  (Give it arrays of one dimension or more: one of none, minus eps, is
a scalar, which Variable refuses since step 9.)

Fill in the holes; what is marked as carried over, copy from your earlier file.
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
        raise NotImplementedError(
            "fill in: Variable.__init__ (carried over from your step09.py)"
        )

    def set_creator(self, func):
        """Keep func, the Function that made this Variable, as creator (section 7.1)."""
        raise NotImplementedError(
            "fill in: Variable.set_creator (carried over from your step07.py)"
        )

    def backward(self):
        """Give a grad to every Variable that led to this one, in a loop (section 9.2).

        If no grad has been set here, start from ones of the data's shape and dtype; one
        that the caller has set stays.
        """
        raise NotImplementedError(
            "fill in: Variable.backward (carried over from your step09.py)"
        )


def as_array(x):
    """Return x as an array: a scalar with no dimensions, an array as it is (section 9.3).

    x: an array, or a scalar of Python's or numpy's.
    """
    raise NotImplementedError("fill in: as_array (carried over from your step09.py)")


class Function:
    """Make a new Variable and link it with the old one; subclasses say how (section 7.1)."""

    def __call__(self, input):
        """Return a new Variable, linked both ways, that holds an array (section 9.3).

        input: a Variable, left as it was; this very object stays in ``self.input``.
        The new Variable stays in ``self.output``; its creator is this Function.  Its data
        is an array even where forward gives a scalar.
        """
        raise NotImplementedError(
            "fill in: Function.__call__ (carried over from your step09.py)"
        )

    def forward(self, x):
        """Raise NotImplementedError: every subclass must override this (section 2.3).

        The raise is yours to write: a hole of the template does not count.
        """
        raise NotImplementedError(
            "fill in: Function.forward (carried over from your step02.py)"
        )

    def backward(self, gy):
        """Raise NotImplementedError: every subclass must override this (section 6.2).

        The raise is yours to write: a hole of the template does not count.
        """
        raise NotImplementedError(
            "fill in: Function.backward (carried over from your step06.py)"
        )


class Square(Function):
    """Square every element, and know the way back (section 6.3)."""

    def forward(self, x):
        """Return the square of x, element by element (section 2.3).

        x: an array, not a Variable.  The result has its shape; x is left as it was.
        """
        raise NotImplementedError("fill in: Square.forward (carried over from your step02.py)")

    def backward(self, gy):
        """Return the gradient for the input, given gy, that of the output (section 6.3).

        gy: an array of the output's shape.  The result has the shape of the input's data.
        """
        raise NotImplementedError("fill in: Square.backward (carried over from your step06.py)")


def square(x):
    """Return the square of x as a new Variable, in one call (section 9.1).

    x: a Variable.  Every call uses a Function of its own.
    """
    raise NotImplementedError("fill in: square (carried over from your step09.py)")


def numerical_diff(f, x, eps=1e-4):
    """Estimate the derivative of f at x by a central difference (section 4.2).

    f: a Function, or any callable that takes a Variable and returns one.
    x: a Variable, left as it was.
    eps: the step, a small positive number.
    The result has the shape of x.data: an array, a number or a Variable that holds it.
    """
    raise NotImplementedError("fill in: numerical_diff (carried over from your step04.py)")


class SquareTest(unittest.TestCase):
    """Test square, forward and backward (sections 10.1–10.3)."""

    def test_forward(self):
        """Check that the square of 2.0 is 4.0 (section 10.1)."""
        raise NotImplementedError("fill in: SquareTest.test_forward")

    def test_backward(self):
        """Check that the gradient at 3.0 is 6.0 (section 10.2)."""
        raise NotImplementedError("fill in: SquareTest.test_backward")

    def test_gradient_check(self):
        """Check the gradient at a random x against numerical_diff (section 10.3).

        The random x is an array of one dimension.
        """
        raise NotImplementedError("fill in: SquareTest.test_gradient_check")


if __name__ == "__main__":
    unittest.main()
