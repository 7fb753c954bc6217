"""Connects to the clinic's server, if what that needs is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.sending.problems import SendError

if TYPE_CHECKING:
    from collections.abc import Callable

    from fibrocheck.sending.connection import Connection
    from fibrocheck.sending.deadline import Deadline
    from fibrocheck.sending.settings import Settings

_INSTALL = "Install it with: pip install 'fibrocheck[send]'"


def connected(
    settings: Settings, tell: Callable[[str], object], deadline: Deadline | None = None
) -> Connection:
    """Return what `connection.connect` does; `SendError` that says what to install, if that is missing."""
    try:
        from fibrocheck.sending.connection import connect

        return connect(settings, tell, deadline)
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in {"urllib3", "jwt", "cryptography"}:
            raise
        raise SendError("Sending needs another package", _INSTALL) from None
