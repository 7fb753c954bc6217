"""What an installation did, kept on the machine so that it can be undone. Written before anything else is."""

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from fibrocheck.copies.files import reason_of, write_temporary
from fibrocheck.errors import StaffError
from fibrocheck.kiosk.setup.wish import Wish
from fibrocheck.text_safety import printable

STATE = "/var/lib/fibrocheck/kiosk.json"
_FORMAT = 1


class SetupError(StaffError):
    """The machine stays as it is, or as far as it came, and why."""


class State(NamedTuple):
    """What was written, by path: files by the SHA-256 of their text, links by their target.

    `unlinked` are links that were taken away, `replaced` files that made way and where they are kept,
    `folders` those that were made, `accounts` the users and groups.
    """

    way: str
    options: dict[str, str]
    files: dict[str, str]
    links: dict[str, str]
    unlinked: dict[str, str]
    replaced: dict[str, str]
    folders: list[str]
    accounts: list[str]
    finished: bool = False


def read_state(wish_root: Path) -> State | None:
    """Return what an installation wrote down; nothing if there was none. `SetupError` if it is damaged."""
    path = wish_root / STATE.lstrip("/")
    try:
        values = json.loads(path.read_bytes())
        return {_FORMAT: State}[values.pop("format")](**values)
    except FileNotFoundError:
        return None
    except PermissionError:
        raise SetupError(f"{path}: permission denied. Run it as root, such as with sudo.") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise SetupError(
            f"{path}: is damaged, or of a newer version. Restore it, or delete it and install again."
        ) from None


def known_state(wish: Wish) -> State | None:
    """Return what is known of an installation, as far as this user may know it."""
    try:
        return read_state(wish.root)
    except SetupError:
        return None


def write_state(wish: Wish, state: State) -> None:
    """Keep what is about to be done, or was done."""
    text = json.dumps({"format": _FORMAT, **state._asdict()}, indent=2) + "\n"
    write_file(wish.inside(STATE), text, 0o600)


def write_file(path: Path, text: str, mode: int) -> None:
    """Write a file completely or not at all; `SetupError` says why it cannot be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_temporary(path.parent, text.encode(), mode).replace(path)
    except OSError as error:
        raise refused(path, error) from None


def clean_up(wish: Wish, paths: Iterable[str]) -> None:
    """Remove what a run that was killed began to write beside these files, under a name of its own."""
    for folder in {os.path.dirname(path) for path in (*paths, STATE)}:
        for left in wish.inside(folder).glob(".fibrocheck-" + "[0-9a-f]" * 16 + ".tmp"):
            with suppress(OSError):
                left.unlink()


def refused(path: Path, error: OSError) -> SetupError:
    """Return the error that says in plain words what the system refused to do with a path."""
    what, remedy = reason_of(error)
    return SetupError(f"{printable(str(path))}: {what}. {remedy}. Then run it again, or kiosk remove.")


def mark_of(text: str | bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def mark_on_disk(path: Path) -> str:
    """Return the SHA-256 of a file that is there; empty if there is none, or it cannot be read."""
    try:
        return mark_of(path.read_bytes()) if path.is_file() and not path.is_symlink() else ""
    except OSError:
        return ""


def link_on_disk(path: Path) -> str:
    """Return where a symbolic link leads; empty if there is none."""
    return os.readlink(path) if path.is_symlink() else ""
