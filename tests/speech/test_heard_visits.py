"""Whole visits that are only heard, by each way to choose: nothing to be seen, and how long they take."""

import re

import pytest

from fibrocheck.content.model import Content
from fibrocheck.speech.spoken import for_ears
from tests.speech.transcript import WAYS, Listener, minutes

MOST_MINUTES = 9


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("learns", [True, False])
def test_a_visit_with_four_marks_is_heard_from_the_first_page_to_goodbye(
    shipped: Content, language: str, way: str, learns: bool
) -> None:
    """`python -m tests.speech.transcript es switches` prints it; with `skip`, past what was marked."""
    words = shipped.words
    steps = Listener(shipped, language, WAYS[way], learns=learns).visit()
    said = [step.text for step in steps]
    (code_page,) = (each for each in said if each.startswith(for_ears(words.your_code[language])))
    code = re.search(r"(?:[0-9A-Z][,.] ){19}[0-9A-Z]", code_page)
    assert code
    assert code[0] in said[-1] + said[-2]
    assert for_ears(words.done[language]) in said[-1] + said[-2]
    hidden = next(number for number, each in enumerate(said) if for_ears(words.aloud_hide[language]) in each)
    blank = words.aloud_blank[language].split(".")[0]
    seen = [step.screen for step in steps if f"{blank}." in step.screen]
    assert len(seen) > len(steps) - hidden - 30
    for step in steps[-20:]:
        assert blank in step.screen
        assert code[0].replace(", ", "").replace(". ", "-") not in step.screen
    assert minutes(steps, language) < MOST_MINUTES
