"""The kinds of question: how a follow-up gets its kind, what each refuses, and what a new one needs."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest

from fibrocheck.content.kinds import choices, table
from fibrocheck.content.kinds.follow_up import FollowUpQuestion
from fibrocheck.content.kinds.kind import Kind
from fibrocheck.content.kinds.table import KINDS
from fibrocheck.content.model import ONE_CHOICE, SEVERAL_CHOICES, Choice, Content, FollowUp
from fibrocheck.content.nodes import MapNode, compose
from fibrocheck.content.parsing import parse
from fibrocheck.content.reader import Reader
from fibrocheck.content.values.groups import Key
from fibrocheck.content.values.words import ID
from fibrocheck.questions import kind_of, labels, offered
from fibrocheck.records.elements import to_json
from fibrocheck.records.questionnaire import questionnaire
from fibrocheck.records.record import Record
from fibrocheck.records.response import write_response
from tests.asking.driving import in_lines, on_screen
from tests.records.written import read_response

from .examples import completed

FOLLOW_UP = """follow_ups:
  - id: f
    term: {en: "T", es: "T"}
    ask: {en: "A?", es: "¿A?"}
    why: {en: "W", es: "W"}
"""
TWO = "    choices: [{id: a, label: {en: A, es: A}}, {id: b, label: {en: B, es: B}}]\n"


def many(number: int) -> str:
    """Return a key with that many choices."""
    rows = ", ".join(f"{{id: c{each}, label: {{en: C, es: C}}}}" for each in range(number))
    return f"    choices: [{rows}]\n"


def follow_up(keys: str) -> FollowUp:
    """Return a follow-up with these keys."""
    content = parse(completed((FOLLOW_UP + keys).encode())).content
    assert content
    return content.follow_ups[0]


def problems(keys: str) -> list[str]:
    """Return the problems of a follow-up with these keys."""
    found = parse(completed((FOLLOW_UP + keys).encode())).problems
    return [f"{problem.what}. {problem.remedy}." for problem in found]


def test_the_table_has_each_kind_by_its_id() -> None:
    assert list(KINDS) == [kind.id for kind in KINDS.values()] == [SEVERAL_CHOICES, ONE_CHOICE]


def test_the_last_kind_fits_every_follow_up() -> None:
    node = compose("id: f\nsomething: new\n", [])
    assert isinstance(node, MapNode)
    assert list(KINDS.values())[-1].fits(node)


@pytest.mark.parametrize(
    ("keys", "kind"),
    [("", ONE_CHOICE), ("    several: false\n", ONE_CHOICE), ("    several: true\n", SEVERAL_CHOICES)],
)
def test_several_decides_the_kind(keys: str, kind: str) -> None:
    question = follow_up(keys + TWO)
    assert question.kind == kind
    assert kind_of(question).several is (kind == SEVERAL_CHOICES)
    assert [choice.id for choice in question.choices] == ["a", "b"]


def test_every_symptom_and_factor_is_answered_by_one_choice(content: Content) -> None:
    assert {kind_of(item) for item in content.items} == {choices.ONE}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_kind_offers_the_marked_symptoms_before_its_choices(kind: Kind, content: Content) -> None:
    own = (Choice("other", {"en": "Other", "es": "Otro"}),)
    question = content.follow_ups[0]._replace(kind=kind.id, choices=own, offer_marked=True)
    assert list(labels(question, content)) == [*[item.id for item in content.symptoms], "other"]
    assert offered(question, content, {"sleep": "most-days"}) == ("sleep", "other")


WRONG = {
    "": "follow-up f: lacks the key choices. Add choices: under it.",
    "    choices: []\n": "follow-up f, choices: has no choices. A question needs at least 2.",
    many(1): "follow-up f, choices: has 1 choice. A question needs at least 2.",
    many(21): "follow-up f, choices: has 21 choices. Keep at most 20: more do not fit on one page.",
    "    offer_marked: true\n    choices: []\n": (
        "follow-up f, choices: has 1 choice, counting 1 marked symptom. A question needs at least 2."
    ),
    "    offer_marked: true\n" + many(20): (
        "follow-up f, choices: has 21 choices, counting 1 marked symptom. "
        "Keep at most 20: more do not fit on one page."
    ),
    "    offer_marked: true\n" + TWO.replace("id: a", "id: pain"): (
        'follow-up f, choice "pain": has the id of a symptom that is offered too. Give the choice another id.'
    ),
    "    offer_marked: 1\n" + TWO: (
        'follow-up f, offer_marked: must be true or false, but is the text "1". '
        "Write true or false, without quotes."
    ),
    "    at_least: 2\n    if_marked: [pain]\n" + TWO: (
        "follow-up f: at_least is 2, but if_marked lists only 1 symptom. "
        "Make at_least smaller, or add symptoms to if_marked."
    ),
    "    scale: {from: 0, to: 10}\n" + TWO: (
        'follow-up f: unknown key "scale". Remove it; the keys of a follow-up question are '
        "id, term, ask, why, if_marked, at_least, choices, several, offer_marked."
    ),
}


@pytest.mark.parametrize("several", ["", "    several: true\n"], ids=[ONE_CHOICE, SEVERAL_CHOICES])
@pytest.mark.parametrize("keys", WRONG)
def test_wrong_keys_get_these_messages_in_either_kind(keys: str, several: str) -> None:
    assert problems(several + keys) == [WRONG[keys]]


def test_a_wrong_value_of_several_is_reported_and_taken_for_one_choice() -> None:
    message = (
        'follow-up f, several: must be true or false, but is the text "perhaps". '
        "Write true or false, without quotes."
    )
    assert problems("    several: perhaps\n" + TWO) == [message]


class Letters:
    """A third kind of question: one letter of a word, as `letters: abc`."""

    id = "letters"
    several = False
    fhir_control = ("radio-button", "Radio Button")

    def labels(self, question: Any, content: Content) -> Any:
        """Return the letters."""
        del content
        return {choice.id: choice.label for choice in question.choices}

    def fits(self, node: MapNode) -> bool:
        """Return whether there is such a key."""
        return "letters" in node.entries

    def keys(self) -> dict[str, Key]:
        """Return the one key."""
        return {"letters": Key(ID, "The letters.")}

    def fields(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the letters as choices."""
        letters = values.pop("letters")
        return values | {
            "choices": tuple(Choice(each, dict.fromkeys(values["ask"], each)) for each in letters)
        }

    def check(self, values: Any, node: Any, place: Any, reader: Any) -> None:
        """Accept everything."""


@pytest.fixture
def with_letters(monkeypatch: pytest.MonkeyPatch, content: Content) -> Content:
    """The fixture with a follow-up of a kind that only this test knows."""
    letters: Kind = Letters()
    monkeypatch.setattr(table, "IN_ORDER", (letters, *KINDS.values()))
    monkeypatch.setitem(KINDS, letters.id, letters)
    text = "{id: f, term: {en: T, es: T}, ask: {en: A, es: A}, why: {en: W, es: W}, letters: abc}"
    reader = Reader([])
    node = compose(text, reader.problems)
    question = FollowUpQuestion().read(node, (None, "", node), reader)
    assert reader.problems == []
    assert isinstance(question, FollowUp)
    return content._replace(follow_ups=(question,))


@pytest.mark.parametrize("play", [in_lines, on_screen], ids=["plain", "screen"])
def test_another_kind_is_asked_and_recorded_without_further_code(with_letters: Content, play: Any) -> None:
    symptoms, factors = len(with_letters.symptoms), len(with_letters.factors)
    visit = play(with_letters, [1, *[1] * symptoms, 2, 1, *[2] * factors])
    assert visit.answers["f"] == "b"
    assert "f" in to_json(questionnaire(with_letters))
    record = write_response(Record(visit.answers, "en", datetime.now(UTC), uuid.uuid4()), with_letters)
    assert read_response(to_json(record), with_letters).answers == visit.answers
