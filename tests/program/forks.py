"""Starts the program again and again: a process that has loaded it once, and forks for each start.

    python forks.py SOCKET

Python, the program and its libraries take some 200 ms of processor time to load, and a fork a tenth of that.
What runs in it is as after a real start (`test_forks.py`): its arguments, environment, folder, limits and
streams are those that the request names, its terminal is its own, and no other descriptor is open. It differs
in that all is imported already, that all starts have one hash seed, and that no object is taken apart at the
end.

A request is a JSON object (see `Request`), with the descriptors of the three streams and of the two pipes
that `leader.py` describes.
"""

import atexit
import gc
import importlib
import json
import os
import pkgutil
import resource
import socket
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn, TextIO, TypedDict

import fibrocheck
import fibrocheck.__main__ as program
from fibrocheck.asking.screen.light_imports import load_screen_libraries

if TYPE_CHECKING:
    from tests.program import leader
else:
    import leader  # beside this script

_MOST = 1 << 20
"""The longest request in bytes."""
_SELDOM_USED = ("fibrocheck.sending.", "fibrocheck.pages.pdf")
_INPUT, _OUTPUT, _ERRORS = 0, 1, 2


class Request(TypedDict):
    """What the program is started with."""

    arguments: list[str]
    environment: dict[str, str]
    folder: str
    umask: int
    limits: list[tuple[int, tuple[int, int]]]
    terminal: str
    """Whose the terminal is: "shell" if something like a shell leads its session, "program" if the program
    itself does, and "none" without one."""


def main() -> None:
    """Fork for every request, until nobody can send any more."""
    requests = socket.socket(fileno=int(sys.argv[1]))
    _load()
    while True:
        request, descriptors, _, _ = socket.recv_fds(requests, _MOST, 5)
        if not request:
            return
        if os.fork() == 0:
            requests.close()
            _start(json.loads(request), *descriptors)
            return
        for each in descriptors:
            os.close(each)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _load() -> None:
    """Load the program as a visit does, and then all of it that is used often."""
    load_screen_libraries()
    for each in pkgutil.walk_packages(fibrocheck.__path__, "fibrocheck."):
        if not each.name.startswith(_SELDOM_USED):
            importlib.import_module(each.name)
    gc.collect()
    gc.freeze()


def _start(request: Request, *descriptors: int) -> None:
    """Run the program, and say how it ended."""
    *streams, status, stays = descriptors
    has_shell = request["terminal"] == "shell"
    if has_shell:
        _lead_session(streams[_INPUT])
    child = leader.fork()
    if child == 0:
        _run(request, streams)
        return
    terminal = os.dup(streams[_OUTPUT]) if has_shell else None
    for each in streams:
        os.close(each)
    leader.outlive(child, status, stays, terminal)


def _lead_session(terminal: int) -> None:
    os.setsid()
    leader.take(terminal)


def _run(request: Request, streams: list[int]) -> None:
    """Be the program."""
    leader.follow()
    if request["terminal"] == "program":
        _lead_session(streams[_INPUT])
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.closerange(_ERRORS + 1, os.sysconf("SC_OPEN_MAX"))
    _surround(request)
    sys.argv = [str(program.__file__), *request["arguments"]]
    sys.stdin = sys.__stdin__ = _opened(_INPUT, sys.stdin)  # type: ignore[misc]
    sys.stdout = sys.__stdout__ = _opened(_OUTPUT, sys.stdout)  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = _opened(_ERRORS, sys.stderr)  # type: ignore[misc]
    try:
        program.main()
    except SystemExit as ended:
        if isinstance(ended.code, int):
            _end(ended.code)
        raise


def _end(exit_code: int) -> NoReturn:
    """End as Python does, but take no object apart: a fork would have to copy all its memory for that."""
    threading._shutdown()  # type: ignore[attr-defined] # waits for threads; there is no other name for it
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(exit_code)


def _surround(request: Request) -> None:
    """Take over the environment, the folder and the limits."""
    os.chdir(request["folder"])
    sys.path[0] = request["folder"]
    os.umask(request["umask"])
    for kind, limits in request["limits"]:
        resource.setrlimit(kind, limits)
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()


def _opened(number: int, before: TextIO) -> Any:
    """Return a stream as Python opens it when it starts."""
    return open(
        number,
        "r" if number == _INPUT else "w",
        buffering=1 if number == _ERRORS else -1,
        encoding=before.encoding,
        errors=before.errors,
        newline="\n",
        closefd=False,
    )


if __name__ == "__main__":
    main()
