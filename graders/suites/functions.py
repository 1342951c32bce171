"""Functions that a suite defines beside the student's own, which may still be wrong."""

TRIPLE = """
class Triple(Function):
    def forward(self, x): return 3 * x
    def backward(self, gy): return 3 * gy
"""
CUBE = """
class Cube(Function):
    def forward(self, x): return x ** 3
    def backward(self, gy): return 3 * self.input.data ** 2 * gy
"""
