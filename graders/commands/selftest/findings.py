"""What the trials say of the suites: which check catches what, and what is not airtight."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graders.checks import Declaration
from graders.commands.course.material import REFERENCE, Equivalent
from graders.commands.selftest.outcomes import Outcome, Tried
from graders.judge.scoring import BROKEN
from graders.syllabus import DEFAULT_SEED
from graders.words import _

Checks = Mapping[str, Declaration]
"""What checks say of themselves, by id."""


@dataclass(frozen=True)
class Row:
    """What was found out about one check."""

    check: str
    kind: str
    caught: tuple[str, ...]
    """The authors' mutants that it fails on, whatever the seed."""
    alone: tuple[str, ...]
    """Those of them that no other check of its step and kind fails on."""
    alarms: tuple[str, ...]
    """The correct solutions that it does not pass, once for each seed."""


@dataclass(frozen=True)
class Findings:
    """The table of checks, and a sentence for everything that is not airtight."""

    rows: tuple[Row, ...]
    refused: tuple[str, ...]
    uncaught: tuple[str, ...]
    misnamed: tuple[str, ...]
    equivalents: tuple[Equivalent, ...]

    @property
    def airtight(self) -> bool:
        """Return whether the suites are neither blind nor unfair."""
        return not (self.refused or self.uncaught or self.misnamed)


def found(
    checks: Checks,
    correct: Sequence[Tried],
    mutants: Sequence[Tried],
    every: Sequence[Tried],
    equivalents: Sequence[Equivalent],
    templates: Sequence[Tried] = (),
) -> Findings:
    """Return what the trials say of the suites.

    ``mutants`` are the authors', ``every`` those that operators make of the reference;
    ``equivalents`` are among the latter.
    """
    table = rows(checks, correct, mutants)
    return Findings(
        table,
        refused=(
            *gone_wrong([*correct, *mutants, *every]),
            *refused(table, checks, mutants),
            *given_away(templates),
            *scriptless(mutants),
        ),
        uncaught=(*nothing_catches(uncaught(mutants)), *unaccounted(every, equivalents)),
        misnamed=(*misnamed(mutants), *miscounted(mutants)),
        equivalents=tuple(equivalents),
    )


def rows(checks: Checks, correct: Sequence[Tried], mutants: Sequence[Tried]) -> tuple[Row, ...]:
    """Return what the trials say of each check."""
    return tuple(row(check, checks, correct, mutants) for check in checks)


def row(check: str, checks: Checks, correct: Sequence[Tried], mutants: Sequence[Tried]) -> Row:
    """Return what the trials say of one check."""
    kind = checks[check].kind
    step = check.partition(".")[0]
    others = {
        other
        for other, declared in checks.items()
        if declared.kind == kind and other.startswith(f"{step}.") and other != check
    }
    caught = [
        mutant
        for mutant in mutants
        if mutant.specimen.step == step
        and all(each.alone[check] in BROKEN for each in mutant.outcomes.values())
    ]
    return Row(
        check,
        kind,
        tuple(mutant.specimen.name for mutant in caught),
        tuple(
            mutant.specimen.name
            for mutant in caught
            if all(spares(others, each) for each in mutant.outcomes.values())
        ),
        tuple(
            solution.specimen.name
            for solution in correct
            if solution.specimen.step == step
            for each in solution.outcomes.values()
            if each.alone[check] != "passed"
        ),
    )


def spares(checks: Collection[str], outcome: Outcome) -> bool:
    """Return whether none of these checks fails, nor would have if it had been run.

    What a check rests on may keep it from being run; so may another's timeouts, which is no
    merit.
    """
    seen = {outcome.alone[check] for check in checks}
    return seen <= ({"passed"} if outcome.hung else {"passed", "blocked"})


def refused(rows: Sequence[Row], checks: Checks, mutants: Sequence[Tried]) -> Iterator[str]:
    """Yield a sentence for each reason to refuse a check."""
    wrong = {check for tried in mutants for o in tried.outcomes.values() for check in o.errors}
    named = {check for mutant in mutants for check in mutant.specimen.catches or checks}
    for row in rows:
        declared = checks[row.check]
        if not declared.why:
            yield _("{check} does not say why it is there").format(check=row.check)
        own = f"{int(row.check[4:6])}."
        if not declared.section.startswith(own):
            text = _("{check} names no section of the course that begins with {own}")
            yield text.format(check=row.check, own=own)
        if row.check in wrong:
            continue  # which has been said, and explains the rest
        if REFERENCE in row.alarms:
            text = _("{check} fails the reference: which of the two is wrong?")
            yield text.format(check=row.check)
            continue
        if row.check not in named:
            yield _("no mutant's row names {check}").format(check=row.check)
        if not row.caught:
            yield _("{check} catches no mutant: write one").format(check=row.check)
        elif not row.alone and not declared.stays:
            text = _(
                "{check} catches no mutant alone in its kind: write one, or say why it stays"
            )
            yield text.format(check=row.check)
        if row.alarms:
            text = _("{check} fails a correct solution: {names}")
            names = ", ".join(sorted(set(row.alarms)))
            yield text.format(check=row.check, names=names)


def uncaught(mutants: Sequence[Tried]) -> tuple[str, ...]:
    """Return the names of the mutants that no check catches, with some seed."""
    return tuple(
        mutant.specimen.name
        for mutant in mutants
        if not all(each.caught for each in mutant.outcomes.values())
    )


def unaccounted(mutants: Sequence[Tried], equivalents: Sequence[Equivalent]) -> Iterator[str]:
    """Yield a sentence for each mutant that is caught and equivalent, or neither."""
    free, listed = uncaught(mutants), [str(equivalent) for equivalent in equivalents]
    yield from nothing_catches(name for name in free if name not in listed)
    text = _("{mutant} is caught or not there: it is no equivalent")
    yield from (text.format(mutant=name) for name in listed if name not in free)


def nothing_catches(names: Iterable[str]) -> Iterator[str]:
    """Yield a sentence for each name of a mutant that gets away."""
    for name in names:
        yield _("nothing catches {mutant}").format(mutant=name)


def misnamed(mutants: Sequence[Tried]) -> Iterator[str]:
    """Yield a sentence for each mutant whose misconception is not named, or another is."""
    for mutant in mutants:
        due = mutant.specimen.misconception
        for seed, each in mutant.outcomes.items():
            if due and (each.first != due or each.named != {due}):
                text = _("{mutant} shows {due}; what is named is {got} (seed {seed})")
                got = ", ".join(sorted(each.named)) or _("nothing")
                name = mutant.specimen.name
                yield text.format(mutant=name, due=due, got=got, seed=seed)
                break


def miscounted(mutants: Sequence[Tried]) -> Iterator[str]:
    """Yield a sentence for each check that fails on other mutants than those that name it.

    With the course's own seed: with another, a mutant that is nearly right may get away.
    """
    more = _("{check} fails on {names}, whose rows don't name it: has it all its needs?")
    less = _("{check} does not fail on {names}, whose rows name it")
    told: dict[tuple[str, str], list[str]] = {}
    for mutant in mutants:
        due, seen = mutant.specimen.catches, mutant.outcomes.get(DEFAULT_SEED)
        if due is not None and seen is not None:
            for text, checks in ((more, seen.broken - due), (less, due - seen.broken)):
                for check in checks:
                    told.setdefault((check, text), []).append(mutant.specimen.name)
    for (check, text), names in sorted(told.items()):
        yield text.format(check=check, names=", ".join(names))


def gone_wrong(specimens: Sequence[Tried]) -> Iterator[str]:
    """Yield a sentence for each check that itself goes wrong, on the first of them."""
    text = _("{check} itself goes wrong on {name}: {error}")
    for check, (name, outcome) in firsts(specimens, lambda each: each.errors).items():
        yield text.format(check=check, name=name, error=outcome.errors[check])


def scriptless(mutants: Sequence[Tried]) -> Iterator[str]:
    """Yield a sentence for each check that fails somewhere without a script to try."""
    text = _("{check} has no script to try on {name}: too long? Bring one by reproduce=")
    for check, (name, _outcome) in firsts(mutants, lambda o: sorted(o.scriptless)).items():
        yield text.format(check=check, name=name)


def firsts(
    specimens: Sequence[Tried], checks: Callable[[Outcome], Iterable[str]]
) -> Mapping[str, tuple[str, Outcome]]:
    """Return the first specimen's name and outcome that has each of some checks."""
    found: dict[str, tuple[str, Outcome]] = {}
    for tried in specimens:
        for outcome in tried.outcomes.values():
            for check in checks(outcome):
                found.setdefault(check, (tried.specimen.name, outcome))
    return found


def given_away(templates: Sequence[Tried]) -> Iterator[str]:
    """Yield a sentence for each check that the template does not leave to be attempted."""
    text = _("{check} is {status} with the template as it is, not left to be attempted")
    for template in templates:
        for each in template.outcomes.values():
            for check, status in each.alone.items():
                if status != "not_attempted":
                    yield text.format(check=check, status=status)
