"""Where a mistake is, in words: of edits that mend a step."""

from collections.abc import Sequence

from graders.evidence import Edit
from graders.report import Located
from graders.wire import Piece
from graders.words import _

MOST_APART = 20
"""How many lines may lie between those that may be wrong."""
MOST_ASKED = 2
"""How many questions are put, where edits of several kinds are as likely."""
MOST_LINES, LONGEST = 12, 200
"""How many lines of an edit are shown, and how long each."""


def questions() -> dict[str, str]:
    """Return what to think about, by what an edit is about: a question, never the answer."""
    return {
        "argument": _("is that what should be handed over here?"),
        "assignment": _("what happens to the value on this line?"),
        "attribute": _("is that the attribute you mean?"),
        "base": _("which class should this one build on?"),
        "brackets": _("are the brackets where they should be, and the commas?"),
        "call": _("is the right thing called here, and on the right thing?"),
        "comparison": _("when is this true, and when should it be?"),
        "condition": _("when should this be done, and when not?"),
        "decorator": _("is the line above the function needed?"),
        "exception": _("what should happen here when it goes wrong?"),
        "extra": _("is this line needed?"),
        "guard": _("can this be done every time, or only sometimes?"),
        "import": _("is all that the file uses imported?"),
        "indent": _("which block does this belong to?"),
        "literal": _("is that the right value?"),
        "logic": _("must both be true here, or is one enough?"),
        "loop": _("how often should this be done?"),
        "missing": _("is there a line missing?"),
        "name": _("is that the name you mean?"),
        "numpy": _("is that the function you want, and does it come from numpy?"),
        "operand": _("is anything missing in the formula, or too much?"),
        "operator": _("is that the right sign?"),
        "order": _("are these in the right order?"),
        "place": _("does this line stand in the right place?"),
        "return": _("what does this function give back?"),
        "self": _("does that name belong to the object?"),
        "syntax": _("what keeps Python from reading this line?"),
        "value": _("is that the Variable, or the value in it?"),
    }


def located(
    edits: Sequence[Edit], certain: bool, mistakes: int, pieces: Sequence[Piece], more: bool
) -> Located | None:
    """Return where edits say that the mistake is; nothing if they share no function.

    ``more`` asks for the edit itself.
    """
    first = edits[0]
    piece = pieces[first.piece]
    lines = sorted({edit.line for edit in edits})
    places = {(edit.piece, edit.within) for edit in edits}
    if len(places) > 1 or lines[-1] - lines[0] > MOST_APART:
        return None
    likeliest = min(edit.cost for edit in edits)
    kinds = [*dict.fromkeys(edit.kind for edit in edits if edit.cost == likeliest)]
    asked = [questions()[kind] for kind in kinds[:MOST_ASKED]]
    return Located(
        file=piece.path,
        cell=piece.cell or None,
        line=lines[0],
        last_line=lines[-1],
        within=first.within or None,
        kind=kinds[0],
        question=_(" Or: ").join(asked),
        certain=certain,
        mistakes=mistakes,
        edit=shown(piece.text, first.of(piece.text)) if more else None,
    )


def shown(old: str, new: str) -> str:
    """Return what an edit takes away and puts in, line by line."""
    before, after = old.split("\n"), new.split("\n")
    while before and after and before[0] == after[0]:
        del before[0], after[0]
    while before and after and before[-1] == after[-1]:
        del before[-1], after[-1]
    lines = [*(f"- {line}" for line in before), *(f"+ {line}" for line in after)]
    return "\n".join(line[:LONGEST].rstrip() for line in lines[:MOST_LINES])
