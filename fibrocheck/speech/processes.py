"""Programs that must not outlive the visit that started them."""

import shutil
import subprocess
from collections.abc import Sequence


def start_with_visit(
    command: Sequence[str], *, errors: int = subprocess.DEVNULL
) -> "subprocess.Popen[bytes]":
    """Start a program with pipes for its input and output; `OSError` if that fails.

    `errors` is where its error messages go.

    The system kills it with the thread that started it, where `setpriv` is there to ask for that
    (util-linux, on every Debian).
    """
    setpriv = shutil.which("setpriv")
    with_visit = [setpriv, "--pdeathsig", "KILL", "--"] if setpriv else []
    return subprocess.Popen(  # noqa: S603 - a fixed program; no text of a page
        [*with_visit, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        bufsize=0,
    )
