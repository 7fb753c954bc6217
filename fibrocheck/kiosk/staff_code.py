"""The staff code: what opens a kiosk, kept only as a scrypt hash."""

import hashlib
import hmac
import mmap
import os
import struct
import time

SHORTEST, LONGEST = 4, 32
TRIES, PAUSE = 3, 30
"""After so many wrong codes, so many seconds must pass before the next."""

_STATE = struct.Struct("id")


class StaffCode:
    """Compares what is typed with the code that the kiosk was started with.

    The count of wrong tries is shared with every visit started from here, so that a patient cannot
    begin a new count by ending their visit.
    """

    def __init__(self, code: str) -> None:
        self._salt = os.urandom(16)
        self._hash = self._hashed(code)
        self._state = mmap.mmap(-1, _STATE.size)

    @classmethod
    def from_text(cls, text: str) -> "StaffCode":
        """The same code again in another process, with a count of its own."""
        known = cls("")
        known._salt, known._hash = (bytes.fromhex(part) for part in text.split(":"))
        return known

    def as_text(self) -> str:
        """The salt and the hash, for another process of this program."""
        return f"{self._salt.hex()}:{self._hash.hex()}"

    def seconds_to_wait(self) -> float:
        """How long no code is taken, after too many wrong ones."""
        tries, last = self._read()
        return max(last + PAUSE - time.monotonic(), 0) if tries >= TRIES else 0

    def opens(self, code: str) -> bool:
        """Whether that is the code; a wrong one is counted."""
        tries, _ = self._read()
        right = hmac.compare_digest(self._hashed(code), self._hash)
        self._write(0 if right else tries % TRIES + 1)
        return right

    def _hashed(self, code: str) -> bytes:
        # Cost parameters for interactive logins, as in RFC 7914 (16 MiB).
        return hashlib.scrypt(code.strip().lower().encode(), salt=self._salt, n=2**14, r=8, p=1)

    def _read(self) -> tuple[int, float]:
        tries, last = _STATE.unpack(self._state[:])
        return tries, last

    def _write(self, tries: int) -> None:
        self._state[:] = _STATE.pack(tries, time.monotonic())


def is_usable(code: str) -> bool:
    """Whether a code can be typed at the kiosk: letters a to z and digits, long enough to matter."""
    return SHORTEST <= len(code) <= LONGEST and code.isascii() and code.isalnum()
