from dezero.core_simple import Function, Variable, as_array
from dezero.functions import Exp, Square, exp, square
