"""Mutants of step 8: From recursion to a loop."""

from mutants.mutant import mutants
from mutants.step06 import SQUARE_BACK

LOOP = """funcs = [self.creator]
        while funcs:
            f = funcs.pop()
            if f is not None:  # None: no Function made this Variable
                x, y = f.input, f.output
                x.grad = f.backward(y.grad)
                funcs.append(x.creator)
"""
RECURSION = """f = self.creator
        if f is not None:
            f.input.grad = f.backward(self.grad)
            f.input.backward()
"""
SLOPES_FIRST = """funcs, f = [], self.creator
        while f is not None:
            funcs.insert(0, f)
            f = f.input.creator
        slopes = [f.backward(np.ones_like(f.output.data)) for f in funcs]
        for f, slope in zip(funcs[::-1], slopes[::-1]):
            f.input.grad = f.output.grad * slope
"""
START = "funcs = [self.creator]\n"
POP = "f = funcs.pop()"
PUSH = "                funcs.append(x.creator)\n"
VISIT = "x.grad = f.backward(y.grad)"
VISIT_AND_ADD = """gx = f.backward(y.grad)
                x.grad = gx if x.grad is None else x.grad + gx"""
MUTANTS = mutants(
    "step08",
    ("pops-before-the-loop", START, START + "        funcs.pop()\n", "every_gradient"),
    ("stops-after-one", PUSH, "", "every_gradient"),
    ("never-ends", POP, "f = funcs[-1]", "every_gradient"),
    ("passes-on-its-own-grad", VISIT, "x.grad = f.backward(self.grad)", "every_gradient"),
    (
        "starts-from-ones",
        START,
        "self.grad = np.ones_like(self.data)\n        " + START,
        "starts_from_the_given_gradient",
    ),
    ("still-recursive", LOOP, RECURSION, "constant_stack_depth"),
    (
        "raises-the-limit",
        LOOP,
        "import sys\n\n        sys.setrecursionlimit(10**6)\n        " + RECURSION,
        "constant_stack_depth",
    ),
    (
        "goes-a-thousand-steps",
        "while funcs:",
        "for _ in range(1000):\n            if not funcs:\n                break",
        "deep_chain",
    ),
    ("visits-twice", START, "funcs = [self.creator, self.creator]\n", "each_function_once"),
    (
        "computes-twice",
        VISIT,
        f"if f.backward(y.grad) is not None:\n                    {VISIT}",
        "each_function_once",
    ),
    ("computes-slopes-first", LOOP, SLOPES_FIRST, "last_function_first"),
    ("adds-up", VISIT, VISIT_AND_ADD, "backward_again"),
    ("square-forgets-gy", SQUARE_BACK, "return 2 * x", "backward_at_one_half"),
)
