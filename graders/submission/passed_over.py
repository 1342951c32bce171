"""What is said of a choice: where steps were taken from, and what was passed over for them."""

from collections.abc import Iterator, Mapping, Sequence

from graders.submission.folders import SEVERAL, Folder
from graders.submission.naming import spelling
from graders.submission.notebook import few
from graders.submission.offers import Offer, Standing, differ
from graders.submission.published import OWN, publisher
from graders.submission.versions import RETIRED
from graders.words import _


def told(steps: Mapping[str, Offer], folders: Sequence[Folder]) -> Iterator[str]:
    """Yield what there is to say of a choice."""
    graded = list(steps.values())
    homes = list(dict.fromkeys(offer.home for offer in graded))
    if len(homes) > 1:
        by_home = {home: [o.step for o in graded if o.home == home] for home in homes}
        each = [f"{shown(home)} ({', '.join(listed)})" for home, listed in by_home.items()]
        yield _("gathered from several folders: {folders}").format(folders=few(each))
    for folder in folders:
        yield from passed_over(folder, steps)
    for entries in dict.fromkeys(offer.entries for offer in graded):
        yield from told_of([offer for offer in graded if offer.entries == entries])
    copies = {offer.step: publisher(offer.code.digest) for offer in graded}
    for whose in dict.fromkeys(filter(None, copies.values())):
        mine = [step for step in copies if copies[step] == whose]
        own = any(offer.code.digest in OWN for offer in graded if offer.step in mine)
        if own or (len(mine) >= SEVERAL and 2 * len(mine) > len(graded)):
            text = _("the same code as {whose}: {steps}")
            yield text.format(steps=few(mine), whose=whose)


def passed_over(folder: Folder, steps: Mapping[str, Offer]) -> Iterator[str]:
    """Yield what is said of what a folder offers and is not graded."""
    if folder.publisher and all(offer.home != folder.path for offer in steps.values()):
        text = _("{folder} is {whose}: passed over")
        if any(publisher(same[0].code.digest) == "" for same in folder.offers.values()):
            text = _("{folder} is mostly {whose}: passed over")
        yield text.format(folder=shown(folder.path), whose=folder.publisher)
        return
    elsewhere: dict[str, list[str]] = {}
    unfilled: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    for step, same in folder.offers.items():
        taken = steps[step]
        if same[0].home != taken.home:
            if same[0].standing is Standing.WORK and differ(same[0], taken):
                elsewhere.setdefault(taken.home, []).append(step)
            continue
        for other in same:
            helps = other.called.around and not RETIRED.search(spelling(other.entries[0].path))
            if other.entries == taken.entries or helps:
                continue
            if other.standing is Standing.UNFILLED and other.rank[1:] < taken.rank[1:]:
                unfilled.setdefault(taken.names, []).append(other.names)
            elif other.standing is Standing.WORK and differ(other, taken):
                others.setdefault(taken.names, []).append(other.names)
    for home, too in elsewhere.items():
        text = _("{folder} has {steps} too, passed over for {other}")
        yield text.format(folder=shown(folder.path), steps=", ".join(too), other=shown(home))
    if unfilled:
        text = _("still to be filled in, and passed over: {files}")
        yield text.format(files=few([*instead(unfilled)]))
    if others:
        yield _("passed over: {files}").format(files=few([*instead(others)]))


def instead(others: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield what was passed over, in words, for what is graded."""
    text = _("{files} for {taken}")
    for taken, files in others.items():
        yield text.format(files=few(list(dict.fromkeys(files))), taken=taken)


def told_of(offers: Sequence[Offer]) -> Iterator[str]:
    """Yield what is said of how a file, or several, came to be graded as some steps."""
    first, steps = offers[0], ", ".join(offer.step for offer in offers)
    if any(offer.section for offer in offers):
        text = _("the headings in {path} tell where {steps} is")
        if len(offers) > 1:
            text = _("the headings in {path} tell where {steps} are")
        yield text.format(path=first.names, steps=few([offer.step for offer in offers]))
    elif first.called.meant:
        text = _("{path} is taken for {steps}: is that what its name means?")
        yield text.format(path=first.names, steps=steps)
    elif len(first.entries) > 1:
        text = _("{steps} is made of {files}")
        yield text.format(steps=steps, files=first.names)
    elif len(offers) > 1:
        text = _(
            "all of {path} is graded as each of {steps}: it has no comment above each step"
        )
        yield text.format(path=first.names, steps=steps)


def shown(folder: str) -> str:
    """Return a folder as a message shows it."""
    return f"{folder}/" if folder else _("the top folder")
