"""Questions answered by choosing from a list: one choice, or any number of them.

What reads them from a file is imported only by the methods that do: visits with the baked questionnaire
read none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.content.model import ONE_CHOICE, SEVERAL_CHOICES, Choice, FollowUp
from fibrocheck.text_safety import quoted

if TYPE_CHECKING:
    from typing import Any

    from fibrocheck.content.model import Content, Question
    from fibrocheck.content.nodes import MapNode
    from fibrocheck.content.reader import Place, Reader
    from fibrocheck.content.text import Text
    from fibrocheck.content.values.groups import Key

MIN_CHOICES, MAX_CHOICES = 2, 20


class Choices:
    """A kind of question that has a list of choices; see `Kind`."""

    __slots__ = ("fhir_control", "id", "several")

    def __init__(self, kind_id: str, fhir_control: tuple[str, str], *, several: bool) -> None:
        """Set what differs between one choice and several."""
        self.id = kind_id
        self.fhir_control = fhir_control
        self.several = several

    def labels(self, question: Question, content: Content) -> dict[str, Text]:
        """Return the choices; if marked symptoms are offered, first the symptoms it is about."""
        own = {choice.id: choice.label for choice in question.choices}
        if isinstance(question, FollowUp) and question.offer_marked:
            named = question.if_marked
            terms = {item.id: item.term for item in content.symptoms if not named or item.id in named}
            return terms | own
        return own

    def fits(self, node: MapNode) -> bool:
        """Return whether `several` says so; one choice fits everything."""
        from fibrocheck.content.nodes import TextNode

        several = node.entries.get("several")
        return not self.several or (isinstance(several, TextNode) and several.value == "true")

    def keys(self) -> dict[str, Key]:
        """Return the keys; they are the same for one choice and for several."""
        from fibrocheck.content.reader import CHOICE
        from fibrocheck.content.values.groups import Key, KeyGroup, ListOf
        from fibrocheck.content.values.texts import LocalizedText
        from fibrocheck.content.values.words import Flag, NewId

        choice = KeyGroup(
            "a choice",
            Choice,
            {
                "id": Key(NewId(CHOICE, CHOICE), "Identifies the choice in saved copies. Never change it."),
                "label": Key(LocalizedText(), "The words of the choice."),
            },
        )
        return {
            "choices": Key(ListOf(choice, "choice"), "Two to twenty answers."),
            "several": Key(Flag(), "true if more than one choice can be marked.", required=False),
            "offer_marked": Key(
                Flag(), "true to offer the marked symptoms before the choices.", required=False
            ),
        }

    def fields(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the values without `several`, which the kind itself says."""
        return {key: value for key, value in values.items() if key != "several"}

    def check(self, values: dict[str, Any], node: MapNode, place: Place, reader: Reader) -> None:
        """Check how many choices there can be on the page, and that their ids differ."""
        from fibrocheck.content.reader import path
        from fibrocheck.content.values.words import check_numbers

        if "choices" not in node.entries:
            return
        offered = _offered(values, reader)
        number = len(values["choices"]) + len(offered)
        counting = f", counting {len(offered)} marked symptom{'s' * (len(offered) != 1)}" if offered else ""
        what = f"{path(place)}, choices: has {number or 'no'} choice{'s' * (number != 1)}{counting}"
        if number < MIN_CHOICES:
            reader.add(node.keys["choices"], what, f"A question needs at least {MIN_CHOICES}")
        if number > MAX_CHOICES:
            remedy = f"Keep at most {MAX_CHOICES}: more do not fit on one page"
            reader.add(node.keys["choices"], what, remedy)
        _check_ids(offered, node, place, reader)
        labels = [getattr(choice, "label", None) or {} for choice in values["choices"]]
        check_numbers(
            [label.values() for label in labels],
            (place, "choices", node.keys["choices"]),
            reader,
            come_first=not offered,
        )


def _offered(values: dict[str, Any], reader: Reader) -> frozenset[str]:
    """Return the symptoms that come before the choices if all of them are marked."""
    if not values.get("offer_marked"):
        return frozenset()
    named = frozenset(values.get("if_marked", ()))
    return reader.symptom_ids() & named if named else reader.symptom_ids()


def _check_ids(offered: frozenset[str], node: MapNode, place: Place, reader: Reader) -> None:
    """Check that no choice has the id of a symptom that is offered beside it."""
    from fibrocheck.content.nodes import ListNode, MapNode, TextNode
    from fibrocheck.content.reader import path

    choices = node.entries["choices"]
    for choice in choices.items if isinstance(choices, ListNode) else ():
        id_ = choice.entries.get("id") if isinstance(choice, MapNode) else None
        if isinstance(id_, TextNode) and id_.value in offered:
            what = f"{path(place)}, choice {quoted(id_.value)}: has the id of a symptom that is offered too"
            reader.add(id_, what, "Give the choice another id")


SEVERAL = Choices(SEVERAL_CHOICES, ("check-box", "Check-box"), several=True)
ONE = Choices(ONE_CHOICE, ("radio-button", "Radio Button"), several=False)
