"""What every type of value has in common.

A value type reads as far as it can and adds every problem to the `Reader`. What it returns is used
only if there was no problem, so it may return `None` if it added one.

Value types are plain classes, not dataclasses: they are created while a patient waits for the
first page, and importing `dataclasses` would cost more than reading the file.
"""

from typing import Any, Protocol

from fibrocheck.content.nodes import Node
from fibrocheck.content.reader import Place, Reader

Schema = dict[str, Any]
"""A JSON Schema, or a part of one."""


class ValueType(Protocol):
    """What a value must look like."""

    def read(self, node: Node, place: Place, reader: Reader) -> object:
        """Return the value of the node; add its problems to the reader."""

    def schema(self) -> Schema:
        """Return the same rules as JSON Schema."""
