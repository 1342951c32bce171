"""Step 7: following the links (sections 7.1–7.3).

New: a Variable knows the Function that made it, and a Function its output.  So a Variable
can walk all the way back by itself: y.backward().  (numerical_diff comes back in step 10.)
"""

import numpy as np


class Variable:
    """Hold an array, its gradient and the function that made it (section 7.1)."""

    def __init__(self, data):
        """Keep data, as it is; grad and creator are None at first (section 7.1).

        data: an array of any shape and dtype.
        """
        self.data = data
        self.grad = None
        self.creator = None

    def set_creator(self, func):
        """Keep func, the Function that made this Variable, as creator (section 7.1)."""
        self.creator = func

    def backward(self):
        """Give a grad to every Variable that led to this one, by recursion (section 7.3).

        The caller has set ``self.grad``, an array of the shape of the data.  The way back
        ends at a Variable that no Function made.
        """
        f = self.creator
        if f is not None:
            x = f.input
            x.grad = f.backward(self.grad)
            x.backward()


class Function:
    """Make a new Variable and link it with the old one; subclasses say how (section 7.1)."""

    def __call__(self, input):
        """Return a new Variable, linked with this Function both ways (section 7.1).

        input: a Variable, left as it was; this very object stays in ``self.input``.
        The new Variable stays in ``self.output``; its creator is this Function.
        """
        self.input = input
        x = input.data
        y = self.forward(x)
        output = Variable(y)
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


class Exp(Function):
    """Raise e to the power of every element, and know the way back (section 6.3)."""

    def forward(self, x):
        """Return e to the power of x, element by element (section 3.1).

        x: an array, not a Variable.  The result has its shape; x is left as it was.
        """
        return np.exp(x)

    def backward(self, gy):
        """Return the gradient for the input, given gy, that of the output (section 6.3).

        gy: an array of the output's shape.  The result has the shape of the input's data.
        """
        x = self.input.data
        return np.exp(x) * gy


if __name__ == "__main__":
    A = Square()
    B = Exp()
    C = Square()

    x = Variable(np.array(0.5))
    a = A(x)
    b = B(a)
    y = C(b)

    print(y.creator is C, C.input is b)  # True True
    print(b.creator is B, B.input is a)  # True True
    print(a.creator is A, A.input is x)  # True True

    y.grad = np.array(1.0)
    y.backward()
    print(x.grad)  # 3.297442541400256
