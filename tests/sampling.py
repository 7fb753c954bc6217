"""How much of what could be tried is tried: a sample in each run, and all of it with `pytest -m soak`.

The examples of a property are drawn anew in each run, so that many short runs see what a long one does.
"""

import random
from collections.abc import Iterator
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, settings

_USUAL = 100
"""The examples of a property that does not say how many it needs."""
_SHARE = 4
"""A short run draws one example in so many."""
_BY_CHANCE = 300
"""So many sets of marks are tried in a short run, beside those that `marks` names."""


class _Run:
    """How long this run is."""

    is_soak = False
    is_long = False


def prepare(config: pytest.Config) -> None:
    """Decide how long this run is, before the tests are imported.

    A run that chooses a profile of hypothesis itself, as that of the mutants does, gets all examples too.
    """
    marks = str(config.getoption("markexpr"))
    _Run.is_soak = "soak" in marks and "not soak" not in marks
    _Run.is_long = _Run.is_soak or bool(config.getoption("--hypothesis-profile"))
    # Shared machines are slow at times: an example is judged by what it does, not by how long it takes.
    settings.register_profile(
        "fibrocheck",
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        max_examples=few(_USUAL),
    )
    settings.load_profile("fibrocheck")


def few(number: int, share: int = _SHARE) -> int:
    """Return how many of so many examples are drawn in this run: all in a long one, else one in `share`."""
    return number if _Run.is_long else -(-number // share)


def choose_sampled(items: list[pytest.Item]) -> None:
    """Mark the properties, and what is marked as `sampled`, as `soak` in a run of `-m soak`.

    They belong to a short run too, where such a mark would leave them out.
    """
    for item in items if _Run.is_soak else ():
        is_property = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if is_property or item.get_closest_marker("sampled"):
            item.add_marker("soak")


def marks(number: int) -> Iterator[tuple[bool, ...]]:
    """Yield each way to mark so many items in a long run, and a sample in a short one.

    The sample has none, one and two, all but one and two, and all; and some by chance.
    """
    if _Run.is_long:
        yield from product((False, True), repeat=number)
        return
    for count in range(3):
        for chosen in combinations(range(number), count):
            yield tuple(at in chosen for at in range(number))
            yield tuple(at not in chosen for at in range(number))
    for _ in range(_BY_CHANCE):
        yield tuple(random.random() < 1 / 2 for _ in range(number))
