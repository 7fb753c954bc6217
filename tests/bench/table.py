"""The figures as a table."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure beside its baseline and its target."""

    what: str
    figure: str
    ratio: str = ""
    target: str = ""
    is_met: bool | None = None


HEADS = ("what", "measured", "ratio", "target", "met")


def skipped(what: str, why: str) -> Row:
    """A figure that there is not, and why."""
    return Row(what, f"skipped: {why}")


def compared(
    what: str,
    figures: Sequence[float],
    baseline: Sequence[float],
    *,
    show: Callable[[float], str],
    at_most: float | None = None,
) -> Row:
    """The median of some figures against the median of others."""
    median = statistics.median(figures)
    ratio = median / statistics.median(baseline)
    target, is_met = ("", None) if at_most is None else (f"≤ {at_most:g} ×", ratio <= at_most)
    return Row(what, show(median), f"{ratio:.2f} ×", target, is_met)


def within(
    what: str, figures: Sequence[float], *, at_most: float, show: Callable[[float], str] | None = None
) -> Row:
    """The median of some figures against a figure of our own."""
    show = show or ms
    median = statistics.median(figures)
    return Row(what, show(median), "", f"≤ {show(at_most).replace('.0 ', ' ')}", median <= at_most)


def p95(figures: Sequence[float]) -> float:
    """What one figure in twenty is above."""
    return statistics.quantiles(figures, n=20)[-1]


def ms(seconds: float) -> str:
    """Seconds, shown as milliseconds."""
    return f"{seconds * 1000:.1f} ms"


def mb(kilobytes: float) -> str:
    """Kilobytes, shown as megabytes."""
    return f"{kilobytes / 1024:.1f} MB"


def rendered(rows: Sequence[Row]) -> str:
    """The table as text."""
    marks = {True: "yes", False: "NO", None: ""}
    cells = [HEADS, *((row.what, row.figure, row.ratio, row.target, marks[row.is_met]) for row in rows)]
    # A reason for skipping runs on to the right rather than widen its column.
    widths = [max(len(line[at]) for line in cells if not line[1].startswith("skipped")) for at in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )
