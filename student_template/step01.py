"""Step 1: variables as boxes (sections 1.2, 1.3).

New: the class Variable, a box for an array.  What is inside can be looked at and
replaced; the box stays the same.

Fill in the holes: replace each raise NotImplementedError by code of your own.
"""

import numpy as np


class Variable:
    """Hold an array, as a box holds a thing (section 1.2)."""

    def __init__(self, data):
        """Keep data, as it is, under the name ``data`` (section 1.2).

        data: an array of any shape and dtype.
        """
        raise NotImplementedError("fill in: Variable.__init__")


if __name__ == "__main__":
    x = Variable(np.array(1.0))
    print(x.data)  # 1.0
    x.data = 2.0
    print(x.data)  # 2.0

    print(Variable(np.array(1)).data.ndim)  # 0
    print(Variable(np.array([1, 2, 3])).data.ndim)  # 1
    print(Variable(np.array([[1, 2, 3], [4, 5, 6]])).data.ndim)  # 2
