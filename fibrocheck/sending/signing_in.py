"""Signs in at the server by SMART Backend Services: a signed statement of who we are, for a short token.

HL7's SMART App Launch 2.2, "Backend Services" and "Asymmetric authentication" (`private_key_jwt` with ES384
or RS384). The token is kept in memory only.
"""

from __future__ import annotations

import os
import stat
import uuid
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import jwt

from fibrocheck.errors import system_words
from fibrocheck.file_reading import read_regular_file
from fibrocheck.sending.problems import SendError
from fibrocheck.sending.replies import Reply, json_in, refused
from fibrocheck.sending.settings import KEY_VARIABLE, Settings, is_loopback
from fibrocheck.sending.transport import Request
from fibrocheck.text_safety import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_VALID_SECONDS = 240
"""How long a statement holds; five minutes are the most that the standard allows."""
_EARLY_SECONDS = 30
"""A token is renewed so long before it ends."""
_SHORTEST = 60
"""Seconds that a token is taken to hold if the server does not say."""
_OUT_OF_STEP = 60
"""Seconds between two clocks that make a server refuse a statement."""
_MAX_KEY = 64 * 1024
_P384 = 384


class Key(NamedTuple):
    """A private key and the algorithm it signs with."""

    private: Any
    algorithm: str


class SignIn:
    """The way to a token. Each method raises `SendError`, or `NoReply`, without key or token in it."""

    def __init__(
        self,
        settings: Settings,
        key: Key,
        ask: Callable[[Request], Reply],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Sign with this key. `ask` sends a request, with repeats; `now` is the clock, for tests."""
        self._settings = settings
        self._key = key
        self._ask = ask
        self._now = now
        self._said: dict[str, Any] = {}
        self._tokens: dict[str, tuple[str, float]] = {}

    def token(self, scopes: Sequence[str], *, renew: bool = False) -> str:
        """Return a token for these scopes: the one there is, unless it ends soon or `renew` is given."""
        scope = " ".join(scopes)
        token, ends = self._tokens.get(scope, ("", 0.0))
        if renew or self._now().timestamp() > ends - _EARLY_SECONDS:
            token, ends = self._new_token(scope)
            self._tokens[scope] = token, ends
        return token

    def private(self) -> tuple[str, ...]:
        """Return what must not be shown."""
        return tuple(token for token, _ in self._tokens.values())

    def configuration(self) -> dict[str, Any]:
        """Return what the server says about signing in."""
        if not self._said:
            self._said = self._asked_configuration()
        return self._said

    def _asked_configuration(self) -> dict[str, Any]:
        reply = self._ask(_get(f"{self._settings.server}/.well-known/smart-configuration"))
        if reply.status != 200:  # noqa: PLR2004 - HTTP's OK
            raise refused(reply, "asking how to sign in")
        return json_in(reply, "asking how to sign in")

    def _new_token(self, scope: str) -> tuple[str, float]:
        endpoint = self._checked_endpoint()
        form = {
            "grant_type": "client_credentials",
            "scope": self._spelled(scope),
            "client_assertion_type": _ASSERTION,
            "client_assertion": self._statement(endpoint),
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        reply = self._ask(Request("POST", endpoint, headers, urlencode(form).encode()))
        if reply.status != 200:  # noqa: PLR2004
            raise self._not_signed_in(reply)
        value = json_in(reply, "signing in")
        token, seconds = value.get("access_token"), value.get("expires_in", _SHORTEST)
        if not isinstance(token, str) or not token or not token.isascii() or not token.isprintable():
            raise SendError("signing in: the server gave no token", "Ask who looks after the server")
        holds = seconds if isinstance(seconds, int | float) else _SHORTEST
        return token, self._now().timestamp() + holds

    def _spelled(self, scope: str) -> str:
        """Return scopes as this server knows them: older ones only know reading and writing."""
        able = self.configuration().get("capabilities")
        if not isinstance(able, list) or "permission-v2" in able or "permission-v1" not in able:
            return scope
        return " ".join(_older(each) for each in scope.split())

    def _checked_endpoint(self) -> str:
        """Return where tokens are given: never over an open line."""
        endpoint = self.configuration().get("token_endpoint")
        parts = urlsplit(endpoint if isinstance(endpoint, str) else "")
        host = parts.hostname or ""
        here = is_loopback(host) and is_loopback(urlsplit(self._settings.server).hostname or "")
        if not host or (parts.scheme != "https" and not here):
            what = "the server names no secure address for signing in"
            raise SendError(what, "Ask who looks after the server")
        return parts.geturl()

    def _statement(self, audience: str) -> str:
        now = int(self._now().timestamp())
        claims = {
            "iss": self._settings.client_id,
            "sub": self._settings.client_id,
            "aud": audience,
            "jti": str(uuid.uuid4()),
            "iat": now,
            "exp": now + _VALID_SECONDS,
        }
        headers = {"kid": self._settings.key_id} if self._settings.key_id else None
        return jwt.encode(claims, self._key.private, algorithm=self._key.algorithm, headers=headers)

    def _not_signed_in(self, reply: Reply) -> SendError:
        if reply.status not in {400, 401, 403}:
            return refused(reply, "signing in")
        error = ""
        with suppress(SendError):
            error = str(json_in(reply, "").get("error", ""))
        shown = f" ({error})" if error.isidentifier() and len(error) <= 40 else ""  # noqa: PLR2004
        if apart := self._clock_difference(reply):
            what = f"the server did not accept the sign-in{shown}, and its clock and ours are {apart} apart"
            return SendError(what, "Set the clock of this computer")
        if error == "invalid_scope":
            return SendError(
                f"the server does not permit this{shown}", "Ask who looks after it for permission"
            )
        what = f"the server did not accept the sign-in{shown}"
        return SendError(what, "Check client_id, the key and the server's registration of both")

    def _clock_difference(self, reply: Reply) -> str:
        """Return how far the clocks are apart, in words; empty if that is no reason to be refused."""
        with suppress(ValueError, TypeError):
            theirs = parsedate_to_datetime(reply.headers.get("date", ""))
            seconds = abs((self._now() - theirs).total_seconds())
            if seconds > _OUT_OF_STEP:
                return f"{seconds / 60:.0f} minutes"
        return ""


def _older(scope: str) -> str:
    what, _, letters = scope.rpartition(".")
    reads, writes = set("rs") & set(letters), set("cud") & set(letters)
    return " ".join(f"{what}.{word}" for word, is_meant in (("read", reads), ("write", writes)) if is_meant)


def read_key(settings: Settings) -> Key:
    """Return the private key from the environment, or from the file of the settings.

    `SendError` if there is none, others can read its file, or it is of another kind.
    """
    return _key(os.environ.get(KEY_VARIABLE, "").encode() or _key_file(settings.key_file))


def _key_file(file: str) -> bytes:
    if not file:
        raise SendError("client_id needs a key", f"Add key_file, or set {KEY_VARIABLE}")
    shown = printable(file)
    try:
        if os.name == "posix" and stat.S_IMODE(os.stat(file).st_mode) & 0o077:
            raise SendError(f"{shown}: other users can read this key", "Run: chmod 600 on it")
        return read_regular_file(file, _MAX_KEY)
    except (OSError, ValueError) as error:
        reason = system_words(error)
        raise SendError(f"key_file {shown}: {reason}", "Name a key file that can be read") from None


def _key(pem: bytes) -> Key:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        private: Any = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        what = "the key is not a private key in the form PEM without a password"
        raise SendError(what, "Make one as in README") from None
    if isinstance(private, ec.EllipticCurvePrivateKey) and private.curve.key_size == _P384:
        return Key(private, "ES384")
    if isinstance(private, rsa.RSAPrivateKey):
        return Key(private, "RS384")
    raise SendError("the key is neither of P-384 nor RSA", "Make one as in README")


def _get(url: str) -> Request:
    return Request("GET", url, {"Accept": "application/json"})
