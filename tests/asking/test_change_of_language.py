"""The language can be changed on any page: the same page comes back in it, with what was done on it."""

from collections.abc import Callable, Sequence

import pytest

from fibrocheck.asking.contract import LanguageChosen, Option, Page, Reply
from fibrocheck.copies.copier import Copier
from fibrocheck.visit.flow import Visit
from tests.asking.driving import LANGUAGE, Outcome, Step, in_lines, on_screen
from tests.asking.test_pages import ANSWERS, CONTENT, Sitter

OTHER = {"en": "es", "es": "en"}
AT = 0.625


class Polyglot(Sitter):
    """Changes the language on every page that offers it, once, and then answers like a `Sitter`."""

    def __init__(self, language: str, answers: Sequence[str | tuple[str, ...]]) -> None:
        super().__init__(language, answers)
        self.changed: list[str] = []
        self._before: Page | None = None

    def choose(self, page: Page, options: Sequence[Option], current: str | None = None) -> Reply:
        """Give the next answer, in the other language."""
        self._change_once(page)
        return super().choose(page, options, current)

    def choose_many(
        self, page: Page, options: Sequence[Option], current: frozenset[str] = frozenset()
    ) -> Reply:
        """Give the next answers, in the other language; what was marked is marked again."""
        self._change_once(page, (options[0].id,))
        assert current == {options[0].id}
        return super().choose_many(page, options, current)

    def read(self, page: Page, *, at: float = 0.0) -> Reply:
        """Go on, in the other language, from the same place in the text."""
        if self._change_once(page):
            assert at == AT
        return super().read(page, at=at)

    def _change_once(self, page: Page, ids: tuple[str, ...] | None = None) -> bool:
        """Return whether the page has just come back in the other language."""
        before, self._before = self._before, None
        if before is not None:
            assert page.id == before.id
            assert page != before
            return True
        if not page.can_change_language or page.id in self.changed:
            return False
        self.changed.append(page.id)
        self._before = page
        raise LanguageChosen(OTHER[self.language], ids, AT)


@pytest.mark.parametrize("language", CONTENT.languages)
def test_every_page_comes_back_in_the_other_language(language: str) -> None:
    """The pages under the end menu too."""
    without = Sitter(language, ANSWERS)
    Visit(CONTENT, without, language, Copier(CONTENT)).run()
    polyglot = Polyglot(language, ANSWERS)
    Visit(CONTENT, polyglot, language, Copier(CONTENT)).run()
    assert polyglot.changed == list(without.seen)


QUESTIONS: list[Step] = [1, *[2] * 8, 4, (3, 5), 1, 1, *[2] * 7]
"""The welcome page, eight symptoms, three follow-ups, the page before the factors, seven factors."""


@pytest.mark.parametrize("play", [in_lines, on_screen])
def test_a_change_of_language_changes_no_answer(play: Callable[..., Outcome]) -> None:
    """Before each question of a visit, in both ways to ask."""
    plain = play(CONTENT, QUESTIONS)
    questions = [*range(1, 12), *range(13, len(QUESTIONS))]
    steps = [
        each
        for at, step in enumerate(QUESTIONS)
        for each in ([LANGUAGE, step] if at in questions else [step])
    ]
    changed = play(CONTENT, steps)
    assert changed.unused == plain.unused == 0
    assert changed.answers == plain.answers
    assert len(plain.answers) == 18
