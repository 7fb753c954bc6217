"""The identifier of a list: a UUID made from its first code by a slow hash.

A saved record and a code of the same list have the same identifier, on every computer and without a
network. The code holds the answers, so a fast hash would tell them to whoever has the identifier alone and
knows most of the answers already: seven factors and the ten bits of chance are 16 million tries, seconds
for SHA-256. With scrypt they are ten days of one processor core.
"""

import uuid
from functools import lru_cache

_SALT = b"fibrocheck: identifier of a list, 1"
_BITS_OF_VERSION, _BITS_OF_VARIANT = 0xF << 76, 0x3 << 62
_VERSION_8, _RFC_9562 = 8 << 76, 2 << 62

COST, BLOCKS, TURNS = 1 << 14, 8, 1
"""scrypt's N, r and p, as its paper recommends for logins: 16 MiB and 50 ms on the computer they were
measured on, 25 ms with half of N and 300 ms with p = 5. A kiosk may be three times slower, and should still
turn the page at once. Never change them or the salt: identifiers would no longer agree."""


@lru_cache(maxsize=1)  # giving a list needs it three times; never more than the visit's own code is kept
def identifier_of(letters: str) -> uuid.UUID:
    """Return the identifier of the list with this code, which is given without dashes.

    It is a UUID of version 8 (RFC 9562, section 5.8), whose bits are the maker's to define. Version 4
    would say that they are random.
    """
    import hashlib

    digest = hashlib.scrypt(letters.encode(), salt=_SALT, n=COST, r=BLOCKS, p=TURNS, dklen=16)
    free = int.from_bytes(digest) & ~_BITS_OF_VERSION & ~_BITS_OF_VARIANT
    return uuid.UUID(int=free | _VERSION_8 | _RFC_9562)
