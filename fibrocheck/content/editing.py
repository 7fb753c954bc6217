"""Changes the text of a questions.yaml for its editor: the approval, and the places for a new language.

Only these places change. All else, such as comments and line breaks, stays as the editor wrote it.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import yaml

from fibrocheck.content.fingerprint import approved_marks, fingerprints
from fibrocheck.content.nodes import MapNode
from fibrocheck.content.parsing import Findings, parse
from fibrocheck.content.reader import ENGLISH_NAMES, Reader, base_language
from fibrocheck.content.values.words import LANGUAGE
from fibrocheck.errors import StaffError, WrongUsage
from fibrocheck.text_safety import first_hidden, quoted

OWN_NAMES = {
    "ar": "العربية",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "hi": "हिन्दी",
    "ht": "Kreyòl ayisyen",
    "it": "Italiano",
    "ko": "한국어",
    "pl": "Polski",
    "pt": "Português",
    "ru": "Русский",
    "so": "Soomaali",
    "tl": "Tagalog",
    "vi": "Tiếng Việt",
    "zh": "中文",
}
"""What speakers call their language, for those of which the messages know the English name."""

MAX_NAME = 80


class EditError(StaffError):
    """A file that stays as it is, and why."""


class Approved(NamedTuple):
    """A file's text with its approval, and the mark of the words in each language."""

    text: str
    marks: Mapping[str, str]
    version: str


def approve(text: str, findings: Findings, by: str, on: str) -> Approved:
    """Return the text of a file without errors with the approval of exactly its words.

    `check_signature` says whether name and day are valid. `EditError` if the version is still that of other
    words, which saved records could then not tell apart.
    """
    reader, content = findings.reader, findings.content
    if reader is None or content is None or not isinstance(findings.root, MapNode):
        raise AssertionError  # the caller checked
    marks = fingerprints(reader)
    _check_version(findings, marks, content.version)
    fields = {"approved_by": _as_yaml(by), "approved_on": _as_yaml(on), "version": _as_yaml(content.version)}
    listed = ", ".join(f"{code}: {_as_yaml(mark)}" for code, mark in marks.items())
    approval = ", ".join(
        [*(f"{key}: {value}" for key, value in fields.items()), f"fingerprint: {{{listed}}}"]
    )
    return Approved(_with_approval(text, f"approval: {{{approval}}}"), marks, content.version)


def check_signature(by: str, on: str) -> None:
    """Raise `WrongUsage` for a name that nobody has, or a day that is none or is still to come."""
    if not by.strip() or len(by) > MAX_NAME or first_hidden(by) or "\n" in by:
        raise WrongUsage(
            f"--by needs the name of the person who approved the words, up to {MAX_NAME} characters."
        )
    try:
        day = dt.date.fromisoformat(on)
    except ValueError:
        day = None
    if day is None or day.isoformat() != on:
        raise WrongUsage(f"--on {quoted(on)} is not a day. Write year, month and day, such as 2026-11-30.")
    if day > dt.datetime.now().astimezone().date():
        raise WrongUsage(f"--on {on} is still to come. Write the day of the signature, and check the clock.")


def _check_version(findings: Findings, marks: Mapping[str, str], version: str) -> None:
    before = approved_marks(findings.root)
    root = findings.root
    approval = root.entries.get("approval") if isinstance(root, MapNode) else None
    named = approval.entries.get("version") if isinstance(approval, MapNode) else None
    if before and before != marks and getattr(named, "value", "") == version:
        raise EditError(
            f"The words changed since version {version} was approved, and this is still version {version}."
            " Raise version in the file, then approve again: saved records name it."
        )


def _as_yaml(value: str) -> str:
    escaped = value.strip().replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _with_approval(text: str, line: str) -> str:
    """Return the text with this line instead of its approval, or after `languages` if it has none."""
    places = _top_level(text)
    if "approval" in places:
        start, end = places["approval"]
        return text[:start] + line + text[end:]
    _, end = places["languages"]
    end = _line_end(text, end)
    return f"{text[:end]}\n{line}{text[end:]}"


def _top_level(text: str) -> dict[str, tuple[int, int]]:
    """Return where each key at the top begins, and where its value ends."""
    found: dict[str, tuple[int, int]] = {}
    depth, key, start, end = 0, "", 0, 0
    for event in _events(text):
        depth -= _closes(event)
        if depth == 1 and not _closes(event) and not key:
            key, start = getattr(event, "value", ""), event.start_mark.index
        elif depth == 1 and key:
            # A block of lines ends only where the next key begins: its last value tells where it really ends.
            end = event.end_mark.index if _is_whole(event) else end
            if not _opens(event):
                found[key] = (start, end)
                key = ""
        else:
            end = event.end_mark.index
        depth += _opens(event)
    return found


def _events(text: str) -> Iterator[Any]:
    return iter(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def _opens(event: Any) -> bool:
    return isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent)


def _closes(event: Any) -> bool:
    return isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent)


def _is_whole(event: Any) -> bool:
    """Return whether an event has characters of its own: a scalar, or the bracket that closes a list."""
    return bool(event.end_mark.index > event.start_mark.index)


class Added(NamedTuple):
    """A file's text with places for another language: its name, and how many places there are."""

    text: str
    name: str
    places: int


def add_language(text: str, code: str, name: str = "") -> Added:
    """Return the text of a file with an empty place for a language beside each text that lacks it.

    `WrongUsage` for a code or a name that no language has; `EditError` if every text has it already.
    """
    if not re.fullmatch(LANGUAGE.regex, code):
        raise WrongUsage(f"{quoted(code)} is not the code of a language. Write one such as fr or pt-BR.")
    known = _reader(text).languages
    name = known.get(code) or name.strip() or OWN_NAMES.get(base_language(code), "")
    if not name or len(name) > MAX_NAME or first_hidden(name):
        raise WrongUsage(f"What is {code} called by those who speak it? Add --name NAME.")
    if code not in known:
        text = _with_listed(text, code, name)
    reader = _reader(text)
    starts = {_start(place) for place in reader.missing.get(code, ())}
    if not starts:
        english = ENGLISH_NAMES.get(code, code)
        raise EditError(f"Every text has a place for {english} ({code}). Run: fibrocheck content check")
    return Added(_with_places(text, starts, code), name, len(starts))


def _reader(text: str) -> Reader:
    reader = parse(text.encode()).reader
    if reader is None:
        raise AssertionError  # the caller checked that it is YAML
    return reader


def _start(place: Any) -> int:
    """Return where the key of a text begins in the file, or a text that is an entry of a list."""
    index: int = place[2].mark.index
    return index


def _with_listed(text: str, code: str, name: str) -> str:
    """Return the text with the language under `languages`."""
    for group in _groups(text):
        if group.keys and group.path == ("languages",):
            return _inserted(text, group, f"{code}: {_as_yaml(name)}")
    raise AssertionError  # a file without languages has errors


def _with_places(text: str, starts: set[int], code: str) -> str:
    """Return the text with an empty place for the language in each group that begins there."""
    groups: dict[int, Group] = {}
    for group in _groups(text):  # inner groups come first: an entry can begin where its own first key does
        groups.setdefault(group.start, group)
    wanted = [group for start, group in groups.items() if start in starts]
    for group in sorted(wanted, key=lambda each: each.end, reverse=True):
        text = _inserted(text, group, f'{code}: ""')
    return text


class Group(NamedTuple):
    """Keys with their values in the text."""

    start: int
    """Where the key begins that leads to them; where they begin themselves, in a list."""
    end: int
    column: int
    is_in_braces: bool
    is_block_text: bool
    """Whether the last value is lines after | or >, which end at the next key."""
    path: tuple[str, ...]
    keys: tuple[str, ...]


def _inserted(text: str, group: Group, entry: str) -> str:
    if group.is_in_braces:
        return f"{text[: group.end]}, {entry}{text[group.end :]}"
    end = len(text[: group.end].rstrip()) if group.is_block_text else _line_end(text, group.end)
    return f"{text[:end]}\n{' ' * group.column}{entry}{text[end:]}"


def _line_end(text: str, at: int) -> int:
    """Return the end of a line: a comment after a value stays beside it."""
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _groups(text: str) -> Iterator[Group]:
    """Yield each group of keys, such as a text in every language; inner groups before outer ones."""
    open_maps: list[_Open] = []
    for event in _events(text):
        if _opens(event):
            leads = open_maps[-1].key_start if open_maps and open_maps[-1].waits else None
            _note_value(open_maps, event)
            open_maps.append(_Open(event, leads))
        elif _closes(event):
            closed = open_maps.pop()
            if closed.is_map and closed.keys:
                names = tuple(each.key for each in open_maps if each.is_map)
                yield closed.group(names)
            if open_maps:
                open_maps[-1].end = closed.end
        elif isinstance(event, yaml.ScalarEvent | yaml.AliasEvent) and open_maps:
            _note_value(open_maps, event)


def _note_value(open_maps: "list[_Open]", event: Any) -> None:
    if open_maps:
        open_maps[-1].note(event)


class _Open:
    """A list or a group of keys that is being read."""

    def __init__(self, event: Any, leads: int | None) -> None:
        self.is_map = isinstance(event, yaml.MappingStartEvent)
        self.start = event.start_mark.index if leads is None else leads
        self.flow, self.key_start = bool(event.flow_style), 0
        self.keys: list[str] = []
        self.key, self.waits, self.column = "", False, event.start_mark.column
        self.end, self.style = event.end_mark.index, ""

    def note(self, event: Any) -> None:
        """Take the next key or value."""
        if self.is_map and not self.waits:
            self.key, self.waits = str(getattr(event, "value", "")), True
            self.keys.append(self.key)
            self.key_start = event.start_mark.index
            return
        self.waits = False
        self.end, self.style = event.end_mark.index, str(getattr(event, "style", "") or "")

    def group(self, names: tuple[str, ...]) -> Group:
        """Return it as a group."""
        return Group(
            self.start, self.end, self.column, self.flow, self.style in {"|", ">"}, names, tuple(self.keys)
        )
