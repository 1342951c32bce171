"""Load a step in a process, piece by piece: what ends one piece costs the others nothing."""

import time
from dataclasses import replace

from graders import wire
from graders.errors import Crashed, NotAttempted, NotPython, TimedOut, Verdict
from graders.judge.loaded import LeftOut, Loaded, told
from graders.judge.remote import Conversation
from graders.sandbox.process import Limits, StepProcess
from graders.sandbox.sandbox import Sandbox
from graders.submission.pieces import StepRun, Submission
from graders.wire import Piece
from graders.words import _, place

CPU_SHARE, WALL_SHARE, WALL_TOGETHER = 0.5, 0.2, 0.5
"""How much of a check's time, of CPU and of waiting, one piece of several may take; and how
much of its waiting all of them may.  Of its CPU time they may take all."""
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


class Memory:
    """What is known of a submission's pieces from the steps that have been loaded."""

    def __init__(self) -> None:
        self.left_out: dict[Piece, LeftOut] = {}
        self.slow: set[Piece] = set()
        """Pieces that took too long together: no more is run of them than what they define."""

    def of(self, run: StepRun) -> dict[Piece, LeftOut]:
        """Return what is left out of a step's pieces."""
        return {piece: self.left_out[piece] for piece in run.pieces if piece in self.left_out}


def load(
    submission: Submission,
    run: StepRun,
    sandbox: Sandbox,
    limits: Limits,
    left: float,
    memory: Memory,
) -> tuple[StepProcess, Loaded]:
    """Load a step in a process of its own.  Raise the verdict when it can't be.

    Of a piece that ends the process, or does not end within its share of the time, a fresh one
    runs what it defines; if that is no better, nothing.  Where the pieces take too long
    together, that goes for all of them.  The only piece that there is stays as it is.  ``left``
    is how many seconds all this may take.
    """
    end = time.monotonic() + left
    for again in reversed(range(MOST_LOADS)):
        process = sandbox.step()
        try:
            return process, Loading(process, submission, run, limits, end).load(memory)
        except PieceEnded as ended:
            if len(run.pieces) == 1 or not again:
                where = place(ended.piece.path, ended.piece.cell)
                raise while_imported(where, ended.verdict) from ended.verdict
            if ended.together and not memory.slow.issuperset(run.pieces):
                memory.slow.update(run.pieces)
            else:
                whole = ended.piece in memory.left_out or ended.piece in memory.slow
                memory.left_out[ended.piece] = LeftOut(ended.verdict, whole)
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
        self.wall_end = time.monotonic() + limits.wall * WALL_TOGETHER

    def load(self, memory: Memory) -> Loaded:
        """Run all pieces but for what is left out, and return what came of them.

        Raise PieceEnded for one more that has to be left out, or the verdict on the step.
        """
        run, idle = self.run, self.make_ready()
        left_out = memory.of(run)
        ran = {
            piece: self.ran(index, piece, definitions=piece in {*left_out, *memory.slow})
            for index, piece in enumerate(run.pieces)
            if piece not in left_out or not left_out[piece].whole
        }
        own = frozenset(run.pieces[index] for index in run.own)
        troubles = {piece: reply.trouble for piece, reply in ran.items() if reply.trouble}
        found = Loaded(
            troubles={p: t for p in run.pieces if (t := left_out.get(p) or troubles.get(p))},
            refused=frozenset(piece for piece, reply in ran.items() if reply.refused),
            waits={piece: reply.waits for piece, reply in ran.items() if reply.waits},
            own=own,
            slow=bool(memory.slow & own),
            stops=any(reply.stops for reply in ran.values()),
        )
        self.refuse_dead(found, own - idle)
        names = self.exchange(wire.Look(), 1.0, 1.0)
        if not isinstance(names, wire.Loaded):
            raise Crashed(_("the file could not be loaded"))
        return replace(found, names=names.names, stood_in=names.stood_in)

    def refuse_dead(self, found: Loaded, working: frozenset[Piece]) -> None:
        """Raise the verdict on a step of which no piece with code of its own has been run."""
        dead = [piece for piece in self.run.pieces if piece in working and found.is_dead(piece)]
        if dead and len(dead) == len(working):
            trouble = found.troubles[dead[0]]
            if isinstance(trouble, LeftOut):
                raise trouble.why
            raise NotPython(told(dead[0], trouble))

    def make_ready(self) -> frozenset[Piece]:
        """Send the step; return its pieces without code.

        Raise NotAttempted where there is nothing in its own.
        """
        run, others = self.run, dict(self.submission.modules)
        others.pop(run.path, None)
        request = wire.Load(run.path, run.pieces, run.own, self.submission.root, others)
        reply = self.exchange(request, 1.0, 1.0)
        if not isinstance(reply, wire.Ready) or max(reply.idle, default=0) >= len(run.pieces):
            raise Crashed(_("the file could not be loaded"))
        if reply.untouched:
            raise NotAttempted(_("the file is still the template"))
        if set(run.own) <= set(reply.idle):
            raise NotAttempted(_("there is no code in {path} yet").format(path=run.found_in))
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
            if time.monotonic() > self.end:
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
        wall = (self.wall_end - time.monotonic()) / self.limits.wall
        together = cpu < CPU_SHARE or wall < WALL_SHARE
        return max(0.0, min(cpu, CPU_SHARE)), max(0.0, min(wall, WALL_SHARE)), together

    def exchange(self, request: wire.Request, cpu: float, wall: float) -> wire.Reply:
        """Send a request and return the reply, within shares of a check's time."""
        left = max(0.0, self.end - time.monotonic())
        self.process.begin(self.limits.cpu * cpu, self.limits.wall * wall, left)
        return self.talk.exchange(request)
