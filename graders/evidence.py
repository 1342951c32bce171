"""What the worker tells of a file's text, and of the place where an exception was raised.

Plain data like all that crosses, and bounded: the judge parses nothing that a student wrote.
"""

from typing import Annotated, Literal

import msgspec

from graders.values import Name, Number, Sent

MOST_DEFINED = 300
"""How many classes, functions and names of a file are told of."""
MOST_NAMES = 60
"""How many names there may be in each list of one."""
MOST_PARTS = 6
"""How many parts of an expression are told of."""
LONGEST = 80
"""How many characters of an expression are told."""

Names = Annotated[tuple[Name, ...], msgspec.Meta(max_length=MOST_NAMES)]
Lines = Annotated[dict[Name, Number], msgspec.Meta(max_length=MOST_NAMES)]
"""Names, each with the line where it is first met."""

PartKind = Literal[
    "unknown", "none", "number", "text", "array", "memory", "list", "function", "method",
    "class", "module", "instance", "absent",
]  # fmt: skip
"""What a part of an expression was: ``memory`` is what an array calls its own data, ``absent``
something of a package that isn't installed."""

Form = Literal[
    "", "attribute", "name", "call", "operation", "subscript", "raise", "syntax", "other"
]
"""What the statement or expression is that an exception was raised in."""


class Part(Sent, frozen=True):
    """A part of an expression, and what it was when the exception was raised."""

    text: Name = ""
    """As the student wrote it."""
    kind: PartKind = "unknown"
    name: Name = ""
    """The class of an instance; the name of a class, a function or a module."""


class Scene(Sent, frozen=True):
    """The innermost place in the student's code that an exception came through."""

    form: Form = ""
    text: Name = ""
    """The expression; of a SyntaxError, the line."""
    parts: Annotated[tuple[Part, ...], msgspec.Meta(max_length=MOST_PARTS)] = ()
    """The object of an attribute; the operands; what is called, then its arguments."""
    sign: Name = ""
    """The operator; of a SyntaxError, the line above."""
    within: Name = ""
    """The function it stands in, such as ``Square.forward``."""
    owner: Name = ""
    """The class of that method's object."""
    given: Annotated[tuple[Part, ...], msgspec.Meta(max_length=MOST_PARTS)] = ()
    """What that function's parameters are, but for the object."""
    sought: Name = ""
    """The name that was looked for in vain."""
    of: Part = Part()
    """The object that lacks the attribute."""
    deeper: Literal["", "library", "grader"] = ""
    """Whose code it was raised in, if that lies further down than the student's."""


class Defined(Sent, frozen=True):
    """A class, a function or a name that a file defines."""

    name: Name
    form: Literal["class", "def", "value", "import"]
    line: Number
    cell: Number = 0
    within: Name = ""
    """What it stands in, such as ``Variable`` or ``Variable.backward``."""
    takes: Names = ()
    """A function's parameters; the bases of a class; the module of an import."""
    unused: Names = ()
    """The parameters that the function never reads."""
    sets: Lines = {}
    """Attributes of its first parameter that a function sets; names that a class sets."""
    gives: Lines = {}
    """Plain names that a function gives a value."""
    stores: Names = ()
    """Attributes of whatever that a function sets, such as ``x.grad``."""
    calls: Names = ()
    """What a function calls, by its last name."""
    compares: Lines = {}
    """What a statement merely compares, by ``==`` or as ``np.allclose`` does."""
    voids: Lines = {}
    """Plain names that a function sets to what gives None, such as ``append``."""
    returns: Names = ()
    """What a function calls to give it back, by its last name."""
    leftover: Number = 0
    """The line of the template's ``raise`` in a function that has code of its own as well."""
    guarded: bool = False
    """Whether it is decorated, or under an ``if``: then it may go with another of its name."""
    ends: bool = False
    """Whether a function ever gives something back, or raises something."""
    stops: Number = 0
    """The line of a return in a function that keeps what stands below it from being run."""

    @property
    def path(self) -> str:
        """Return what it is called from outside, such as ``Square.forward``."""
        return f"{self.within}.{self.name}" if self.within else self.name


Outline = Annotated[tuple[Defined, ...], msgspec.Meta(max_length=MOST_DEFINED)]
"""What the pieces of a step define, in order."""


EditKind = Literal[
    "argument", "assignment", "attribute", "base", "brackets", "call", "comparison",
    "condition", "decorator", "exception", "extra", "guard", "import", "indent", "literal",
    "logic", "loop", "missing", "name", "numpy", "operand", "operator", "order", "place",
    "return", "self", "syntax", "value",
]  # fmt: skip
"""What an edit is about: the question that it puts to the student."""
MOST_EDITS, LONGEST_EDIT = 200, 4000
"""How many edits of a step are tried, and how many characters each may put in."""


class Holds(Sent, frozen=True):
    """What a name held while a function ran."""

    piece: Number
    line: Number
    """Where the function begins."""
    name: Name
    kind: PartKind
    of: Name = ""
    """The class of an instance."""


class Suspect(Sent, frozen=True):
    """A line that may have to do with a failure."""

    piece: Number
    line: Number
    weight: float
    """How likely it is that, from 0 to 1."""


class Edit(Sent, frozen=True):
    """A small edit of a piece, which undoes a slip that people make."""

    piece: Number
    """Of the step's pieces, by index."""
    start: Number
    end: Number
    """From where to where the text is replaced, in characters."""
    text: Annotated[str, msgspec.Meta(max_length=LONGEST_EDIT)]
    """What stands there instead."""
    line: Number
    """The line that a person would call wrong; of what is missing, the function's first."""
    kind: EditKind
    cost: Number
    """From 1, for a slip that is very likely where the edit fits at all."""
    drops: bool = False
    """Whether less is done than before."""
    within: Name = ""
    """The function that the line stands in, such as ``Square.forward``."""

    def of(self, text: str) -> str:
        """Return a text with the edit made."""
        return text[: self.start] + self.text + text[self.end :]
