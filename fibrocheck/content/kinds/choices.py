"""Questions answered by choosing from a list: one choice, or any number of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.content.kinds.kind import FhirItem, Kind
from fibrocheck.content.model import FollowUp
from fibrocheck.text_safety import quoted

if TYPE_CHECKING:
    from typing import Any

    from fibrocheck.content.model import Content, Question, Text
    from fibrocheck.content.nodes import MapNode
    from fibrocheck.content.reader import Place, Reader
    from fibrocheck.content.values import Key

MIN_CHOICES, MAX_CHOICES = 2, 20


def _labels(question: Question, content: Content) -> dict[str, Text]:
    """The choices; where marked symptoms are offered, all symptoms by their terms come first."""
    own = {choice.id: choice.label for choice in question.choices}
    if isinstance(question, FollowUp) and question.offer_marked:
        return {item.id: item.term for item in content.symptoms} | own
    return own


def _takes_several(node: MapNode) -> bool:
    return getattr(node.entries.get("several"), "value", "") == "true"


def _keys() -> dict[str, Key]:
    from fibrocheck.content.model import Choice
    from fibrocheck.content.reader import CHOICE
    from fibrocheck.content.values import Flag, Key, KeyGroup, ListOf, LocalizedText, NewId

    choice = KeyGroup(
        "a choice",
        Choice,
        {
            "id": Key(NewId(CHOICE, CHOICE), "Names the choice in saved copies. Never change it."),
            "label": Key(LocalizedText(), "The words of the choice."),
        },
    )
    return {
        "choices": Key(ListOf(choice, "choice"), "Two to twenty answers."),
        "several": Key(Flag(), "true when more than one choice can be marked.", needed=False),
        "offer_marked": Key(Flag(), "true to offer the marked symptoms before the choices.", needed=False),
    }


def _check(values: dict[str, Any], node: MapNode, place: Place, reader: Reader) -> None:
    """Check how many choices there are: with the symptoms offered, which are known only at the end."""
    from fibrocheck.content.reader import path

    if "choices" not in node.entries:
        return
    own = len(values["choices"])
    offered = _offered(values, reader)
    key = node.keys["choices"]
    together = f" (with the {len(offered)} symptoms it offers)" if offered else ""
    if own + len(offered) < MIN_CHOICES:
        what = f"{path(place)}.choices has fewer than two choices{together}"
        reader.add(key, what, "A question needs two or more")
    if own + len(offered) > MAX_CHOICES:
        what = f"{path(place)}.choices has {own + len(offered)} choices{together}"
        reader.add(key, what, f"Keep {MAX_CHOICES} or fewer: more do not fit on one page")
    if offered:
        _check_clash(offered, node, place, reader)


def _offered(values: dict[str, Any], reader: Reader) -> frozenset[str]:
    """The symptoms that come before the choices when all of them are marked."""
    if not values.get("offer_marked"):
        return frozenset()
    symptoms = reader.symptoms()
    named = frozenset(values.get("if_marked", ()))
    return symptoms & named if named else symptoms


def _check_clash(offered: frozenset[str], node: MapNode, place: Place, reader: Reader) -> None:
    """A choice must not have the id of a symptom that is offered beside it."""
    from fibrocheck.content.nodes import ListNode, MapNode
    from fibrocheck.content.reader import path

    choices = node.entries["choices"]
    for choice in choices.items if isinstance(choices, ListNode) else ():
        id_ = choice.entries.get("id") if isinstance(choice, MapNode) else None
        value = getattr(id_, "value", None)
        if id_ is not None and value in offered:
            what = f"{path(place)} has a choice with the id {quoted(value)}, which is a symptom it offers too"
            reader.add(id_, what, "Give the choice another id")


def _fields(values: dict[str, Any]) -> dict[str, Any]:
    """`several` is kept as the kind of the question."""
    return {key: value for key, value in values.items() if key != "several"}


SEVERAL_CHOICES = Kind(
    id="several-choices",
    several=True,
    labels=_labels,
    fhir=FhirItem("choice", ("check-box", "Check-box")),
    is_meant=_takes_several,
    keys=_keys,
    fields=_fields,
    check=_check,
)

ONE_CHOICE = SEVERAL_CHOICES._replace(
    id="one-choice",
    several=False,
    fhir=FhirItem("choice", ("radio-button", "Radio Button")),
    is_meant=lambda _node: True,
)
