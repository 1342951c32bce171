"""The record of a check's frames, and which of them a script needs to show its failure.

The record is cut down to what touches the objects of the script's last line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graders import values, wire

SILENT = (wire.Load, wire.Begin, wire.Kin)
"""Requests that a script has no need to repeat."""
LAST = object()
"""Stands for what came of the last request, which is an exception or nothing."""


@dataclass(frozen=True, eq=False)
class Event:
    """One request and the reply to it, None where none came."""

    request: wire.Request
    reply: wire.Reply | None
    given: tuple[Any, ...] = ()
    """The values that the suite passed, in order, as it had them."""
    result: Any = None
    """What the suite was handed."""

    @cached_property
    def objects(self) -> frozenset[int]:
        """Return the numbers of the handles that it takes or gives; the step is no object.

        A stranger's answer may be long: it is gone through once.
        """
        match self.request:
            case wire.Get(target):
                found = {target}
            case wire.Put(target, _, value):
                found = {target} | set(numbers(value))
            case wire.Call(target, args, kwargs):
                found = {target} | {n for v in (*args, *kwargs.values()) for n in numbers(v)}
            case _:
                found = set()
        if isinstance(self.reply, wire.Answer):
            found |= set(numbers(self.reply.value))
        return frozenset(found - {0})


@dataclass(frozen=True)
class Ending:
    """The last line of a script: an expression of things that were seen, and what is due."""

    expression: str
    """With ``{0}``, ``{1}`` and so on for the things."""
    things: tuple[Any, ...]
    """What the suite was handed, or ``LAST``, or plain data."""
    due: str


NOTHING = Ending("{0}", (), "")
"""The ending of a script that says nothing of what is due."""
Subject = tuple[Any, Event | None]
"""A thing that a script's last line shows and the event it came of, None for plain data."""


def subjects_of(events: list[Event], ending: Ending) -> list[Subject]:
    """Return the things of an ending, each with the event that it came of.

    That is the last one for the first thing, which is what the ending tells of, and the first
    one for the others; the one before the last for the same thing again.  Without any, the last
    event that is no mere name stands for them.
    """
    found: list[Subject] = []
    for thing in ending.things:
        free = [event for event in events if all(event is not other for _thing, other in found)]
        again = not found or any(thing is other for other, _event in found)
        event = events[-1] if thing is LAST else origin(free[::-1] if again else free, thing)
        found.append((thing, event))
    if any(event for _thing, event in found):
        return found
    heard = [event for event in events if not is_definition(event)]
    return [(LAST, (heard or events)[-1])]


def origin(events: list[Event], thing: Any) -> Event | None:
    """Return the first of some events that a thing came of."""
    results = (event for event in events if not isinstance(event.request, wire.Put))
    return next((event for event in results if came_of(thing, event)), None)


def came_of(thing: Any, event: Event) -> bool:
    """Return whether a thing is the very result of an event."""
    return isinstance(event.reply, wire.Answer) and event.result is thing


def trimmed(events: list[Event], subjects: list[Event]) -> list[Event]:
    """Return the events up to the last subject that share an object with one.

    They may do so through others; what was given the very value that a subject came out as
    counts as well, since objects may share what they hold in secret.  The step's own classes
    and functions, and what the suite defined, link nothing: they are kept where they are used.
    """
    past = events[: max(map(events.index, subjects)) + 1]
    common = {number for event in past if is_definition(event) for number in event.objects}
    seeds = [*subjects, *(event for event in past if gives(event, subjects))]
    linked = set().union(*(event.objects for event in seeds)) - common
    before: set[int] = set()
    while linked != before:
        before = linked
        touching = [own for event in past if (own := event.objects - common) & linked]
        linked = linked.union(*touching)
    kept = [event for event in past if event.objects & linked or event in subjects]
    used = set().union(*(event.objects for event in kept)) & common
    return [
        event
        for event in past
        if event in kept or (is_definition(event) and event.objects & used)
    ]


def gives(event: Event, subjects: list[Event]) -> bool:
    """Return whether an event was given a number or an array that a subject came out as."""
    match event.request:
        case wire.Put(_, _, value):
            given: tuple[values.Value, ...] = (value,)
        case wire.Call(_, args, kwargs):
            given = (*args, *kwargs.values())
        case _:
            return False
    replies = [event.reply for event in subjects]
    came = [reply.value for reply in replies if isinstance(reply, wire.Answer)]
    return any(isinstance(v, (float, values.Array, values.Scalar)) and v in came for v in given)


def is_definition(event: Event) -> bool:
    """Return whether an event only names something of the step's or the suite's."""
    match event.request:
        case wire.Get(0) | wire.Define():
            return True
    return False


def numbers(value: values.Value) -> Iterator[int]:
    """Yield the numbers of the handles in a value."""
    match value:
        case values.Handle(number):
            yield number
        case values.Items(_, items):
            for item in items:
                yield from numbers(item)
