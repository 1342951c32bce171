"""Step 10: the student's own tests, tried on implementations right and wrong (10.1 to 10.3)."""

from graders.assertions import Described, fail
from graders.checks import check
from graders.suites import implementations
from graders.suites.implementations import Mutant
from graders.words import _

PASS = ("there_are_tests", "tests_pass", "tests_pass_another_way")


@check(
    _("there are tests"),
    kind="testing",
    points=1,
    hint=_("methods called test_… in a class SquareTest(unittest.TestCase) (section 10.1)"),
)
def test_there_are_tests(student):
    if not student.rehearse(implementations.PLAIN):
        fail(Described(_("no tests")), _("at least one"))


@check(
    _("your tests pass on a correct implementation"),
    kind="testing",
    points=1,
    needs=("there_are_tests",),
    hint=_("run them on your own code first: python step10.py"),
)
def test_tests_pass(student):
    assert_passes(student, implementations.PLAIN)


@check(
    _("your tests pass on a correct implementation that is written in another way"),
    kind="testing",
    points=1,
    needs=("there_are_tests", "tests_pass"),
    hint=_("test what square does, not how it is written"),
)
def test_tests_pass_another_way(student):
    assert_passes(student, implementations.reshaped())


@check(
    _("your tests notice a square that cubes"),
    kind="testing",
    points=1,
    needs=PASS,
    hint=_("compare y.data with a value worked out by hand, such as 4 for 2 (section 10.1)"),
)
def test_notice_cubed(student):
    assert_notices(student, implementations.CUBED)


@check(
    _("your tests notice a square that doubles"),
    kind="testing",
    points=1,
    needs=PASS,
    hint=_("2 squared and 2 doubled are both 4: try a second number, or check the gradient"),
)
def test_notice_doubled(student):
    assert_notices(student, implementations.DOUBLED)


@check(
    _("your tests notice a gradient of the wrong sign"),
    kind="testing",
    points=1,
    needs=PASS,
    hint=_("call backward and compare x.grad with a value worked out by hand (section 10.2)"),
)
def test_notice_negated(student):
    assert_notices(student, implementations.NEGATED)


@check(
    _("your tests notice a gradient half as large as it should be"),
    kind="testing",
    points=1,
    needs=PASS,
    hint=_("compare x.grad with a value worked out by hand, such as 6 for 3 (section 10.2)"),
)
def test_notice_halved(student):
    assert_notices(student, implementations.HALVED)


@check(
    _("your tests notice a gradient that doesn't depend on x"),
    kind="testing",
    points=1,
    needs=PASS,
    hint=_("at x = 1 the gradients 2 and 2·x are the same: test elsewhere (section 10.2)"),
)
def test_notice_constant(student):
    assert_notices(student, implementations.CONSTANT)


@check(
    _("your tests notice a backward that doesn't start by itself"),
    kind="testing",
    points=1,
    needs=PASS,
    hint=_("call y.backward() without setting y.grad, and look at x.grad (section 10.2)"),
)
def test_notice_unstarted(student):
    assert_notices(student, implementations.UNSTARTED)


def assert_passes(student, implementation):
    """Claim that there are tests, and that all pass on a correct implementation."""
    results = student.rehearse(implementation)
    failures = [f"{name}: {what}" for name, what in results.items() if what]
    if failures or not results:
        fail(Described("\n      ".join(failures) or _("no tests")), _("every test passes"))


def assert_notices(student, mutant: Mutant):
    """Claim that the tests pass on a correct implementation and not on a mutant of it."""
    assert_passes(student, implementations.PLAIN)
    results = student.rehearse(mutant.source)
    if not any(results.values()):
        names = ", ".join(sorted(results))
        text = _("every test still passes ({names})").format(names=names)
        fail(Described(text), _("one of them fails"))
