"""What every test of sending may use: a stub, and a saved list."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from fibrocheck.sending import transport
from fibrocheck.sending.filing import SavedList

from .lists import list_in
from .stub import Stub, served


@pytest.fixture(scope="session", autouse=True)
def system_certificates_are_read_once() -> Iterator[None]:
    """Share what the program trusts among all connections without certificates of their own.

    To read them took more than half of a test that sends a list.
    """
    tls, usual = transport._tls, cache(transport._tls)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transport, "_tls", lambda ca_file: tls(ca_file) if ca_file else usual(""))
        yield


@pytest.fixture
def stub() -> Iterator[Stub]:
    with served() as running:
        yield running


@pytest.fixture
def item(tmp_path: Path) -> SavedList:
    return list_in(tmp_path)
