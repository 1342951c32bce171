"""Two programs of accomplices: one leaves a sign in every way there may be, one looks for it.

They are submissions' text, so they hold no more than Python has.  ``TOKEN`` is a name of theirs
alone, ``SHARED`` names files that both can read: in a sandbox, libraries.
"""

COMMON = """
import contextlib as _c, ctypes as _ct, fcntl as _f, glob as _g, mmap as _m, os as _o
import socket as _s, sys as _sys, time as _t

_libc = _ct.CDLL(None, use_errno=True)
_shared = [path for pattern in SHARED for path in _g.glob(pattern)]
_places = ["/tmp", "/dev/shm", "/var/tmp", "/dev/mqueue", "/run", ".", "/", "/x"]
_files = [f"{place}/gradmark-TOKEN" for place in _places]
_addresses = ["\\0gradmark-TOKEN", "/tmp/socket-TOKEN"]
_port = 20000 + sum(map(ord, "TOKEN")) % 20000
_number = sum(map(ord, "TOKEN"))
_SET_HINT, _GET_HINT, _ADD_KEY, _REQUEST_KEY = 1036, 1035, 248, 249
_OWN_RING = -4
"""

WRITER = (
    COMMON
    + """
_kept = []
for _path in _files:
    with _c.suppress(OSError), open(_path, "w") as _file:
        _file.write("TOKEN")
for _kind in (_s.SOCK_STREAM, _s.SOCK_DGRAM):
    for _address in _addresses:
        with _c.suppress(OSError):
            _mine = _s.socket(_s.AF_UNIX, _kind)
            _mine.bind(_address)
            _kept.append(_mine)
with _c.suppress(OSError):
    _kept.append(_s.create_server(("127.0.0.1", _port)))
for _path in _shared:
    with _c.suppress(OSError):
        _file = open(_path, "rb")
        _kept.append(_file)
        with _c.suppress(OSError):
            _f.flock(_file, _f.LOCK_EX | _f.LOCK_NB)
        with _c.suppress(OSError):
            _f.lockf(_file, _f.LOCK_SH | _f.LOCK_NB)
        with _c.suppress(OSError):
            _f.fcntl(_file, _SET_HINT, (3).to_bytes(8, "little"))
        with _c.suppress(OSError):
            _o.setxattr(_path, "user.gradmark", b"TOKEN")
        with _c.suppress(OSError):
            _o.utime(_path, (_number, _number))
_libc.shmget(_number, 4096, 0o1666)
_libc.msgget(_number, 0o1666)
_libc.semget(_number, 1, 0o1666)
_libc.syscall(_ADD_KEY, b"user", b"gradmark-TOKEN", b"TOKEN", 5, _OWN_RING)
print("tried to leave a sign")
_t.sleep(SECONDS)
"""
)

READER = (
    COMMON
    + """
def _signs():
    for path in _files:
        if _o.path.exists(path):
            yield f"a file: {path}"
    for kind in (_s.SOCK_STREAM, _s.SOCK_DGRAM):
        for address in _addresses:
            with _c.suppress(OSError):
                _s.socket(_s.AF_UNIX, kind).connect(address)
                yield "a socket of this machine"
    with _c.suppress(OSError):
        _s.create_connection(("127.0.0.1", _port), 0.05)
        yield "a port"
    for path in _shared:
        with _c.suppress(OSError):
            with open(path, "rb") as file:
                try:
                    _f.flock(file, _f.LOCK_EX | _f.LOCK_NB)
                except BlockingIOError:
                    yield f"a lock: {path}"
                with _c.suppress(OSError):
                    if _f.fcntl(file, _GET_HINT, bytes(8))[0] == 3:
                        yield f"a hint: {path}"
                with _c.suppress(OSError):
                    if _o.getxattr(path, "user.gradmark") == b"TOKEN":
                        yield f"an attribute: {path}"
                if int(_o.stat(path).st_mtime) == _number:
                    yield f"a time: {path}"
    for name in ("shmget", "msgget"):
        if getattr(_libc, name)(_number, 0, 0) >= 0:
            yield f"what {name} makes"
    if _libc.semget(_number, 0, 0) >= 0:
        yield "what semget makes"
    if _libc.syscall(_REQUEST_KEY, b"user", b"gradmark-TOKEN", 0, 0) >= 0:
        yield "a key"
    for path in _g.glob("/proc/[0-9]*/cmdline"):
        with _c.suppress(OSError), open(path) as file:
            if "TOKEN" in file.read() and path.split("/")[2] != str(_o.getpid()):
                yield "a command line"


_end, _seen = _t.monotonic() + SECONDS, set()
while _t.monotonic() < _end:
    for _sign in _signs():
        if _sign not in _seen:
            print("met:", _sign)
        _seen.add(_sign)
    _t.sleep(0.02)
print("tried to find a sign")
"""
)


def program(text: str, token: str, shared: list[str], seconds: float) -> str:
    """Return the text of one of the two; ``shared`` are patterns of paths."""
    filled = text.replace("TOKEN", token).replace("SHARED", repr(shared))
    return filled.replace("SECONDS", str(seconds))
