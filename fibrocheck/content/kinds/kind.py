"""What a kind of question decides: how it is read, what may answer it, how it is asked and recorded.

A new kind is one file in this folder and one row in `table`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from fibrocheck.content.model import Content, Question, Text
    from fibrocheck.content.nodes import MapNode
    from fibrocheck.content.reader import Place, Reader
    from fibrocheck.content.values import Key


class FhirItem(NamedTuple):
    """How a kind is represented in FHIR R4 (Questionnaire.item)."""

    type: str
    """The item's type, such as "choice"."""
    control: tuple[str, str]
    """Code and display of the item control, from HL7's code system questionnaire-item-control."""


class Kind(NamedTuple):
    """A kind of question."""

    id: str
    several: bool
    """Whether the answer is a tuple of codes; otherwise it is one code."""
    labels: Callable[[Question, Content], dict[str, Text]]
    """Every code that can ever answer such a question, in order, with its words."""
    fhir: FhirItem
    is_meant: Callable[[MapNode], bool]
    """Whether a follow-up in questions.yaml is of this kind."""
    keys: Callable[[], dict[str, Key]]
    """The keys that such a follow-up has in questions.yaml besides those of every follow-up."""
    fields: Callable[[dict[str, Any]], dict[str, Any]]
    """The fields of a `FollowUp`, from the values of all its keys."""
    check: Callable[[dict[str, Any], MapNode, Place, Reader], None]
    """Checks these keys together, once the whole file has been read."""
