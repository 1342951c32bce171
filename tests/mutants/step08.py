"""Mutants of step 8: From recursion to a loop."""

from mutants.mutant import mutants
from mutants.step06 import EXP_BACK, SQUARE_BACK
from mutants.step07 import LINK, OLDER_FUNCTION, OUTPUT

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
WHILE = "while funcs:"
POP = "f = funcs.pop()"
PUSH = "                funcs.append(x.creator)\n"
VISIT = "x.grad = f.backward(y.grad)"
VISIT_AND_ADD = """gx = f.backward(y.grad)
                x.grad = gx if x.grad is None else x.grad + gx"""
VISIT_ONLY_ONCE = f"""if x.grad is None:
                    {VISIT}"""
MUTANTS = mutants(
    "step08",
    (
        "wraps-what-came-in",
        "output = Variable(y)",
        "output = Variable(x)",
        "backward_at_one_half",
        "result-already-wrong",
    ),
    (
        "pops-before-the-loop",
        START,
        START + "        funcs.pop()\n",
        "every_gradient",
        "nothing-to-do",
    ),
    ("starts-with-nothing", START, "funcs = []\n", "every_gradient", "nothing-to-do"),
    ("never-sets-the-creator", LINK, "pass", "every_gradient", "nothing-to-do"),
    ("stops-after-one", PUSH, "", "every_gradient", "stops-after-one"),
    ("asks-only-once", WHILE, "if funcs:", "every_gradient", "stops-after-one"),
    ("never-takes-out", POP, "f = funcs[-1]", "every_gradient", "never-ends"),
    (
        "puts-itself-in",
        PUSH,
        PUSH.replace("x.creator", "f"),
        "every_gradient",
        "never-ends",
    ),
    (
        "passes-on-its-own-grad",
        VISIT,
        "x.grad = f.backward(self.grad)",
        "every_gradient",
        "always-from-the-end",
    ),
    (
        "shares-the-output",
        OUTPUT,
        "        Function.output = output\n",
        "every_gradient",
        "always-from-the-end",
    ),
    ("stores-no-grad", VISIT, "f.backward(y.grad)", "every_gradient", "grad-not-there"),
    (
        "passes-the-input-s-grad",
        VISIT,
        "x.grad = f.backward(x.grad)",
        "every_gradient",
        "grad-not-there",
    ),
    (
        "uses-up-grad",
        VISIT,
        VISIT + "\n                y.grad = None",
        "every_gradient",
        "clears-the-gradient",
    ),
    (
        "puts-variables-in",
        PUSH,
        PUSH.replace("x.creator", "x"),
        "every_gradient",
        "list-of-variables",
    ),
    ("starts-with-itself", START, "funcs = [self]\n", "every_gradient", "list-of-variables"),
    ("does-none", "if f is not None:", "if True:", "every_gradient", "none-in-the-list"),
    ("keeps-no-output", OUTPUT, "", "every_gradient", "output-not-kept"),
    ("names-pop", POP, "f = funcs.pop", "every_gradient", "pop-not-called"),
    (
        "starts-from-ones",
        START,
        "self.grad = np.ones_like(self.data)\n        " + START,
        "starts_from_the_given_gradient",
        "starts-from-ones",
    ),
    (
        "visits-twice",
        START,
        "funcs = [self.creator, self.creator]\n",
        "each_function_once",
        "visits-twice",
    ),
    (
        "computes-twice",
        VISIT,
        f"if f.backward(y.grad) is not None:\n                    {VISIT}",
        "each_function_once",
        "visits-twice",
    ),
    (
        "computes-slopes-first",
        LOOP,
        SLOPES_FIRST,
        "last_function_first",
        "first-function-first",
    ),
    ("still-recursive", LOOP, RECURSION, "constant_stack_depth", "still-recursive"),
    (
        "raises-the-limit",
        LOOP,
        "import sys\n\n        sys.setrecursionlimit(10**6)\n        " + RECURSION,
        "constant_stack_depth",
        "still-recursive",
    ),
    (
        "goes-a-thousand-steps",
        WHILE,
        "for _ in range(1000):\n            if not funcs:\n                break",
        "deep_chain",
        "counted-loop",
    ),
    ("adds-up", VISIT, VISIT_AND_ADD, "backward_again", "adds-up"),
    ("stores-only-once", VISIT, VISIT_ONLY_ONCE, "backward_again", "keeps-the-first"),
    (
        "square-forgets-gy",
        SQUARE_BACK,
        "return 2 * x",
        "backward_at_one_half",
        "forgot-gy",
    ),
    (
        "exp-forgets-gy",
        EXP_BACK,
        "return np.exp(x)",
        "backward_at_one_half",
        "forgot-gy",
    ),
    (
        "square-keeps-the-older-base",
        "class Square(Function):",
        OLDER_FUNCTION,
        "backward_at_one_half",
        "old-base",
    ),
)
