"""The course as data: its steps in order, with titles and sections."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from graders.words import _

DEFAULT_SEED = 20190920
"""The course's constant: a student sees the same numbers while debugging."""


@dataclass(frozen=True)
class Unit:
    """One step of the course as it is graded."""

    step: str
    """The name of its file and its suite, such as ``step06``."""
    label: str
    """What a person calls it, such as ``5–6``."""
    title: str
    sections: str
    teaches: tuple[str, ...] = ()
    """The names that it adds to those of earlier steps: a later step that lacks one may take it
    from them.
    """
    new: tuple[str, ...] = ()
    """The functions that are written or changed in it: mistakes are looked for there first."""

    @property
    def number(self) -> int:
        """Return the number in the name of its file."""
        return int(self.step[-2:])

    @property
    def filename(self) -> str:
        """Return the name of the step's file in the template."""
        return f"{self.step}.py"


SYLLABUS = (
    Unit(
        "step01",
        "01",
        _("Variables as boxes"),
        "1.2, 1.3",
        ("Variable",),
        ("Variable.__init__",),
    ),
    Unit(
        "step02",
        "02",
        _("Functions that make variables"),
        "2.2, 2.3",
        ("Function", "Square"),
        ("Function.__call__", "Function.forward", "Square.forward"),
    ),
    Unit("step03", "03", _("Chaining functions"), "3.1, 3.2", ("Exp",), ("Exp.forward",)),
    Unit(
        "step04",
        "04",
        _("Numerical differentiation"),
        "4.2, 4.3",
        ("numerical_diff",),
        ("numerical_diff",),
    ),
    Unit(
        "step06",
        "5–6",
        _("Backpropagation by hand"),
        "6.1–6.4",
        (),
        (
            "Variable.__init__",
            "Function.__call__",
            "Function.backward",
            "Square.backward",
            "Exp.backward",
        ),
    ),
    Unit(
        "step07",
        "07",
        _("Following the links"),
        "7.1–7.3",
        (),
        ("Variable.__init__", "Variable.set_creator", "Variable.backward", "Function.__call__"),
    ),
    Unit("step08", "08", _("From recursion to a loop"), "8.2", (), ("Variable.backward",)),
    Unit(
        "step09",
        "09",
        _("Friendlier functions"),
        "9.1–9.3",
        ("square", "exp", "as_array"),
        (
            "Variable.__init__",
            "Variable.backward",
            "Function.__call__",
            "square",
            "exp",
            "as_array",
        ),
    ),
    Unit("step10", "10", _("Tests that catch mistakes"), "10.1–10.3"),
)
"""Every step in course order.  Step 5 is theory and is one unit with step 6.  What a step is
worth is the sum of its checks'."""
TAUGHT = tuple(name for unit in SYLLABUS for name in unit.teaches)
"""The names that the course has a student define."""


def steps_of(numbers: Iterable[int]) -> tuple[str, ...]:
    """Return the course's steps among numbers."""
    units = map(find_unit, map(str, numbers))
    return tuple(dict.fromkeys(unit.step for unit in units if unit))


def find_unit(text: str) -> Unit | None:
    """Return the step meant by ``6``, ``06``, ``5``, ``5-6`` or ``step06``; None if there
    is none.
    """
    match = re.fullmatch(
        r"(?:step)?[ _-]?0*(\d{1,2})(?:[-–]0*(\d{1,2}))?", text.strip().lower()
    )
    if not match:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    if first != last and (first, last) != (5, 6):
        return None
    wanted = 6 if last == 5 else last
    return next((unit for unit in SYLLABUS if unit.number == wanted), None)
