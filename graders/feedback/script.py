"""Write the events that show a failure as a short script, to run beside the student's file.

Classes and functions of the step are named as they are, objects get the book's letters.
"""

import ast
from typing import Any

from graders import values, wire
from graders.feedback.excerpt import excerpt, free_names, tidied
from graders.feedback.layout import MOST_CHARACTERS, Beside, laid_out
from graders.feedback.literal import literal
from graders.feedback.showing import steady
from graders.feedback.transcript import SILENT, Ending, Event, Subject, subjects_of, trimmed

LETTERS = {
    "variable": ("x", "y", "z", "u", "v", "w"),
    "function": ("f", "g", "h", "p", "q", "r"),
    "plain": ("a", "c", "d", "s", "t"),
}
NO_NAMES = (type(None), bool, int, str)
"""Plain values that are written out wherever they occur."""


def script(events: list[Event], file: Beside, ending: Ending) -> str | None:
    """Return a script that repeats the events that matter and ends in a line that tells.

    None when there is nothing to repeat, or too much to paste.
    """
    spoken = [event for event in events if not isinstance(event.request, SILENT)]
    if not spoken:
        return None
    subjects = subjects_of(spoken, ending)
    kept = trimmed(spoken, [event for _thing, event in subjects if event])
    try:
        return Writer(kept, subjects).script(ending, file)
    except KeyError:  # an object that came in a way that no script can name
        return None


class Writer:
    """Writes events as lines of Python, naming each object when it first appears."""

    def __init__(self, events: list[Event], subjects: list[Subject]) -> None:
        self.events = events
        self.subjects = subjects
        self.names: dict[int, str] = {0: "step"}
        self.plain: list[tuple[Any, str]] = []
        """Plain results, and the expressions that they came of last."""
        self.imports: set[str] = set()
        self.sources: dict[str, str] = {}
        """What the suite defined: the name to each source."""
        self.lines: list[str] = []
        self.free = {kind: list(names) for kind, names in LETTERS.items()}

    def script(self, ending: Ending, file: Beside) -> str | None:
        """Return the script, which ends in a line that tells; None if it is too long."""
        written: dict[Event | None, str] = {}
        shown = [event for _thing, event in self.subjects]
        for event in self.events:
            if event is self.events[-1] and event is shown[0]:
                written[event] = self.expression(event)
            elif event in shown and not is_read(event):
                written[event] = self.named(event)
            else:
                self.write(event)
        things = [self.thing(*subject, written) for subject in self.subjects]
        last = ending.expression.format(*things)
        if not isinstance(self.events[-1].request, wire.Put):
            last = f"print({last})"
        text = steady("\n".join([*self.lines, last]))
        if len(text) > MOST_CHARACTERS:
            return None
        body = ast.parse(text).body
        kept = [e for s, name in self.sources.items() for e in excerpt(s, name, body)]
        definitions = list({ast.unparse(statement): statement for statement in kept}.values())
        imports = file.imports(sorted(self.imports | free_names(definitions)))
        forms = (tidied(body, LETTERS["plain"], briefly) for briefly in (False, True))
        texts = (laid_out(imports, definitions, form, ending.due) for form in forms)
        return next(filter(None, texts), None)

    def thing(self, thing: Any, event: Event | None, written: dict[Event | None, str]) -> str:
        """Return a thing of the last line as Python."""
        if event is None:
            return literal(thing)
        return written.get(event) or self.expression(event)

    def write(self, event: Event) -> None:
        """Add an event: a read only names an object, a call or an assignment is a line."""
        given = event.reply.value if isinstance(event.reply, wire.Answer) else None
        if isinstance(event.request, wire.Define):
            self.sources[event.request.source] = event.request.name
            self.name(given, event.request.name)
        elif is_read(event):
            text = self.expression(event)
            self.name(given, text)
            self.plain.append((event.result, text))
        elif isinstance(event.request, wire.Put):
            self.lines.append(self.expression(event))
        else:
            self.named(event)

    def named(self, event: Event) -> str:
        """Add a call whose result gets a name, even if it had one; return the name."""
        text = self.expression(event)
        given = event.reply.value if isinstance(event.reply, wire.Answer) else None
        letters = self.free[letter_of(given)]
        name = letters.pop(0) if letters else f"object{len(self.lines)}"
        self.lines.append(f"{name} = {text}")
        self.forget(given)
        self.name(given, name)
        self.plain.append((event.result, name))
        return name

    def name(self, value: values.Value, name: str) -> None:
        """Keep what the objects in a value are called."""
        if isinstance(value, values.Handle):
            self.names.setdefault(value.number, name)
        elif isinstance(value, values.Items):
            for index, item in enumerate(value.items):
                self.name(item, f"{name}[{index}]")

    def forget(self, value: values.Value) -> None:
        """Forget what an object was called, since it gets a name anew."""
        if isinstance(value, values.Handle):
            self.names.pop(value.number, None)

    def expression(self, event: Event) -> str:
        """Return an event's request as Python.  Raise KeyError for an object without name."""
        given = list(event.given)
        match event.request:
            case wire.Get(0, name):
                self.imports.add(name)
                return name
            case wire.Get(target, name):
                return f"{self.names[target]}.{name}"
            case wire.Put(target, name, value):
                return f"{self.names[target]}.{name} = {self.value(value, given)}"
            case wire.Call(target, args, kwargs):
                inside = [self.value(value, given) for value in args]
                inside += [f"{k}={self.value(value, given)}" for k, value in kwargs.items()]
                return f"{self.names[target]}({', '.join(inside)})"
            case wire.Define(source, name):
                self.sources[source] = name
                return name
        raise KeyError(event.request)

    def value(self, value: values.Value, given: list[Any]) -> str:
        """Return a value as Python: by the name of where the suite had it from, if it has one.

        ``given`` are the values still to come as the suite had them; the first is taken.
        """
        had = given.pop(0) if given else None
        known = (name for thing, name in reversed(self.plain) if thing is had)
        name = None if isinstance(had, NO_NAMES) else next(known, None)
        return name or self.written(value)

    def written(self, value: values.Value) -> str:
        """Return a value as Python, written out."""
        if isinstance(value, values.Items):
            inside = [self.written(item) for item in value.items]
            comma = "," if value.kind == "tuple" and len(inside) == 1 else ""
            text = f"{', '.join(inside)}{comma}"
            return f"[{text}]" if value.kind == "list" else f"({text})"
        if isinstance(value, values.Handle):
            return self.names[value.number]
        return literal(values.unpack(value, lambda handle: handle))


def is_read(event: Event) -> bool:
    """Return whether an event only reads an attribute."""
    return isinstance(event.request, wire.Get)


def letter_of(given: values.Value) -> str:
    """Return which letters a value is called by."""
    match given:
        case values.Handle(_, "instance", "Variable"):
            return "variable"
        case values.Handle():
            return "function"
    return "plain"
