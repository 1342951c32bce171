"""The overview of a class as text: short on a terminal, whole in a file."""

import io
import math
import re
from collections.abc import Callable, Sequence
from statistics import median

from rich.text import Text

from graders.classroom.overview import Overview
from graders.classroom.results import written
from graders.classroom.same_work.alike import Alike
from graders.renderers.plain import one_line
from graders.renderers.screen import Screen
from graders.submission.notebook import few
from graders.syllabus import SYLLABUS
from graders.words import _

WIDTH = 80
BINS = 10
BAR = 30
"""How long the bar of the fullest bin is."""
MOST = 6
"""How many of a kind a terminal shows."""

APART = re.compile(r"[,;:()“”]|\s{2}|[^\S ]")
"""What could make more of a name than a name."""
PLAIN = str.maketrans("“”", "''")
Tell = Callable[[Sequence[str]], str]
"""What is written of a list of names."""


def text_of(overview: Overview) -> str:
    """Return the whole overview as text."""
    file = io.StringIO()
    screen = Screen(file, color=False, width=WIDTH)
    show(overview, screen, most=None)
    return file.getvalue()


def show(overview: Overview, screen: Screen, most: int | None = MOST) -> None:
    """Print an overview, of each kind no more than so many."""
    tell: Tell = ", ".join if most is None else few
    parts = [points, late, steps, checks, ideas, same_work, time]
    for part in parts:
        part(overview, Page(screen, most, tell))


class Page:
    """What an overview is printed on."""

    def __init__(self, screen: Screen, most: int | None, tell: Tell) -> None:
        self.screen, self.most = screen, most
        self.tell = tell

    def names(self, students: Sequence[str]) -> str:
        """Return a list of students."""
        return self.tell([called(student) for student in students])

    def heading(self, text: str) -> None:
        """Begin a part."""
        self.screen.put()
        self.screen.say(text, 0, "bold")

    def line(self, text: str, deeper: int = 0) -> None:
        """Print a line, which wraps."""
        self.screen.say(one_line(text), 2 + deeper, hanging=2)

    def more(self, things: Sequence[object]) -> None:
        """Say how many of a list are not shown, if any are."""
        if self.most is not None and len(things) > self.most:
            text = _("and {count} more, in overview.txt")
            self.line(text.format(count=len(things) - self.most))


def called(student: str) -> str:
    """Return a student's name, set apart where it could be taken for more than a name."""
    name = one_line(student)
    return f"“{name.translate(PLAIN)}”" if APART.search(name) else name


def points(overview: Overview, page: Page) -> None:
    """Print how the points lie."""
    got, most = overview.points, overview.max_points
    if not got:
        return
    text = _("Points of {most}: lowest {low}, median {mid}, highest {high}")
    most_of, low, mid, high = map(written, (most, got[0], median(got), got[-1]))
    page.heading(text.format(most=most_of, low=low, mid=mid, high=high))
    counts = [0] * BINS
    for each in got:
        counts[min(BINS - 1, math.floor(BINS * each / most)) if most else 0] += 1
    edges = [f"{most * number / BINS:g}" for number in range(BINS + 1)]
    wide = max(map(len, edges))
    for number, count in enumerate(counts):
        bar = "█" * math.ceil(BAR * count / max(counts))
        ahead = f"  {edges[number]:>{wide}}–{edges[number + 1]:<{wide}} "
        page.screen.put(Text(ahead).append(bar, "cyan").append(f" {count}" if count else ""))
    published = [
        _("{student} (steps: {count})").format(student=called(student), count=count)
        for student, count in overview.reference
    ]
    for students, told in (
        (page.names(overview.untouched), _("the template as it was: {names}")),
        (page.names(overview.zero), _("0 points: {names}")),
        (page.tell(published), _("gradmark's own solution handed in: {names}")),
    ):
        if students:
            page.line(told.format(names=students))


def late(overview: Overview, page: Page) -> None:
    """Print who was late, and of whom that isn't known."""
    if not (overview.late or overview.late_unmeasured or overview.no_time):
        return
    page.heading(_("Late: {count}").format(count=len(overview.late)))
    told = [
        _("{student} (days: {days}, −{penalty})").format(
            student=called(each.student), days=each.days, penalty=written(each.penalty)
        )
        for each in overview.late
    ]
    if told:
        page.line(page.tell(told))
    for students, text in (
        (
            overview.late_unmeasured,
            _("late, but nobody says by how much, so no points off: {names}"),
        ),
        (overview.no_time, _("nobody says when, so no points off: {names}")),
    ):
        if students:
            page.line(text.format(names=page.names(students)))


def steps(overview: Overview, page: Page) -> None:
    """Print how the steps went."""
    if not overview.steps:
        return
    text = _("Steps: mean points, and how many of {count} have all")
    page.heading(text.format(count=overview.graded))
    for step in overview.steps:
        got = f"{step.mean:>5.1f}/{step.max_points:<3g}"
        text = f"{step.label:4} {got} {step.whole:>4}  {step.title}"
        if step.untouched:
            text += _("; not begun: {count}").format(count=step.untouched)
        page.line(text)


def checks(overview: Overview, page: Page) -> None:
    """Print the checks that most fail, or all."""
    failed = [check for check in overview.checks if check.failed]
    listed = failed if page.most is not None else overview.checks
    if not listed:
        return
    page.heading(_("Checks, those that most fail first: passed, failed, can't be said"))
    for check in listed[: page.most]:
        counts = f"{check.passed:>4} {check.failed:>4} {check.others:>4}"
        text = _("section {sections}").format(sections=check.sections)
        page.line(f"{counts}  {check.id}: {check.title} ({text})")
    page.more(listed)


def ideas(overview: Overview, page: Page) -> None:
    """Print the misconceptions that most have, and what to teach again."""
    if not overview.ideas:
        return
    page.heading(_("Likely misconceptions, the commonest first"))
    for idea in overview.ideas[: page.most]:
        text = _("{count} × step {label}, {idea}: teach section {sections} again")
        said = text.format(
            count=len(idea.students), label=idea.label, idea=idea.title, sections=idea.sections
        )
        page.line(said)
        page.line(page.names(idea.students), 4)
    page.more(overview.ideas)


def same_work(overview: Overview, page: Page) -> None:
    """Print whose work is the same, and what was compared."""
    if not (overview.same_code or overview.rare_mistakes or overview.not_compared):
        return
    page.heading(_("The same work"))
    for alike in overview.same_code[: page.most]:
        text = _("{names}: the same code in {steps} ({count} functions or parts outside them)")
        page.line(said(alike, text, page))
    page.more(overview.same_code)
    for alike in overview.rare_mistakes[: page.most]:
        text = _("{names}: the same mistakes, which nobody else made, in {steps} ({count})")
        page.line(said(alike, text, page))
    page.more(overview.rare_mistakes)
    if overview.not_compared:
        text = _("not compared, or not all of it: {names}")
        page.line(text.format(names=page.names(overview.not_compared)))
    page.screen.say(
        _(
            "Compared was what each wrote beyond the template and the book, without names, "
            "texts, comments and type hints. The same code can come from a lesson, a library's "
            "page or working side by side, and the same mistake from chance: this says what "
            "is alike, not why."
        ),
        2,
        "dim",
    )


def said(alike: Alike, text: str, page: Page) -> str:
    """Return what is said of students who have something in common."""
    labels = [unit.label for unit in SYLLABUS if unit.step in alike.steps]
    told = _("step {labels}").format(labels=", ".join(labels))
    return text.format(names=page.names(alike.students), steps=told, count=alike.count)


def time(overview: Overview, page: Page) -> None:
    """Print what grading took."""
    if not overview.longest:
        return
    longest = [f"{called(name)} {seconds:.1f} s" for name, seconds in overview.longest]
    text = _("Time: {seconds:.0f} s, one after the other; the longest: {longest}")
    page.heading(text.format(seconds=overview.seconds, longest=one_line(", ".join(longest))))
