"""Step 10: to be filled in."""

from graders.misconceptions.signs import Misconception

CATALOGUE: tuple[Misconception, ...] = ()
