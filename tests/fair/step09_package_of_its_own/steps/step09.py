"""All code lies in a package of the student's own; the step imports it by way of sys.path."""
if "__file__" in globals():
    import os, sys

    sys.path.append(os.path.join(os.path.dirname(__file__), ".."))
import numpy as np

from dezero import Exp, Function, Square, Variable, as_array, exp, square

x = Variable(np.array(0.5))
y = square(exp(square(x)))
y.backward()
print(x.grad)
