"""Taking a list back from the front desk, if that cannot be done: what the person reads."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fibrocheck.copies.folder.access import FolderError, ListChangedError
from fibrocheck.pages.voice import Voice
from fibrocheck.visit.end import End
from tests.fixture import questionnaire

CONTENT = questionnaire()
WORDS = CONTENT.words
FILE = Path("/srv/lists/2026-11-25/273.json")


def told_after(error: FolderError, language: str) -> str:
    """Return what the person is told when their list cannot be taken back because of an error."""
    voice, told = Voice(CONTENT, language), list[str]()

    def take_back() -> None:
        raise error

    conversation: Any = SimpleNamespace(voice=voice, say=voice.say, tell=told.append)
    copies: Any = SimpleNamespace(take_back=take_back, tell_staff=lambda _: None, is_kiosk=False)
    assert not End(conversation, copies)._is_taken_back()
    (said,) = told
    return said


@pytest.mark.parametrize("language", CONTENT.languages)
def test_a_list_that_the_desk_has_changed_is_said_to_be_there_in_two_sentences(language: str) -> None:
    """What to do is the same for everyone; staff have nothing to fix."""
    said = told_after(ListChangedError(FILE, "the list was changed", "Tell the desk"), language)
    assert said == WORDS.not_taken_back_changed[language]
    assert said.count(".") == 2


@pytest.mark.parametrize("language", CONTENT.languages)
def test_any_other_reason_is_there_for_staff_without_the_place_of_the_file(language: str) -> None:
    """The message before it is for the person."""
    said = told_after(FolderError(FILE, "the disk is full", "Make room"), language)
    assert said.startswith(WORDS.not_taken_back[language])
    assert "The disk is full. Make room." in said
    assert "/srv" not in said
