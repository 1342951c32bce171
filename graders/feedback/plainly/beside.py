"""What a student's file itself shows, beside a claim that does not hold.

Each sentence is true of the file whatever the claim is; it is said where it may be the reason.
"""

from graders.feedback.plainly.file import File, at, harmless, place_of, places_of
from graders.feedback.plainly.methods import doubled
from graders.values import Handle
from graders.words import _

GIVING = frozenset({"__call__", "forward", "numerical_diff", "square", "exp", "as_array"})
"""What has to give something back."""
EVERYWHERE = ("forward", "backward")
"""What a base class may leave to others."""


@harmless
def beside(claim: str, got: object, file: File) -> str:
    """Return what the file shows that a claim may not hold for, or nothing.

    ``got`` is what was got: plain data, a handle, or words for what is neither.
    """
    if not claim or isinstance(got, str):
        return ""
    found = ""
    if got is None:
        found = silent(file) or overwritten(file) or voided(file)
    elif isinstance(got, Handle) and (claim, got.name) == ("number", "Variable"):
        found = wrapped(file)
    return found or twice(file)


def silent(file: File) -> str:
    """Say which of the functions that the course has give something ends without a return."""
    for each in file.outline:
        gives = each.name in GIVING or (each.name == "backward" and len(each.takes) > 1)
        holder = file.classes.get(each.within)
        is_base = each.name in EVERYWHERE and holder and not holder.takes
        if each.form == "def" and gives and not (each.ends or each.leftover or is_base):
            text = _("def {name} ({line}) has no return")
            if each.stops:
                text = _("{stop} ends {name}, and gives nothing back")
            stop = at(each.stops, each.cell)
            return text.format(name=each.name, line=place_of(each), stop=stop)
    return ""


def voided(file: File) -> str:
    """Say that a name is set to the None that a list's method gives; nothing if none is."""
    for each in file.outline:
        for name, line in each.voids.items():
            text = _("{line} sets {name} to None: append and its like change the list itself")
            return text.format(line=at(line, each.cell), name=name)
    return ""


def wrapped(file: File) -> str:
    """Say that a forward or a backward gives a Variable, where an array is due."""
    for each in file.outline:
        if each.name in ("forward", "backward") and "Variable" in each.returns:
            text = _("def {name} ({line}) gives a Variable")
            return text.format(name=each.name, line=place_of(each))
    return ""


def overwritten(file: File) -> str:
    """Say that a method is given a value where it was to be called; nothing if none is."""
    made = [each for each in file.outline if each.form == "def" and not each.guarded]
    methods = {each.name for each in made if each.within}
    for each in file.outline:
        for stored in each.stores:
            if stored.rpartition(".")[2] in methods:
                text = _(
                    "def {def_} ({line}) sets {stored}, which is a method: brackets call it"
                )
                return text.format(def_=each.name, line=place_of(each), stored=stored)
    return ""


def twice(file: File) -> str:
    """Say that a class of the file defines a method more than once; nothing if none does."""
    for cls in file.classes:
        if same := doubled(cls, file):
            lines = places_of(same)
            text = _(
                "{cls} defines {name} twice ({lines}): the second takes the first one's place"
            )
            return text.format(cls=cls, name=same[0].name, lines=lines)
    return ""
