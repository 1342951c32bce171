"""Load a step in a process, piece by piece: what ends one piece costs the others nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from graders import wire
from graders.errors import Crashed, NotAttempted, NotPython, TimedOut, Verdict
from graders.feedback.plainly import File
from graders.judge.loaded import LeftOut, Loaded, explained
from graders.judge.remote import Conversation
from graders.sandbox.clock import awake
from graders.sandbox.process import Limits, StepProcess
from graders.sandbox.sandbox import Sandbox
from graders.submission.pieces import StepRun, Submission
from graders.syllabus import SYLLABUS
from graders.wire import Piece
from graders.words import _, place

SHARE = 0.5
"""How much of a check's time, of CPU and of waiting, one piece of several may take; together
they may take all of it."""
MOST_LOADS = 8
"""How often a step is loaded afresh, without what ended the last process or did not end."""


class PieceEnded(Exception):
    """A piece ended the process, or did not end in time."""

    def __init__(self, piece: Piece, verdict: Verdict, together: bool) -> None:
        """``together`` tells that all pieces before it have used up its time."""
        super().__init__(str(verdict))
        self.piece = piece
        self.verdict = verdict
        self.together = together


@dataclass
class Known:
    """What the steps that have been loaded have shown of a submission's pieces."""

    left_out: dict[Piece, LeftOut] = field(default_factory=dict)
    slow: bool = False
    """Whether time ran out: then it would in later steps too, which have the same cells above
    their own."""


def load(
    submission: Submission,
    run: StepRun,
    sandbox: Sandbox,
    limits: Limits,
    left: float,
    known: Known,
) -> tuple[StepProcess, Loaded]:
    """Load a step in a process of its own.  Raise the verdict when it can't be.

    Of a piece that ends the process, or does not end within its share of the time, a fresh one
    runs what it defines; if that is no better, nothing.  Where time runs out, no demos of
    earlier steps are run either; where it does so again, or the loads run out, none at all.
    The only piece that there is stays as it is.  ``left`` is how many seconds all this may
    take.
    """
    end = awake() + left
    pieces = frozenset(run.pieces)
    inherited = pieces - run.mine
    brief = inherited if known.slow else frozenset()
    for again in reversed(range(MOST_LOADS)):
        process = sandbox.step()
        try:
            return process, Loading(process, submission, run, limits, end).load(
                known.left_out, brief
            )
        except PieceEnded as ended:
            piece, verdict = ended.piece, ended.verdict
            if len(pieces) == 1 or not again:
                raise while_imported(place(piece.path, piece.cell), verdict) from verdict
            if not ended.together or brief == pieces:
                again_ended = piece in known.left_out or piece in brief
                known.left_out[piece] = LeftOut(verdict, whole=again_ended)
            if (ended.together and brief >= inherited) or again == 1:
                brief = pieces
            elif isinstance(verdict, TimedOut):
                brief |= inherited
                known.slow = True
        except (TimedOut, Crashed) as verdict:
            process.close()
            raise while_imported(run.found_in, verdict) from verdict
        except Verdict:
            process.close()
            raise
    raise AssertionError("the last load returns or raises")


def while_imported(where: str, verdict: Verdict) -> Verdict:
    """Return a verdict with a word of when it came."""
    text = _("while {path} was being imported: {what}")
    return type(verdict)(text.format(path=where, what=verdict))


def sent(submission: Submission, run: StepRun, known: bool = False) -> wire.Load:
    """Return the frame that holds all that a step may run or import."""
    others = {path: found for path, found in submission.modules.items() if path != run.path}
    return wire.Load(run.path, run.pieces, run.own, submission.root, others, known)


class Loading:
    """One process that a step is being loaded in."""

    def __init__(
        self,
        process: StepProcess,
        submission: Submission,
        run: StepRun,
        limits: Limits,
        end: float,
    ) -> None:
        """``end`` is when, by the monotonic clock, there is no time left."""
        self.process = process
        self.submission = submission
        self.run = run
        self.limits = limits
        self.end = end
        self.talk = Conversation(process)
        self.cpu_end = process.cpu_time() + limits.cpu
        self.wall_end = awake() + limits.wall
        self.file = File()

    def load(self, left_out: Mapping[Piece, LeftOut], brief: frozenset[Piece]) -> Loaded:
        """Run all pieces but for what is left out, and return what came of them.

        Of ``brief`` ones no more is run than what they define.

        Raise PieceEnded for one more that has to be left out, or the verdict on the step.
        """
        run, idle = self.run, self.make_ready()
        reduced = brief | left_out.keys()
        ran = {
            piece: self.ran(index, piece, definitions=piece in reduced)
            for index, piece in enumerate(run.pieces)
            if piece not in left_out or not left_out[piece].whole
        }
        troubles = {piece: reply.trouble for piece, reply in ran.items() if reply.trouble}
        found = Loaded(
            troubles={p: t for p in run.pieces if (t := left_out.get(p) or troubles.get(p))},
            refused=frozenset(piece for piece, reply in ran.items() if reply.refused),
            waits={piece: reply.waits for piece, reply in ran.items() if reply.waits},
            ran=tuple(index for index, piece in enumerate(run.pieces) if piece in ran),
            own=run.mine,
            slow=brief >= run.mine,
            stops=any(reply.stops for reply in ran.values()),
            file=self.file,
        )
        self.refuse_dead(found, run.mine - idle)
        reply = self.exchange(self.look(), 1.0, 1.0)
        if not isinstance(reply, wire.Loaded):
            raise Crashed(_("the file could not be loaded"))
        return replace(
            found,
            names=reply.names,
            stood_in=reply.stood_in,
            missing=reply.missing,
            ignored=reply.ignored,
            lent=reply.lent,
            unclear=reply.unclear,
            misspelt=reply.misspelt,
            quick=self.known(reply.quick),
        )

    def known(self, places: Iterable[str]) -> tuple[str, ...]:
        """Return those places that cells of the submission have: the worker may have told of
        any others, and of more than a frame can hold.
        """
        runs = self.submission.steps.values()
        every = [*self.submission.modules.values(), *(run.pieces for run in runs)]
        there = {piece.place for pieces in every for piece in pieces if piece.cell}
        return tuple(sorted(there & {*places}))

    def look(self) -> wire.Look:
        """Return the question what the pieces have made, and what they lack."""
        runs = self.submission.steps
        here = next(step for step, run in runs.items() if run is self.run)
        paths = [(step, path) for step, run in runs.items() for path in (run.path, *run.also)]
        earlier = {path for step, path in paths if step < here}
        later = {path for step, path in paths if step > here} - earlier
        taught = {unit.step: unit.teaches for unit in SYLLABUS}
        carried = (name for step, names in taught.items() if step < here for name in names)
        return wire.Look(
            tuple(carried), taught.get(here, ()), tuple(sorted(earlier)), tuple(sorted(later))
        )

    def refuse_dead(self, found: Loaded, working: frozenset[Piece]) -> None:
        """Raise the verdict on a step of which no piece with code of its own has been run."""
        dead = [piece for piece in self.run.pieces if piece in working and found.is_dead(piece)]
        if dead and len(dead) == len(working):
            trouble = found.troubles.get(dead[0])
            if trouble is None:
                raise Crashed(_("it could not be run"))
            if isinstance(trouble, LeftOut):
                raise trouble.why
            raise NotPython(explained(dead[0], trouble, self.file))

    def make_ready(self) -> frozenset[Piece]:
        """Send the step; return its own pieces without code.

        Raise NotAttempted where there is nothing in any.
        """
        run = self.run
        reply = self.exchange(sent(self.submission, run), 1.0, 1.0)
        if not isinstance(reply, wire.Ready) or max(reply.idle, default=0) >= len(run.pieces):
            raise Crashed(_("the file could not be loaded"))
        self.file = File(reply.outline)
        if reply.untouched:
            raise NotAttempted(_("the file is still the template"))
        if set(run.own) <= set(reply.idle):
            raise NotAttempted(_("there is no code in {path} yet").format(path=run.found_in))
        if not reply.defines:
            text = _("nothing is defined in {path} yet, only shown what earlier steps define")
            raise NotAttempted(text.format(path=run.found_in))
        return frozenset(run.pieces[index] for index in reply.idle)

    def ran(self, index: int, piece: Piece, definitions: bool) -> wire.Ran:
        """Run a piece, or what it defines, and return what came of it.

        Raise PieceEnded, or TimedOut where the step has no time left.
        """
        cpu, wall, together = self.shares()
        try:
            reply = self.exchange(wire.Run(index, cpu, definitions), cpu, wall)
            if not isinstance(reply, wire.Ran):
                self.process.close()
                raise Crashed(_("it could not be run"))
        except (TimedOut, Crashed) as verdict:
            if awake() > self.end:
                raise
            together = together and isinstance(verdict, TimedOut)
            raise PieceEnded(piece, verdict, together) from verdict
        return reply

    def shares(self) -> tuple[float, float, bool]:
        """Return what shares of a check's time, of CPU and of waiting, the next piece may take,
        and whether that is less than it might because of those before it.
        """
        if len(self.run.pieces) == 1:
            return 1.0, 1.0, False
        cpu = (self.cpu_end - self.process.cpu_time()) / self.limits.cpu
        wall = (self.wall_end - awake()) / self.limits.wall
        together = cpu < SHARE or wall < SHARE
        return max(0.0, min(cpu, SHARE)), max(0.0, min(wall, SHARE)), together

    def exchange(self, request: wire.Request, cpu: float, wall: float) -> wire.Reply:
        """Send a request and return the reply, within shares of a check's time."""
        left = max(0.0, self.end - awake())
        self.process.begin(self.limits.cpu * cpu, self.limits.wall * wall, left)
        return self.talk.exchange(request)
