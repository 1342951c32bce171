"""Mutants of the reference that no suite has to catch, each with the reason."""

from graders.commands.course.material import Equivalent

CARRIED_OVER = {
    "step06": frozenset({"numerical_diff"}),
    "step10": frozenset(
        {"Variable", "as_array", "Function", "Square", "square", "numerical_diff"}
    ),
}
"""What a lesson repeats, word for word, of an earlier one, and its suite does not grade: step 6
only prints with it, and step 10 puts implementations of its own in its place."""

EQUIVALENTS = (
    Equivalent(
        "step10",
        "x = Variable(np.random.rand(1))",
        "x = Variable(np.random.rand( 2))",
        "a gradient is checked at two random numbers as well as at one",
    ),
)
"""Mutants that do the same as the reference."""
