"""Python's own hash functions. `hashlib` loads OpenSSL: 3 MB that a visit does not need."""

from contextlib import suppress
from importlib import import_module


def sha1(data: bytes) -> bytes:
    """Return the SHA-1 digest, for a UUID of version 5 (RFC 9562). It protects nothing."""
    return _digest("sha1", ("_sha1",), data)


def sha256(data: bytes) -> bytes:
    """Return the SHA-256 digest."""
    return _digest("sha256", ("_sha2", "_sha256"), data)


def _digest(name: str, modules: tuple[str, ...], data: bytes) -> bytes:
    """Return a digest by the first of these modules that this Python has: their names differ by version."""
    for module in (*modules, "hashlib"):
        with suppress(ImportError):
            found: bytes = getattr(import_module(module), name)(data, usedforsecurity=False).digest()
            return found
    raise ImportError("this Python has no hashlib")
