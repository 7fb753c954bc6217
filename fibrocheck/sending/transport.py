"""One request and its whole reply over HTTP, by urllib3. It knows nothing of FHIR and repeats nothing.

urllib3 and not httpx: it needs no other package, and is kept by the people who keep pip's. Certificates are
always checked, and redirects are never followed: they could lead a token or a list to another host.
"""

from __future__ import annotations

import ssl
import time
from typing import TYPE_CHECKING, NamedTuple

import urllib3
from urllib3.exceptions import (
    HTTPError,
    LocationValueError,
    NameResolutionError,
    NewConnectionError,
    SSLError,
)
from urllib3.exceptions import TimeoutError as TimedOut

from fibrocheck import __version__
from fibrocheck.sending.deadline import Deadline
from fibrocheck.sending.problems import NoReply, SendError
from fibrocheck.sending.replies import Reply
from fibrocheck.text_safety import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 10.0, 30.0, 60.0
"""The longest wait for a connection, for more of a reply, and for all of it."""

MAX_REPLY = 8_000_000
"""Bytes of a reply. A CapabilityStatement can have two million."""

_PART = 65536


class Request(NamedTuple):
    """What is asked of a server."""

    method: str
    url: str
    headers: Mapping[str, str] = {}
    body: bytes | None = None


class Transport:
    """Connections to servers, kept open between requests."""

    def __init__(
        self, ca_file: str = "", read_seconds: float = READ_SECONDS, deadline: Deadline | None = None
    ) -> None:
        """Trust the system's certificates, and those in `ca_file`; `SendError` if it cannot be used."""
        self._read_seconds, self._deadline = read_seconds, deadline or Deadline()
        self._pool = urllib3.PoolManager(
            num_pools=4,
            maxsize=1,
            ssl_context=_tls(ca_file),
            retries=False,
        )

    def __call__(self, request: Request) -> Reply:
        """Return the reply. `NoReply` if there was none, or half of one; `SendError` for a certificate."""
        try:
            return self._reply(request)
        except SSLError as error:
            raise _tls_error(request.url, error) from None
        except NameResolutionError:
            raise NoReply("no network, or no server of this name", may_have_arrived=False) from None
        except NewConnectionError:
            raise NoReply("no connection to the server", may_have_arrived=False) from None
        except TimedOut:
            raise NoReply("no answer in time") from None
        except LocationValueError:
            raise SendError("this is not the address of a server", "Check the address") from None
        except (HTTPError, OSError):
            raise NoReply("the connection broke off") from None

    def _reply(self, request: Request) -> Reply:
        left = self._deadline.left
        if not left:
            raise NoReply("no answer in time", may_have_arrived=False)
        response = self._pool.request(
            request.method,
            request.url,
            headers={"User-Agent": f"fibrocheck/{__version__}", **request.headers},
            body=request.body,
            redirect=False,
            preload_content=False,
            timeout=urllib3.Timeout(connect=min(CONNECT_SECONDS, left), read=min(self._read_seconds, left)),
        )
        try:
            body = _body(response, min(WHOLE_SECONDS, left))
        except BaseException:
            response.close()
            raise
        response.release_conn()  # it was read to its end: for the next request
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(response.status, headers, body)


def _body(response: urllib3.BaseHTTPResponse, seconds: float) -> bytes:
    """Return the whole body. A server that sends a byte now and then is not waited for without end."""
    until = time.monotonic() + seconds
    parts, size = [], 0
    while part := response.read1(_PART):
        parts.append(part)
        size += len(part)
        if size > MAX_REPLY:
            raise SendError("the server's answer is too long", "Check the address of the server")
        if time.monotonic() > until:
            raise NoReply("the answer came too slowly")
    return b"".join(parts)


def _tls(ca_file: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file:
        try:
            context.load_verify_locations(ca_file)
        except (OSError, ssl.SSLError):
            shown = printable(ca_file)
            raise SendError(
                f"ca_file {shown} cannot be read as certificates", "Name a file in the form PEM"
            ) from None
    return context


def _tls_error(url: str, error: SSLError) -> SendError:
    cause = error.args[0] if error.args else error
    why = getattr(cause, "verify_message", "") or "the connection is not secure"
    host = printable(url.partition("://")[2].partition("/")[0])
    return SendError(
        f"the certificate of {host} does not hold ({printable(why, 80)})",
        "Check the address and this computer's clock; a clinic's own certificates go into ca_file",
    )
