"""The program's own words in questions.yaml, and what the program fills in to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.content.program_words import NAMES, program_words
from fibrocheck.content.values.groups import Key, KeyGroup
from fibrocheck.content.values.texts import LocalizedText

if TYPE_CHECKING:
    from typing import Any

    from fibrocheck.content.reader import Reader

FILLED_IN = {
    "position": ("number", "total"),
    "question_place": ("number", "total", "part"),
    "screenful": ("number", "total"),
    "changed_to": ("answer",),
    "erased_in": ("seconds",),
    "time_ends_in": ("seconds",),
    "more_below": ("number",),
    "more_above": ("number",),
    "plain_language": ("language",),
    "plain_range": ("last",),
    "plain_not_a_choice": ("typed",),
    "saved": ("file",),
    "for_staff": ("reason",),
    "staff_wait": ("seconds",),
    "plain_choose": ("last",),
    "plain_erased_in": ("seconds",),
    "you_marked": ("answer",),
    "you_chose": ("answer",),
    "approved": ("name", "date"),
    "list_erased_in": ("seconds",),
    "closes_in": ("seconds",),
    "tell_number": ("number",),
    "goodbye_code": ("code",),
    "date_in_words": ("day", "month", "year"),
    "wording_version": ("version",),
    "aloud_intro": ("key",),
    "aloud_question": ("position",),
    "aloud_key": ("label", "key"),
    "aloud_key_short": ("label", "key"),
    "aloud_rows": ("number",),
    "aloud_rows_lines": ("number",),
    "desk_to_do": ("number",),
    "desk_done": ("number",),
    "desk_unclaimed": ("number",),
    "desk_new": ("number", "language", "time"),
    "desk_new_no_time": ("number", "language"),
    "desk_list": ("number",),
    "desk_code_length": ("number", "length"),
    "desk_searching": ("day",),
    "desk_search_stopped": ("day",),
    "desk_save_ask": ("folder",),
    "desk_code_held": ("day", "language"),
    "desk_appointment_day": ("appointment",),
    "desk_appointment_day_before": ("appointment", "day"),
    "desk_taken": ("number",),
    "desk_visit": ("appointment",),
    "desk_patient_found": ("name", "day"),
    "desk_patient": ("patient",),
    "desk_call_open": ("name", "time"),
    "desk_open_elsewhere": ("name", "time"),
    "desk_kept_beside": ("number", "other"),
    "desk_remove_ask": ("number",),
    "desk_removed": ("number",),
    "desk_due": ("number",),
    "desk_removed_number": ("number",),
    "desk_differs": ("question", "yours", "newest"),
    "desk_kept": ("number",),
    "desk_kept_aside": ("number",),
    "desk_call": ("number",),
    "desk_open_lines": ("number",),
    "desk_far_day": ("day",),
}
"""What the program fills in to its own words; every language must have it in braces."""
MAY_BE_FILLED_IN = {"plain_not_understood": ("last",)}
"""What the program fills in if a language has it in braces."""

UNUSED_WORDS = (
    "space_key",
    "summary",
    "date",
    "read_again",
    "save_copy",
    "print_page",
    "printed",
    "plain_clear",
    "desk_told_skipped",
)
"""The program's own words in files of version 2026.11.6 and before, which no page shows any more."""


def _shipped_words(names: list[str], reader: Reader) -> dict[str, Any]:
    """Return those of the program's own words that ship in every language of the file."""
    from fibrocheck.content.shipped_words import shipped_words  # only for a file that lacks some

    return shipped_words(names, tuple(reader.languages))


def _filled_in(name: str) -> Key:
    required, optional = FILLED_IN.get(name, ()), MAY_BE_FILLED_IN.get(name, ())
    filled_in = " and ".join([f"{{{each}}}" for each in (*required, *optional)])
    return Key(LocalizedText(required, optional), f"Words of the program itself, which fills in {filled_in}.")


PROGRAM_WORDS = KeyGroup(
    "the words of the program",
    program_words,
    dict.fromkeys(NAMES, Key(LocalizedText(), "Words of the program itself."))
    | {name: _filled_in(name) for name in (*FILLED_IN, *MAY_BE_FILLED_IN)}
    | dict.fromkeys(UNUSED_WORDS, Key(LocalizedText(), "No longer shown to anyone.", is_unused=True)),
    supply=_shipped_words,
)
