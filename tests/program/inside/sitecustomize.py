"""Python loads this before the program, when a test puts its folder on the path.

It stops the program at one point for as long as a test likes, and writes down what no visit may do.
"""

import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

FORBIDDEN = (
    "socket.connect",
    "socket.bind",
    "socket.sendto",
    "socket.sendmsg",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.mkdir",
    "os.rename",
)
"""Python's own names for these (its table of audit events)."""


class _Held:
    """Holds the program back where it loads a module, until somebody writes to a pipe with a name.

    That it is held is written to another one, so that a test fails if it is not.
    """

    def __init__(self, barrier: str, module: str) -> None:
        self._barrier, self._module = barrier, module

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find nothing, late."""
        if name == self._module:
            with open(f"{self._barrier}.reached", "wb", buffering=0) as reached:
                reached.write(b".")
            os.close(os.open(self._barrier, os.O_RDONLY))
        return None


def _written_down_in(record: str) -> None:
    """From now on, add a line to a file for every connection, process or file written."""
    out = os.open(record, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def watch(event: str, details: tuple[Any, ...]) -> None:
        if event not in FORBIDDEN and not (event == "open" and _writes(*details)):
            return
        if "__pycache__" not in str(details):  # Python's own, of the program's modules
            os.write(out, f"{event} {details}\n".encode())

    sys.addaudithook(watch)


def _writes(path: object, mode: str | None, flags: int) -> bool:
    """Whether a file is opened by its name to be written."""
    writing = flags & (os.O_WRONLY | os.O_RDWR) or set(mode or "") & set("wax+")
    return bool(writing) and isinstance(path, str | bytes)


if "HELD_BY" in os.environ:
    sys.meta_path.insert(0, _Held(os.environ["HELD_BY"], os.environ["HELD_AT"]))
if "WRITTEN_DOWN_IN" in os.environ:
    _written_down_in(os.environ["WRITTEN_DOWN_IN"])
if "SPOILED_BY" in os.environ:
    exec(os.environ["SPOILED_BY"])  # noqa: S102 - a test breaks the program on purpose
