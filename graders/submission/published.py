"""Tell the solutions that are published, gradmark's own and the book's, from a student's."""

import hashlib

from graders.words import _

DIGITS = 16
OWN = {
    "090a41920b3477aa", "1bd30c67d08aaa2c", "2b0ea9b0dfe8ae9f", "337f94095ce747ef",
    "48b8f8db54a614c7", "644da2ac22c0ee80", "9aea5b4bc4c62ab5", "b7512d14211a8ecc",
    "c8659b408a7cfbc1",
}  # fmt: skip
"""The digests of gradmark's reference: a test tells what to put here when it has changed."""
BOOKS = {
    "5c80c548a95122df", "bcd4bce55ca8ce33", "126a8695803fbc77", "8f0b6180e63874fa",
    "ae46bf8cdd8f3023", "84abd16f291034ec", "1856f363ffb2be7c", "2e18f749b1a4a261",
    "3e334952715f1aec",
}  # fmt: skip
"""Those of the files that come with the book: many hand in a fork of its repository."""


def digest(code: str) -> str:
    """Return the digest of a text, whatever its white space."""
    return hashlib.sha256("".join(code.split()).encode()).hexdigest()[:DIGITS]


def publisher(found: str) -> str:
    """Return whose published solution a digest is of, in words; nothing if of none."""
    if found in OWN:
        return _("gradmark's own reference solution")
    return _("the book's own solution") if found in BOOKS else ""
