"""A peer in a step's place that keeps no rule, for the tests of the wire.

It greets as a step's process does, then does what a script says, and knows nothing of gradmark:
every byte that it sends is the test's own.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from functools import partial

import msgspec

from graders.sandbox import interpreter
from graders.sandbox.forked_step import ForkedStep
from graders.sandbox.piped import PipedStep
from graders.sandbox.process import StepProcess

PROGRAM = r"""
import os, signal, sys, time
script, way, number = sys.argv[1:]
read, write = (0, 1) if way == "pipe" else (int(number), int(number))
def exactly(length):
    data = b""
    while len(data) < length:
        chunk = os.read(read, length - len(data))
        if not chunk:
            raise SystemExit
        data += chunk
    return data
def hear():
    return exactly(int.from_bytes(exactly(4), "big"))
def say(data):
    while data:
        data = data[os.write(write, data):]
def frame(body):
    return len(body).to_bytes(4, "big") + body
def many(count, item):
    return b"\xdd" + count.to_bytes(4, "big") + item * count
def answer(value):
    return frame(b"\x92\xa6answer" + value)
def items(sequence):
    return answer(b"\x93\xa5items\xa4list" + sequence)
NUMBER = b"\xcb" + b"\x3f\xf1" * 4
NOTHING = answer(b"\xc0")
THING = answer(b"\x93\xa6handle\x01\xaaa Variable")
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
say(NOTHING)
try:
    exec(script)
    signal.sigwait({signal.SIGTERM})  # stay, so that no end of the process says it all
except BrokenPipeError:
    pass
"""
READY = msgspec.msgpack.encode(["ready", False, []])
RAN = msgspec.msgpack.encode(["ran", None, False, False, 0])
LOADED = msgspec.msgpack.encode(["loaded", ["Variable"], []])
AT_LOAD = "hear()\n"
AT_RUN = f"{AT_LOAD}say(frame({READY!r}))\nhear()\n"
AT_LOOK = f"{AT_RUN}say(frame({RAN!r}))\nhear()\n"
AT_BEGIN = f"{AT_LOOK}say(frame({LOADED!r}))\nhear()\n"
AT_CALL = f"{AT_BEGIN}say(NOTHING)\nhear()\n"
"""What leads up to loading a step, running it, a look at it, a check, and a first question."""


FOLDER = tempfile.TemporaryDirectory()


def forked(script: str) -> ForkedStep:
    """Return a rogue as the judge has it that forks steps."""
    near, far = socket.socketpair()
    near.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    read, write = os.pipe()
    line = [sys.executable, "-I", "-S", "-c", PROGRAM, script, "socket", str(far.fileno())]
    process = subprocess.Popen(line, pass_fds=[far.fileno()], stdout=write, stderr=write)
    far.close()
    os.close(write)
    step = ForkedStep(partial(status_of, process), partial(end, process), near, read)
    step.greet()
    return step


def status_of(process: "subprocess.Popen[bytes]", pid: int) -> int:
    """Return how a rogue ended; kill one that lives on."""
    try:
        return process.wait(timeout=0.5)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a rogue that nobody asks for any more."""
    process.kill()
    process.wait()


def plain(script: str) -> PipedStep:
    """Return a rogue as the judge has it that starts plain processes."""
    started = interpreter.started
    interpreter.started = lambda python, path, words: [
        *(python, "-I", "-S", "-c", PROGRAM, script),
        *words,
    ]
    try:
        return PipedStep(FOLDER.name, 2.0)
    finally:
        interpreter.started = started


def have_it_speak(step: StepProcess) -> None:
    """Let a rogue go on that waits for a signal, and wait until something has arrived of it."""
    if isinstance(step, ForkedStep):
        os.kill(step.pid, signal.SIGUSR1)
        while not step.wait():
            pass
    elif isinstance(step, PipedStep):
        os.kill(step.process.pid, signal.SIGUSR1)
        while step.arrived.empty():
            time.sleep(0.01)
