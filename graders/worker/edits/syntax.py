"""Edits of a text that Python can't read, around the line where it gave up."""

import difflib
import keyword
import re
from collections.abc import Iterator

from graders.worker.edits.written import Change, starts

PLAIN = str.maketrans("（）［］｛｝：，．“”‘’＝＋－＊／", "()[]{}:,.\"\"''=+-*/")
"""What an input method writes, and what Python reads."""
SLIPS = (
    (r"\belse\s*if\b", "elif"), (r"\belseif\b", "elif"), (r"&&", " and "), (r"\|\|", " or "),
    (r"!(?!=)", "not "), (r"\+\+", " += 1"), (r"--", " -= 1"), (r"===", "=="), (r"->", "."),
    (r"\bfunction\b|\bfunc\b", "def"), (r"=>", ">="), (r"=<", "<="), (r"=!", "!="),
    (r"=\+", "+="), (r"\{\s*$", ":"), (r";", ":"), (r";", ","), (r"::", ":"), (r",,", ","),
    (r"\.\.", "."), (r"\bnew\s+", ""), (r"\bvar\s+|\blet\s+|\bconst\s+", ""),
    (r"\b(?:int|float|double|str|void)\s+(?=\w)", ""), (r"\bnull\b", "None"),
    (r"\bthen\b", ":"), (r"\bnot\s+is\b", "is not"), (r"\bis\s+no\b", "is not"),
    (r"(?<!is )\bnot\s+None\b", "is not None"),
    (r"\b(\d+(?:\.\d+)?)\s*(?=[A-Za-z_(])", r"\1 * "), (r"\s*,\s*(?=\w)", "."),
    (r"(?<=[\w)\]])\s+(?=[A-Za-z_(])", ", "), (r"(?<=[\w)\]])\s+(?=[A-Za-z_(])", "."),
    (r"(?<=[\w)\]])\s+(?=[A-Za-z_(\d])", " * "), (r"(?<=[\w)\]])\s+(?=[A-Za-z_(\d])", " = "),
    (r"\.(?=\s|$|\))", ""), (r"^\s*\d+[:.]?\s", ""), (r"^\s*(?:>>>|\.\.\.|\+|%)\s?", ""),
)  # fmt: skip
"""What people write who know another language, or whose hand slips, and what Python reads."""
LONGEST = 300
"""How many characters a line may have."""
OPENING = {")": "(", "]": "[", "}": "{"}


def changes(text: str, number: int) -> Iterator[Change]:
    """Yield the edits of the line where Python gave up, of the one above and the one below."""
    lines = text.split("\n")
    begins = starts(lines)
    for at, line in enumerate(lines, 1):
        if line.rstrip().endswith('""') and not line.rstrip().endswith('"""'):
            place = begins[at - 1] + len(line.rstrip())
            yield Change(place, place, '"', "syntax", 1, at)
    number = min(max(number, 1), len(lines))
    above = next((n for n in range(number - 1, 0, -1) if lines[n - 1].strip()), 0)
    below = next((n for n in range(number + 1, len(lines) + 1) if lines[n - 1].strip()), 0)
    for turn, at in enumerate(filter(None, (number, above, below))):
        line = lines[at - 1]
        if len(line) > LONGEST:
            continue
        start, end = begins[at - 1], begins[at] - 1
        near = [lines[n - 1] for n in (above, below, number) if n and n != at]
        for new in dict.fromkeys(rewritten(line, near)):
            if new != line:
                yield Change(start, end, new, "syntax", 1 + turn, at)
        indent = indent_of(line)
        yield Change(start, end, f"{indent}pass", "syntax", 3, at, True)
        yield Change(start, end, "", "syntax", 3, at, True)
        body = re.sub(r"\s*#.*", "", line)
        if body.rstrip().endswith(":"):
            yield Change(end, end, f"\n{indent}    pass", "syntax", 3, at)


def rewritten(line: str, near: list[str]) -> Iterator[str]:
    """Yield what a line may have been meant to be."""
    yield line.translate(PLAIN)
    indent, body, comment = split(line)
    code = indent + body
    yield f"{code}:{comment}"
    for bracket in ")]}":
        yield f"{code}{bracket}{comment}"
        if body.endswith(":"):
            yield f"{code[:-1]}{bracket}:{comment}"
        for place in range(len(code) - 1, len(indent) - 1, -1):
            if code[place] in f"{bracket}{OPENING[bracket]}":
                yield code[:place] + code[place + 1 :] + comment
    if body.endswith(")"):
        yield f"{code[:-1]}]{comment}"
    for place in range(len(indent), len(code) + 1):
        here = code[place : place + 1]
        if not (place and code[place - 1].isalnum() and here.isalnum()):
            for extra in "()[]\"'":
                yield code[:place] + extra + code[place:] + comment
    for other in dict.fromkeys(map(indent_of, near)):
        yield other.expandtabs(4) + body + comment
        yield other + body + comment
    yield "    " + line
    yield line[4:] if line.startswith("    ") else line
    yield line.expandtabs(4)
    yield line.expandtabs(8)
    for wrong, right in SLIPS:
        for found in re.finditer(wrong, code):
            yield code[: found.start()] + found.expand(right) + code[found.end() :] + comment
        yield re.sub(wrong, right, code) + comment
    for found in re.finditer(r"(?<![=!<>+*/-])=(?!=)", code):
        yield code[: found.start()] + "==" + code[found.end() :] + comment
        yield code[: found.start()].rstrip() + " is " + code[found.end() :].lstrip() + comment
    for found in re.finditer(r"==", code):
        yield code[: found.start()] + "=" + code[found.end() :] + comment
    for found in re.finditer(r"[A-Za-z_]+", code):
        for meant in difflib.get_close_matches(found[0], keyword.kwlist, 2, 0.6):
            if meant != found[0]:
                yield code[: found.start()] + meant + code[found.end() :] + comment
    for found in re.finditer(r"\S", code):
        if not (found[0].isalnum() or found[0] in "_"):
            yield code[: found.start()] + code[found.end() :] + comment
    words = body.split(" ")
    for index in range(len(words)):
        yield indent + " ".join(words[:index] + words[index + 1 :]) + comment
    for word in ("def", "class", "return", "import"):
        yield f"{indent}{word} {body}{comment}"


def split(line: str) -> tuple[str, str, str]:
    """Return a line's indentation, its code and its comment."""
    body = line.strip()
    found = re.search(r"\s*#", body) if "'" not in body and '"' not in body else None
    cut = found.start() if found else len(body)
    return indent_of(line), body[:cut], body[cut:]


def indent_of(line: str) -> str:
    """Return what a line begins with before its code."""
    return line[: len(line) - len(line.lstrip())]
