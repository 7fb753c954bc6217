"""What every test may use: the shipped questionnaire, and a hypothesis that never hurries."""

import pytest
from hypothesis import HealthCheck, settings

from fibrocheck.content.loader import load
from fibrocheck.content.model import Content

# Shared machines are slow at times: an example is judged by what it does, not by how long it takes.
settings.register_profile("fibrocheck", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fibrocheck")


@pytest.fixture(scope="session")
def content() -> Content:
    """The shipped questionnaire."""
    return load()
