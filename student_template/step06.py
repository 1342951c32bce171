"""Step 5–6: backpropagation by hand (sections 6.1–6.4).

New: a Variable has a place for its gradient; a Function remembers its input and can go
backward, from the gradient of its output to that of its input.  Step 5 is the theory of
this and has no code.

Fill in the holes; what is marked as carried over, copy from your earlier file.
"""

import numpy as np


class Variable:
    """Hold an array and its gradient (section 6.1)."""

    def __init__(self, data):
        """Keep data, as it is; there is no gradient yet, so grad is None (section 6.1).

        data: an array of any shape and dtype.
        """
        raise NotImplementedError("fill in: Variable.__init__")


class Function:
    """Make a new Variable and remember from which; subclasses say how (section 6.2)."""

    def __call__(self, input):
        """Return a new Variable as before, and keep input for backward (section 6.2).

        input: a Variable, left as it was; this very object stays in ``self.input``.
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
        raise NotImplementedError("fill in: Function.backward")


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
        raise NotImplementedError("fill in: Square.backward")


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
        raise NotImplementedError("fill in: Exp.backward")


def numerical_diff(f, x, eps=1e-4):
    """Estimate the derivative of f at x by a central difference (section 4.2).

    f: a Function, or any callable that takes a Variable and returns one.
    x: a Variable, left as it was.
    eps: the step, a small positive number.
    The result has the shape of x.data: an array, a number or a Variable that holds it.
    """
    raise NotImplementedError("fill in: numerical_diff (carried over from your step04.py)")


if __name__ == "__main__":
    A = Square()
    B = Exp()
    C = Square()

    x = Variable(np.array(0.5))
    a = A(x)
    b = B(a)
    y = C(b)

    y.grad = np.array(1.0)
    b.grad = C.backward(y.grad)
    a.grad = B.backward(b.grad)
    x.grad = A.backward(a.grad)
    print(x.grad)  # 3.297442541400256

    def f(x):
        """Chain the three functions (section 4.3)."""
        return C(B(A(x)))

    print(numerical_diff(f, x))  # 3.2974426293330694
