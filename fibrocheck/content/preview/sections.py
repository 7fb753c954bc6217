"""The rows in the order in which a patient meets them, with what a clinician needs beside them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from fibrocheck.content.model import Content, FollowUp, Source
from fibrocheck.content.preview.rows import Row

LABELS = {
    "title": "Title",
    "term": "The clinic's term",
    "ask": "Question",
    "why": "Why we ask",
    "learn": "Read by those who marked it",
    "tell_your_clinician": "Worth telling your clinician",
    "self_care": "Some people find this helps",
    "chart": "In a clinician's note",
    "label": "Answer",
    "question": "Question",
    "answer": "Answer",
    "privacy_chart": "Privacy, where lists can be sent",
    "same_day_title": "Heading for the same day",
    "no_triage": "What this program does not do",
    "also": "Also",
    "emergency": "Call 911",
    "crisis": "Thoughts of self-harm",
    "same_day": "Care the same day",
    "other_conditions": "Other conditions",
    "faq_title": "Heading",
    "paragraphs": "Paragraph",
    "questions": "Question",
    "bring": "What to bring",
    "bring_too": "What else to bring",
    "ask_at_desk": "If there is no phone, address or link",
    "answers": "Answer",
}
"""What the keys of the file are called here; any other is shown as it is, without underscores."""

_NAME = "Its name, on paper and in chart notes"
_ENTRIES = {"symptom": "Symptom", "factor": "Factor", "follow-up": "Follow-up question", "faq": "Question"}
"""What the entries of the file's lists are called here."""

FOR_STAFF = ("words, desk_", "words, staff_", "words, for_staff")
FOR_PATIENTS = frozenset({"words, desk_has_change", "words, desk_keeps"})
"""What patients read although its name begins like the words for staff."""


class Block(NamedTuple):
    """Rows that belong together, with the sources of what they say."""

    title: str
    note: str
    rows: tuple[Row, ...]
    sources: tuple[Source, ...] = ()


class Section(NamedTuple):
    """A part of the page."""

    id: str
    title: str
    note: str
    blocks: tuple[Block, ...]


_SECTIONS = (
    ("welcome", "The first page", "Everyone reads it before the first question.", ("title", "welcome")),
    (
        "safety",
        "The safety notice",
        "Everyone reads it at the start. At the end it is behind one key, and it is on the paper.",
        ("safety",),
    ),
    ("answers", "The answers to choose from", "Under each symptom and each factor.", ("answers",)),
    ("symptoms", "Symptoms", "One question a page. Every question can be skipped.", ("symptoms",)),
    ("follow-ups", "Questions that are asked only for a reason", "", ("follow_ups",)),
    ("factors", "Possible factors", "Yes is what the patient tells us, not a diagnosis.", ("factors",)),
    ("next-step", "The next step", "The same for everyone.", ("next_step", "questions_to_ask")),
    ("get-help", "When to get help", "The same for everyone, after the safety notice.", ("get_help",)),
    ("about", "What it is", "The same for everyone who opens it.", ("about",)),
    ("faq", "Questions people ask", "The same for everyone who opens them.", ("faq_title", "faq")),
    ("care", "How the clinic works", "The same for everyone who opens it.", ("care",)),
    ("words", "The program's own words", "Keys, messages, labels, and the printed page.", ("words",)),
    ("staff", "Words for staff", "Patients do not see these; callers hear the script.", ("staff",)),
)
"""Id, title, what to know, and the sections of the file that are in it."""


def sections_of(rows: Sequence[Row], content: Content, headings: Mapping[int, str]) -> list[Section]:
    """Return every row in its section; `headings` are comments of the file by the line after them."""
    known = {name for *_, names in _SECTIONS for name in names}
    found = []
    for id_, title, note, names in _SECTIONS:
        own = [row for row in rows if _home(row) in names]
        groups = _under(own, headings) if id_ in {"words", "staff"} else _by_entry(own)
        found.append(Section(id_, title, note, tuple(_block(*group, content) for group in groups)))
    others = tuple(row for row in rows if _home(row) not in known)
    if others:
        found.append(Section("other", "Other texts", "", (Block("", "", others),)))
    return [section for section in found if section.blocks]


def _home(row: Row) -> str:
    is_for_staff = row.path.startswith(FOR_STAFF) and row.path not in FOR_PATIENTS
    return "staff" if is_for_staff else row.where[0]


def _by_entry(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.entry, []).append(row)
    yield from groups.items()


def _under(rows: Sequence[Row], headings: Mapping[int, str]) -> Iterator[tuple[str, list[Row]]]:
    """Yield the rows under the comments of the file, which say what the words are for."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        above = [line for line in headings if line <= row.line]
        groups.setdefault(headings[max(above)] if above else "", []).append(row)
    yield from groups.items()


def _block(name: str, rows: Sequence[Row], content: Content) -> Block:
    _, _, id_ = name.partition(" ")
    return Block(_title(name, content), _note(id_, content), tuple(rows), _sources(name, id_, content))


def _title(name: str, content: Content) -> str:
    """Return what an entry is about: the clinic's term, or what people ask; a comment as it is."""
    kind, _, id_ = name.partition(" ")
    if kind not in _ENTRIES:
        return name if id_ else ""
    known = {each.id: each.term for each in content.questions} | {
        each.id: each.question for each in content.faq
    }
    return f"{_ENTRIES[kind]}: {_first(known[id_]) if id_ in known else id_}"


def _note(id_: str, content: Content) -> str:
    """Return when a question is asked, if not of everyone, and whether it is private."""
    question = next((each for each in content.questions if each.id == id_), None)
    if isinstance(question, FollowUp):
        return _when(question, content)
    return "Marked as private." if question is not None and question.sensitive else ""


def _when(question: FollowUp, content: Content) -> str:
    terms = [_first(item.term) for item in content.symptoms if item.id in question.if_marked]
    verb = "is" if question.at_least == 1 else "are"
    which = f" of {', '.join(terms)}" if terms else " symptom" if question.at_least == 1 else " symptoms"
    offered = " The marked symptoms are the first answers." if question.offer_marked else ""
    return f"Asked if at least {question.at_least}{which} {verb} marked.{offered}"


def _first(text: Mapping[str, str]) -> str:
    return next(iter(text.values()))


def _sources(name: str, id_: str, content: Content) -> tuple[Source, ...]:
    """Return where the facts of a block come from."""
    holders = {
        "safety": content.safety.sources,
        "get_help": content.get_help.sources,
        "about": content.about.sources,
        "care": content.care.sources,
    }
    holders |= {each.id: each.sources for each in content.items} | {
        each.id: each.sources for each in content.faq
    }
    return tuple(content.sources[each] for each in holders.get(id_ or name, ()))


def label(row: Row) -> str:
    """Return what a text is, as a content editor would say it."""
    if row.where == ("title",):
        return _NAME
    if row.where[-1] == "label" or row.where[0] == "answers":
        return LABELS["answers"]
    part = row.path.removeprefix(row.entry).lstrip(", ") or row.where[-1]
    key, *rest = part.split(", ")
    shown = LABELS.get(key, key.replace("_", " ").capitalize())
    return ", ".join([shown, *(each.replace("entry ", "") for each in rest)])
