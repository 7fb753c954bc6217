"""Windows below and beside each other, for pages that know how many rows and columns each of them takes.

The library gives rows and columns out one by one, twice for each frame, and draws an empty window between any
two: a third of what a key costs.
"""

from collections.abc import Sequence

from prompt_toolkit.layout import HSplit, VSplit
from prompt_toolkit.layout.containers import Container
from prompt_toolkit.layout.screen import WritePosition


class _WithoutGaps:
    """Has the windows of a split drawn without empty ones between them."""

    children: list[Container]

    @property
    def _all_children(self) -> list[Container]:
        return self.children


class Stack(_WithoutGaps, HSplit):
    """Windows below each other, each as high as it asks for; the last one at the bottom, below `filler`."""

    def __init__(self, children: Sequence[Container], last: Container, filler: Container, style: str) -> None:
        super().__init__([*children, filler, last], style=style)
        self._filler = filler

    def _divide_heights(self, write_position: WritePosition) -> list[int] | None:
        """Return the height of each window; `None` if there is not enough space."""
        width, rows = write_position.width, write_position.height
        heights = [
            0 if each is self._filler else each.preferred_height(width, rows).preferred
            for each in self.children
        ]
        left = rows - sum(heights)
        heights[-2] = left
        return heights if left >= 0 else None


class Columns(_WithoutGaps, VSplit):
    """Windows beside each other. One without a width of its own takes the columns that the others leave."""

    def _divide_widths(self, width: int) -> list[int] | None:
        """Return the width of each window; `None` if there is not enough space."""
        widths = [getattr(each, "width", None) for each in self._all_children]
        own = [each for each in widths if isinstance(each, int)]
        left = width - sum(own)
        if left >= 0 and None in widths and len(own) == len(widths) - 1:
            return [left if each is None else each for each in widths]
        return super()._divide_widths(width)
