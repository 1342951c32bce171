"""The wire: frames between judge and worker, plain data only.

A frame is four bytes of length (big-endian) and a MessagePack body.  Bodies are decoded
into the types below and into nothing else, so a frame of another shape is refused by the
decoder before any of it is used.
"""

from typing import Annotated

import msgspec

from graders.evidence import MOST_EDITS, Edit, Holds, Outline, Scene, Suspect
from graders.values import FRAME_LIMIT as FRAME_LIMIT
from graders.values import MalformedFrame as MalformedFrame
from graders.values import Name, Number, Sent, Text, Value

HEADER = 4
HOLE = "fill in: "
"""How the message of a template's hole begins."""
UNEXPECTED = "an unexpected pass"
"""Stands for the exception of a test that was to fail, and passed."""
MOST_NAMES = 200
MOST_TESTS = 1000
MOST_PIECES = 2000
MOST_LINES = 5000


Paths = Annotated[tuple[Text, ...], msgspec.Meta(max_length=MOST_NAMES)]


class Piece(Sent, frozen=True):
    """A Python file of a submission, or one cell of a notebook in it."""

    path: str
    """Relative to the submission, with slashes."""
    text: str
    cell: Number = 0
    """Its place among the notebook's cells, from 1; 0 for a file."""

    @property
    def place(self) -> str:
        """Return what Python is told that its code comes from."""
        return f"{self.path}, cell {self.cell}" if self.cell else self.path


Spot = tuple[Number, Number]
"""A line of a piece, by index."""


class Load(Sent, frozen=True, tag="load"):
    """Make ready to run a step; answered by ``Ready``."""

    path: str
    """What the step is imported as, such as ``steps/step02.py``."""
    pieces: tuple[Piece, ...]
    """What it consists of, in the order in which it is to be run."""
    own: tuple[Number, ...]
    """Which of them are its own, by index: the others come from earlier steps."""
    root: str
    """The submission folder's own name, under which its files may import each other."""
    modules: dict[str, tuple[Piece, ...]]
    """What else it may import, by path."""
    known: bool = False
    """Whether what it holds need not be told."""


class Run(Sent, frozen=True, tag="run"):
    """Run a piece of the step; answered by ``Ran``."""

    piece: Number
    share: float
    """How much of a check's CPU time it may take, from 0 to 1."""
    definitions: bool = False
    """Whether to run no more of it than what it defines."""


class Look(Sent, frozen=True, tag="look"):
    """Look at what the pieces that have been run have made; answered by ``Loaded``."""

    carried: tuple[str, ...] = ()
    """Names that the step may be asked for, and earlier steps teach."""
    taught: tuple[str, ...] = ()
    """Those that it teaches itself."""
    earlier: tuple[str, ...] = ()
    """The files of earlier steps, by path."""
    later: tuple[str, ...] = ()
    """Those of later ones."""


class Begin(Sent, frozen=True, tag="begin"):
    """Start a check: forget all handles but the step's, seed the random generators."""

    seed: Number
    share: float = 1.0
    """How much of a check's CPU time it may take, from 0 to 1."""
    granted: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MOST_NAMES)] = ()
    """The misspelt names that stand for what was meant: they have been told of already."""


class Get(Sent, frozen=True, tag="get"):
    """Read an attribute."""

    target: Number
    name: str


class Put(Sent, frozen=True, tag="put"):
    """Set an attribute."""

    target: Number
    name: str
    value: Value


class Call(Sent, frozen=True, tag="call"):
    """Call an object."""

    target: Number
    args: tuple[Value, ...]
    kwargs: dict[str, Value]


class Define(Sent, frozen=True, tag="define"):
    """Run the suite's own source where the step's names are in reach, and give a name of it."""

    source: str
    name: str


class Reports(Sent, frozen=True, tag="reports"):
    """Give what the suite's own source has reported, as a list, and forget it."""


class Kin(Sent, frozen=True, tag="kin"):
    """Tell whether an object, or a class, is of another class; by its real type."""

    target: Number
    of: Number


class Rehearse(Sent, frozen=True, tag="rehearse"):
    """Run the step's own tests against another implementation; answered by ``Rehearsed``.

    It follows ``Load`` in a process that has run nothing of the student's.
    """

    implementation: str
    ran: tuple[Number, ...] = ()
    """The pieces of the step to run, by index."""
    quick: tuple[str, ...] = ()
    """Places of the cells that are run whole; of others no more than what they define."""
    misspelt: dict[str, str] = {}
    """What the step calls names that it lacks."""
    seed: Number = 0
    """What draws at random is seeded with."""
    share: float = 1.0
    """How much of a check's CPU time it may take, from 0 to 1."""


class Trace(Sent, frozen=True, tag="trace"):
    """Note from now on which lines of the step's pieces are run, or say which were: answered by
    ``Traced``.
    """


class Mend(Sent, frozen=True, tag="mend"):
    """List small edits of the step's own pieces; answered by ``Mended``.

    It follows ``Load`` in a process that has run nothing of the student's.
    """

    suspects: tuple[Suspect, ...] = ()
    """The lines that the check which failed has run, or that an exception came through."""
    holds: tuple[Holds, ...] = ()
    """What was seen in the names of functions."""
    new: tuple[Name, ...] = ()
    """The functions that the step is about."""
    most: Number = MOST_EDITS


Request = (
    Load
    | Run
    | Look
    | Begin
    | Get
    | Put
    | Call
    | Define
    | Reports
    | Kin
    | Rehearse
    | Trace
    | Mend
)


class Line(Sent, frozen=True):
    """A line of the student's code in a traceback."""

    file: Annotated[str, msgspec.Meta(max_length=1000)]
    number: Number
    function: Name
    source: Name
    cell: Number = 0
    """The notebook's cell that it is in; 0 for a file."""

    @property
    def within(self) -> str:
        """Return how the message of a SyntaxError, which tells its line too, names the file."""
        return Piece(self.file, "", self.cell).place.rpartition("/")[2]


class Raised(Sent, frozen=True, tag="raised"):
    """The student's code raised an Exception."""

    name: Name
    bases: Annotated[tuple[Name, ...], msgspec.Meta(max_length=64)]
    """The names of the builtin classes it is of, nearest first."""
    message: Text
    lines: Annotated[tuple[Line, ...], msgspec.Meta(max_length=16)]
    missing: Name = ""
    """The name that was looked for in vain, where there is one spelt almost alike."""
    near: Name = ""
    """That other one."""
    scene: Scene = Scene()
    """Where it was raised, and what was at hand there."""


class Left(Sent, frozen=True, tag="left"):
    """The student's code raised what would end a program, such as SystemExit."""

    name: Name
    message: Text


class Answer(Sent, frozen=True, tag="answer"):
    """A request's result."""

    value: Value


class Lent(Sent, frozen=True):
    """Where a name comes from that a step has not brought in."""

    path: Text
    module: Name
    """What the file is imported as."""


class Ready(Sent, frozen=True, tag="ready"):
    """What a step's own pieces hold, before any is run."""

    untouched: bool
    """Whether every function in them is still a hole of the template."""
    idle: Annotated[tuple[Number, ...], msgspec.Meta(max_length=MOST_PIECES)]
    """Those without code, but for imports of what is installed, by index."""
    defines: bool = True
    """Whether anything in them defines, brings in or changes something."""
    outline: Outline = ()
    """What all pieces define, as their text says it."""


class Ran(Sent, frozen=True, tag="ran"):
    """What came of running a piece."""

    trouble: Raised | Left | None
    """What ended it early, if anything did."""
    refused: bool
    """Whether Python could not read it at all."""
    stops: bool
    """Whether an exception or an exit ended it, even one below all definitions."""
    waits: Number = 0
    """The first line that was left out since it ``await``s something; 0 for none."""


class Loaded(Sent, frozen=True, tag="loaded"):
    """What the pieces of a step have made."""

    names: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MOST_NAMES)]
    """The public names."""
    stood_in: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MOST_NAMES)]
    """Modules that are not installed and were stood in for."""
    missing: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MOST_NAMES)] = ()
    """Modules of the student's own that are not there."""
    ignored: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MOST_NAMES)] = ()
    """Calls that did nothing, since they only make sense on the student's machine."""
    lent: Annotated[dict[Name, Lent], msgspec.Meta(max_length=MOST_NAMES)] = {}
    """Names that it lacks, and that its own code refers to elsewhere."""
    unclear: Annotated[dict[Name, Paths], msgspec.Meta(max_length=MOST_NAMES)] = {}
    """Names that it lacks, and that several files have different things of."""
    misspelt: Annotated[dict[Name, Name], msgspec.Meta(max_length=MOST_NAMES)] = {}
    """Names that it lacks, and what of its own is called almost alike."""
    quick: Annotated[tuple[Text, ...], msgspec.Meta(max_length=MOST_PIECES)] = ()
    """Places of cells that took next to no time."""


class Rehearsed(Sent, frozen=True, tag="rehearsed"):
    """What came of running a step's own tests."""

    tests: Annotated[dict[Name, Raised | None], msgspec.Meta(max_length=MOST_TESTS)]
    """Each test that ran, and what it raised: nothing, if it passed.  The empty name stands
    for a failure to run the file at all."""
    hidden: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MOST_NAMES)]
    """Tests that were lost because their class, or function, was defined again."""


class Traced(Sent, frozen=True, tag="traced"):
    """The lines of the step's pieces that were run since ``Trace``."""

    lines: Annotated[tuple[Spot, ...], msgspec.Meta(max_length=MOST_LINES)]
    often: Annotated[tuple[Spot, ...], msgspec.Meta(max_length=MOST_LINES)] = ()
    """Of what did not end, the lines that were run over and over."""
    holds: Annotated[tuple[Holds, ...], msgspec.Meta(max_length=MOST_LINES)] = ()
    """What was seen in the names of functions meanwhile."""


class Mended(Sent, frozen=True, tag="mended"):
    """Small edits of the step's own pieces, the likeliest first."""

    edits: Annotated[tuple[Edit, ...], msgspec.Meta(max_length=MOST_EDITS)]


Reply = Answer | Raised | Left | Ready | Ran | Loaded | Rehearsed | Traced | Mended

_encoder = msgspec.msgpack.Encoder()
_requests: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
_replies: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Reply)


def encode(message: Request | Reply) -> bytes:
    """Return a whole frame.  Raise MalformedFrame when it would be too long."""
    body = _encoder.encode(message)
    if len(body) > FRAME_LIMIT:
        raise MalformedFrame(f"a frame of {len(body)} bytes is longer than {FRAME_LIMIT}")
    return len(body).to_bytes(HEADER, "big") + body


def body_length(header: bytes) -> int:
    """Return the length that a header announces.  Raise MalformedFrame when it is too long."""
    length = int.from_bytes(header, "big")
    if length > FRAME_LIMIT:
        raise MalformedFrame(f"the header of a frame of {length} bytes, which is too long")
    return length


def decode_request(body: bytes) -> Request:
    """Return the request in a frame's body."""
    return _requests.decode(body)


def decode_reply(body: bytes) -> Reply:
    """Return the reply in a frame's body.  Raise MalformedFrame for anything else."""
    try:
        return _replies.decode(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise MalformedFrame(f"a frame that is not a reply ({type(error).__name__})") from error
