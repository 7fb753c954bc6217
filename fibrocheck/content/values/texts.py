"""Texts in every language of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.content.nodes import MapNode, TextNode
from fibrocheck.content.reader import ENGLISH_NAMES, keys, path
from fibrocheck.content.values.words import LANGUAGE, shown_number
from fibrocheck.text_safety import quoted

if TYPE_CHECKING:
    from fibrocheck.content.nodes import Node
    from fibrocheck.content.reader import Place, Reader
    from fibrocheck.content.values.base import Schema

NO_BRACES = (
    r"^([^{}]|\{(symptoms|factors)\})*([^{}\s]|\{(symptoms|factors)\})([^{}]|\{(symptoms|factors)\})*$"
)
COUNTED = ("{symptoms}", "{factors}")
"""What any text may have in braces: how many of them the questionnaire has."""


_MAX_NUMBER = 6
"""Characters of a text that might be a number in brackets."""


def _is_label(place: Place) -> bool:
    """Return whether a text is the label of a choice, whose number is compared with its key."""
    names = keys(place)
    return names[-1] == "label" or names[0] == "answers"


class LocalizedText:
    """The same words in every language; the program fills in what is in {braces}."""

    __slots__ = ("optional", "required")

    def __init__(self, required: tuple[str, ...] = (), optional: tuple[str, ...] = ()) -> None:
        """Set the names that each language must have in braces, and those that it may have."""
        self.required = required
        self.optional = optional

    def read(self, node: Node, place: Place, reader: Reader) -> dict[str, str]:
        """Return the words by language."""
        words: dict[str, str] = {}
        if not isinstance(node, MapNode):
            remedy = 'Write it as {en: "...", es: "..."}'
            reader.add_wrong_type(node, place, "a text in every language", remedy)
            return words
        reader.text_count += 1
        for language in node.entries:
            words[language] = self._in_one(language, node, place, reader, words)
        if words.keys() != reader.languages.keys():
            _compare_languages(node, place, reader)
        return words

    def _in_one(
        self, language: str, text: MapNode, place: Place, reader: Reader, words: dict[str, str]
    ) -> str:
        node = text.entries[language]
        inner = (place, language, text.keys[language])
        value = reader.text(node, inner)
        if not value or not isinstance(node, TextNode):
            if value is not None:
                reader.add(node, f"{path(inner)}: is empty", "Write the text")
            return ""
        if self.required or "{" in value or "}" in value:
            self._check_braces(value, node, inner, reader)
            if any(name in value for name in COUNTED):
                reader.counted.append((words, language))
        if len(value) <= _MAX_NUMBER and shown_number(value) is not None and not _is_label(place):
            reader.add(node, f"{path(inner)}: {quoted(value)} has no words", "Write the text")
        reader.texts.append((language, value, node, place))
        return value

    def _check_braces(self, value: str, node: Node, place: Place, reader: Reader) -> None:
        known = [f"{{{name}}}" for name in (*self.required, *self.optional)]
        for name in known[: len(self.required)]:
            if name not in value:
                reader.add(node, f"{path(place)}: must contain {name}", f"Put {name} where its value belongs")
        rest = value
        for name in (*known, *COUNTED):
            rest = rest.replace(name, "")
        if "{" in rest or "}" in rest:
            remedy = f"Keep {' and '.join(known)}, and remove other braces" if known else "Remove the braces"
            reader.add(node, f"{path(place)}: contains braces that the program does not fill in", remedy)

    def schema(self) -> Schema:
        """Return an object with one string for each language."""
        known = "|".join((*self.required, *self.optional))
        if not known:
            return {"$ref": "#/$defs/text"}
        every = [{"pattern": rf"\{{{name}\}}"} for name in self.required]
        value: Schema = {"type": "string", "pattern": rf"^([^{{}}]|\{{({known}|symptoms|factors)\}})+$"}
        return languages_schema(value | {"allOf": every} if every else value)


def languages_schema(value: Schema) -> Schema:
    """Return an object with one value for each language."""
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": LANGUAGE.regex},
        "additionalProperties": value,
    }


def _compare_languages(node: MapNode, place: Place, reader: Reader) -> None:
    """Record the languages that a text lacks or should not have, for `check_languages`."""
    if not reader.languages:
        return
    for language in reader.languages:
        if language not in node.entries:
            reader.missing.setdefault(language, []).append(place)
    for language, key in node.keys.items():
        if language not in reader.languages:
            reader.unlisted.setdefault(language, []).append((place, key))


def fill_in_counts(reader: Reader, symptoms: int, factors: int) -> None:
    """Put the numbers of symptoms and factors into the texts that have them in braces."""
    for words, language in reader.counted:
        text = words[language].replace("{symptoms}", str(symptoms))
        words[language] = text.replace("{factors}", str(factors))


def check_languages(reader: Reader) -> None:
    """Add a problem for each text that lacks a language or has one that the file does not list.

    If all texts lack a language, or all have the same unlisted one, that is a single problem.
    """
    for language, places in reader.missing.items():
        _add_missing(language, places, reader)
    for language, found in reader.unlisted.items():
        _add_unlisted(language, found, reader)


def _add_missing(language: str, places: list[Place], reader: Reader) -> None:
    name = f"{ENGLISH_NAMES.get(language, reader.languages[language])} ({language})"
    if len(places) == reader.text_count:
        what = f"languages: lists {name}, but no text has it"
        remedy = f"Add {language}: to every text, or remove {language} from languages"
        reader.add(reader.language_keys[language], what, remedy)
        return
    for place in places:
        reader.add(
            place[2], f"{path(place)}: has no {name} text", f"Add one, or remove {language} from languages"
        )


def _add_unlisted(language: str, found: list[tuple[Place, TextNode]], reader: Reader) -> None:
    if len(found) == reader.text_count:
        first = next(iter(reader.language_keys.values()))
        what = f"languages: does not list {language}, but every text has it"
        reader.add(first, what, f"Add {language} to languages with its name")
        return
    for place, key in found:
        what = f"{path(place)}: has a text in {language}, which is not in languages"
        reader.add(key, what, f"Add {language} to languages, or remove the text")
