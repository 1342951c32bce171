"""Step 9: to be filled in."""

from graders.misconceptions.signs import Misconception

CATALOGUE: tuple[Misconception, ...] = ()
