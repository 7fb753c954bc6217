"""The clinic in questions.yaml, and its approval of the wording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.content.model import Approval, Clinic
from fibrocheck.content.reader import path
from fibrocheck.content.values.groups import Key, KeyGroup, MapOf
from fibrocheck.content.values.words import LANGUAGE, VERSION, Date, Flag, Https, SingleLine
from fibrocheck.text_safety import quoted

if TYPE_CHECKING:
    from typing import Any

    from fibrocheck.content.nodes import MapNode
    from fibrocheck.content.reader import Place, Reader

SENDS_TO_CHART = "staff may send a list to the clinic's server"


def _approval(approved_by: str = "", approved_on: str = "", **_: object) -> Approval:
    """Return the approval; only the check needs to know which words were approved."""
    return Approval(approved_by, approved_on)


def _check_approval(values: dict[str, Any], node: MapNode, place: Place, reader: Reader) -> None:
    """Check that `approved_by` and `approved_on` are given together."""
    if bool(values.get("approved_by")) != bool(values.get("approved_on")):
        given = "approved_by" if values.get("approved_by") else "approved_on"
        what = f"{path(place)}: approved_by and approved_on must be given together"
        reader.add(node.keys.get(given, node), what, "Fill in both, or leave both empty")


def _check_clinic_language(values: dict[str, Any], node: MapNode, place: Place, reader: Reader) -> None:
    """Check that the language that clinicians read is one of the file's."""
    language = values.get("language")
    if language and reader.languages and language not in reader.languages:
        what = f"{path(place)}: its language is {quoted(language)}, which is not in languages"
        reader.add(node.keys["language"], what, f"Correct the code, or add {language} to languages")


CLINIC = KeyGroup(
    "the clinic",
    Clinic,
    {
        "name": Key(SingleLine(), "The clinic's name."),
        "phone": Key(SingleLine(may_be_empty=True), "Shown if given.", required=False),
        "address": Key(SingleLine(may_be_empty=True), "Shown if given.", required=False),
        "booking_url": Key(Https(may_be_empty=True), "Shown if given, also as a QR code.", required=False),
        "language": Key(
            LANGUAGE,
            "The language that clinicians read, such as en. The first one by default.",
            required=False,
        ),
        "sends_to_chart": Key(
            Flag(),
            f"true if {SENDS_TO_CHART}. Patients then read privacy_chart.",
            required=False,
        ),
    },
    check=_check_clinic_language,
)

APPROVAL = KeyGroup(
    "the approval",
    _approval,
    {
        "approved_by": Key(SingleLine(may_be_empty=True), "Who approved the wording.", required=False),
        "approved_on": Key(Date(), "When, such as 2026-11-30.", required=False),
        "version": Key(VERSION, "The version that was approved.", required=False),
        "fingerprint": Key(
            MapOf(LANGUAGE, VERSION, "language"),
            "For each language, what fibrocheck content check says about the approved words.",
            required=False,
        ),
    },
    check=_check_approval,
)
