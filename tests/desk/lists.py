"""Lists in a folder of the front desk, as kiosks and callers make them."""

import uuid
from datetime import datetime, timedelta
from pathlib import Path

from fibrocheck.copies.folder.desk_folder import Folder
from fibrocheck.desk.day_files import DayFiles
from fibrocheck.questions import Answers
from fibrocheck.records.elements import to_json
from fibrocheck.records.record import KIOSK, Record
from fibrocheck.records.response import write_response
from tests.copies.folder.killed import NOON
from tests.fixture import questionnaire
from tests.records.samples import ANSWERS

CONTENT = questionnaire()
TODAY = NOON.date()


def folder_in(path: Path, now: datetime = NOON) -> Folder:
    """Return a private folder there, and its clock stands still."""
    path.mkdir(mode=0o700, exist_ok=True)
    return Folder(path, lambda: now)


def record(answers: Answers = ANSWERS, *, minute: int = 0, **more: object) -> Record:
    """Return a record of a kiosk, confirmed so many minutes after noon."""
    made = Record(answers, "en", NOON + timedelta(minutes=minute), uuid.uuid4(), device=KIOSK)
    return made._replace(**more)  # type: ignore[arg-type] # any of its fields


def written(made: Record) -> bytes:
    """Return the bytes of a record."""
    return to_json(write_response(made, CONTENT)).encode()


def put(folder: Folder, number: str, data: bytes | Record, days_ago: int = 0) -> DayFiles:
    """Put a list into the folder under a number, as if it had been given; return its day."""
    day = DayFiles(folder, TODAY - timedelta(days=days_ago))
    day.make()
    day.put(f"{number}.json", data if isinstance(data, bytes) else written(data))
    return day
