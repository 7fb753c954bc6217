"""`clinic.sends_to_chart` decides what patients read about their answers on the first page."""

from fibrocheck.content.loader import load
from fibrocheck.content.model import Content
from fibrocheck.content.parsing import parse
from fibrocheck.pages.voice import Voice
from fibrocheck.visit.pages import welcome_page
from tests.fixture import FIXTURE

SENDS = FIXTURE.read_text(encoding="utf-8").replace("clinic: {", "clinic: {sends_to_chart: true, ", 1)


def read(text: str) -> Content:
    content = parse(text.encode()).content
    assert content is not None
    return content


def test_a_clinic_that_sends_says_so_in_every_language() -> None:
    quiet, sends = load(FIXTURE), read(SENDS)
    assert not quiet.clinic.sends_to_chart
    for language in sends.languages:
        pages = [str(welcome_page(Voice(each, language), can_go_back=False)) for each in (quiet, sends)]
        before, after = quiet.welcome.privacy[language], sends.welcome.privacy[language]
        assert before != after == (quiet.welcome.privacy_chart or {})[language]
        assert [before in page for page in pages] == [True, False]
        assert [after in page for page in pages] == [False, True]


def test_a_clinic_that_sends_needs_the_words_for_it() -> None:
    start = SENDS.index("  # Shown instead of")
    text = SENDS[:start] + SENDS[SENDS.index("\n\n", start) + 1 :]
    [problem] = parse(text.encode()).problems
    assert "sends_to_chart is true, but welcome has no privacy_chart" in problem.what
    assert "privacy_chart" in problem.remedy
    assert parse(text.replace("sends_to_chart: true, ", "").encode()).content is not None
