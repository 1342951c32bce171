"""What a few learners wrote for steps 1 to 3: the cells that are new in each step."""

Solution = dict[str, list[str]]

IMPORT = "import numpy as np"
VARIABLE = """class Variable:
    def __init__(self, data):
        self.data = data"""
FUNCTION = """class Function:
    def __call__(self, input):
        x = input.data
        y = self.forward(x)
        output = Variable(y)
        return output

    def forward(self, x):
        raise NotImplementedError()"""
SQUARE = """class Square(Function):
    def forward(self, x):
        return x ** 2"""
EXP = """class Exp(Function):
    def forward(self, x):
        return np.exp(x)"""
CHAIN = """A = Square()
B = Exp()
C = Square()
x = Variable(np.array(0.5))
a = A(x)
b = B(a)
y = C(b)
print(y.data)"""

HINTS = '''from __future__ import annotations

class Variable:
    """数値を入れる箱"""

    def __init__(self, data: np.ndarray) -> None:
        self.data: np.ndarray = data'''
BASE = """import abc

class Function(abc.ABC):
    def __call__(self, variable: Variable) -> Variable:
        return Variable(self.forward(variable.data))

    def forward(self, x: np.ndarray) -> np.ndarray:
        raise NotImplementedError("각 함수가 정한다")"""
ONE_LINERS = """def power(x): return x * x
class Square(Function): forward = staticmethod(power)"""
EXP_TOO = """class Exp(Function):
    def forward(self, array):
        result = np.e ** array
        return result"""

SOLUTIONS: dict[str, Solution] = {
    "as in the book": {
        "step01": [IMPORT, VARIABLE, "x = Variable(np.array(1.0))\nprint(x.data)"],
        "step02": [FUNCTION, SQUARE, "print(type(Square()(x)))"],
        "step03": [EXP, CHAIN],
    },
    "with hints and helpers": {
        "step01": [f"{IMPORT}\nimport matplotlib.pyplot as plt", HINTS],
        "step02": [BASE, ONE_LINERS],
        "step03": [EXP_TOO],
    },
    "up to step 2": {
        "step01": [IMPORT, VARIABLE],
        "step02": [FUNCTION, SQUARE],
        "step03": [],
    },
    "from step 2 on": {
        "step01": [],
        "step02": [IMPORT, VARIABLE, FUNCTION, SQUARE],
        "step03": [EXP, CHAIN],
    },
}
