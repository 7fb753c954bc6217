"""Withdrawing and correcting what was filed from here: only if nobody has changed it at the server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fibrocheck.records.record import AMENDED
from fibrocheck.sending.filing import Filed, SavedList, withdraw
from fibrocheck.sending.settings import DOCUMENT

from . import stub as stubs
from .lists import Tried, list_in, refused, sent
from .stub import Stub, answers


@pytest.mark.parametrize("mode", ["response", DOCUMENT])
def test_a_list_can_be_withdrawn_once(stub: Stub, item: SavedList, mode: str) -> None:
    filed = sent(stub, item, mode=mode)
    done = withdraw(Tried(stub).server, item)
    assert done == Filed(filed.location, "2")
    assert stub.stored[filed.location]["status"] == "entered-in-error"
    assert withdraw(Tried(stub).server, item).was_there
    with refused("was withdrawn"):
        sent(stub, item, mode=mode)


def test_what_was_changed_at_the_clinic_is_not_withdrawn(stub: Stub, item: SavedList) -> None:
    filed = sent(stub, item)
    stub.put(stub.stored[filed.location])
    with refused("somebody has changed the list"):
        withdraw(Tried(stub).server, item)
    assert stub.stored[filed.location]["status"] == "completed"


def test_a_list_that_was_not_sent_from_here_cannot_be_withdrawn(stub: Stub, item: SavedList) -> None:
    with refused("no receipt"):
        withdraw(Tried(stub).server, item)


@pytest.mark.parametrize("deed", [stubs.drop, answers(503), answers(504)])
def test_withdrawing_is_repeated_too(stub: Stub, item: SavedList, deed: Callable[[Any], bool]) -> None:
    filed = sent(stub, item)
    stub.deeds.append(deed)
    withdraw(Tried(stub).server, item)
    assert stub.stored[filed.location]["status"] == "entered-in-error"


def test_a_correction_replaces_what_was_filed_from_here(stub: Stub, tmp_path: Path) -> None:
    item = list_in(tmp_path)
    filed = sent(stub, item)
    corrected = list_in(tmp_path, answers={"sleep": "no"}, status=AMENDED)
    assert sent(stub, corrected).location == filed.location
    assert stub.stored[filed.location]["status"] == "amended"
    assert len(stub.lists()) == 1


def test_a_correction_does_not_replace_what_the_clinic_changed(stub: Stub, tmp_path: Path) -> None:
    filed = sent(stub, list_in(tmp_path))
    stub.put(stub.stored[filed.location])
    with refused("with other answers"):
        sent(stub, list_in(tmp_path, answers={"sleep": "no"}, status=AMENDED))


def test_other_answers_under_the_same_identifier_are_refused(stub: Stub, tmp_path: Path) -> None:
    sent(stub, list_in(tmp_path))
    with refused("with other answers"):
        sent(stub, list_in(tmp_path, answers={"sleep": "no"}))
