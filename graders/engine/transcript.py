"""Turn the frames of a failed check into a short script that shows the failure.

The record is cut down to what touches the objects of the last frame; classes and functions
of the step are named as they are, objects get the book's letters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from graders.engine import wire

LETTERS = {"a Variable": ("x", "y", "z", "u", "v", "w"), "": ("f", "g", "h", "p", "q", "r")}
MOST_LINES = 20
NOT_FINITE = re.compile(r"\b(nan|inf)\b")


@dataclass(frozen=True)
class Event:
    """One request and the reply to it."""

    request: wire.Request
    reply: wire.Reply


def script(events: list[Event], module: str, due: str) -> str | None:
    """Return a script that repeats the events that matter, or None if there are none.

    ``module`` is the name of the student's file without its ending, ``due`` the comment for
    the last line.
    """
    spoken = [event for event in events if not isinstance(event.request, SILENT)]
    while len(spoken) > 1 and is_definition(spoken[-1]):
        spoken.pop()  # such as the class that a value was found not to be of
    kept = trimmed(spoken)
    if not kept or isinstance(kept[-1].request, wire.Rehearse) or "." in module:
        return None  # nothing to repeat, or no module that a script could import
    return Writer(kept).script(module, due)


SILENT = (wire.Load, wire.Begin, wire.Kin)


def trimmed(events: list[Event]) -> list[Event]:
    """Return the events that share an object, directly or not, with the last one.

    The step's own classes and functions, and what the suite defined, link nothing: they are
    kept where they are used.
    """
    if not events:
        return []
    common = {number for event in events if is_definition(event) for number in objects(event)}
    linked = objects(events[-1]) - common
    before: set[int] = set()
    while linked != before:
        before = linked
        touching = [own for event in events if (own := objects(event) - common) & linked]
        linked = linked.union(*touching)
    kept = [event for event in events if objects(event) & linked or event is events[-1]]
    used = set().union(*(objects(event) for event in kept)) & common
    return [
        event
        for event in events
        if event in kept or (is_definition(event) and objects(event) & used)
    ]


def is_definition(event: Event) -> bool:
    """Return whether an event only names something of the step's or the suite's."""
    match event.request:
        case wire.Get(0) | wire.Define():
            return True
    return False


def objects(event: Event) -> set[int]:
    """Return the numbers of the handles that a frame takes or gives; the step is no object."""
    match event.request:
        case wire.Get(target):
            found = {target}
        case wire.Put(target, _, value):
            found = {target} | set(numbers(value))
        case wire.Call(target, args, kwargs):
            found = {target} | {n for v in (*args, *kwargs.values()) for n in numbers(v)}
        case _:
            found = set()
    if isinstance(event.reply, wire.Answer):
        found |= set(numbers(event.reply.value))
    return found - {0}


def numbers(value: wire.Value) -> Iterator[int]:
    """Yield the numbers of the handles in a value."""
    match value:
        case wire.Handle(number):
            yield number
        case wire.Items(_, items):
            for item in items:
                yield from numbers(item)


class Writer:
    """Writes events as lines of Python, naming each object when it first appears."""

    def __init__(self, events: list[Event]) -> None:
        self.events = events
        self.names: dict[int, str] = {0: "step"}
        self.imports: list[str] = []
        self.lines: list[str] = []
        self.free: dict[str, list[str]] = {kind: list(names) for kind, names in LETTERS.items()}

    def script(self, module: str, due: str) -> str | None:
        """Return the whole script; None when it would be too long to paste."""
        for event in self.events[:-1]:
            self.write(event)
        last = self.expression(self.events[-1].request)
        comment = f"    # due: {due}" if due and "\n" not in due else ""
        silent = isinstance(self.events[-1].request, (wire.Put, wire.Define))
        self.lines.append(f"{last}{comment}" if silent else f"print({last}){comment}")
        body = "\n".join(self.used(self.lines))
        head = ["import numpy as np"] if "np." in body else []
        if self.imports:
            head += imports(module, sorted(set(self.imports)))
        text = "\n".join([*head, "", body] if head else [body])
        return text if text.count("\n") < MOST_LINES else None

    def used(self, lines: list[str]) -> Iterator[str]:
        """Yield lines, without the names that no later line uses."""
        for index, line in enumerate(lines):
            name, equals, rest = line.partition(" = ")
            later = " ".join(lines[index + 1 :])
            unused = equals and name.isidentifier() and not re.search(rf"\b{name}\b", later)
            yield rest if unused else line

    def write(self, event: Event) -> None:
        """Add an event: a read only names an object, a call or an assignment is a line."""
        text = self.expression(event.request)
        given = event.reply.value if isinstance(event.reply, wire.Answer) else None
        if isinstance(event.request, wire.Get):
            if isinstance(given, wire.Handle):
                self.names.setdefault(given.number, text)
        elif isinstance(event.request, wire.Define):
            self.lines.append(text)
            if isinstance(given, wire.Handle):
                self.names.setdefault(given.number, event.request.name)
        elif isinstance(given, wire.Handle) and given.number not in self.names:
            name = self.name(given)
            self.names[given.number] = name
            self.lines.append(f"{name} = {text}")
        else:
            self.lines.append(text)

    def name(self, handle: wire.Handle) -> str:
        """Return a fresh name for an object."""
        letters = self.free.get(handle.described, self.free[""])
        return letters.pop(0) if letters else f"object{handle.number}"

    def called(self, number: int) -> str:
        """Return the name of an object; one that came inside a list or a dict has none."""
        return self.names.get(number, "...")

    def expression(self, request: wire.Request) -> str:
        """Return a request as Python."""
        match request:
            case wire.Get(0, name):
                self.imports.append(name)
                return name
            case wire.Get(target, name):
                return f"{self.called(target)}.{name}"
            case wire.Put(target, name, value):
                return f"{self.called(target)}.{name} = {self.literal(value)}"
            case wire.Call(target, args, kwargs):
                inside = [self.literal(value) for value in args]
                inside += [f"{name}={self.literal(value)}" for name, value in kwargs.items()]
                return f"{self.called(target)}({', '.join(inside)})"
            case wire.Define(source, name):
                self.imports += [
                    word for word in ("Variable", "Function", "Square", "Exp") if word in source
                ]
                return source.strip("\n")
            case _:
                return "..."

    def literal(self, value: wire.Value) -> str:
        """Return a value as Python."""
        if isinstance(value, wire.Items):
            inside = [self.literal(item) for item in value.items]
            comma = "," if value.kind == "tuple" and len(inside) == 1 else ""
            text = f"{', '.join(inside)}{comma}"
            return f"[{text}]" if value.kind == "list" else f"({text})"
        if isinstance(value, wire.Handle):
            return self.called(value.number)
        return literal(wire.unpack(value, lambda handle: handle))


def imports(module: str, names: list[str]) -> list[str]:
    """Return lines that import names from a student's file, whatever the file is called."""
    if module.isidentifier():
        return [f"from {module} import {', '.join(names)}"]
    members = [f"step.{name}" for name in names]
    return [
        "from importlib import import_module",
        f"step = import_module({module!r})",
        f"{', '.join(names)} = {', '.join(members)}",
    ]


def literal(thing: Any) -> str:
    """Return plain data as Python that makes it again, to the last digit."""
    if isinstance(thing, np.ndarray):
        told = thing.size and thing.dtype.name in ("float64", "int64")
        dtype = "" if told else f", dtype={thing.dtype.name!r}"
        return f"np.array({number(thing.tolist())}{dtype})"
    if isinstance(thing, np.generic):
        name = thing.dtype.name
        return f"np.{'bool_' if name == 'bool' else name}({number(thing.item())})"
    return number(thing) if isinstance(thing, float) else repr(thing)


def number(thing: Any) -> str:
    """Return a number, or lists of numbers, as Python, where nan and inf are numpy's."""
    return NOT_FINITE.sub(r"np.\1", repr(thing))
