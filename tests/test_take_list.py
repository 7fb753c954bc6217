"""Where a list goes: what the person is told when they leave private answers off."""

from types import SimpleNamespace
from typing import Any

import pytest

from fibrocheck.asking.contract import Chosen
from fibrocheck.copies.visit_copies import Delivered
from fibrocheck.pages.voice import Voice
from fibrocheck.questions import Answers
from fibrocheck.visit.end_pages import NO_ONE, PRIVATE
from fibrocheck.visit.take_list import TakeList
from tests.fixture import questionnaire

CONTENT = questionnaire()
ANSWERS: Answers = {"sleep": "no", "ptsd-emotional": "yes"}
NOWHERE = Delivered("", "", (), is_printed=False)
SEEN = NOWHERE._replace(code="3Y4JBVH9Y2T4JQH7BPQ4")
PRINTED = NOWHERE._replace(is_printed=True)


def told(delivered: Delivered, switches: int, language: str) -> list[str]:
    """Return what is said to a person who turns the switch for private answers so many times."""
    voice, said, kept = Voice(CONTENT, language), list[str](), list[Answers]()
    replies = iter([Chosen((PRIVATE,))] * switches + [Chosen((NO_ONE,))])
    conversation: Any = SimpleNamespace(
        voice=voice, say=voice.say, tell=said.append, choose=lambda _page: next(replies)
    )
    copies: Any = SimpleNamespace(
        confirm=lambda answers, _language: kept.append(answers),
        write_requested=tuple,
        is_at_desk=False,
        delivered=delivered,
    )
    take = TakeList(conversation, copies)
    take.confirm(ANSWERS)
    assert take.run()
    assert ("ptsd-emotional" in kept[-1]) == (switches % 2 == 0)
    return said


@pytest.mark.parametrize("language", CONTENT.languages)
@pytest.mark.parametrize("before", [SEEN, PRINTED], ids=["a code", "a page"])
def test_what_was_taken_along_before_still_has_private_answers(before: Delivered, language: str) -> None:
    """It is said once, when they are left off; nothing was taken back by that."""
    assert told(before, 1, language) == [CONTENT.words.private_elsewhere[language]]
    assert told(before, 2, language) == [CONTENT.words.private_elsewhere[language]]


def test_before_anything_was_taken_along_nothing_is_said() -> None:
    """The switch itself says whether they are on the list."""
    assert told(NOWHERE, 1, "en") == []
