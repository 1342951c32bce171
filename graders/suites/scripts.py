"""Scripts that show a failure in a dozen lines, where the record of frames would not.

It may be too long, or end in an object that looks like any other.
"""

from graders.suites.functions import TRIPLE

BY_HAND = """\
import numpy as np
from step06 import Exp, Square, Variable

A, B, C = Square(), Exp(), Square()
y = C(B(A(Variable(np.array(0.5)))))
assert y.grad is None
print(A.backward(B.backward(C.backward(np.array(1.0)))))    # due: 3.297442541400256
"""
GY_STAYS = """\
import numpy as np
from step06 import Exp, Square, Variable

x, gy = Variable(np.array([2.0])), np.array([3.0])
for f in (Square(), Exp()):
    f(x)
    f.backward(gy)
print(gy, x.data)    # due: [3.] [2.]
"""
TWO_INPUTS = """\
import numpy as np
from step06 import Square, Variable

f, g = Square(), Square()
f(Variable(np.array([1.0])))
g(Variable(np.array([2.0])))
print(f.input is g.input)    # due: False
"""
DEEP_CHAIN = """\
import numpy as np
from step08 import Function, Variable

class Negative(Function):
    def forward(self, x): return -x
    def backward(self, gy): return -gy
x = y = Variable(np.array([1.0]))
for _ in range(5001):
    y = Negative()(y)
y.grad = np.array([1.0])
y.backward()
print(x.grad)    # due: [-1.]
"""
CALLS = """\
import numpy as np
from step08 import Function, Variable
class Lettered(Function):
    def forward(self, x): return x
    def backward(self, gy): print(self.letter); return gy
y = Variable(np.array([1.0]))
for letter in "ABC":
    f = Lettered()
    f.letter = letter
    y = f(y)
y.grad = np.array([1.0])
y.backward()    # due: C, B, A
"""
DEPTHS = """\
import inspect
import numpy as np
from step08 import Function, Variable
class Watched(Function):
    def forward(self, x): return x
    def backward(self, gy): print(len(inspect.stack(0))); return gy

x = Variable(np.array([1.0]))
y = Watched()(Watched()(Watched()(x)))
y.grad = np.array([1.0])
y.backward()    # due: three times the same number
"""
LINKS = """\
import numpy as np
from step09 import Variable, exp, square

x = Variable(np.array([1.0]))
y = square(x)
z = exp(y)
print(type(y.creator).__name__, y.creator.input is x)    # due: Square True
print(type(z.creator).__name__, z.creator.input is y)    # due: Exp True
print(square(z).creator is y.creator)    # due: False
"""
CHAIN_AGREES = """\
import numpy as np
from step09 import Variable, exp, square

x, gy, h = np.array([0.5, 1.5]), np.array([1.0, 2.0]), 1e-4
v = Variable(x)
y = square(exp(v))
y.grad = gy
y.backward()
more, less = square(exp(Variable(x + h))), square(exp(Variable(x - h)))
print(v.grad)
print((more.data - less.data) / (2 * h) * gy)    # due: about the line above
"""


def agrees(name: str) -> str:
    """Return a script that compares a Function's backward with the slope of its forward."""
    return f"""\
import numpy as np
from step06 import {name}, Variable

f, x, h = {name}(), np.array([0.5, 1.5]), 1e-4
more, less = f(Variable(x + h)).data, f(Variable(x - h)).data
f(Variable(x))
print(f.backward(np.ones(2)))
print((more - less) / (2 * h))    # due: about the line above
"""


def with_triple(step: str) -> str:
    """Return how a script begins that needs a Function other than the student's own."""
    return f"import numpy as np\nfrom {step} import Function, Variable\n{TRIPLE}"


SET_CREATOR = """\
import numpy as np
from step07 import Function, Variable

x, f = Variable(np.array([1.0])), Function()
x.set_creator(f)
print(x.creator is f)    # due: True
"""
RESULT_KNOWS = f"""{with_triple("step07")}f = Triple()
print(f(Variable(np.array([1.0]))).creator is f)    # due: True
"""
LINKS_BACK = f"""{with_triple("step07")}A, B = Triple(), Triple()
x = Variable(np.array([1.0]))
y = B(A(x))
print(y.creator is B, B.input.creator is A, A.input is x)    # due: True True True
"""
OUTPUT_IS_KEPT = f"""{with_triple("step07")}f = Triple()
y = f(Variable(np.array([1.0])))
Triple()(y)
print(f.output is y)    # due: True
"""


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
