"""A kiosk's settings in one file, so that several kiosks are made alike (`--settings kiosk.yaml`)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fibrocheck.content.loader import load_for
from fibrocheck.content.source_file import read_bytes
from fibrocheck.copies.copier import roads_in
from fibrocheck.errors import WrongUsage
from fibrocheck.kiosk.setup.state import SetupError
from fibrocheck.kiosk.setup.wish import ROOT, Way, Wish
from fibrocheck.kiosk.staff_code import MAX_LENGTH, MIN_LENGTH, is_usable
from fibrocheck.settings_file import read_settings_file

KNOWN = {
    "way": str,
    "printer": str,
    "records": str,
    "language": str,
    "large": bool,
    "ways": str,
    "questions": str,
    "options": str,
    "staff-code": str,
}
"""What the file may have. `options` are more options of `fibrocheck kiosk`, such as "--idle 120"."""


def read_kiosk_file(file: Path) -> dict[str, Any]:
    """Return the settings of a file, with the path of its questions.yaml; `SetupError` says what is wrong."""
    found = read_settings_file(file, KNOWN, "way: console", _refusal)
    if "questions" in found:
        found["questions"] = file.parent / found["questions"]
    return found


def wish_of(given: Mapping[str, Any], file: Path | None, program: str, root: Path = ROOT) -> Wish:
    """Return the kiosk that the command line and a file ask for; the command line comes first.

    `WrongUsage` or `SetupError` for what cannot be, `ContentError` for a questions.yaml that has errors.
    """
    values = {} if file is None else read_kiosk_file(file)
    values |= {name: value for name, value in given.items() if value}
    way, code, questions = values.get("way", ""), values.get("staff-code", ""), values.get("questions")
    if way not in tuple(Way):
        what = f"{way} is no kind of kiosk" if way else "The kind of kiosk is not named"
        raise WrongUsage(
            f"{what}. Add --way {', --way '.join(Way)}, or a line to your kiosk.yaml, such as way: console."
        )
    if code and not is_usable(code):
        raise SetupError(
            f"The staff code cannot be used. Take {MIN_LENGTH} to {MAX_LENGTH} letters a to z and digits."
        )
    wish = Wish(
        Way(way),
        program,
        values.get("printer", ""),
        values.get("records", ""),
        values.get("language", ""),
        values.get("large", False),
        values.get("ways", ""),
        root,
        values.get("speech", ()),
        read_bytes(questions).decode("utf-8", "surrogateescape") if questions else "",
        values.get("options", ""),
        code,
    )
    load_for(questions, wish.language or None)
    roads_in(
        wish.ways,
        printer=wish.printer,
        records=Path(wish.records or ".") if wish.records else None,
        may_save=False,
    )
    return wish


def _refusal(what: str, remedy: str) -> SetupError:
    return SetupError(f"{what}. {remedy}.")
