"""Say who was found, in which folders, and what is missing: nobody's code is run."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from graders.classroom.engine import Ended, Engine
from graders.classroom.handed import Handed
from graders.classroom.judging import Opened, Refused, Task, look
from graders.classroom.results import Override
from graders.classroom.supervisor import heard, task_of
from graders.renderers.plain import one_line
from graders.syllabus import SYLLABUS
from graders.words import _

SECONDS = 60.0
"""How long a look at one submission may take."""


def dry_run(
    root: Path, students: Sequence[Handed], overrides: Mapping[str, Override], jobs: int
) -> None:
    """Print what is found of each student."""
    tasks = [task_of(root, handed, overrides) for handed in students]
    found = {e.task.handed: told(e) for e in Engine(look, jobs, SECONDS).each(tasks)}
    for handed in students:
        where = f" ({handed.shown})" if handed.shown else ""
        print(one_line(f"{handed.student}{where}: {found[handed]}"))
    print()
    print(_("students: {count}; nobody was graded").format(count=len(students)))


def told(ended: Ended[Task]) -> str:
    """Return what was found in a submission, in a sentence."""
    match heard(ended)[:1]:
        case [Refused(status=status, why=why)]:
            return f"{status}: {why}"
        case [Opened(found=found) as opened] if found:
            missing = [unit.label for unit in SYLLABUS if unit.step not in found]
            folders = [c.folder for c in opened.candidates if c.graded and c.folder != "."]
            text = _("{found} of {all} steps found") + (_(" in {folders}") if folders else "")
            said = text.format(found=len(found), all=len(SYLLABUS), folders=", ".join(folders))
            lacks = _("; missing: {steps}").format(steps=", ".join(missing))
            return said + lacks if missing else said
        case [Opened(notes=notes)]:
            more = ended.task.handed.draft.notes or notes
            return "; ".join([_("no step was found"), *more])
    return f"error: {ended.why or _('it takes too long to be read')}"
