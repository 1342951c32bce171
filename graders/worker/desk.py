"""Answer the judge's frames with what a student's code makes of them."""

import builtins
import importlib
import random
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import numpy as np

from graders import values, wire
from graders.worker.loader import Importer
from graders.worker.looking import is_class
from graders.worker.outline import outline
from graders.worker.probes import keeper
from graders.worker.reach import Found, is_stood_in_for, reach
from graders.worker.source import COURSE, look
from graders.worker.stand_in import StandIn
from graders.worker.tracer import Tracer

MOST_REPORTS = 1000
"""How many reports of a suite's own source are kept until they are asked for."""
INTERACTIVE = {
    "get_ipython": lambda: StandIn("IPython"),
    "display": lambda *shown: None,
    "exit": sys.exit,
    "quit": sys.exit,
}
"""What only interactive Python defines, and files saved from it may use."""
HIDEABLE = frozenset(name for name in vars(builtins) if not name.startswith("_"))
"""Python's own names, which a student's may hide."""

KINDS: tuple[tuple[type, values.ObjectKind], ...] = (
    (types.FunctionType, "function"),
    (types.BuiltinFunctionType, "function"),
    (np.ufunc, "function"),
    (StandIn, "absent"),
    (types.MethodType, "method"),
    (types.ModuleType, "module"),
)


class Desk:
    """Holds one step's module and the objects that the judge has handles for."""

    def __init__(self) -> None:
        self.module = types.ModuleType("unloaded")
        self.objects: list[Any] = []
        self.numbers: dict[int, int] = {}
        self.found = Found()
        """What the step lacks, and its own code refers to elsewhere or calls almost alike."""
        self.lent: dict[str, Any] = {}
        """What of it is lent to this check."""
        self.told: list[list[Any]] = []
        """What suites' own source has reported."""
        self.seed = 0
        self.submission = Importer("", "", {})
        self.own: dict[int, wire.Piece] = {}
        """The step's own pieces, by index."""
        self.tracer = Tracer()
        self.define = keeper()

    def answer(self, request: wire.Request) -> wire.Reply:
        """Carry out a request."""
        try:
            return self.carry_out(request)
        except BaseException as error:  # whatever student code raises is an answer
            return self.submission.describe(error)

    def carry_out(self, request: wire.Request) -> wire.Reply:
        """Carry out a request; student code may raise anything through it."""
        match request:
            case wire.Load():
                return self.load(request)
            case wire.Run(piece, _share, definitions):
                return self.run(piece, definitions)
            case wire.Look():
                return self.loaded(request)
            case wire.Begin(seed):
                self.begin(seed)
                held_back = self.found.misspelt.keys() - set(request.granted)
                things = self.found.things.items()
                self.lent = {name: thing for name, thing in things if name not in held_back}
                return wire.Answer(None)
            case wire.Get(0, name) if name in self.lent:
                return self.give(self.lent[name])
            case wire.Get(0, name) if is_stood_in_for(self.module, name):
                raise AttributeError(name)
            case wire.Get(target, name):
                return self.give(getattr(self.objects[target], name))
            case wire.Put(target, name, value):
                setattr(self.objects[target], name, self.take(value))
                return wire.Answer(None)
            case wire.Call(target, args, kwargs):
                named = {name: self.take(value) for name, value in kwargs.items()}
                return self.give(self.objects[target](*map(self.take, args), **named))
            case wire.Define(source, name):
                names = {**self.had(), **self.lent, "report": self.report}
                return self.give(self.define(source, names)[name])
            case wire.Reports():
                told, self.told = self.told, []
                return wire.Answer(values.pack(told, self.handle))
            case wire.Kin(target, of):
                return wire.Answer(is_kin(self.objects[target], self.objects[of]))
            case wire.Rehearse():
                return self.rehearse(request)
            case wire.Trace():
                return self.tracer.told()
            case wire.Mend():
                return self.mended(request)

    def load(self, request: wire.Load) -> wire.Ready:
        """Make ready to run a step and say what its own pieces hold."""
        pieces = {**request.modules, request.path: request.pieces}
        self.submission = Importer(request.root, request.path, pieces)
        self.own = own = {index: request.pieces[index] for index in request.own}
        self.submission.own = {piece.place for piece in own.values()}
        sys.meta_path.insert(0, self.submission)
        sys.breakpointhook = lambda *args, **kwargs: None
        sys.argv[:] = [request.path]
        vars(builtins).update(INTERACTIVE)
        self.tracer = Tracer({piece.place: index for index, piece in own.items()})
        self.module = self.submission.begin()
        if request.known:
            return wire.Ready(untouched=False, idle=())
        ready = look(own, inherits=len(own) < len(request.pieces))
        told = outline(request.pieces)
        return wire.Ready(ready.untouched, ready.idle, ready.defines, told)

    def run(self, index: int, definitions: bool) -> wire.Ran:
        """Run a piece of the step, or what it defines, and say what came of it."""
        step = self.submission
        piece = step.pieces[step.path][index]
        step.run(piece, step.path, definitions)
        return wire.Ran(
            step.troubles.get(piece.place),
            refused=piece.place in step.refused,
            stops=piece.place in step.stopped,
            waits=step.waits.get(piece.place, 0),
        )

    def report(self, *things: Any) -> None:
        """Keep what a suite's own source reports."""
        if len(self.told) < MOST_REPORTS:
            self.told.append([*things])

    def rehearse(self, request: wire.Rehearse) -> wire.Rehearsed:
        """Run the step's own tests on an implementation, as if the step had been run before."""
        from graders.worker.rehearsal import rehearse

        step = self.submission
        step.ran = [step.pieces[step.path][index] for index in request.ran]
        step.demos = set(request.quick)
        self.seed = request.seed
        self.make_repeatable()
        return rehearse(step, request.implementation, self.seed, request.misspelt)

    def mended(self, request: wire.Mend) -> wire.Mended:
        """List edits of the step's own pieces, of which nothing is run here.

        Few runs want them: they are imported only now, when ``graders`` means gradmark again.
        """
        sys.meta_path.remove(self.submission)
        from graders.worker.edits import edits

        return wire.Mended(edits(self.own, request))

    def loaded(self, look: wire.Look) -> wire.Loaded:
        """Say what has come of the step's pieces, and what they lack."""
        self.found = found = reach(self.submission, self.module, look)
        return wire.Loaded(
            names=tuple(sorted(public_names(self.module), key=is_other))[: wire.MOST_NAMES],
            stood_in=tuple(self.submission.absent())[: wire.MOST_NAMES],
            missing=tuple(self.submission.missing())[: wire.MOST_NAMES],
            ignored=tuple(dict.fromkeys(self.submission.machine.ignored))[: wire.MOST_NAMES],
            lent=found.lent,
            unclear=found.unclear,
            misspelt=found.misspelt,
            quick=tuple(sorted(self.submission.demos))[: wire.MOST_PIECES],
        )

    def had(self) -> dict[str, Any]:
        """Return the step's own names, but for those that hide Python's: what a suite defines
        means its own ``len``.
        """
        hidden = HIDEABLE | {name for name in COURSE if is_stood_in_for(self.module, name)}
        return {name: thing for name, thing in vars(self.module).items() if name not in hidden}

    def begin(self, seed: int) -> None:
        """Forget all objects but the module, whose number is 0; seed what draws at random."""
        self.objects, self.numbers = [self.module], {id(self.module): 0}
        self.told = []
        self.seed = seed
        self.make_repeatable()

    def make_repeatable(self) -> None:
        """Seed what student code may draw at random from."""
        random.seed(self.seed)
        np.random.seed(self.seed % 2**32)

    def give(self, thing: Any) -> wire.Answer:
        """Return an answer that holds a thing, or its handle if it isn't plain."""
        return wire.Answer(values.pack(thing, self.handle))

    def too_large(self, issued: int) -> wire.Answer:
        """Return a handle in place of an answer that no frame can hold."""
        del self.objects[issued:]
        self.numbers = {id(thing): number for number, thing in enumerate(self.objects)}
        return wire.Answer(self.handle(TooLarge()))

    def take(self, value: values.Value) -> Any:
        """Return the object that a value of the judge's stands for."""
        return values.unpack(value, lambda handle: self.objects[handle.number])

    def handle(self, thing: Any) -> values.Handle:
        """Return the number of an object, the same one each time."""
        number = self.numbers.setdefault(id(thing), len(self.objects))
        if number == len(self.objects):
            self.objects.append(thing)
        return values.Handle(number, *kind_and_name(thing))


def public_names(module: types.ModuleType) -> Iterator[str]:
    """Yield a module's public names as text that can be sent, whatever was made of them."""
    for name in list(vars(module)):
        if type(name) is str and not (name.startswith("_") or is_stood_in_for(module, name)):
            yield values.sendable(name, 100)


def is_other(name: str) -> bool:
    """Return whether a name is none of the course's: those are told first, should a file have
    more than are told, as one has that imports all of numpy.
    """
    return name not in COURSE


class TooLarge:
    """Stands for a value that is too large to look at."""


def is_kin(thing: Any, of: Any) -> bool:
    """Return whether an object or a class is of a class, by its real type's ancestry."""
    ancestry = thing if is_class(thing) else type(thing)
    return any(ancestor is of for ancestor in type.__dict__["__mro__"].__get__(ancestry))


def kind_and_name(thing: Any) -> tuple[values.ObjectKind, str]:
    """Return what a handle says of an object, running none of its code."""
    of = type(thing)
    if of is TooLarge or of is list or of is tuple:  # one that can cross is no object
        return "too large", ""
    if of is np.ndarray:
        return "array", str(thing.dtype)[:80]
    kind: values.ObjectKind = next((own for cls, own in KINDS if of is cls), "instance")
    kind = "class" if is_class(thing) else kind
    kind = "array subclass" if issubclass(of, np.ndarray) else kind
    name = type.__dict__["__name__"].__get__(thing if kind == "class" else of)
    if kind == "absent":
        name = str(vars(thing)["__name__"]).partition(".")[0]
    return kind, values.sendable(name, 100)


def preload(whole: bool = False) -> None:
    """Import what some steps want: before any of them runs, and after more urgent things.

    ``whole`` is for where nothing can be imported later: then also what few runs want.
    """
    few = ("graders.worker.edits",) if whole else ()
    for name in ("numpy.random", "graders.worker.rehearsal", *few):
        importlib.import_module(name)


def serve(
    read: BinaryIO,
    write: Callable[[bytes], Any],
    begun: Callable[[float], None] = lambda share: None,
) -> None:
    """Answer frames until the judge hangs up; ``begun`` is told what share of a check's CPU
    time each piece, and each check, may take.
    """
    desk = Desk()
    while header := read.read(wire.HEADER):
        request = wire.decode_request(read.read(wire.body_length(header)))
        if isinstance(request, (wire.Load, wire.Run, wire.Begin, wire.Rehearse)):
            begun(1.0 if isinstance(request, wire.Load) else request.share)
        issued = len(desk.objects)
        reply = desk.answer(request)
        flush_output()
        try:
            write(wire.encode(reply))
        except wire.MalformedFrame:
            write(wire.encode(desk.too_large(issued)))


def flush_output() -> None:
    """Push out what was printed, so that it is there before the answer is."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:  # a student may have put anything in their place
            continue
