"""Which lines of a step's pieces are run, and what the names of their functions hold."""

import sys
import types
from collections import Counter
from collections.abc import Mapping
from typing import Any

from graders.evidence import Holds
from graders.values import sendable
from graders.wire import MOST_LINES, Spot, Traced
from graders.worker.scene import kind_of

ENDLESS = 100_000
"""How many lines a check may run before it is taken for one that doesn't end."""
OFTEN = ENDLESS // 100
"""How often a line is run then that is part of what doesn't end."""


class Endless(BaseException):
    """Ends what has run too many lines."""


class Tracer:
    """Notes what is run, from when it is first asked for that."""

    def __init__(self, pieces: Mapping[str, int] | None = None) -> None:
        """``pieces`` are the indices of those that are looked at, by place."""
        self.pieces = pieces or {}
        self.runs: Counter[Spot] = Counter()
        self.holds: dict[Holds, None] = {}
        self.left = ENDLESS

    def told(self) -> Traced:
        """Return what was run since this was last asked, the first line in front; go on."""
        sys.settrace(None)
        ended = self.left < 0
        often = [spot for spot, times in self.runs.most_common(MOST_LINES) if times > OFTEN]
        found = Traced(
            tuple(self.runs)[:MOST_LINES],
            tuple(often) if ended else (),
            tuple(self.holds)[:MOST_LINES],
        )
        self.runs, self.holds, self.left = Counter(), {}, ENDLESS
        sys.settrace(self.enter)
        return found

    def enter(self, frame: types.FrameType, event: str, arg: Any) -> Any:
        """Follow a call of the step's own code, and no other."""
        index = self.pieces.get(frame.f_code.co_filename)
        if index is None:
            return None
        begins = frame.f_code.co_firstlineno

        def note(frame: types.FrameType, event: str, arg: Any) -> Any:
            spot = index, frame.f_lineno
            self.left -= 1
            if self.left < 0:
                raise Endless
            if spot not in self.runs or event == "return":
                self.look(index, begins, frame)
            if event == "line":
                self.runs[spot] += 1
            return note

        return note

    def look(self, piece: int, begins: int, frame: types.FrameType) -> None:
        """Note what the names of a function hold that begins at a line."""
        for name, thing in [*frame.f_locals.items()][: MOST_LINES - len(self.holds)]:
            kind, of = kind_of(thing)
            of = of if kind == "instance" else ""
            self.holds[Holds(piece, begins, sendable(name, 100), kind, of)] = None
