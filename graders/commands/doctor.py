"""What this machine can do to confine a submission, and why not more."""

import platform

from graders import __version__
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import advice, open_sandbox
from graders.words import _


def examine(portable: bool = False) -> str:
    """Start what a run would start, a step's process included, and return what came of it.

    Raise SandboxLost when that can't be done.
    """
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    lines = [f"gradmark {__version__} · Python {platform.python_version()} · {system}", ""]
    sandbox = open_sandbox(Limits(), portable)
    try:
        sandbox.step().close()
        lines.append(_("isolation level: {level}").format(level=sandbox.level))
        lines += [_("  lacks: {what}").format(what=what) for what in sandbox.missing]
        lines += [_("  did not start: {what}").format(what=what) for what in sandbox.refusals]
        if sandbox.counted:
            lines.append(_("  memory and processes are limited together, by a control group"))
        if sandbox.level != "sandbox":
            lines += ["", advice(sandbox)]
    finally:
        sandbox.close()
    return "\n".join(lines)
