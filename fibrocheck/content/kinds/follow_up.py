"""How a follow-up question of any kind is read from a questions.yaml."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fibrocheck.content.kinds import table
from fibrocheck.content.model import FOLLOW_UP, ONE_CHOICE, SYMPTOM, FollowUp
from fibrocheck.content.nodes import MapNode
from fibrocheck.content.reader import QUESTION, SECTION_NAMES, path
from fibrocheck.content.values.groups import Key, KeyGroup, ListOf
from fibrocheck.content.values.texts import LocalizedText
from fibrocheck.content.values.words import NewId, Reference, WholeNumber

if TYPE_CHECKING:
    from typing import Any

    from fibrocheck.content.kinds.kind import Kind
    from fibrocheck.content.nodes import Node
    from fibrocheck.content.reader import Place, Reader
    from fibrocheck.content.values.base import Schema


class FollowUpQuestion:
    """A follow-up question of any kind, as a value type."""

    __slots__ = ("groups",)

    def __init__(self) -> None:
        """Give each kind its own keys besides those of every follow-up."""
        self.groups = {kind.id: _group(kind) for kind in table.IN_ORDER}

    def read(self, node: Node, place: Place, reader: Reader) -> object:
        """Return the `FollowUp`."""
        return self.groups[_kind_in(node)].read(node, place, reader)

    def schema(self) -> Schema:
        """Return an object with the keys of any kind; an editor cannot know which belong together."""
        first, *others = [group.schema() for group in self.groups.values()]
        for other in others:
            first["properties"] |= other["properties"]
            first["required"] = [key for key in first["required"] if key in other["required"]]
        return first


def _kind_in(node: Node) -> str:
    return next(
        (kind.id for kind in table.IN_ORDER if isinstance(node, MapNode) and kind.fits(node)), ONE_CHOICE
    )


def _group(kind: Kind) -> KeyGroup:
    make, check = partial(_follow_up, kind), partial(_check, kind)
    return KeyGroup("a follow-up question", make, _shared_keys() | kind.keys(), check)


def _shared_keys() -> dict[str, Key]:
    """Return the keys of every follow-up."""
    new_id = NewId(QUESTION, FOLLOW_UP, reserved=SECTION_NAMES)
    symptoms = ListOf(Reference(QUESTION, (SYMPTOM,)), "symptom", unique=True)
    return {
        "id": Key(new_id, "Identifies it in saved copies. Never change it."),
        "term": Key(LocalizedText(), "A short label for the page where answers are checked."),
        "ask": Key(LocalizedText(), "The question."),
        "why": Key(LocalizedText(), "Why we ask."),
        "if_marked": Key(
            symptoms, "Ask only if one of these symptoms is marked. Default: any symptom.", required=False
        ),
        "at_least": Key(WholeNumber(), "How many of them must be marked. Default: one.", required=False),
    }


def _follow_up(kind: Kind, **values: Any) -> FollowUp:
    return FollowUp(kind=kind.id, **kind.fields(values))


def _check(kind: Kind, values: dict[str, Any], node: MapNode, place: Place, reader: Reader) -> None:
    """Check that the question can ever be asked; the rest is up to its kind, at the end."""
    marked = values.get("if_marked", ())
    if marked and values.get("at_least", 1) > len(marked):
        what = (
            f"{path(place)}: at_least is {values['at_least']}, but if_marked lists only {len(marked)} symptom"
        )
        remedy = "Make at_least smaller, or add symptoms to if_marked"
        reader.add(node.keys["at_least"], what + "s" * (len(marked) != 1), remedy)
    reader.final_checks.append(partial(kind.check, values, node, place, reader))
