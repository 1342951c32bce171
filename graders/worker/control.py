"""What a sandbox and its worker say to one another besides frames."""

BUBBLEWRAP, KERNEL, NOTHING = "bubblewrap", "kernel", "nothing"
CONFINEMENTS = (BUBBLEWRAP, KERNEL, NOTHING)
"""What the warm process is confined by, the strictest first: it is told which."""

FILES, CALLS, STARTED, SPACES, MACHINES = 1, 2, 4, 8, 16
"""The bits of the byte that the warm process sends first: which of the kernel's own means
worked (Landlock, the filter, namespaces for each step, more of them for each submission), and
that it is there."""

FORK, WAIT, DROP, PYTEST, PLACE = b"F", b"W", b"D", b"P", b"S"
"""What it is asked for: a step's process, given the wire and a pipe for what it prints; the
wait status of the step of a number, from 0 and in four bytes, which is answered in four; to
wait for the step of a number by itself, which nobody will ask for; to import pytest, so that
those which it forks from then on need not, each for itself; a place for one submission, given
the socket on which a warm process is then asked that lives there alone, and which sends the
same byte first.  Whoever asks for a place is answered on that socket only: so many may ask."""

CPU_EXIT = 124
"""The exit status of a plain process that ended itself at its limit of CPU time."""
