"""Load a step in a process, piece by piece: what ends one piece costs the others nothing."""

import time
from collections.abc import Mapping
from dataclasses import replace

from graders import wire
from graders.errors import Crashed, NotAttempted, NotPython, TimedOut, Verdict
from graders.judge.loaded import Loaded, is_no_python, told
from graders.judge.remote import Conversation
from graders.sandbox.process import Limits, StepProcess
from graders.sandbox.sandbox import Sandbox
from graders.submission.pieces import StepRun, Submission
from graders.wire import Piece
from graders.words import _, place

SHARE = 0.5
"""How much of a check's time, of CPU and of waiting, one piece of several may take."""
MOST_LEFT_OUT = 4
"""How many pieces of a step may be left out since they end the process or don't end."""


class PieceEnded(Exception):
    """A piece ended the process, or did not end in time."""

    def __init__(self, piece: Piece, verdict: Verdict) -> None:
        super().__init__(str(verdict))
        self.piece = piece
        self.verdict = verdict


def load(
    submission: Submission,
    run: StepRun,
    sandbox: Sandbox,
    limits: Limits,
    left: float,
    known: dict[Piece, Verdict],
) -> tuple[StepProcess, Loaded]:
    """Load a step in a process of its own.  Raise the verdict when it can't be.

    A piece that ends the process, or does not end within its share of the CPU time, is left out
    of a fresh process and ``known`` from then on; not the only one that there is.  ``left`` is
    how many seconds all this may take.
    """
    end = time.monotonic() + left
    limits = replace(limits, wall=min(limits.wall, left))
    while True:
        process = sandbox.step()
        left_out = {piece: known[piece] for piece in run.pieces if piece in known}
        try:
            return process, Loading(process, submission, run, limits, end).load(left_out)
        except PieceEnded as ended:
            if len(run.pieces) == 1 or len(left_out) == MOST_LEFT_OUT:
                where = place(ended.piece.path, ended.piece.cell)
                raise while_imported(where, ended.verdict) from ended.verdict
            known[ended.piece] = ended.verdict
        except (TimedOut, Crashed) as verdict:
            process.close()
            raise while_imported(run.found_in, verdict) from verdict
        except Verdict:
            process.close()
            raise


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
        self.share = 1.0 if len(run.pieces) == 1 else SHARE
        self.limits = limits
        self.end = end

    def load(self, left_out: Mapping[Piece, Verdict]) -> Loaded:
        """Run all pieces but some, and return what came of them.

        Raise PieceEnded for one more that has to be left out, or the verdict on the step.
        """
        self.make_ready()
        ran = {
            piece: self.ran(index, piece)
            for index, piece in enumerate(self.run.pieces)
            if piece not in left_out
        }
        raised = {piece: reply.trouble for piece, reply in ran.items() if reply.trouble}
        if ran and len(raised) == len(ran) and all(map(is_no_python, raised.values())):
            raise NotPython("\n".join(told(*each) for each in raised.items()))
        own = frozenset(self.run.pieces[index] for index in self.run.own)
        last = next(reversed(ran.values()), None)
        return Loaded(
            names=last.names if last else (),
            stood_in=last.stood_in if last else (),
            troubles={
                piece: left_out.get(piece) or raised[piece]
                for piece in self.run.pieces
                if piece in left_out or piece in raised
            },
            own=own,
            waits={piece: reply.waits for piece, reply in ran.items() if reply.waits},
            stops=any(reply.stops for reply in ran.values()),
        )

    def make_ready(self) -> None:
        """Send the step.  Raise NotAttempted where there is nothing in it yet."""
        run, others = self.run, dict(self.submission.modules)
        others.pop(run.path, None)
        request = wire.Load(run.path, run.pieces, run.own, self.submission.root, others)
        reply = self.exchange(request, 1.0)
        if not isinstance(reply, wire.Ready):
            raise Crashed(_("the file could not be loaded"))
        if reply.untouched:
            raise NotAttempted(_("the file is still the template"))
        if reply.blank:
            raise NotAttempted(_("there is no code in {path} yet").format(path=run.found_in))

    def ran(self, index: int, piece: Piece) -> wire.Ran:
        """Run a piece and return what came of it.  Raise PieceEnded, or TimedOut where there is
        no time left for it.
        """
        if time.monotonic() > self.end:
            raise TimedOut(_("its cells together take longer than a step may"))
        try:
            reply = self.exchange(wire.Run(index, self.share), self.share)
        except (TimedOut, Crashed) as verdict:
            raise PieceEnded(piece, verdict) from verdict
        if not isinstance(reply, wire.Ran):
            raise Crashed(_("the file could not be loaded"))
        return reply

    def exchange(self, request: wire.Load | wire.Run, share: float) -> wire.Reply:
        """Send a request and return the reply, within a share of a check's time."""
        self.process.begin(self.limits.cpu * share, self.limits.wall * share)
        return Conversation(self.process).exchange(request)
