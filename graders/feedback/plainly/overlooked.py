"""Why tests that a student has written are never run, or have nothing to say."""

import re
from collections.abc import Iterator

from graders.evidence import Defined
from graders.feedback.plainly.file import File, at, harmless, place_of
from graders.words import _

MEANT = re.compile(r"(?i)_*test|.+_test$|.+[a-z]Test$")
"""How a function is called that is meant to be a test."""
MOST = 10
"""How many sentences are said."""


@harmless
def overlooked(file: File) -> list[str]:
    """Return a sentence on each test that neither unittest nor pytest runs, or whose answer
    nobody hears.
    """
    tests = [each for each in file.outline if each.form == "def" and MEANT.match(each.name)]
    unheard = [answer for each in tests for answer in dropped(each)]
    never_run = filter(None, (sentence(each, file) for each in tests))
    return [*never_run, *doubled(tests, file), *unheard][:MOST]


def sentence(test: Defined, file: File) -> str:
    """Return why a test is not run; nothing if it is."""
    name, line = test.name, place_of(test)
    outer = file.by_path(test.within) if test.within else None
    if is_used(name, file):
        return ""
    if outer is None:
        if test.takes[:1] != ("self",):
            return ""
        text = _("{name} ({line}) is never run: it stands outside of any class")
    elif outer.form == "def":
        text = _("{name} ({line}) is never run: it stands inside of def {outer}")
    elif not is_test_case(outer, file) and not outer.name.startswith("Test"):
        text = _("{name} ({line}) is never run: class {outer} is no unittest.TestCase")
    elif name.startswith("test"):
        return ""
    else:
        text = _("{name} ({line}) is never run: its name has to begin with test")
    return text.format(name=name, line=line, outer=outer and outer.name)


def is_used(name: str, file: File) -> bool:
    """Return whether a file calls a function, or puts it into a class."""
    put = any(each.form == "value" and each.name.endswith(f".{name}") for each in file.outline)
    return put or any(name in each.calls for each in file.outline)


def is_test_case(cls: Defined, file: File) -> bool:
    """Return whether a class, or one that is made of it, is made of what the file doesn't
    define, as unittest's.
    """
    made = [cls.name, *(other for other in file.classes if cls.name in file.ancestry(other))]
    return any(
        {*file.ancestry(name)} - file.classes.keys() - {"object"}
        or name in file.classes[name].takes
        for name in made
    )


def dropped(test: Defined) -> Iterator[str]:
    """Yield where a test ends too early, or compares and does nothing with the answer."""
    if test.leftover:
        text = _("{line} is the template's, and ends {name} there: delete it")
        yield text.format(line=at(test.leftover, test.cell), name=test.name)
    for line in test.compares.values():
        text = _("{line} compares, and drops the answer: an assertion is to make use of it")
        yield text.format(line=at(line, test.cell))


def doubled(tests: list[Defined], file: File) -> Iterator[str]:
    """Yield that two classes of tests, or two tests of one class, have one name."""
    holders = {test.within for test in tests}
    classes = [each for each in file.outline if each.form == "class" and each.name in holders]
    text = _(
        "class {name} is defined twice ({line} and {other}): the first one's tests are lost"
    )
    again = [pair for pair in pairs(classes) if pair[0].name not in pair[1].takes]
    for cls, other in again:
        yield text.format(name=cls.name, line=place_of(cls), other=place_of(other))
    text = _("{name} is defined twice ({line} and {other}): only the second is run")
    lost = {cls.name for cls, _other in pairs(classes)}
    for test, other in pairs(
        [test for test in tests if test.within and test.within not in lost]
    ):
        yield text.format(name=test.name, line=place_of(test), other=place_of(other))


def pairs(defined: list[Defined]) -> Iterator[tuple[Defined, Defined]]:
    """Yield what another of the same name, further down, takes the place of, with that."""
    last = {each.path: each for each in defined}
    for each in defined:
        if each is not last[each.path]:
            yield each, last[each.path]
