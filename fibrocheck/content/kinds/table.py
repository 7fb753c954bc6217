"""The kinds of question there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.content.kinds import choices

if TYPE_CHECKING:
    from fibrocheck.content.kinds.kind import Kind

IN_ORDER: tuple[Kind, ...] = (
    choices.SEVERAL,
    choices.ONE,  # fits everything, so it comes last
)
"""A follow-up in questions.yaml is of the first kind that fits it."""

KINDS = {kind.id: kind for kind in IN_ORDER}
