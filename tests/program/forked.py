"""Asks for starts of the program that are forked (`forks.py`), from one process for all tests of a worker."""

import atexit
import json
import os
import resource
import select
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent

_KNOWN_TERMINAL = {"TERM", "ACCESSIBLE", "NO_COLOR", "STY", "TMUX", "COLUMNS"}
_KNOWN_MACHINE = {"PATH", "SPEECHD_ADDRESS", "XDG_RUNTIME_DIR"}
_READ_LATE = _KNOWN_TERMINAL | _KNOWN_MACHINE
"""Variables that nothing reads before the program runs: not Python, and no library when it is imported.
`FIBROCHECK_…` are such ones too."""

_MOST_TYPED = 1 << 15
"""What surely fits into a pipe that nobody reads yet."""
_LIMITS = [getattr(resource, name) for name in dir(resource) if name.startswith("RLIMIT_")]


def can_fork(changes: Mapping[str, str], typed: bytes = b"") -> bool:
    """Return whether a start with these changes to the environment may be forked."""
    late = all(name in _READ_LATE or name.startswith("FIBROCHECK_") for name in changes)
    return sys.platform == "linux" and late and len(typed) <= _MOST_TYPED


def fork(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    *,
    streams: tuple[int, int, int],
    status: int,
    stays: int,
    terminal: str,
) -> None:
    """Start the program, with the pipes of `leader.py` and `terminal` as in `forks.Request`."""
    request = {
        "arguments": arguments,
        "environment": {**environment},
        "folder": str(folder),
        "umask": _umask(),
        "limits": [(kind, resource.getrlimit(kind)) for kind in _LIMITS],
        "terminal": terminal,
    }
    socket.send_fds(_requests(environment), [json.dumps(request).encode()], [*streams, status, stays])


def run(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, typed: bytes, patience: float
) -> tuple[int, bytes, bytes]:
    """Run the program to its end between pipes; return its exit code and what it wrote."""
    pipes = [_Pipe(*os.pipe()) for _ in range(5)]
    given, out, errors, status, stays = pipes
    os.write(given.end, typed)
    theirs = (given.start, out.end, errors.end, status.end, stays.start)
    fork(
        arguments, environment, folder, streams=theirs[:3], status=theirs[3], stays=theirs[4], terminal="none"
    )
    for each in (*theirs, given.end, stays.end):
        os.close(each)
    try:
        told = _read([out.start, errors.start, status.start], patience)
    finally:
        for pipe in (out, errors, status):
            os.close(pipe.start)
    return os.waitstatus_to_exitcode(int(told[2].split()[1])), told[0], told[1]


class _Pipe(NamedTuple):
    start: int
    end: int


def _read(pipes: Sequence[int], patience: float) -> list[bytes]:
    """Return what comes out of each pipe until its end."""
    found = {each: bytearray() for each in pipes}
    is_open = {*pipes}
    while is_open:
        ready, _, _ = select.select([*is_open], [], [], patience)
        assert ready, f"Nothing came for {patience} s"
        for each in ready:
            data = os.read(each, 1 << 16)
            found[each] += data
            if not data:
                is_open.remove(each)
    return [bytes(each) for each in found.values()]


def _umask() -> int:
    found = os.umask(0)
    os.umask(found)
    return found


@cache
def _requests_to(path: str) -> socket.socket:
    """Return where to ask for starts of the program that is on this path of Python's."""
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    process = subprocess.Popen(
        (sys.executable, HERE / "forks.py", str(there.fileno())),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": path, "LANG": "C.UTF-8"},
        pass_fds=[there.fileno()],
        start_new_session=True,
    )
    there.close()
    atexit.register(process.wait)
    atexit.register(here.close)  # which ends it: the last that is registered comes first
    return here


def _requests(environment: Mapping[str, str]) -> socket.socket:
    return _requests_to(environment["PYTHONPATH"])
