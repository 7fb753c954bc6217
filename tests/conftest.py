"""What every test may use: the questionnaires, and as many drawn examples as the run has time for."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest

from fibrocheck.content.loader import load
from fibrocheck.content.model import Content
from tests import sampling
from tests.fixture import questionnaire

_MANY_OBJECTS = 200_000
"""Some 30 MB."""


def pytest_configure(config: pytest.Config) -> None:
    """Decide how many examples are drawn."""
    sampling.prepare(config)


@pytest.hookimpl(tryfirst=True)  # before pytest chooses by marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have `-m soak` run everything that is only sampled otherwise."""
    sampling.choose_sampled(items)


@pytest.fixture(scope="session")
def content() -> Content:
    """The frozen questionnaire that behaviour is tested with."""
    return questionnaire()


@pytest.fixture(scope="session")
def shipped() -> Content:
    """The questionnaire that comes with the program: for tests of its content, and a walk a language."""
    return load()


@pytest.fixture(scope="session", autouse=True)
def pages_settle_at_once() -> Iterator[None]:
    """In this process, the last page takes keys at once: a script has no need of a pause."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("fibrocheck.asking.screen.asker._SETTLES", 0.0)
        yield


class _RareCollector:
    """The garbage collector, but nothing is collected at once after each page."""

    def __getattr__(self, name: str) -> Any:
        return getattr(gc, name)

    def collect(self) -> int:
        """Leave it to the collector, which comes when there is enough."""
        return 0


@pytest.fixture(scope="session", autouse=True)
def pages_that_are_gone_are_freed_later() -> Iterator[None]:
    """In this process, leave what a page leaves behind to the collector; `test_app.py` tests the rule.

    With all that the tests have loaded, to collect after each page took a fifth of a visit.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("fibrocheck.asking.screen.app.gc", _RareCollector())
        yield


@pytest.fixture(scope="module", autouse=True)
def what_visits_froze_is_freed() -> Iterator[None]:
    """Free what the visits of a file of tests left behind.

    A visit freezes what is there when it begins. A thousand visits would all be kept.
    """
    before = gc.get_freeze_count()
    yield
    if gc.get_freeze_count() - before > _MANY_OBJECTS:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
