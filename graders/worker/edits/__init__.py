"""Small edits of a student's text, each of which undoes a slip that people make.

Nothing of the student's is run: a text is read as a tree, and edits of it are listed, the
likeliest first.  The judge has each tried in a process of its own.
"""

import contextlib
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from graders import wire
from graders.evidence import LONGEST_EDIT, Edit
from graders.wire import Piece
from graders.worker.edits import kinds, missing, statements, syntax
from graders.worker.edits.heat import Heat
from graders.worker.edits.scope import File, places
from graders.worker.edits.written import Change, Written, as_far_as_possible
from graders.worker.source import NO_PYTHON, parsed

LONGEST_PIECE = 30_000
"""How many characters a text may have."""
MOST_LISTED = 20_000
"""How many edits of a text are looked at: a step as in the course has some 1,500."""
MOST_READ = 4_000_000
"""How many characters, of all that edits make, are read again as Python."""


class Ranked(NamedTuple):
    """An edit of a piece, and how unlikely it is."""

    rank: float
    piece: int
    change: Change
    within: str


def edits(pieces: Mapping[int, Piece], request: wire.Mend) -> tuple[Edit, ...]:
    """Return edits of pieces, by index, the likeliest first, as many as are asked for.

    Python can read what each makes of its piece.
    """
    found = [
        each for index, piece in pieces.items() for each in of_piece(index, piece, request)
    ]
    found.sort(key=lambda each: each.rank)
    seen = {(index, piece.text) for index, piece in pieces.items()}
    chosen: list[Edit] = []
    left = MOST_READ
    for _rank, index, change, within in found:
        if len(chosen) == request.most or left < 0:
            break
        edit = change.sent(index, within)
        text = edit.of(pieces[index].text)
        if len(edit.text) > LONGEST_EDIT or (index, text) in seen:
            continue
        seen.add((index, text))
        left -= len(text)
        if is_python(pieces[index], text):
            chosen.append(edit)
    return tuple(chosen)


def of_piece(index: int, piece: Piece, request: wire.Mend) -> Iterator[Ranked]:
    """Yield the edits of one piece."""
    if len(piece.text) > LONGEST_PIECE:
        return
    try:
        tree = parsed(piece)[0]
    except SyntaxError as error:
        for change in syntax.changes(piece.text, error.lineno or 1):
            yield Ranked(change.cost, index, change, "")
        return
    except NO_PYTHON:
        return
    file = File(tree)
    held: dict[int, dict[str, set[str]]] = {}
    for each in request.holds:
        if each.piece == index and (kind := kinds.seen(file, each)):
            held.setdefault(each.line, {}).setdefault(each.name, set()).add(kind)
    heat = Heat(tree, (s for s in request.suspects if s.piece == index), request.new)
    for change in islice(of_tree(Written(piece.text, tree), file, held), MOST_LISTED):
        yield Ranked(heat.of(change), index, change, next(heat.paths(change.line), ""))


def of_tree(
    w: Written, file: File, held: Mapping[int, Mapping[str, set[str]]]
) -> Iterator[Change]:
    """Yield the edits of a text that Python can read; ``held`` is what was seen in the names of
    its functions, by their first line.
    """
    yield from missing.at_the_top(w, file)
    for block, parent, scope in places(w.tree, held, file.own):
        for index in range(len(block)):
            found = statements.changes(w, file, block, index, parent, scope)
            yield from as_far_as_possible(found)
        for statement in block:
            yield from as_far_as_possible(missing.changes(w, file, statement, scope))


def is_python(piece: Piece, text: str) -> bool:
    """Return whether Python can read a text in the place of a piece's."""
    with contextlib.suppress(*NO_PYTHON):
        parsed(Piece(piece.path, text, piece.cell))
        return True
    return False
