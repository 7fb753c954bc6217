"""The questionnaire in plain ASCII, for terminals and locales that have nothing else."""

import os
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

_Value = TypeVar("_Value")

_SPELLED = str.maketrans(
    # "ni" is how Spanish is written where there is no ñ: "ano" would be another word than "año".
    {"ñ": "ni", "Ñ": "Ni", "¿": "", "¡": "", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"}
)


def speaks_ascii_only(encoding: str | None) -> bool:
    """Whether output in that encoding, under this locale, should keep to ASCII.

    Python writes UTF-8 even in the C locale (PEP 538, PEP 540) and then sets `LC_CTYPE` itself.
    """
    if (encoding or "ascii").lower().replace("_", "-") not in {"utf-8", "utf8"}:
        return True
    ctype = os.environ.get("LC_CTYPE", "").replace("C.UTF-8", "")
    locale = os.environ.get("LC_ALL") or ctype or os.environ.get("LANG")
    return locale in {"C", "POSIX"}


def folded(value: _Value) -> _Value:
    """A copy of any part of a questionnaire in which every text is ASCII."""
    return cast(_Value, _folded(value))


def fold(text: str) -> str:
    """A text in ASCII: accents dropped, signs spelled, "?" for what has no likeness."""
    spelled = unicodedata.normalize("NFC", text).translate(_SPELLED)
    bare = "".join(c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c))
    return bare.encode("ascii", "replace").decode("ascii")


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else fold(value)
    if isinstance(value, tuple):
        return tuple(_folded(each) for each in value)
    if isinstance(value, Mapping):
        return {key: _folded(each) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _folded(getattr(value, each.name)) for each in fields(value)})
    return value
