"""Step 9: friendlier functions (sections 9.1–9.3).

New: square(x) and exp(x) in one call, a backward that needs no grad to start from, and a
Variable that takes nothing but arrays and None, so that mistakes show early.

Fill in the holes; what is marked as carried over, copy from your earlier file.
"""

import numpy as np


class Variable:
    """Hold an array or None, its gradient and the function that made it (section 9.3)."""

    def __init__(self, data):
        """Keep data, as it is; grad and creator are None at first (section 9.3).

        data: an array of any shape and dtype, or None.
        Raises TypeError for anything else, best with a message: "... is not supported".
        """
        raise NotImplementedError("fill in: Variable.__init__")

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
        raise NotImplementedError("fill in: Variable.backward")


def as_array(x):
    """Return x as an array: a scalar with no dimensions, an array as it is (section 9.3).

    x: an array, or a scalar of Python's or numpy's.
    """
    raise NotImplementedError("fill in: as_array")


class Function:
    """Make a new Variable and link it with the old one; subclasses say how (section 7.1)."""

    def __call__(self, input):
        """Return a new Variable, linked both ways, that holds an array (section 9.3).

        input: a Variable, left as it was; this very object stays in ``self.input``.
        The new Variable stays in ``self.output``; its creator is this Function.  Its data
        is an array even where forward gives a scalar.
        """
        raise NotImplementedError("fill in: Function.__call__")

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


class Exp(Function):
    """Raise e to the power of every element, and know the way back (section 6.3)."""

    def forward(self, x):
        """Return e to the power of x, element by element (section 3.1).

        x: an array, not a Variable.  The result has its shape; x is left as it was.
        """
        raise NotImplementedError("fill in: Exp.forward (carried over from your step03.py)")

    def backward(self, gy):
        """Return the gradient for the input, given gy, that of the output (section 6.3).

        gy: an array of the output's shape.  The result has the shape of the input's data.
        """
        raise NotImplementedError("fill in: Exp.backward (carried over from your step06.py)")


def square(x):
    """Return the square of x as a new Variable, in one call (section 9.1).

    x: a Variable.  Every call uses a Function of its own.
    """
    raise NotImplementedError("fill in: square")


def exp(x):
    """Return e to the power of x as a new Variable, in one call (section 9.1).

    x: a Variable.  Every call uses a Function of its own.
    """
    raise NotImplementedError("fill in: exp")


if __name__ == "__main__":
    x = Variable(np.array(0.5))
    y = square(exp(square(x)))
    y.backward()
    print(x.grad)  # 3.297442541400256

    Variable(None)  # fine
    try:
        Variable(1.0)
    except TypeError as error:
        print(error)  # <class 'float'> is not supported

    y = square(Variable(np.array(1.0)))
    print(type(y.data), y.data.ndim)  # <class 'numpy.ndarray'> 0
