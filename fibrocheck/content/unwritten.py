"""Texts that nobody has written yet: those of another language, or the name of their own key."""

from collections.abc import Iterator

from fibrocheck.content.nodes import MapNode, TextNode
from fibrocheck.content.problems import WARNING, Problem
from fibrocheck.content.reader import FoundText, Place, Reader, base_language, keys, language_name, path
from fibrocheck.content.wording import normalized
from fibrocheck.text_safety import quoted

MIN_WORDS = 2
"""Single words can be the same in two languages, as "No" and "Sofa" are in English and Spanish."""

_ENGLISH = (
    "the and you your are is was were of with this that these for have has had what when where how not it "
    "they we our to from which will been can"
)
_SPANISH = (
    "el la los las un una y usted su sus que de del con por para este esta estos es son tiene como cuando "
    "donde si le lo se nuestra nuestro desde muy"
)
COMMON_WORDS = {"en": frozenset(_ENGLISH.split()), "es": frozenset(_SPANISH.split())}
"""Words of which nearly every sentence of a language has some, and few of the other: not "a", "no"."""
MIN_COMMON = 2


def unwritten(reader: Reader) -> Iterator[Problem]:
    """Yield a warning for each text that is another language's, or the name of its own key or id."""
    first: dict[int, FoundText] = {}
    for text in reader.texts:
        language, words, node, place = text
        same = first.setdefault(id(place[2]), text)
        if _has_own_key(words, place):
            fault = "is the name of its own key"
        elif language != same[0] and _is_same(words, same[1]):
            fault = f"is also the {language_name(same[0])} text"
        elif other := _reads_as(language, words):
            fault = f"reads as {language_name(other)}"
        else:
            continue
        remedy = f"Write the text in {language_name(language)}"
        what = f"{path(place)}, {language_name(language)}: {quoted(words)} {fault}"
        yield Problem(node.line, node.column, what, remedy, WARNING)


def _is_same(words: str, others: str) -> bool:
    """Return whether two texts are the same, with several words that are not all names."""
    if words.casefold() != others.casefold():
        return False
    own = [word for word in words.split() if word[0].isalpha()]
    return len(own) >= MIN_WORDS and any(word == word.lower() for word in own)


def _reads_as(language: str, words: str) -> str:
    """Return the other language that a text has more common words of, if any."""
    base = base_language(language)
    if base not in COMMON_WORDS:
        return ""
    found = normalized(words).split()
    counts = {each: sum(word in common for word in found) for each, common in COMMON_WORDS.items()}
    other = max(counts, key=lambda each: counts[each])
    return other if other != base and counts[other] >= MIN_COMMON and counts[other] > counts[base] else ""


def _has_own_key(words: str, place: Place) -> bool:
    """Return whether a text is the key or the id beside it, which some editor's template put there.

    Of the program's own words, many are their key as a word: only one with an underscore counts.
    """
    names = keys(place)
    if names[0] == "words":
        return words == names[-1] and "_" in words
    around = place[0][2] if place[0] else None
    id_ = around.entries.get("id") if isinstance(around, MapNode) else None
    return words == names[-1] or (isinstance(id_, TextNode) and words == id_.value)
