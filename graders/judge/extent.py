"""How long a report may be: what a stranger's code has it say is cut."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from graders.report import Check
from graders.words import _

LONGEST_TEXT = 5000
"""How many characters one text of a check may have; what was printed has a limit of its own."""
MOST_BYTES = 512 << 10
"""How long all checks may be together, as JSON."""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
MOST_CONTROL = 500
"""What JSON writes six characters for, and how many of it in a text are no accident."""


def cut(text: str) -> str:
    """Return a text, without its end where it is too long."""
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]} …"


def shortened(check: Check) -> Check:
    """Return a verdict none of whose texts is too long."""
    shown = {
        name: msgspec.structs.replace(value, text=cut(value.text))
        for name, value in (("got", check.got), ("due", check.due))
        if value
    }
    message = check.message and cut(check.message)
    output = check.output
    if output and len(CONTROL.findall(output)) > MOST_CONTROL:
        output = CONTROL.sub("\N{REPLACEMENT CHARACTER}", output)
    return msgspec.structs.replace(check, message=message, output=output, **shown)


def within(checks: Iterable[Check], most: int = MOST_BYTES) -> Iterator[Check]:
    """Yield verdicts that are not too long together: those after have no words of their own."""
    left = most
    for check in checks:
        left -= len(msgspec.json.encode(check))
        if left < 0:
            text = _("left out, since the report would be too long")
            check = msgspec.structs.replace(
                check,
                message=check.message and text,
                got=None,
                due=None,
                reproduce=None,
                output=None,
            )
        yield check
