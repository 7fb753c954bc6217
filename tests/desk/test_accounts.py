"""Desks with accounts of their own in a folder that a technician prepared, beside kiosks (needs root)."""

import json
import os
import subprocess
import sys
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fibrocheck.copies.folder.desk_folder import Folder
from tests.copies.folder.test_accounts import (
    DESK,
    DESK_GROUPS,
    KIOSK,
    KIOSK_GROUPS,
    OTHER_DESK,
    READS,
    run_as,
    shared,
)
from tests.copies.test_files import AS_ROOT
from tests.desk.lists import record, written

pytestmark = pytest.mark.skipif(not AS_ROOT, reason="only root can become other accounts")

__all__ = ["shared"]  # the fixture


def desk(account: int, folder: Path, number: str) -> Any:
    """Let an account of a desk work with a list; return what it reports."""
    program = [sys.executable, "-m", "tests.desk.account", str(account), DESK_GROUPS, str(folder), number]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_two_desks_work_with_a_kiosks_list(shared: Path) -> None:
    """Each with what the other left: versions, states, the log. The kiosk can read nothing of it."""
    kiosk = run_as(KIOSK, KIOSK_GROUPS, "kiosk", shared)
    number = kiosk["number"]
    (file,) = shared.glob(f"*/{number}.json")  # its day may be over by now
    given = Folder(shared).find(date.fromisoformat(file.parent.name), number)
    path = shared / given.day.isoformat() / f"{number}.json"
    owner, mode = path.stat().st_uid, path.stat().st_mode
    path.write_bytes(written(record(identifier=uuid.uuid4())))
    assert (path.stat().st_uid, path.stat().st_mode) == (owner, mode)
    first = desk(DESK, shared, number)
    second = desk(OTHER_DESK, shared, number)
    assert first["numbers"] == second["numbers"] == [number]
    assert first["problems"] == second["problems"] == []
    assert first["versions"] == 2
    assert second["versions"] == 4
    assert second["by"] == [str(DESK)] * 3 + [str(OTHER_DESK)] * 3
    assert second["lines"] > first["lines"]
    for each in shared.rglob("*"):
        assert each.stat().st_gid == int(READS), each
        assert not each.stat().st_mode & 0o004, each
        assert not (each.is_file() and each.stat().st_mode & 0o007), each
    assert os.stat(path).st_uid == OTHER_DESK
