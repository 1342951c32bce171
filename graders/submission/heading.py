"""Tell which steps a heading names, in the ways and languages that learners write it."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

STEP = (
    r"(?<![a-z])(?:steps?|ステップ|스텝|步骤|步驟"
    r"|schritt|étape|etape|paso|passo|шаг|крок|krok|stap|bước|adım)"
)
AFTER = r"(?:ステップ|步|스텝|단계)"
LIST, RANGE = r"[,、&+/・]|and|と|和|및", r"[~〜–—−-]|to|から|부터|至|到"
N = r"(?:0*[1-9]\d?|0+)(?!\d)"
"""A number, which a text matches in one way alone: this stands inside repetitions."""
NUMBERS = rf"{N}(?:\s*(?:{LIST}|{RANGE})\s*(?:{STEP}[\s_]*)?{N})*"
CHAPTER = re.compile(
    r"(?:(?:chapter|ch|part|stage|ステージ|unit|week|day|第|제)?[\s._]*\d+\s*"
    r"(?:章|장|部|부|고지|ステージ)?)?[\s._:)-]*(?:dezero)?"
)
"""What may stand before a step's name: a chapter's, the course's, ..."""
ENDS = "]|)】–—-"
"""... and what ends in one of these."""
NAME = re.compile(rf"{STEP}[\W_]{{0,3}}({NUMBERS})|[第제]?\s*({NUMBERS})\s*{AFTER}(?!\W?\d)")
BARE = re.compile(rf"({NUMBERS})(?:[.):、]?$|[.):、] ?(?!\d)| (?![\d.]))|({N})(?:[.-]\d+)+\b")
QUOTES = ('"""', "'''")
CHINESE = "一二三四五六七八九十"
WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
)
IN_WORDS = re.compile(
    rf"(step[ _-]?)({'|'.join(sorted(WORDS, key=len, reverse=True))})(?![a-z])"
)
ORDINAL = re.compile(rf"(第|步骤|步驟|ステップ|^\W*(?=[{CHINESE}][、.]))\s*([{CHINESE}])")
BOLD = re.compile(r"(\*\*\*?|__)(?!\s)(.+?)\1:?")
HTML = re.compile(r"(?:<center>\s*)?<h([1-4])\b[^>]*>(.+)", re.IGNORECASE)
FENCE = re.compile(r"```|~~~")
UNDERLINE = re.compile(r"=+|-{2,}")
LEAST = 7
LONGEST, MOST_LINES, MOST_NAMES = 200, 60, 3
"""How many characters of a line, lines of a cell, and names in a line are looked at."""
TAG = re.compile(r"<[^<>]*>|^#\s*@title")


@dataclass(frozen=True)
class Heading:
    """A heading, without its marks."""

    level: int
    """From 1 for the greatest; LEAST where the form does not say."""
    text: str


def headings(markdown: str) -> Iterator[Heading]:
    """Yield the lines of a text cell that are headings; prose and listings hold none."""
    lines = [line[:LONGEST].strip() for line in markdown.split("\n", MOST_LINES)[:MOST_LINES]]
    listing = False
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if FENCE.match(line):
            listing = not listing
        elif listing:
            continue
        elif line.startswith("#"):
            text = line.lstrip("#")
            yield Heading(len(line) - len(text), spelt_out(text))
        elif found := BOLD.fullmatch(line):
            yield Heading(LEAST, spelt_out(found[2]))
        elif found := HTML.match(line):
            yield Heading(int(found[1]), spelt_out(found[2]))
        elif line and UNDERLINE.fullmatch(below):
            yield Heading(1, spelt_out(line))


def beginning(text: str) -> Heading:
    """Return the first line of a cell, as if it were a heading."""
    return Heading(LEAST, spelt_out(text.lstrip().partition("\n")[0][:LONGEST]))


def remarks(code: str) -> Iterator[Heading]:
    """Yield what the comments, and the docstring, say that a code cell begins with; imports may
    stand among them.
    """
    quoted = ""
    for line in (line[:LONGEST].strip() for line in code.split("\n", MOST_LINES)[:MOST_LINES]):
        opens = next((mark for mark in QUOTES if line.startswith(mark)), "")
        if quoted or opens or line.startswith("#"):
            yield Heading(LEAST, spelt_out(line))
        elif line and not line.startswith(("import ", "from ", "%", "!")):
            return
        if (quoted or opens) and line.count(quoted or opens) % 2:
            quoted = "" if quoted else opens


def spelt_out(text: str) -> str:
    """Return a heading's text in one spelling: half-width, lower case, digits, without tags and
    what else stands around it.
    """
    text = unicodedata.normalize("NFKC", TAG.sub("", text[:LONGEST])).casefold()[:LONGEST]
    text = " ".join(text.split())
    begins = next((index for index, letter in enumerate(text) if letter.isalnum()), 0)
    text = text[begins:]
    text = IN_WORDS.sub(lambda m: m[1] + str(WORDS.index(m[2]) % 10 + 1), text)
    return ORDINAL.sub(lambda m: m[1] + str(CHINESE.index(m[2]) + 1), text)


def named(heading: Heading, anywhere: bool = False) -> str:
    """Return how a heading names steps, such as ``5-7``; nothing if it names none.

    The name stands first, or after a chapter's; or else ``anywhere``.
    """
    for found in itertools.islice(NAME.finditer(heading.text), MOST_NAMES):
        before = heading.text[: found.start()].rstrip()
        if anywhere or before[-1:] in ENDS or CHAPTER.fullmatch(before.rstrip(". :([「")):
            return found[1] or found[2]
    return ""


def numbers(text: str, ranges: bool = True) -> tuple[int, ...]:
    """Return the numbers in a list such as ``1, 2`` or a range such as ``5~7``.

    Without ``ranges`` a dash is followed by the number of a part: 3-1 is step 3.
    """
    parts = [(int(each[0]), each.start(), each.end()) for each in re.finditer(r"\d+", text)]
    found = [part[0] for part in parts[:1]]
    for (_last, _start, end), (number, start, _end) in itertools.pairwise(parts):
        between = text[end:start]
        if number <= found[-1] or (not ranges and is_range(between)):
            continue
        found += range(found[-1] + 1, number + 1) if is_range(between) else [number]
    return tuple(found)


def is_range(between: str) -> bool:
    """Return whether what stands between two numbers makes a range of them."""
    return re.search(rf"^\s*(?:{RANGE})", between) is not None


def has_parts(name: str) -> bool:
    """Return whether a name tells of a part of a step, such as 3-1, which can be no range."""
    listed = re.findall(r"\d+", name)
    return len(listed) > 1 and int(listed[1]) <= int(listed[0])


def counted(listed: Sequence[Heading]) -> dict[int, tuple[int, ...]]:
    """Return the steps that headings name by a bare number, or by a section's, by their index,
    where those of one level count on.
    """
    levels: dict[int, dict[int, tuple[int, ...]]] = {}
    for index, heading in enumerate(listed):
        if bare := BARE.match(heading.text):
            steps = numbers(bare[1] or bare[2])
            levels.setdefault(heading.level, {})[index] = steps
    runs = (found for _level, found in sorted(levels.items()) if count_on(found.values()))
    return next(runs, {})


def count_on(runs: Iterable[tuple[int, ...]], least: int = 2) -> bool:
    """Return whether at least so many numbers, or ranges, follow one another; a step of theory
    may be left out, and what stands there again and again counts once.
    """
    different = [run for run, _again in itertools.groupby(runs)]
    gaps = {after[0] - before[-1] for before, after in itertools.pairwise(different)}
    return len(different) >= least and gaps <= {1, 2}
