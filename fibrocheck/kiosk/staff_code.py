"""The staff code that ends a kiosk, kept only as a scrypt hash, and the count of wrong tries."""

import hashlib
import hmac
import mmap
import os
import struct
import time

MIN_LENGTH, MAX_LENGTH = 4, 32

MAX_TRIES, LOCKED_FOR = 3, 30
"""After MAX_TRIES wrong codes, no code is accepted for LOCKED_FOR seconds."""

_STATE = struct.Struct("id")


class StaffCode:
    """Compares what is typed with the code that the kiosk was started with.

    Forked visits share one count of wrong tries, so that ending a visit does not reset it.
    """

    def __init__(self, code: str) -> None:
        self._salt = os.urandom(16)
        self._hash = self._hash_of(code)
        self._state = mmap.mmap(-1, _STATE.size)

    @classmethod
    def from_text(cls, text: str) -> "StaffCode":
        """Return the code that `as_text` wrote, with a new count of wrong tries."""
        copy = cls("")
        copy._salt, copy._hash = (bytes.fromhex(part) for part in text.split(":"))
        return copy

    def as_text(self) -> str:
        """Return the salt and the hash, for another process of this program."""
        return f"{self._salt.hex()}:{self._hash.hex()}"

    def seconds_to_wait(self) -> float:
        """Return how long no code is accepted; 0 unless there were too many wrong ones."""
        tries, last = self._read()
        return max(last + LOCKED_FOR - time.monotonic(), 0) if tries >= MAX_TRIES else 0

    def opens(self, code: str) -> bool:
        """Return whether this is the code; count it if it is not."""
        tries, _ = self._read()
        right = hmac.compare_digest(self._hash_of(code), self._hash)
        self._write(0 if right else tries % MAX_TRIES + 1)
        return right

    def _hash_of(self, code: str) -> bytes:
        # Cost parameters for interactive logins, as in RFC 7914 (16 MiB).
        return hashlib.scrypt(code.strip().lower().encode(), salt=self._salt, n=2**14, r=8, p=1)

    def _read(self) -> tuple[int, float]:
        """Return the number of wrong tries, and the time of the last by the monotonic clock."""
        tries, last = _STATE.unpack(self._state[:])
        return tries, last

    def _write(self, tries: int) -> None:
        self._state[:] = _STATE.pack(tries, time.monotonic())


def is_usable(code: str) -> bool:
    """Return whether a code fits: ASCII letters and digits, MIN_LENGTH to MAX_LENGTH of them."""
    return MIN_LENGTH <= len(code) <= MAX_LENGTH and code.isascii() and code.isalnum()
