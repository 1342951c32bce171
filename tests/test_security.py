"""The page on security: what it names is there, and what it says gets through may."""

import re
from pathlib import Path

from hostile import TRICKS

TESTS = Path(__file__).parent
PAGE = (TESTS.parent / "docs" / "security.md").read_text("utf-8")
ROWS = [line.split("|")[1:-1] for line in PAGE.splitlines() if line.count("|") == 7][2:]


def named(text: str) -> list[str]:
    """Return what stands in code marks."""
    return re.findall(r"`([^`]+)`", text)


def test_what_shows_a_row_exists():
    assert len(ROWS) > 10
    families = {f"{name.partition('/')[0]}/" for name in TRICKS}
    for row in ROWS:
        shown_by = named(row[-1])
        assert shown_by, row
        for name in shown_by:
            assert name in families or name in TRICKS or (TESTS / name).is_file(), name


def test_every_family_is_in_the_table():
    text = " ".join(name for row in ROWS for name in named(row[-1]))
    for name in TRICKS:
        assert f"{name.partition('/')[0]}/" in text


def test_the_tricks_that_may_get_through_are_listed():
    listed = PAGE.partition("At `process` these may:")[2].partition("They read")[0]
    through = {level: set() for level in ("sandbox", "partial", "process")}
    for trick in TRICKS.values():
        for level in trick.through:
            through[level].add(trick.name)
    assert set(named(listed)) == through["process"]
    assert not through["sandbox"] | through["partial"]
