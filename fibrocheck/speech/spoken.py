"""Text for ears: what a voice is to say for words that are written for eyes.

Pure functions. Numbers that are dialled or told are said digit by digit, codes character by character,
abbreviations letter by letter, and no sign is left that a voice would name or stumble over.
"""

import re
from collections.abc import Iterator

from fibrocheck.pages.text_layout import in_sentences

_CODE = re.compile(r"\b[2-9B-DF-HJ-NP-TV-Z]{5}(?:-[2-9B-DF-HJ-NP-TV-Z]{1,5})+\b")
"""A list's code, in groups joined by dashes (copies.code.spelling)."""

_DIALLED = re.compile(r"\(?\b\d{3}\)?[ -]?\d{3}[ -]\d{4}\b|\b\d{3}\b|\b\d{5,}\b")
"""A telephone number, 911 and 988, the number for the front desk; a year or an age is an ordinary number."""

_CAPITALS = re.compile(r"(?<![A-ZÁÉÍÓÚÑ]{2} )\b[A-ZÁÉÍÓÚÑ]{2,4}\b(?! [A-ZÁÉÍÓÚÑ]{2})")
"""An abbreviation; words that stand beside other words in capitals are only loud."""
_SUFFIX = re.compile(r"\s*\(\.\w+\)")
"""The ending of a file's name, which says nothing to the ear."""
_FOLDERS = re.compile(r"(?<!\S)/(?:[^/\n]+/)+")
_ENDING = re.compile(r"(?<=\w)\.(?:fhir\.json|html|json|pdf|txt)\b")
"""Where a saved file is, and the ending of its name: nobody finds it by ear; its name is enough."""
_LINK = re.compile(r"https://(\S+[\w/])")
_BETWEEN_NUMBERS = re.compile(r"(?<=\d)\s*[–-]\s*(?=\d)")
_DASH = re.compile(r"\s+[–—-]\s+|\s*[–—]\s*")
_SIDE_BY_SIDE = re.compile(r"\s*[·|•/]\s*")
_ASIDE = re.compile(r"\s*[()]\s*")
_SIGNS = re.compile(r"""["“”«»\[\]*_{}<>#~^\\❯●]""")
_BEFORE_POINT = re.compile(r"\s+(?=[.,;:?!])")
_WEAK = re.compile(r"[,;]\s*(?=[.:?!])")
_DOUBLED = re.compile(r"([.,;:?!])(?:\s*[.,;:])+")


def for_ears(text: str) -> str:
    """Return a text as a voice should get it, on one line."""
    text = _ENDING.sub("", _FOLDERS.sub("", _SUFFIX.sub("", text)))
    text = _CODE.sub(lambda found: spelled(found[0]), text)
    text = _LINK.sub(lambda found: _link(found[1]), text)
    text = _DIALLED.sub(lambda found: _digits(found[0]), text)
    text = _CAPITALS.sub(lambda found: " ".join(found[0]), text)
    text = _BETWEEN_NUMBERS.sub(", ", text)
    text = _DASH.sub(", ", text)
    text = _SIDE_BY_SIDE.sub(", ", text)
    text = _ASIDE.sub(", ", text)
    text = _SIGNS.sub(" ", text)
    text = _BEFORE_POINT.sub("", " ".join(text.split()))
    return _DOUBLED.sub(r"\1", _WEAK.sub("", text)).strip(" ,;")


def spelled(code: str) -> str:
    """Return a code character by character, with a longer pause between its groups."""
    return ". ".join(", ".join(group) for group in code.split("-"))


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text for ears, each with a sign at its end, so that the voice falls there."""
    for sentence in in_sentences(for_ears(text)):
        if sentence.strip():
            yield ended(sentence.strip())


def ended(text: str) -> str:
    """Return a text that ends with a sign at which a voice pauses."""
    return text if text.endswith((".", "?", "!", ":", "…")) else f"{text}."


def _digits(number: str) -> str:
    groups = re.findall(r"\d+", number)
    return ", ".join(" ".join(group) for group in groups)


def _link(address: str) -> str:
    """Return an address by the name of its site only: nobody types the rest of it by ear."""
    return address.partition("/")[0].removeprefix("www.").replace(".", " ")
