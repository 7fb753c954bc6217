"""The staff code that ends a kiosk, kept only as a scrypt hash, and the count of wrong tries."""

import os
import time
from collections.abc import Callable

MIN_LENGTH, MAX_LENGTH = 6, 32
OLD_MIN_LENGTH = 4
"""Codes of 4 and 5 characters were allowed until version 0.1. They still work, with fewer tries."""

MAX_TRIES, OLD_MAX_TRIES = 3, 1
"""Wrong codes after which no code is accepted for a while, every time."""

FIRST_LOCK, LONGEST_LOCK = 30, 3600
"""Seconds: each lock is twice as long as the one before, up to an hour.

Someone who tries codes without a pause gets 3 an hour, and 6 letters and digits make 2 billion codes.
"""


class StaffCode:
    """Compares what is typed with the code that the kiosk was started with.

    A visit has a copy. Each wrong code there is also counted by the supervisor (`note_wrong`), so that
    the next visit goes on from the same count.
    """

    def __init__(self, code: str) -> None:
        self._salt = os.urandom(16)
        self._hash = self._hash_of(code) if code else b""  # which no code has
        self._max_tries = OLD_MAX_TRIES if is_too_short(code) else MAX_TRIES
        self._tries = self._locks = 0
        self._locked_until = 0.0  # by the monotonic clock, which all processes share

    @classmethod
    def from_text(cls, text: str) -> "StaffCode":
        """Return the code that `as_text` wrote, with its count of wrong tries."""
        copy = cls("")
        salt, hashed, most, tries, locks, until = text.split(":")
        copy._salt, copy._hash = bytes.fromhex(salt), bytes.fromhex(hashed)
        copy._max_tries, copy._tries, copy._locks = int(most), int(tries), int(locks)
        copy._locked_until = float(until)
        return copy

    def as_text(self) -> str:
        """Return the salt, the hash and the count, for another process of this program."""
        counts = (self._max_tries, self._tries, self._locks, self._locked_until)
        return ":".join([self._salt.hex(), self._hash.hex(), *map(str, counts)])

    def seconds_to_wait(self) -> float:
        """Return how long no code is accepted; 0 unless there were too many wrong ones."""
        return max(self._locked_until - time.monotonic(), 0)

    def opens(self, code: str) -> bool:
        """Return whether this is the code; count it if it is not."""
        import hmac  # loads OpenSSL, as `_hash_of` does

        right = hmac.compare_digest(self._hash_of(code), self._hash)
        if not right:
            self.note_wrong()
        return right

    def note_wrong(self) -> int:
        """Count a wrong code; return for how many seconds no code is accepted from now on."""
        self._tries += 1
        if self._tries < self._max_tries:
            return 0
        seconds = min(FIRST_LOCK << self._locks, LONGEST_LOCK)
        self._tries, self._locks = 0, self._locks + 1
        self._locked_until = time.monotonic() + seconds
        return seconds

    def _hash_of(self, code: str) -> bytes:
        import hashlib  # loads OpenSSL: 3 MB that a kiosk does not need until a code is typed

        # Cost parameters for interactive logins, as in RFC 7914 (16 MiB).
        typed = code.strip().lower().encode(errors="surrogatepass")  # bytes that are no text are a wrong code
        return hashlib.scrypt(typed, salt=self._salt, n=2**14, r=8, p=1)


class ReportedCode:
    """The staff code as a visit has it: each wrong code is reported to the supervisor."""

    def __init__(self, code: StaffCode, report_wrong: Callable[[], None]) -> None:
        self._code = code
        self._report_wrong = report_wrong

    def seconds_to_wait(self) -> float:
        """Return how long no code is accepted."""
        return self._code.seconds_to_wait()

    def opens(self, code: str) -> bool:
        """Return whether this is the code; count and report it if it is not."""
        right = self._code.opens(code)
        if not right:
            self._report_wrong()
        return right


def is_usable(code: str, *, min_length: int = MIN_LENGTH) -> bool:
    """Return whether a code fits: ASCII letters and digits, `min_length` to MAX_LENGTH of them."""
    return min_length <= len(code) <= MAX_LENGTH and code.isascii() and code.isalnum()


def is_too_short(code: str) -> bool:
    """Return whether a code is of the length that only older ones have."""
    return len(code) < MIN_LENGTH
