"""Scripts that show, beside a student's file, what their tests make of an implementation."""

from collections.abc import Sequence

PATCHED = ("Square", "Variable")
"""What patches change, and scripts therefore import."""
GATHER = "tests = unittest.defaultTestLoader.loadTestsFromModule(step10)"
RUN = "print(unittest.TextTestRunner().run(tests).wasSuccessful())"
PYTEST = 'print(int(pytest.main(["-q", step10.__file__])))'


def with_patch(patch: str, tests: Sequence[str] = ()) -> str:
    """Return a script that puts a mutant's wrong behaviour in and runs the student's tests.

    ``tests`` are their names: those that are no TestCase's are pytest's to run.
    """
    if any("." not in name or "::" in name for name in tests):
        return script("import pytest", patch, f"{PYTEST}    # due: 1")
    return script("import unittest", patch, GATHER, f"{RUN}    # due: False")


def script(library: str, patch: str, *lines: str) -> str:
    """Return a whole script: what it imports, what it patches, what it runs."""
    words = [name for name in PATCHED if f"{name}." in patch]
    head = [library, *(["import numpy as np"] if "np." in patch else []), "import step10"]
    head += [f"from step10 import {', '.join(words)}"] if words else []
    return "\n".join([*head, "", *([patch] if patch else []), *lines])


COUNT = script(
    "import unittest",
    "",
    GATHER,
    "print(unittest.TextTestRunner().run(tests).testsRun > 0)    # due: True",
)
ON_THE_BOOK = script(
    "import unittest",
    """Square.forward = lambda self, x: x**2
Square.backward = lambda self, gy: 2 * self.input.data * gy""",
    GATHER,
    f"{RUN}    # due: True",
)
ON_ANOTHER = script(
    "import unittest",
    """Square.forward = lambda self, value: value * value
Square.backward = lambda self, above: np.asarray(above * 2 * self.input.data)
Variable.data = property(lambda x: x.kept, lambda x, data: setattr(x, "kept", data))
step10.as_array = np.asarray""",
    GATHER,
    f"{RUN}    # due: True",
)
