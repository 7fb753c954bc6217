"""The questionnaire that a visit uses: the shipped one, or a clinic's own file.

The shipped one is baked into the wheel (`baking`), which saves loading a parser and checking what was
checked when the wheel was built. Any other file is read as YAML (`parsing`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.content.problems import ContentError
from fibrocheck.content.source_file import (
    BAKED,
    SEARCHED,
    code_checksum,
    is_checkout,
    read_bytes,
    search_checksum,
    shipped_path,
)
from fibrocheck.errors import VisitEnded, WrongUsage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from fibrocheck.content.model import Content
    from fibrocheck.file_reading import File


def load(file: File | None = None) -> Content:
    """Return the questionnaire in a file, by default the shipped one; `ContentError` if it has errors."""
    data = read_bytes(file or shipped_path())
    content = None if file else _baked(data)
    if content is None:
        from fibrocheck.content.parsing import parse_content  # YAML: not needed for what is baked

        content, problems = parse_content(data, _searched())
        if content is None:
            raise ContentError(str(file or shipped_path()), problems)
    return content


def load_for(file: File | None = None, language: str | None = None) -> Content:
    """Return the questionnaire in a file, for visits in one of its languages if one is given.

    `ContentError` if the file cannot be used, `WrongUsage` if it does not have the language.
    """
    content = load(file)
    if language is not None and language not in content.languages:
        available = ", ".join(content.languages)
        raise WrongUsage(f"There is no language {language!r} here. Choose one of: {available}.")
    return content


def _baked(data: bytes) -> Content | None:
    """Return the baked questionnaire if it was made of exactly these bytes, and by this code."""
    baked = _made(BAKED, code_checksum)
    return baked.CONTENT if baked and data == baked.DATA else None


def _searched() -> Mapping[str, frozenset[str]] | None:
    """Return the shipped texts by language: the build has searched them, if by this code."""
    made = _made(SEARCHED, search_checksum)
    return made.TEXTS if made else None


def _made(name: str, checksum: Callable[[], int]) -> Any:
    """Return a module that the build makes; `None` if it cannot be had, or was made by other code."""
    try:
        made = __import__(f"{__package__}.{name}", fromlist=[name])
        return made if not is_checkout() or checksum() == made.CODE else None
    except VisitEnded:  # a signal
        raise
    except Exception:  # noqa: BLE001 - whatever is wrong with it, the file itself can be read
        return None
