"""Implementations without any sense: what passes on them as on every mutant compares nothing.

Everything they give is an object that has whatever it is asked for and can be called, indexed
and computed with; but whatever it is compared with, the answer is always the same.  Arrays that
are handed over don't stay as they were.
"""

TEXT = """
import numpy as np

__all__ = [
    "Exp", "Function", "Square", "Variable", "as_array", "exp", "numerical_diff", "square",
]
ITSELF = "add radd sub rsub mul rmul truediv rtruediv pow rpow matmul rmatmul neg abs getitem"
COMPARED = "eq ne lt le gt ge contains"

def spoil(*things):
    for each in things:
        if isinstance(each, np.ndarray) and each.flags.writeable:
            each[...] = 77

class Anything:
    __hash__ = object.__hash__
    __array_ufunc__ = None
    def __init__(self, *args, **kwargs): spoil(*args)
    def __setattr__(self, name, value): spoil(value)
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return thing
    def __call__(self, *args, **kwargs):
        spoil(*args)
        return result(*args)
    def __iter__(self): return iter([self] * 3)
    def __len__(self): return 3
    def __float__(self): return float("nan")
    def __array__(self, *args, **kwargs): return np.full(3, np.nan)
    def __round__(self, *args): return self

for name in ITSELF.split():
    setattr(Anything, f"__{name}__", lambda self, *args: self)
for name in COMPARED.split():
    setattr(Anything, f"__{name}__", lambda self, other: ANSWER)

class Variable(Anything): pass
class Function(Anything): pass
class Square(Function): pass
class Exp(Function): pass
thing = Anything()
def result(*args): return RESULT
square = exp = as_array = numerical_diff = result
"""


def senseless(answer: bool, result: str) -> str:
    """Return an implementation that answers every comparison alike; ``result`` is what its
    functions give, as an expression.
    """
    return TEXT.replace("ANSWER", str(answer)).replace("RESULT", result)


SENSELESS = (
    senseless(False, "Variable()"),
    senseless(True, "thing"),
    senseless(False, "args[-1] if args else thing"),
)
