"""What every test may use: the questionnaires, and a hypothesis that never hurries."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from fibrocheck.content.loader import load
from fibrocheck.content.model import Content
from tests.fixture import questionnaire

# Shared machines are slow at times: an example is judged by what it does, not by how long it takes.
settings.register_profile("fibrocheck", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fibrocheck")


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
