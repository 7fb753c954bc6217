"""Text that is safe to show: no hidden characters, no escapes, nothing too long, no disguised links."""

LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

MAX_PATH = 4096
"""The longest path that a system accepts, in characters."""


def printable(words: str, max_length: int = 200) -> str:
    """Return the words as a terminal can safely show them, at most `max_length` characters."""
    if not words.isprintable():
        words = "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in words[:max_length])
    return words if len(words) <= max_length else f"{words[: max_length - 3]}..."


def quoted(words: str) -> str:
    """Return words for use inside a message: in quotes, and short enough to read."""
    return f'"{printable(words, max_length=40)}"'


def is_queue_name(name: str) -> bool:
    """Return whether a print queue can have this name, which must not become an option of `lp`."""
    return bool(name) and not name.startswith("-") and name.isprintable()


def first_hidden(value: str) -> str | None:
    """Return the first character that a page must not contain, or `None`."""
    hidden = hidden_in(value)
    return next((c for c in value if c in hidden), None) if hidden else None


def hidden_in(value: str) -> set[str]:
    """Return all different characters that a page must not contain.

    Quick: most texts have about sixty different characters in all.
    """
    return set() if value.isprintable() else {c for c in set(value) if is_hidden(c)}


def is_hidden(character: str) -> bool:
    """Return whether a character is invisible and can change or break what is shown.

    These are control, escape, bidirectional, surrogate and tag characters. Joiners (U+200C, U+200D), the
    soft hyphen and unusual spaces are part of how languages are written, and are allowed.
    """
    code = ord(character)
    return (
        code < 0x20  # noqa: PLR2004 - the numbers are Unicode's own
        or 0x7F <= code <= 0x9F  # noqa: PLR2004
        or code in _HIDDEN
        or 0xD800 <= code <= 0xDFFF  # noqa: PLR2004
        or 0xE0000 <= code <= 0xE0FFF  # noqa: PLR2004
        or code & 0xFFFE == 0xFFFE  # noqa: PLR2004
    )


_HIDDEN = frozenset(
    {0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0x2060, 0xFEFF, 0xFFFC}
    | set(range(0x202A, 0x202F))
    | set(range(0x2061, 0x2070))
    | set(range(0xFFF0, 0xFFFC))
)


def hidden_name(character: str) -> str:
    """Return a character's number and Unicode name, such as "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    import unicodedata

    name = unicodedata.name(character, "control character")
    return f"U+{ord(character):04X} {name}"


_EXAMPLES = ("example.org", "example.com", "example.net", "example", "invalid", "test")
"""The names that are nobody's, for use in examples (RFC 2606)."""


def is_example(url: str) -> bool:
    """Return whether the host of an address is one of those reserved for examples."""
    host = url.partition("://")[2].partition("/")[0].partition(":")[0].lower()
    return any(f".{host}".endswith(f".{name}") for name in _EXAMPLES)


def is_https(value: str) -> bool:
    """Return whether this is a plain https link, with nothing in it that hides where it leads."""
    if not (value.startswith("https://") and value.isascii() and value.isprintable()) or " " in value:
        return False
    host = value[8:].split("/", maxsplit=1)[0].split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
    name, _, port = host.partition(":")
    named = name.strip(".-") == name and bool(name) and frozenset(LETTERS_AND_DIGITS + ".-").issuperset(name)
    return named and (port.isdecimal() or ":" not in host)


_APOSTROPHES = "´ʹʻʼʽˈˊˋ՚׳′‛ꞌ＇"
HYPHENS = "-\u058a\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_LOOKALIKES = dict(
    zip(
        "аеорсухіјѕһԁԛԝвкмнтгпοαρυικντηԍёӏɡɑıłøđ",
        "aeopcyxijshdqwbkmhtrnoapuikvtngel" + "gailod",
        strict=True,
    )
)
"""Cyrillic, Greek and phonetic letters that look like Latin ones, in small letters."""


def plain_letters(words: str) -> str:
    """Return words to compare: without accents and invisible marks, other letters by the Latin lookalike.

    Compatibility forms (fullwidth, mathematical, ligatures) become the letters that they stand for.
    """
    import unicodedata  # a file in Latin letters with common accents does without

    for apostrophe in _APOSTROPHES:
        words = words.replace(apostrophe, "'")
    words = unicodedata.normalize("NFKD", words).casefold()
    # Sign by sign, not letter by letter: a long text has few signs.
    signs = {sign for sign in set(words) if not sign.isascii()}
    for sign in signs:
        if unicodedata.category(sign) in {"Mn", "Cf"}:
            words = words.replace(sign, "")
    for hyphen in HYPHENS[1:]:
        words = words.replace(hyphen, "-")
    for sign in signs & _LOOKALIKES.keys():
        words = words.replace(sign, _LOOKALIKES[sign])
    return words


def without_hyphens(words: str) -> str:
    """Return words with what hyphens separate as one word: "fibro-myalgia" as "fibromyalgia"."""
    for hyphen in HYPHENS:
        words = words.replace(hyphen, "")
    return words


_ALPHABETS = (
    ("Latin", 0x41, 0x24F), ("Latin", 0x250, 0x2AF), ("Latin", 0x1E00, 0x1EFF), ("Greek", 0x370, 0x3FF),
    ("Greek", 0x1F00, 0x1FFF), ("Cyrillic", 0x400, 0x52F), ("Armenian", 0x530, 0x58F),
    ("Cherokee", 0x13A0, 0x13FF),
)  # fmt: skip
"""Alphabets with letters that look alike; code points from Unicode's Blocks.txt."""
_UNITS = frozenset({"μg", "μl", "μm", "μL", "µg", "µl", "µm", "µL"})


def mixed_alphabets(words: str) -> str:
    """Return the first word with letters of several alphabets that look alike; empty if there is none."""
    if max(words) < "\u0370":
        return ""
    for word in "".join(c if c.isalpha() else " " for c in words).split():
        if word not in _UNITS and len({*map(_alphabet, word)} - {""}) > 1:
            return word
    return ""


def _alphabet(letter: str) -> str:
    code = ord(letter)
    if letter in "µªº":
        return ""
    return next((name for name, first, last in _ALPHABETS if first <= code <= last), "")
