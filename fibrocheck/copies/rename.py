"""Linux's renameat2, which Python does not have: a rename that never replaces a file."""

from __future__ import annotations

import errno
import os

_AT_FDCWD, _RENAME_NOREPLACE = -100, 1  # fcntl.h, linux/fs.h
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM}
"""What a system, a file system or a sandbox says that does not know the call or this way to rename."""


def rename_if_free(old: bytes, new: bytes) -> bool:
    """Rename a file and return `True`; return `False` if that cannot be done here without replacing one.

    `OSError` if it failed for another reason; `FileExistsError` if the new name is taken.
    """
    import ctypes  # only for file systems without hard links

    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    if call(_AT_FDCWD, old, _AT_FDCWD, new, _RENAME_NOREPLACE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNSUPPORTED:
        return False
    raise OSError(number, os.strerror(number))
