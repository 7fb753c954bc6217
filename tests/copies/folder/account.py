"""What an account can do in a shared folder: python -m tests.copies.folder.account USER GROUPS ROLE FOLDER.

Started by root, it becomes that user, with these groups besides its own.
"""

import json
import os
import sys
import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path

from fibrocheck.copies.folder.desk_folder import Folder, Given


def main(user: str, groups: str, role: str, path: str) -> None:
    """Become the user, do what the role does, and write what came of it."""
    os.setgroups([int(each) for each in groups.split(",") if each])
    os.setgid(int(user))
    os.setuid(int(user))
    os.umask(0o077)
    roles: dict[str, Callable[[Path], object]] = {
        "kiosk": kiosk,
        "desk": desk,
        "give": give,
        "stranger": stranger,
    }
    sys.stdout.write(json.dumps(roles[role](Path(path))))


def kiosk(path: Path) -> object:
    """Give a list, change it, take another one back; return its number, and what could be read."""
    folder = Folder(path)
    folder.check_ready()
    given = folder.give(b'{"first": 1}', uuid.uuid4())
    given = folder.give_again(given, b'{"second": 2}')
    folder.take_back(folder.give(b"{}", uuid.uuid4()))
    return {"number": given.number, "read": readable(path, given)}


def readable(path: Path, given: Given) -> list[str]:
    """Return what this account can list or read, of the folder, the day and the list."""
    day = path / given.day.isoformat()
    attempts: dict[str, Callable[[], object]] = {
        "folder": lambda: os.listdir(path),
        "day": lambda: os.listdir(day),
        "list": (day / f"{given.number}.json").read_bytes,
    }
    return [name for name, attempt in attempts.items() if not _is_denied(attempt)]


def give(path: Path) -> object:
    """Give a list; return its number."""
    folder = Folder(path)
    folder.check_ready()
    return folder.give(b'{"third": 3}', uuid.uuid4()).number


def desk(path: Path) -> object:
    """Read every list, put another in the place of each, and return what was there."""
    folder, found = Folder(path), {}
    for each in sorted(path.glob("*/*.json")):
        found[each.stem] = json.loads(each.read_bytes())
        there = folder.find(date.fromisoformat(each.parent.name), each.stem)
        folder.give_again(there, b'{"corrected": 1}')
    return found


def stranger(path: Path) -> object:
    """Return whether it gets anywhere."""
    attempts: tuple[Callable[[], object], ...] = (
        lambda: os.listdir(path),
        lambda: os.stat(path),
        (path / "x").mkdir,
    )
    return all(map(_is_denied, attempts))


def _is_denied(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except PermissionError:
        return True
    return False


if __name__ == "__main__":
    main(*sys.argv[1:])
