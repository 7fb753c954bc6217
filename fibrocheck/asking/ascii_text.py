"""The questionnaire in plain ASCII, for terminals and locales that support nothing else."""

import os
import sys

from fibrocheck.content.model import Content, with_words

_TRANSLITERATED = str.maketrans(
    # Spanish without ñ is written with "ni": "ano" is another word than "año".
    {"ñ": "ni", "Ñ": "Ni", "¿": "", "¡": "", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"}
)


def speaks_ascii_only(encoding: str | None) -> bool:
    """Return whether output in an encoding, under this locale, must be ASCII.

    Python writes UTF-8 even in the C locale (PEP 538, PEP 540) and then sets `LC_CTYPE` itself.
    """
    if (encoding or "ascii").lower().replace("_", "-") not in {"utf-8", "utf8"}:
        return True
    ctype = os.environ.get("LC_CTYPE", "").replace("C.UTF-8", "")
    locale = os.environ.get("LC_ALL") or ctype or os.environ.get("LANG")
    return locale in {"C", "POSIX"}


def readable(content: Content) -> Content:
    """Return the questionnaire in characters that this terminal can show."""
    return in_ascii(content) if speaks_ascii_only(sys.stdout.encoding) else content


def in_ascii(content: Content) -> Content:
    """Return a copy of a questionnaire in which every text is ASCII."""
    return with_words(content, to_ascii)


def to_ascii(text: str) -> str:
    """Return a text in ASCII: without accents, with plain quotes and dashes, and "?" for all else."""
    if text.isascii():
        return text
    import unicodedata  # loaded only if the terminal needs it

    replaced = unicodedata.normalize("NFC", text).translate(_TRANSLITERATED)
    bare = "".join(c for c in unicodedata.normalize("NFKD", replaced) if not unicodedata.combining(c))
    return bare.encode("ascii", "replace").decode("ascii")
