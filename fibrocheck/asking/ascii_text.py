"""The questionnaire in plain ASCII, for terminals and locales that have nothing else."""

import os
import sys

from fibrocheck.content.model import Content, with_words

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


def readable(content: Content) -> Content:
    """Return the questionnaire in letters that this terminal can show."""
    return folded(content) if speaks_ascii_only(sys.stdout.encoding) else content


def folded(content: Content) -> Content:
    """A copy of a questionnaire in which every text is ASCII."""
    return with_words(content, fold)


def fold(text: str) -> str:
    """A text in ASCII: accents dropped, signs spelled, "?" for what has no likeness."""
    if text.isascii():
        return text
    import unicodedata  # not where a terminal has every letter

    spelled = unicodedata.normalize("NFC", text).translate(_SPELLED)
    bare = "".join(c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c))
    return bare.encode("ascii", "replace").decode("ascii")
