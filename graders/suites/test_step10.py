"""Step 10: the student's own tests, tried on implementations right and wrong (10.1 to 10.3)."""

from graders.assertions import Described, abridged, fail
from graders.checks import check
from graders.errors import Blocked, NotAttempted
from graders.suites.implementations import BOOK, OTHERS, OWN, patches, wrong
from graders.suites.implementations.senseless import SENSELESS
from graders.words import _

SOURCES = (BOOK, *OTHERS, *(m.source for m in (*wrong.REQUIRED, *wrong.STRETCH)))
PASS = ("there_are_tests", "tests_pass", "tests_pass_another_way")
ALL_PASS = Described(_("every test passes"))


@check(
    _("there are tests"),
    kind="testing",
    points=1,
    hint=_("methods called test_… in a class SquareTest(unittest.TestCase) (section 10.1)"),
    why=_("unittest finds tests by their names; what it doesn't find asserts nothing"),
    section="10.1",
    reproduce=patches.COUNT,
)
def test_there_are_tests(trials):
    trial = tried(trials, BOOK)
    if trial.ended:
        raise trial.ended
    if not trial.tests:
        attempted(trials, trial)
        trouble = "" in trial.failures and trials.told(trial, "")
        text = _("no tests: the file stopped at {trouble}") if trouble else _("no tests")
        fail(
            Described(text.format(trouble=trouble)),
            Described(_("at least one")),
            below="\n".join(trials.overlooked),
            claim="" if trouble else "tests",
        )


@check(
    _("your tests pass on a correct implementation"),
    kind="testing",
    points=1,
    needs=PASS[:1],
    hint=_("work out by hand what each test expects, and run them on your own code (10.1)"),
    why=_(
        "a test that fails on right code sends people looking for mistakes that aren't there"
    ),
    section="10.1",
    reproduce=patches.ON_THE_BOOK,
)
def test_tests_pass(trials):
    rest_on(trials, PASS[:1])
    trial = tried(trials, BOOK)
    if trial.failures:
        fail(
            Described(_("{count} of {all} fail").format(
                count=len(trial.failures), all=len(trial.tests))),
            ALL_PASS,
            below=trials.listed(trial),
            claim="" if trials.explains(trial) else "passes",
            inputs={"failures": trials.listed(trial), "why": trials.why(trial)},
        )  # fmt: skip


@check(
    _("your tests pass on a correct implementation that is written in another way"),
    kind="testing",
    points=1,
    needs=PASS[:2],
    hint=_("test what square does, not how it is written (section 10.1)"),
    why=_("a test should outlive a rewrite of the code that it tests"),
    section="10.1",
    reproduce=patches.ON_ANOTHER,
)
def test_tests_pass_another_way(trials):
    rest_on(trials, PASS[:2])
    for source, how in OTHERS.items():
        trial = tried(trials, source)
        if trial.ended:
            raise trial.ended
        if not right(trial):
            text = _("{count} of {all} fail on an implementation that is written {how}")
            got = text.format(count=len(trial.failures), all=len(trial.tests), how=how)
            fail(
                Described(got if trial.tests else _("no tests")),
                ALL_PASS,
                below=trials.listed(trial),
                claim="passes",
                inputs={"failures": trials.listed(trial)},
            )


@check(
    _("your tests notice a square that gives another value"),
    kind="testing",
    points=1,
    needs=PASS,
    hint=_("compare y.data with a value worked out by hand, such as 4 for 2 (section 10.1)"),
    why=_("the first thing to know of a function is whether its values are right"),
    section="10.1",
    reproduce=patches.with_patch(wrong.CUBED.patch),
)
def test_notice_values(trials):
    assert_notice(trials, wrong.CUBED, wrong.UNCHANGED)


@check(
    _("your tests notice a square that doubles"),
    kind="testing",
    points=1,
    needs=(*PASS, "notice_values"),
    hint=_("2 squared and 2 doubled are both 4: try a second number (sections 10.1, 10.3)"),
    why=_("one example may be right by accident; a second one, or a random one, seldom is"),
    section="10.1",
    reproduce=patches.with_patch(wrong.DOUBLED.patch),
)
def test_notice_doubled(trials):
    assert_notice(trials, wrong.DOUBLED)


@check(
    _("your tests notice a wrong gradient"),
    kind="testing",
    points=1,
    needs=PASS,
    hint=_("call backward and compare x.grad with a value worked out by hand (section 10.2)"),
    why=_("signs and factors of a derivative are easily lost, and nothing else tells of it"),
    section="10.2",
    reproduce=patches.with_patch(wrong.NEGATED.patch),
)
def test_notice_gradient(trials):
    assert_notice(trials, wrong.NEGATED, wrong.HALVED, wrong.SQUARED)


@check(
    _("your tests notice a gradient that doesn't depend on x"),
    kind="testing",
    points=1,
    needs=(*PASS, "notice_gradient"),
    hint=_("check the gradient at more than one x: at a random one, say (section 10.3)"),
    why=_("at a single point a slope can't be told from a constant"),
    section="10.3",
    reproduce=patches.with_patch(wrong.SIXES.patch),
)
def test_notice_constant(trials):
    assert_notice(trials, wrong.TWOS, wrong.SIXES)


@check(
    _("your tests notice a backward that doesn't start from 1 by itself"),
    kind="testing",
    points=1,
    needs=(*PASS, "notice_gradient"),
    only_if=("notice_gradient",),
    hint=_("call backward without setting a gradient first, and look at x.grad (section 10.2)"),
    why=_("what step 9 made automatic is worth a test of its own"),
    section="10.2",
    reproduce=patches.with_patch(wrong.ZEROS.patch),
)
def test_notice_start(trials):
    assert_notice(trials, wrong.UNSTARTED, wrong.ZEROS)


@check(
    _("your tests notice a gradient that never gets to x"),
    kind="testing",
    points=1,
    needs=(*PASS, "notice_gradient"),
    only_if=("notice_gradient",),
    hint=_("look at x.grad after backward, not at what a function returns (section 10.2)"),
    why=_("a right derivative is of no use when the links that carry it back are broken"),
    section="10.2",
    reproduce=patches.with_patch(wrong.UNLINKED.patch),
)
def test_notice_lost(trials, student):
    rest_on(trials, PASS)
    if idle := idle_among(trials):
        trials.note(idle)
    if student.has("square") or student.has("Square"):
        note_own(trials)
    assert_notice(trials, wrong.UNLINKED)
    if not survivors(trials, wrong.REQUIRED):
        note_survivors(trials, _("a further goal, when {wrong}: {needed}"), wrong.STRETCH)


def assert_notice(trials, *group):
    """Claim that the tests, which pass on what is correct, fail on each mutant of a group."""
    rest_on(trials, PASS)
    alive = survivors(trials, group)
    if not alive:
        return
    book = tried(trials, BOOK)
    attempted(trials, book)
    note_survivors(trials, _("no test fails when {wrong}: that takes {needed}"), wrong.REQUIRED)
    trials.make([probe.source for probe in wrong.PROBES])
    case = _("  - {wrong}: that takes {needed}")
    cases = [case.format(wrong=m.wrong, needed=m.noticed_by) for m in alive]
    fail(
        Described(_("all pass ({names})").format(names=abridged(", ".join(book.tests)))),
        Described(_("one of them fails when")),
        below="\n".join(filter(None, [*cases, idle_among(trials), *trials.overlooked])),
        claim="survive",
        inputs={
            "survivors": tuple(
                m.name for m in survivors(trials, wrong.REQUIRED + wrong.PROBES)
            ),
            "hidden": book.hidden,
            "overlooked": bool(trials.overlooked),
        },
        reproduce=patches.with_patch(alive[0].patch, book.tests),
    )


def note_survivors(trials, text, group):
    """Have the report name each mutant of a group that the tests don't notice."""
    for mutant in survivors(trials, group):
        trials.note(text.format(wrong=mutant.wrong, needed=mutant.noticed_by))


def note_own(trials):
    """Have the report say that tests which pass on right code fail on the student's own."""
    own = trials.extra(OWN)
    if own and (own.ended or own.failures):
        what = "; ".join(f"{name}: {what}" for name, what in sorted(own.failures.items()))
        what = what or _("they don't come to an end there")
        trials.note(_("your tests fail on your own code: {what}").format(what=abridged(what)))


def idle_among(trials):
    """Say which tests nothing makes fail, where something does others; nothing for none."""
    every = idle = tried(trials, BOOK).tests
    mutants = (*wrong.REQUIRED, *wrong.STRETCH, *wrong.PROBES)
    for source in (*(mutant.source for mutant in mutants), *SENSELESS):
        if idle:
            trial = trials.extra(source)
            idle = [name for name in idle if trial and name in trial.passed]
    if not idle or idle == every:
        return ""
    text = _(
        "no wrong implementation makes {names} fail: is anything compared there? "
        "assertTrue(a, b) looks at a alone, and a == b by itself asserts nothing"
    )
    return text.format(names=abridged(", ".join(idle)))


def tried(trials, source):
    """Return the trial of one implementation; all are tried before the first is looked at."""
    trials.make(SOURCES)
    return trials.on(source)


def right(trial):
    """Return whether a trial on a correct implementation came to what it should."""
    return bool(trial.tests) and not trial.failures and not trial.ended


def rest_on(trials, names):
    """Raise Blocked when what a check rests on does not hold."""
    book = tried(trials, BOOK)
    if not book.tests and not book.ended:
        attempted(trials, book)
    for name, holds in (
        ("there_are_tests", bool(book.tests) and not book.ended),
        ("tests_pass", right(book)),
        ("tests_pass_another_way", all(right(tried(trials, source)) for source in OTHERS)),
    ):
        if name in names and not holds:
            raise Blocked(f"step10.{name}")


def attempted(trials, trial):
    """Raise NotAttempted when tests are still to be filled in."""
    for name in trial.holes:
        raise NotAttempted(trials.unfilled(trial, name))


def survivors(trials, group):
    """Return the mutants that the tests don't notice: they neither fail nor fail to end."""
    made = ((mutant, tried(trials, mutant.source)) for mutant in group)
    return [mutant for mutant, trial in made if not trial.ended and not trial.failures]
