"""Where the authors' files lie in a checkout, and what is in them: or a sentence."""

import ast
import traceback
from importlib import import_module
from os.path import exists  # False where nobody may look
from pathlib import Path
from typing import Any

from graders.checks import Refused
from graders.errors import GradmarkError
from graders.syllabus import Unit
from graders.words import _

ROOT = Path(__file__).parents[3]
NEEDED = ("reference", "tests/mutants", "tests/fair", "tests/equivalents.py")
"""What an installed gradmark has not, and a checkout has."""
COURSE = "graders/syllabus.py"
LESSON = "reference/{step}.py"
TEMPLATE = "student_template/{step}.py"
SUITE = "graders/suites/test_{step}.py"
CATALOGUE = "graders/misconceptions/{step}.py"
MUTANTS = "tests/mutants/{step}.py"
FILES = (LESSON, TEMPLATE, SUITE, CATALOGUE, MUTANTS)
"""What each step has, by the paths in a checkout."""


def demand_checkout(root: Path, command: str) -> None:
    """Raise GradmarkError where the authors' material isn't there."""
    for part in NEEDED:
        if not exists(root / part):
            text = _("{command} needs the authors' material of a checkout: there is no {path}")
            raise GradmarkError(text.format(command=command, path=root / part))


def demand(root: Path, unit: Unit, path: str) -> None:
    """Raise GradmarkError where a file of a step isn't there."""
    if not exists(root / path):
        text = _("there is no {path}: python grade.py new step {number} writes it")
        raise GradmarkError(text.format(path=path, number=unit.number))


def text_of(root: Path, path: str) -> str:
    """Return the text of a file in a checkout.  Raise GradmarkError where it can't be read."""
    try:
        return (root / path).read_text("utf-8-sig")
    except (OSError, UnicodeError) as error:
        text = _("{path} can't be read: {why}")
        raise GradmarkError(text.format(path=path, why=error)) from error


def parsed(text: str, path: str) -> ast.Module:
    """Return a file's tree.  Raise GradmarkError where it is not Python."""
    try:
        return ast.parse(text)
    except SyntaxError as error:
        why = _("{path} is not Python: {error}, line {line}")
        told = why.format(path=path, error=error.msg, line=error.lineno)
    except (ValueError, RecursionError) as error:
        told = _("{path} is not Python: {error}").format(path=path, error=error)
    raise GradmarkError(told)


def imported(name: str, what: str, path: str) -> Any:
    """Return what one of the authors' modules defines.

    Raise GradmarkError, with the file where it went wrong, if it can't be imported.
    """
    try:
        return getattr(import_module(name), what)
    except Refused as error:
        raise GradmarkError(str(error)) from error
    except (Exception, SystemExit) as error:
        text = _("{path} can't be imported: {kind}: {error}")
        kind = type(error).__name__
        raise GradmarkError(
            text.format(path=blamed(error, path), kind=kind, error=error)
        ) from error


def blamed(error: BaseException, path: str) -> str:
    """Return the file of the checkout that an exception comes from, or ``path``."""
    frames = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        frames.append(error.filename)
    own = [Path(each) for each in frames if Path(each).is_relative_to(ROOT)]
    inside = [each for each in own if each != Path(__file__)]
    return inside[-1].relative_to(ROOT).as_posix() if inside else path
