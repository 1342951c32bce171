"""Many submissions: who handed in what, grading them side by side, and what came of it."""
