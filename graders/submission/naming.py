"""Tell which steps a file is called after, in the ways that people name files and folders."""

import difflib
import itertools
import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from graders.submission.heading import (
    LEAST,
    Heading,
    count_on,
    named,
    numbers,
    spelt_out,
)
from graders.submission.versions import FINAL, RETIRED, STEP
from graders.syllabus import steps_of

ENDING = re.compile(r"(?:[.．](pyw?|ipynb))+(?:[.．](?:txt|json))?$", re.IGNORECASE)
"""How Python files and notebooks end, and what browsers put after that."""
LONGEST_ENDING = 40
"""How many characters at the end of a name are looked at for that."""
COPY = re.compile(r"^(?:(?:copy of|kopie von|copia de|복사본|사본|コピー)[ _~〜～-]*|[「“\"])+")
"""What programs write before the name of a copy."""
FIVE_AND_SIX = re.compile(r"(?<=step)([ _-]?)56(?!\d)")
PAIRS = re.compile(r"(?<=step)((?:[01]\d){2,})(?!\d)|(?<=steps)((?:[01]\d){2,})(?!\d)")
SLIPS = re.compile(r"(?<=step)[ _-]?[\dol]{1,2}(?![a-z\d])")
DIGITS = str.maketrans("ol", "01")
"""Letters that are typed for digits."""
TO = re.compile(r"(?<=\d)[ _-]+(?:to|bis)[ _-]+(?=(?:step)?[ _-]?\d)")
AND_STEP = re.compile(r"(?<=\d)[ _]*(?=steps?[ _-]*\d)")
WORD = re.compile(r"([a-z]{2,30})[ _-]?(0*\d{1,2})(?!\d)")
BARELY, IN_A_FOLDER, HEADED, MEANT = 2, 3, 12, 20
"""How plain a bare number is, what a folder's name adds, how plain a heading in a file is, and
from where on a name is a guess."""
LONGEST = 100
"""How many characters of a name are looked at."""
FEWEST = 3
"""How many bare numbers have to follow one another before they are taken for steps'."""
NEAR_THE_END = 9
"""How far numbers of files that are not bare have to reach, to be no stages or versions."""
STAGE = re.compile(
    r"\d*\W*(?:(?<![a-z])(?:chapters?|chap|ch|stages?|parts?|units?|weeks?|days?|goals?|section)(?![a-z])"
    r"|章|장|部|부|고지|주차|ステージ|ゴール|week|stage|chapter)"
)
PART_OF = re.compile(rf"(?:{STAGE.pattern}|level|lv)[\W_]*\d")
"""What people call stages, before or after the number."""
NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
UNNAMED = re.compile(r"untitled|notebook|document|무제|名称未設定|新規|未命名")
"""How programs call what nobody has named; they count, too."""
MOST_NUMBERS = 4
"""How many numbers of a name are looked at."""
TESTS = re.compile(r"(?<![a-z])(?:unit)?tests?(?![a-z])|テスト|테스트|测试")


@dataclass(frozen=True)
class Called:
    """What a file's name, or that of a folder around it, says of the steps in it."""

    steps: tuple[str, ...]
    home: str
    """The folder that what is so called lies in."""
    plainness: int
    """How plainly it says so; 0 is best."""
    part: int = 0
    """Which part of a step it is, from 1; 0 for all of it."""
    tests: bool = False
    """Whether it is called like tests."""
    around: bool = False
    """Whether it is a folder around the file that is so called."""
    theory: bool = False
    """Whether it is called after step 5 alone."""

    @property
    def vague(self) -> bool:
        """Return whether other work than the course's may well have such a name."""
        return self.plainness in (BARELY, HEADED) or self.around or self.meant

    @property
    def meant(self) -> bool:
        """Return whether the name is spelt otherwise: what it means is a guess."""
        return self.plainness >= MEANT


def stem_of(filename: str) -> str:
    """Return a file's name without its ending, such as ``step01`` of ``step01.py.txt``."""
    found = ENDING.search(filename, len(filename) - LONGEST_ENDING)
    return filename[: found.start()] if found else filename


def ending_of(filename: str) -> str:
    """Return ``py``, ``pyw`` or ``ipynb``, whatever stands after it; nothing for others."""
    found = ENDING.search(filename, len(filename) - LONGEST_ENDING)
    return found[1].lower() if found else ""


def spelling(name: str) -> str:
    """Return a name in one spelling, with marks that lists and ranges of steps are told by."""
    name = name[:LONGEST].replace("%20", " ")
    text = COPY.sub("copy ", spelt_out(unicodedata.normalize("NFC", name).lstrip('「“" ')))
    text = SLIPS.sub(lambda found: found[0].translate(DIGITS), text)
    text = FIVE_AND_SIX.sub(r"\g<1>5,6", text)
    text = PAIRS.sub(lambda found: ",".join(re.findall("..", found[1] or found[2])), text)
    text = AND_STEP.sub("~", TO.sub("~", text))
    return re.sub(r"(?<=\d)_(?=\d{1,2}(?!\d))", "-", text)


class Names:
    """The names in a submission, each told from those around it."""

    def __init__(self, root: str, paths: Iterable[str]) -> None:
        """``root`` is the submission's own name, ``paths`` those of its files."""
        self.inside: dict[str, set[str]] = {"": set()}
        """What lies in each folder, in one spelling."""
        for path in paths:
            above, _slash, name = path.rpartition("/")
            self.inside.setdefault(above, set()).add(spelling(stem_of(name)))
            while above:
                above, _slash, name = above.rpartition("/")
                self.inside.setdefault(above, set()).add(spelling(name))
        folders = {spelling(folder.rpartition("/")[2]) for folder in self.inside}
        self.dashes = {folder: tell_parts(names) for folder, names in self.inside.items()}
        self.numbers = {
            folder: numbered(names, names & folders) for folder, names in self.inside.items()
        }
        self.root = self.named("", spelling(stem_of(root).removesuffix(".zip")))

    def called(self, path: str) -> Called | None:
        """Return what a file's own name says, or else that of the nearest folder around it.

        A folder that says the same lies in the step's home as well.
        """
        above, _slash, filename = path.rpartition("/")
        text = spelling(stem_of(filename))
        own = self.named(above, text)
        while above:
            home, _slash, folder = above.rpartition("/")
            around = self.named(home, spelling(folder))
            if around and not around.meant and self.agrees(above, around):
                if own is None or own.plainness == BARELY:
                    retired = RETIRED.search(text) is not None
                    plainness = around.plainness + IN_A_FOLDER + 4 * retired
                    tests = is_tests(text)
                    own = replace(around, plainness=plainness, tests=tests, around=True)
                elif set(own.steps) <= set(around.steps):
                    own = replace(own, home=home)
            above = home
        return own

    def agrees(self, folder: str, around: Called) -> bool:
        """Return whether nothing in a folder is called after later steps than itself: else its
        name is that of a stage of the course.
        """
        return self.latest(folder) <= max(around.steps, default="")

    @cache  # noqa: B019  a submission's names are few, and soon forgotten
    def latest(self, folder: str) -> str:
        """Return the latest step that something in a folder is called after."""
        inside = (self.named(folder, text) for text in self.inside.get(folder, ()))
        sure = (each for each in inside if each and not each.meant)
        named = (each for each in sure if each.plainness != BARELY)
        return max((step for each in named for step in each.steps), default="")

    @cache  # noqa: B019  a submission's names are few, and soon forgotten
    def named(self, folder: str, text: str) -> Called | None:
        """Return what the name of something in a folder says; of steps that the course's first
        part does not have, none.
        """
        if said := named(Heading(LEAST, text), anywhere=True):
            parts = re.findall(r"\d+", said)
            together = [int(each) for each in parts] == [5, 6]
            listed = numbers(said, ranges=together or not self.dashes.get(folder))
            part = int(parts[1]) + 1 if len(listed) == 1 and len(parts) > 1 else 0
            plainness = 0 if STEP.fullmatch(text) else 1
        elif number := self.numbers.get(folder, {}).get(text):
            listed, part, plainness = (number,), 0, BARELY
        elif said := almost_named(text):
            listed, part, plainness = numbers(said), 0, MEANT
        else:
            return None
        steps, tests, theory = steps_in(listed), is_tests(text), tuple(listed) == (5,)
        plainness += 2 * theory + 4 * (RETIRED.search(text) is not None)
        plainness -= 2 * len(FINAL.findall(text))
        plainness += 5 * (tests and "step10" not in steps)
        return Called(steps, folder, plainness, part, tests, theory=theory)


def is_called(filename: str) -> bool:
    """Return whether a file is, by its own name, plainly called after a step."""
    return bool(called_after(filename))


def called_after(filename: str) -> tuple[str, ...]:
    """Return the steps that a file is, by its own name, plainly called after."""
    said = named(Heading(LEAST, spelling(filename.partition(".")[0])), anywhere=True)
    return steps_in(numbers(said)) if said else ()


def tell_parts(names: Iterable[str]) -> bool:
    """Return whether, in names such as ``step1-2``, a dash tells of a part rather than a range:
    where another can be no range, two begin alike, or the last one is a file of its own.
    """
    said = [name for text in names if (name := named(Heading(LEAST, text), anywhere=True))]
    pairs = [pair.groups() for name in said if (pair := re.fullmatch(r"(\d+)-(\d+)", name))]
    pairs = [(first, last) for first, last in pairs if (int(first), int(last)) != (5, 6)]
    firsts = [int(first) for first, _last in pairs]
    alone = {int(name) for name in said if name.isdecimal()}
    return (
        any(int(last) <= int(first) or len(first) > len(last) for first, last in pairs)
        or len(set(firsts)) < len(firsts)
        or any(int(last) == int(first) + 1 and int(last) in alone for first, last in pairs)
    )


def numbered(names: Iterable[str], folders: Container[str]) -> dict[str, int]:
    """Return the numbers by which names that begin alike, such as ``ex01`` and ``ex02_exp``,
    follow one another from the first steps on, where none names a step in words.

    People number the stages of the course as well, and versions: these are fewer.
    """
    alike: dict[str, dict[str, int]] = {}
    for text in names:
        if named(Heading(LEAST, text), anywhere=True):
            return {}
        if UNNAMED.match(text):
            continue
        for number in itertools.islice(NUMBER.finditer(text), MOST_NUMBERS):
            alike.setdefault(text[: number.start()], {})[text] = int(number[0])
    for before, found in sorted(alike.items(), key=lambda each: -len(each[1])):
        listed = sorted(set(found.values()))
        bare = not before and not any(text in folders or STAGE.match(text) for text in found)
        if count_on([(number,) for number in listed], FEWEST) and listed[0] in (1, 2):
            if bare or (listed[-1] >= NEAR_THE_END and not PART_OF.search(before)):
                return found
    return {}


def almost_named(text: str) -> str:
    """Return how a name would name a step but for a slip, such as ``steo04``."""
    for found in itertools.islice(WORD.finditer(text), 3):
        word, number = found[1], found[2]
        near = difflib.get_close_matches(word, ["step", "steps"], 1, 0.75)
        if near or word.endswith(("step", "steps")):
            return str(int(number))
    return ""


def is_tests(text: str) -> bool:
    """Return whether a name in one spelling is that of tests."""
    return TESTS.search(text) is not None


def steps_in(listed: Sequence[int]) -> tuple[str, ...]:
    """Return the steps of a name's numbers; among others, step 5 is theory, and no work."""
    return steps_of(number for number in listed if number != 5 or len(listed) == 1)
