"""The questionnaire in plain ASCII, for terminals and locales that support nothing else."""

import sys

from fibrocheck.content.model import Content, with_words
from fibrocheck.surroundings import speaks_ascii_only

_TRANSLITERATED = str.maketrans(
    # Spanish without ñ is written with "ni": "ano" is another word than "año".
    {"ñ": "ni", "Ñ": "Ni", "¿": "", "¡": "", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"}
)


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
