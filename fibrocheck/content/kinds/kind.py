"""What a kind of question decides: how it is read, what may answer it, how it is recorded.

A new kind is one file in this folder and one row in `table`. Every answer is one code or several
codes of a question's choices, whatever the kind: that is what both ways of asking, the summary and
the saved record work with.
"""

from typing import Any, Protocol

from fibrocheck.content.model import Content, Question
from fibrocheck.content.nodes import MapNode
from fibrocheck.content.reader import Place, Reader
from fibrocheck.content.text import Text
from fibrocheck.content.values.groups import Key


class Kind(Protocol):
    """A kind of question."""

    id: str
    """Its name in `FollowUp.kind`."""
    several: bool
    """Whether the answer is a tuple of codes; otherwise it is one code."""
    fhir_control: tuple[str, str]
    """Code and display of its item control, from HL7's code system questionnaire-item-control (R4)."""

    def labels(self, question: Question, content: Content) -> dict[str, Text]:
        """Return every code that can ever answer such a question, in order, with its words."""

    def fits(self, node: MapNode) -> bool:
        """Return whether a follow-up in questions.yaml is of this kind; earlier kinds did not fit."""

    def keys(self) -> dict[str, Key]:
        """Return the keys that such a follow-up has besides those of every follow-up."""

    def fields(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the fields of its `FollowUp`, `choices` among them, from the values of all its keys."""

    def check(self, values: dict[str, Any], node: MapNode, place: Place, reader: Reader) -> None:
        """Check its keys together, once the whole file has been read."""
