"""Say that the step defines ninety thousand names much like the one that is missing."""

from graders import wire

Loaded = wire.Loaded
NAMES = tuple(f"Ex{number:05}p" for number in range(90_000))
wire.Loaded = lambda **given: Loaded(NAMES, NAMES[:1000])
