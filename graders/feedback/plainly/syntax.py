"""What it means that Python could not read a line."""

import re
import unicodedata

from graders import wire
from graders.words import _

CONFLICT = re.compile(r"(?:<{7}|={7}|>{7})(?: |$)")
PROMPT = re.compile(r"\s*(?:>>>|\.\.\.|In \[\d*\]:|\$ )")
COMMAND = re.compile(r"\s*[%!]\w|\s*(?:pip|conda) install ")
STRANGE = re.compile(
    r"invalid (?:non-printable )?character .*U\+([0-9A-F]{4}|[0-9A-F]{5}|10[0-9A-F]{4})\b"
)
NEVER_CLOSED = re.compile(r"'([(\[{])' was never closed")
UNMATCHED = re.compile(
    r"unmatched '([)\]}])'|closing parenthesis '(.)' does not match opening parenthesis '(.)'"
)
OPENS = re.compile(r"\s*(?:def|class|if|elif|else|for|while|try|except|finally|with)\b")
NO_BLOCK = re.compile(r"expected an indented block after (.+) on line (\d+)")
OTHER_WORDS = re.compile(r"\s*(?:function|fun|func|public|private|var|let|const|new|else if)\b")
QUOTES = re.compile(r"unterminated (?:triple-quoted )?(?:f-)?string literal")
MEANT = re.compile(r"perhaps you meant \"==\"")
ASKS = re.compile(r"\s*(?:if|elif|while)\b.*[^=!<>]=[^=]")
HALF = str.maketrans("“”‘’、。−–—×÷", "\"\"'',.---*/")
"""What full-width marks that have no half-width form of their own stand for."""


def meaning(raised: wire.Raised) -> str:
    """Return what a SyntaxError means, or nothing."""
    line, above, message = raised.scene.text, raised.scene.sign, raised.message
    if CONFLICT.match(line):
        return _("git left this line: keep one of the two versions, and delete all else")
    if PROMPT.match(line):
        return _("this line was pasted with its prompt: only what stands behind it is Python")
    if COMMAND.match(line):
        return _("this is a command of a notebook or a terminal, not Python: delete it")
    found = STRANGE.search(message)
    if found and chr(int(found[1], 16)).isprintable():
        return strange(chr(int(found[1], 16)))
    if found:
        return _("there is a blank in this line that is none of Python's: type it anew")
    return (
        of_brackets(line, above, message)
        or of_blocks(raised, line, above)
        or of_words(line, message)
    )


def strange(character: str) -> str:
    """Say that a character is none of Python's."""
    plain = unicodedata.normalize("NFKC", character).translate(HALF)
    if not plain.strip():
        return _("there is a blank in this line that is none of Python's: type it anew")
    if plain != character and plain.isascii():
        text = _("{character} looks like {plain} and is another character: switch the keyboard "
                 "to half-width letters, and type it anew")  # fmt: skip
        return text.format(character=character, plain=plain)
    return _("{character} is no character that Python knows here").format(character=character)


def of_brackets(line: str, above: str, message: str) -> str:
    """Say that a bracket or a quote is missing, or too much."""
    if "{" in line and OPENS.match(line) and "'{'" in message:
        return _("a block has no { } in Python: a colon begins it, and all of it is indented")
    if found := NEVER_CLOSED.search(message):
        return _("the {bracket} in this line is never closed").format(bracket=found[1])
    if found := UNMATCHED.search(message):
        if found[1]:
            return _("the {bracket} in this line closes nothing").format(bracket=found[1])
        text = _("{opening} is still open where {closing} stands in this line: which is wrong?")
        return text.format(opening=found[3], closing=found[2])
    if QUOTES.search(message):
        return _("a text begins in this line and never ends: its second quote is missing")
    if opened(line) > 0 and message.startswith("invalid syntax"):
        return _("a bracket that opens in this line is not closed before it ends")
    if opened(above) > 0:
        return _("a bracket is still open in the line above: {above}").format(
            above=above.strip()
        )
    return ""


def opened(line: str) -> int:
    """Return how many more brackets a line opens than it closes."""
    return sum(map(line.count, "([{")) - sum(map(line.count, ")]}"))


def of_blocks(raised: wire.Raised, line: str, above: str) -> str:
    """Say that a colon or an indent is missing, or is wrong."""
    message = raised.message
    if message.startswith("expected ':'") or (
        OPENS.match(line) and ":" not in line.partition("#")[0]
    ):
        return _("a colon is missing at the end of this line")
    if raised.name == "TabError" or "inconsistent use of tabs" in message:
        return _("this line is indented by tabs, and others by blanks: use blanks everywhere")
    if found := NO_BLOCK.search(message):
        text = _("what belongs to the {what} in line {line} has to stand below it, indented")
        return text.format(what=found[1], line=found[2])
    if message.startswith("unexpected indent"):
        return _("this line is indented more than the one above, which opens no block")
    if message.startswith("unindent does not match"):
        return _("this line is indented like none of the lines above: count the blanks")
    if OPENS.match(above) and not above.rstrip().endswith(":") and opened(above) == 0:
        return _("a colon is missing at the end of the line above")
    return ""


def of_words(line: str, message: str) -> str:
    """Say which sign or word is another one in Python."""
    if OTHER_WORDS.match(line):
        text = _("{word} is no word of Python's here")
        return text.format(word=" ".join(line.split()[: 2 if "else if" in line else 1]))
    if "Maybe you meant '=='" in message or MEANT.search(message) or ASKS.match(line):
        return _("= gives a value; whether two things are equal is asked by ==")
    if "'return' outside function" in message:
        return _("this return stands outside of any def: is it indented too little?")
    if "Perhaps you forgot a comma" in message:
        return _("between two things in brackets there has to be a comma or an operator")
    if "cannot assign to" in message:
        return _("only a name, an attribute or an element can stand on the left of =")
    if re.search(r"\bnot None\b", line) and not re.search(r"\bis not None\b", line):
        return _("whether something is there is asked by is not None: the is is missing")
    if re.match(r"\s*raise \w+\s*,", line):
        return _("the message of an exception stands in brackets: raise TypeError(…)")
    if re.match(r"\s*print\s+[^(=]", line):
        return _("what is printed stands in brackets: print(…)")
    if re.match(r"\s*(?:raise|return|import|del|assert)\s*=[^=]", line):
        return _("{word} is followed by what it is about, without =").format(
            word=line.split("=")[0].strip()
        )
    if message.startswith("expected '('") and re.match(r"\s*def\b", line):
        return _("after def and a name there are brackets, even for nothing")
    if message.startswith(("invalid decimal literal", "invalid imaginary")):
        return _("a number and a letter stand side by side: is a * missing between them?")
    if "default argument follows" in message or "without a default follows" in message:
        return _("an argument with a default can't stand before one that has none")
    if re.search(r"\+\+|--", line):
        return _("Python has no ++ and no --: += 1 does it")
    if re.search(r"&&|\|\|", line):
        return _("Python's words are and, or and not")
    return ""
