"""Step 4: numerical differentiation (sections 4.2, 4.3).

New: numerical_diff, which estimates the derivative of any function from the outside, by
calling it and comparing what comes out.
"""

import numpy as np


class Variable:
    """Hold an array, as a box holds a thing (section 1.2)."""

    def __init__(self, data):
        """Keep data, as it is, under the name ``data`` (section 1.2).

        data: an array of any shape and dtype.
        """
        self.data = data


class Function:
    """Make a new Variable from a Variable; subclasses say how (section 2.2)."""

    def __call__(self, input):
        """Return a new Variable that holds what forward makes of the data (section 2.2).

        input: a Variable, left as it was.
        """
        x = input.data
        y = self.forward(x)
        return Variable(y)

    def forward(self, x):
        """Raise NotImplementedError: every subclass must override this (section 2.3).

        The raise is yours to write: a hole of the template does not count.
        """
        raise NotImplementedError


class Square(Function):
    """Square every element (section 2.3)."""

    def forward(self, x):
        """Return the square of x, element by element (section 2.3).

        x: an array, not a Variable.  The result has its shape; x is left as it was.
        """
        return x**2


class Exp(Function):
    """Raise e to the power of every element (section 3.1)."""

    def forward(self, x):
        """Return e to the power of x, element by element (section 3.1).

        x: an array, not a Variable.  The result has its shape; x is left as it was.
        """
        return np.exp(x)


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


if __name__ == "__main__":
    f = Square()
    x = Variable(np.array(2.0))
    print(numerical_diff(f, x))  # 4.000000000004

    A = Square()
    B = Exp()
    C = Square()

    def f(x):
        """Chain the three functions (section 4.3)."""
        return C(B(A(x)))

    x = Variable(np.array(0.5))
    print(numerical_diff(f, x))  # 3.2974426293330694
