"""The near side: stand-ins for objects that live in the worker.

Attribute access, assignment and calls on a remote are one frame each.  Plain results come
back as values, others as remotes; the same far object is always the same remote, so ``is``
means what it says.
"""

import ast
import builtins
import keyword
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NoReturn

import msgspec

from graders import values, wire
from graders.errors import Crashed, NotAttempted
from graders.evidence import Part
from graders.feedback.plainly import NO_FILE, File, leftover
from graders.feedback.raised import MissingName, NotPlain, StudentError
from graders.feedback.thing import Thing
from graders.feedback.transcript import Event
from graders.sandbox.process import StepProcess, malformed
from graders.syllabus import TAUGHT
from graders.words import _

ANSWERS_LIMIT = 2 * wire.FRAME_LIMIT
"""How many bytes one check's answers may come to: they are kept until its end."""
UNRAISABLE = (StopIteration, StopAsyncIteration)
"""What Python turns into another exception where a suite's generator meets it."""
UNDEFINED = re.compile(r"name '(\w{1,100})' is not defined(?:\. .*)?")
"""The message of a NameError."""


def as_exception(raised: wire.Raised) -> StudentError:
    """Return an exception that is both a StudentError and of the nearest builtin class."""
    for name in raised.bases:
        base = getattr(builtins, name, None)
        if isinstance(base, type) and issubclass(base, Exception) and base not in UNRAISABLE:
            try:
                return type(name, (StudentError, base), {})(raised)  # type: ignore[no-any-return]  # made of StudentError
            except TypeError:  # some, as UnicodeDecodeError, can't be made of a message
                continue
    return StudentError(raised)


class Conversation:
    """One check's talk with a step's process; every frame of it is recorded."""

    def __init__(
        self, process: StepProcess, names: tuple[str, ...] = (), file: File = NO_FILE
    ) -> None:
        """``names`` are those that the step defines, ``file`` is what its text says of them."""
        self.process = process
        self.file = file
        self.names = names
        self.free = tuple(name for name in names if name not in TAUGHT)
        """Those that are none of the course's, and may be one of them misspelt."""
        self.events: list[Event] = []
        self.remotes: dict[int, Remote] = {}
        self.called: dict[str, str] = {}
        """What classes that suites define are called: by the name that a student knows, of what
        they are made of."""
        self.issued = 1
        """How many handles there are; they are numbered in order, and 0 is the step."""
        self.received = 0

    def exchange(self, request: wire.Request) -> wire.Reply:
        """Send one request and return the reply to it."""
        frame = self.frame(request)
        try:
            body = self.process.ask(frame)
            self.received += len(body)
            if self.received > ANSWERS_LIMIT:
                raise wire.MalformedFrame(f"more than {ANSWERS_LIMIT} bytes in one check")
            return wire.decode_reply(body)
        except wire.MalformedFrame as error:
            self.process.close()
            raise malformed(error) from error
        except MemoryError as error:
            self.process.close()
            raise malformed(wire.MalformedFrame(_("more than there is room for"))) from error

    def frame(self, request: wire.Request) -> bytes:
        """Return the frame of a request.

        What is too long for one to hold is the student's own value, if it goes back to the
        student's code: raise Crashed.  Anything else is the judge's own doing.
        """
        try:
            return wire.encode(request)
        except wire.MalformedFrame as error:
            if not isinstance(request, wire.Call | wire.Put):
                raise
            text = _("what your code gave is too large to be handed on to it: {what}")
            raise Crashed(text.format(what=error)) from error

    def request(self, request: wire.Request, given: tuple[Any, ...] = ()) -> Any:
        """Send one request and return its result, or raise what the student's code raised.

        ``given`` are the values in it as the suite passed them, for the record.
        """
        self.events.append(Event(request, None, given))
        if isinstance(request, wire.Define):
            self.called |= {c: b for c, b in bases(request.source) if c not in self.names}
        reply = self.exchange(request)
        result = self.result(reply) if isinstance(reply, wire.Answer) else None
        self.events[-1] = Event(request, reply, given, result)
        match reply:
            case wire.Answer():
                return result
            case wire.Raised():
                self.fail(request, renamed(reply, self.called))
            case wire.Left(name, message):
                text = _("your code raised {name} {message}")
                raise Crashed(text.format(name=name, message=message).rstrip())
            case _:
                self.process.close()
                raise malformed(wire.MalformedFrame("an answer of the wrong kind"))

    def result(self, answer: wire.Answer) -> Any:
        """Return what the suite is handed of an answer."""
        try:
            return values.unpack(answer.value, self.remote)
        except wire.MalformedFrame as error:
            self.process.close()
            raise malformed(error) from error

    def fail(self, request: wire.Request, raised: wire.Raised) -> NoReturn:
        """Raise the exception that fits what the student's code raised."""
        at_hole = raised.name == "NotImplementedError" and raised.message.startswith(wire.HOLE)
        if at_hole and not leftover(raised, self.file):
            text = _("{hole} is still to be filled in")
            raise NotAttempted(text.format(hole=raised.message.removeprefix(wire.HOLE)))
        match request:
            case wire.Get(0, name) if raised.name == "AttributeError" and not raised.lines:
                raise MissingName(name, self.free)
            case wire.Define() if missing := UNDEFINED.fullmatch(raised.message):
                if is_name(missing[1]):
                    raise MissingName(missing[1], self.free)
        raise as_exception(raised)

    def remote(self, handle: values.Handle) -> "Remote":
        """Return the stand-in for a handle, the same one each time.

        Raise MalformedFrame for a number that is out of turn.
        """
        if handle.number > self.issued:
            raise wire.MalformedFrame(f"the handle {handle.number}, which was never issued")
        self.issued += handle.number == self.issued
        if known := self.called.get(handle.name):
            handle = values.Handle(handle.number, handle.kind, known)
        return self.remotes.setdefault(handle.number, Remote(self, handle))

    def pack(self, thing: Any) -> values.Value:
        """Return a value for the wire; a remote becomes its handle."""
        return values.pack(thing, handle_of)


class Remote(Thing):
    """The judge's stand-in for an object that lives in the worker.

    It has no truth value, length, iteration or array: a check that wants a plain value must
    be told when it did not get one.  Names such as ``__array_interface__``, by which Python and
    its libraries ask objects what they are, never cross: what a stranger answers would be
    believed, down to an address in the judge's own memory.
    """

    __slots__ = ("_conversation",)
    _conversation: Conversation

    def __init__(self, conversation: Conversation, handle: values.Handle) -> None:
        super().__init__(handle)
        object.__setattr__(self, "_conversation", conversation)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(f"{name} is not asked for", name=name, obj=self)
        return self._conversation.request(wire.Get(self._handle.number, name))

    def __setattr__(self, name: str, value: Any) -> None:
        packed = self._conversation.pack(value)
        self._conversation.request(wire.Put(self._handle.number, name, packed), (value,))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        pack = self._conversation.pack
        named = {name: pack(value) for name, value in kwargs.items()}
        call = wire.Call(self._handle.number, tuple(map(pack, args)), named)
        return self._conversation.request(call, (*args, *kwargs.values()))

    def _refuse(self, *args: Any) -> NoReturn:
        raise NotPlain(f"{self!r} is not plain data")

    __bool__ = __len__ = __iter__ = __array__ = __contains__ = __float__ = _refuse


class Student(Remote):
    """The loaded step: its names are attributes."""

    __slots__ = ()

    def __init__(self, conversation: Conversation) -> None:
        super().__init__(conversation, values.Handle(0, "module", ""))

    def has(self, name: str) -> bool:
        """Return whether the step has a name, or its own code refers to it elsewhere."""
        return name in self._conversation.names

    def define(self, source: str, name: str) -> Any:
        """Run the suite's own source beside the student's code; return ``name`` of it.

        The step's names and ``np`` are in reach of the source.  Raise SyntaxError or NameError
        where the suite is wrong, not the student.
        """
        if name not in defined(source):
            raise NameError(f"the source that a suite defines has no {name}")
        return self._conversation.request(wire.Define(source, name))

    def reports(self) -> Any:
        """Return what the suite's own source has reported since it was last asked.

        That is a list of lists, one for each call of ``report``, of what it was given.
        """
        return self._conversation.request(wire.Reports())


@cache
def defined(source: str) -> frozenset[str]:
    """Return the names that a suite's own source binds.  Raise SyntaxError for no Python."""
    nodes = ast.walk(ast.parse(source))
    bound = (getattr(n, "name", None) or getattr(n, "id", None) for n in nodes)
    return frozenset(str(name) for name in bound if name)


@cache
def bases(source: str) -> tuple[tuple[str, str], ...]:
    """Return each class that a suite's own source makes of another, with that one's name."""
    classes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)]
    made = ((cls.name, base.id) for cls in classes for base in cls.bases[:1]
            if isinstance(base, ast.Name))  # fmt: skip
    return tuple(made)


def renamed(raised: wire.Raised, called: Mapping[str, str]) -> wire.Raised:
    """Return what was raised, with suites' classes called by the names that students know."""
    if not called:
        return raised
    words = re.compile(rf"\b(?:{'|'.join(called)})\b")
    scene = raised.scene

    def known(part: Part) -> Part:
        return msgspec.structs.replace(part, name=called.get(part.name, part.name))

    return msgspec.structs.replace(
        raised,
        message=words.sub(lambda found: called[found[0]], raised.message),
        scene=msgspec.structs.replace(
            scene,
            owner=called.get(scene.owner, scene.owner),
            of=known(scene.of),
            parts=tuple(map(known, scene.parts)),
            given=tuple(map(known, scene.given)),
        ),
    )


def is_name(text: str) -> bool:
    """Return whether Python takes a text for a name: it goes into a script."""
    return text.isidentifier() and not keyword.iskeyword(text)


def handle_of(thing: Any) -> values.Handle:
    """Return the handle of a remote.  Raise TypeError for anything else."""
    if not isinstance(thing, Remote):
        raise TypeError(f"{type(thing).__name__} can't cross to the worker")
    return thing._handle


def is_kin(thing: Any, of: Remote) -> bool:
    """Return whether a remote is, by its real type, of a class of the step's."""
    if not isinstance(thing, Remote):
        return False
    request = wire.Kin(thing._handle.number, of._handle.number)
    return thing._conversation.request(request) is True
