"""What the first word may be instead of a submission; each imports what it needs."""

from collections.abc import Callable

from graders.errors import BELOW, GRADED, GradmarkError
from graders.options import carry_options, how, limits_of, pytest_options
from graders.sandbox.sandbox import open_sandbox
from graders.words import _


def schema(arguments: list[str]) -> int:
    """Print the JSON Schema of a report, of a class's results, or of a course file."""
    import json

    from graders import report
    from graders.classroom import results
    from graders.classroom.marking import course

    known = {"class": results.schema, "course": course.schema}
    made = known.get(arguments[0]) if len(arguments) == 1 else None
    refuse("schema", [] if made else arguments)
    print(json.dumps((made or report.schema)(), indent=2))
    return GRADED


def doctor(arguments: list[str]) -> int:
    """Print what this machine can do to confine a submission."""
    from graders.commands.doctor import examine

    refuse("doctor", arguments)
    print(examine())
    return GRADED


def refuse(name: str, arguments: list[str]) -> None:
    """Raise GradmarkError when a command that takes no arguments was given some."""
    if arguments:
        raise GradmarkError(_("{name} takes no arguments").format(name=name))


def carry(arguments: list[str]) -> int:
    """Fill the holes of chosen steps from the student's own earlier files."""
    options = carry_options(arguments)
    try:
        from graders.commands.carry.command import carry_over
    except ImportError as error:
        text = _("carrying over needs the extra “carry”: pip install 'gradmark[carry]'")
        raise GradmarkError(text) from error
    could = [carry_over(step, options.submission) for step in options.step]
    return GRADED if all(could) else BELOW


def grade_class(arguments: list[str]) -> int:
    """Grade many submissions."""
    from graders.classroom.command import main

    return main(arguments)


def explain(arguments: list[str]) -> int:
    """Print what a check asks."""
    from graders.commands.explain import main

    return main(arguments)


def new(arguments: list[str]) -> int:
    """Begin a step or a check."""
    from graders.commands.new.command import main

    return main(arguments)


def pytest(arguments: list[str]) -> int:
    """Run the suites with pytest's own options."""
    options = pytest_options(arguments)
    sandbox = open_sandbox(limits_of(options), options.portable)
    try:
        from graders.judge.door import knock, memory
        from graders.submission.read import read

        words = [*memory(options.submission, options.words), *options.words]
        handed_in = read(options.submission, options.folder)
        return knock(handed_in, sandbox, how(options), words)
    finally:
        sandbox.close()


def selftest(arguments: list[str]) -> int:
    """Show whether the suites are airtight."""
    from graders.commands.selftest.command import main

    return main(arguments)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "carry": carry,
    "class": grade_class,
    "doctor": doctor,
    "explain": explain,
    "new": new,
    "pytest": pytest,
    "schema": schema,
    "selftest": selftest,
}
"""Each takes the other words and returns the exit status."""
