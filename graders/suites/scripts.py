"""Scripts that show a failure in a dozen lines, where the record of frames would take more."""

from graders.suites.functions import TRIPLE

SQUARE_AND_EXP = """\
import numpy as np
from step09 import Variable, exp, square

x = Variable(np.array([1.5]))
y = square(x)
z = exp(y)
print(type(y.creator), y.creator.input is x)    # due: step09.Square, True
print(type(z.creator), z.creator.input is y)    # due: step09.Exp, True
print(square(z).creator is y.creator)    # due: False
"""


def with_triple(step: str) -> str:
    """Return how a script begins that needs a Function of its own."""
    return f"import numpy as np\nfrom {step} import Function, Variable\n{TRIPLE}"


def on_the_way(step: str) -> str:
    """Return a script that shows every gradient on the way back through two Functions."""
    return f"""{with_triple(step)}x = Variable(np.array([1.0]))
a = Triple()(x)
y = Triple()(a)
y.grad = np.array([1.0])
y.backward()
print(y.grad, a.grad, x.grad)    # due: [1.] [3.] [9.]
"""


def again(step: str) -> str:
    """Return a script that goes back twice, from one gradient and from another."""
    return f"""{with_triple(step)}x = Variable(np.array([1.0]))
y = Triple()(x)
for gy in (1.0, 2.0):
    y.grad = np.array([gy])
    y.backward()
    print(x.grad)    # due: [3.], then [6.]
"""


def one_half(step: str) -> str:
    """Return a script that goes back through the course's chain of three Functions."""
    return f"""\
import numpy as np
from {step} import Exp, Square, Variable

x = Variable(np.array(0.5))
y = Square()(Exp()(Square()(x)))
y.grad = np.array(1.0)
y.backward()
print(x.grad)    # due: 3.297442541400256
"""
