"""Step 2: functions that make variables (sections 2.2, 2.3).

New: the class Function, which takes a Variable and makes a new one, and its first
subclass, Square.  Function does what all functions share; a subclass adds only its own
computation.

Fill in the holes; what is marked as carried over, copy from your earlier file.
"""

import numpy as np


class Variable:
    """Hold an array, as a box holds a thing (section 1.2)."""

    def __init__(self, data):
        """Keep data, as it is, under the name ``data`` (section 1.2).

        data: an array of any shape and dtype.
        """
        raise NotImplementedError(
            "fill in: Variable.__init__ (carried over from your step01.py)"
        )


class Function:
    """Make a new Variable from a Variable; subclasses say how (section 2.2)."""

    def __call__(self, input):
        """Return a new Variable that holds what forward makes of the data (section 2.2).

        input: a Variable, left as it was.
        """
        raise NotImplementedError("fill in: Function.__call__")

    def forward(self, x):
        """Raise NotImplementedError: every subclass must override this (section 2.3).

        The raise is yours to write: a hole of the template does not count.
        """
        raise NotImplementedError("fill in: Function.forward")


class Square(Function):
    """Square every element (section 2.3)."""

    def forward(self, x):
        """Return the square of x, element by element (section 2.3).

        x: an array, not a Variable.  The result has its shape; x is left as it was.
        """
        raise NotImplementedError("fill in: Square.forward")


if __name__ == "__main__":
    x = Variable(np.array(10))
    f = Square()
    y = f(x)
    print(type(y))  # <class '__main__.Variable'>
    print(y.data)  # 100
