"""Whatever the check accepts, a visit reaches its end, in both ways of asking."""

import copy
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prompt_toolkit.data_structures import Size

from fibrocheck.asking.contract import GO_ON, Chosen, GoBack, Option, Page, Reply
from fibrocheck.content.model import Content
from fibrocheck.content.parsing import parse
from fibrocheck.content.values.words import ID
from fibrocheck.copies.copier import Copier
from fibrocheck.pages.topics import topics
from fibrocheck.pages.voice import Voice
from fibrocheck.visit.flow import Visit
from fibrocheck.visit.pages import ALL_RIGHT
from tests.asking.driving import BACK, Step, in_lines, on_screen
from tests.sampling import few

from .examples import SMALLEST
from .test_loader import as_words, dumped, texts_of

OWN_IDS = (
    "skip", "all-right", "go-on", "finish", "back", "save", "stop", "read-again", "question", "print", "menu",
    "why", "hide", "leave", "check", "welcome", "language", "language-2", "factor", "told-us", "about", "faq",
    "care", "next-step", "fibromyalgia", "questions", "what-now", "not-sure", "yes", "no", "0", "1", "b", "q",
    "s", "enter", "idle", "common-question", "form", "html", "json", "none", "true", "null", "x" * 300,
)  # fmt: skip
LANGUAGES = ("en", "es", *(f"l{number}" for number in range(38)))
MAX_KEYS = 9


class Walker:
    """Answers a visit by what is on each page, and keeps each answer as a step of a script."""

    def __init__(self, language: str, picks: Sequence[int] = (0,), *, changes: bool = False) -> None:
        self.language = language
        self.steps: list[Step] = []
        self.pages = 0
        self._picks = picks
        self._changes = changes
        self._seen: set[str] = set()

    def choose(self, page: Page, options: Sequence[Option], current: str | None = None) -> Reply:
        """Choose one of the first options; on the check page, change each question once if so wished."""
        ids = [option.id for option in options]
        assert len({*ids}) == len(ids) > 0, f"{page.id}: {ids}"
        assert current is None or current in ids
        if ALL_RIGHT in ids:
            return Chosen((self._to_change(ids),))
        if not page.position and page.id in {"take-list", "what-now", "topics", "common-questions"}:
            return self._at_the_end(page.id, ids)  # a question may have that id too
        return self._step(ids, self._next() % min(len(ids), MAX_KEYS))

    def choose_many(
        self, page: Page, options: Sequence[Option], current: frozenset[str] = frozenset()
    ) -> Reply:
        """Mark the first option."""
        del page, current
        self._next()
        self.steps.append((1,))
        return Chosen((options[0].id,))

    def read(self, page: Page, *, at: float = 0.0) -> Reply:
        """Go on."""
        del at
        assert page.groups
        self._next()
        self.steps.append(1)
        return Chosen((GO_ON,))

    def tell(self, message: str) -> None:
        """Ignore it."""

    def busy(self, message: str) -> None:
        """Ignore it."""

    def _to_change(self, ids: Sequence[str]) -> str:
        for each in ids if self._changes else ():
            if each != ALL_RIGHT and each not in self._seen:
                self._seen.add(each)
                return each
        self._next()
        self.steps.append(1)
        return ALL_RIGHT

    def _at_the_end(self, page: str, ids: Sequence[str]) -> Reply:
        """Take the code or nothing; read one of everything, and finish."""
        if page == "take-list":
            return self._step(ids, ids.index("code" if self._next() % 2 else "no-one"))
        if page == "what-now":
            unread = [each for each in ids if each not in {"finish", *self._seen} and not self._changes]
            self._seen.update(unread[:1])
            return self._step(ids, ids.index(unread[0] if unread else "finish"))
        if f"one of {page}" in self._seen:
            self.steps.append(BACK)
            return GoBack()
        self._seen.add(f"one of {page}")
        return self._step(ids, self._next() % min(len(ids), MAX_KEYS))

    def _step(self, ids: Sequence[str], at: int) -> Reply:
        self.steps.append(at + 1)
        return Chosen((ids[at],))

    def _next(self) -> int:
        self.pages += 1
        assert self.pages < 2000, "the visit goes round in circles"
        return self._picks[self.pages % len(self._picks)]


def tree(
    *,
    symptoms: int = 1,
    factors: int | None = 1,
    faq: int | None = 1,
    follow_ups: int | None = 1,
    languages: int = 2,
    choices: int = 2,
    ids: Sequence[str] = (),
    words: str = "",
) -> Any:
    """Return a questionnaire with so many of each; `None` leaves the key out."""
    made = as_words(SMALLEST)
    numbers = {"symptoms": symptoms, "factors": factors, "follow_ups": follow_ups, "faq": faq}
    names = iter([*ids, *(f"id-{number}" for number in range(400))])
    for key, number in numbers.items():
        first = made.pop(key)[0]
        if number is not None:
            made[key] = [copy.deepcopy(first) | {"id": next(names)} for _ in range(number)]
    rows = [made[key] for key in ("symptoms", "factors") if key in made]
    related = [row["id"] for group in rows for row in group]
    for row in made.get("faq", ()):
        row["related"] = related
    for number, row in enumerate(made.get("follow_ups", ())):
        choice = row["choices"][0]
        row["choices"] = [
            copy.deepcopy(choice) | {"id": each}
            for each in [*ids, *(f"c{each}" for each in range(choices))][:choices]
        ]
        row.update(({}, {"several": "true"}, {"offer_marked": "true", "if_marked": [related[0]]})[number % 3])
        if "offer_marked" in row:
            row["choices"] = [each for each in row["choices"] if each["id"] != related[0]][:19]
    made["languages"] = {each: f"Language {each}" for each in LANGUAGES[:languages]}
    for text in texts_of(made):
        if words and not {"{", "}"} & set(text["en"]):
            text["en"] = words
        for each in LANGUAGES[2:languages]:
            text[each] = text["en"]
        if languages == 1:
            del text["es"]
    return made


def walked(content: Content, picks: Sequence[int], *, changes: bool = False) -> Walker:
    """Return the walker after a visit that reached its end."""
    walker = Walker("en", picks, changes=changes)
    Visit(content, walker, None, Copier(content, may_save=False)).run()
    return walker


OPTIONAL = st.none() | st.integers(0, 4)
ID_LISTS = st.lists(
    st.sampled_from(OWN_IDS) | st.from_regex(ID.regex, fullmatch=True), unique=True, max_size=12
)


@settings(max_examples=few(60), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    made=st.builds(
        tree,
        symptoms=st.integers(1, 6),
        factors=OPTIONAL,
        faq=OPTIONAL,
        follow_ups=OPTIONAL,
        languages=st.integers(1, 5),
        choices=st.integers(2, 20),
        ids=ID_LISTS,
        words=st.sampled_from(["", "word", "Long words. " * 80, "無" * 90, "W" * 400]),
    ),
    picks=st.lists(st.integers(0, 8), min_size=1, max_size=12),
)
def test_a_visit_through_any_accepted_questionnaire_reaches_its_end(made: Any, picks: list[int]) -> None:
    content = parse(dumped(made)).content
    if content is None:
        return
    walked(content, picks, changes=True)
    walker = walked(content, picks)
    outcome = in_lines(content, walker.steps, language=None)
    assert (outcome.ended, outcome.unused) == (False, 0)
    assert {item.id for item in content.items} <= topics(Voice(content, "en")).keys()


LIMITS = {
    "one question": {"factors": None, "faq": None, "follow_ups": None},
    "empty lists": {"factors": 0, "faq": 0, "follow_ups": 0},
    "no factors": {"factors": None},
    "no questions people ask": {"faq": None},
    "one language": {"languages": 1},
    "twenty choices": {"follow_ups": 3, "choices": 20},
    "ids of the program": {
        "symptoms": 10,
        "factors": 10,
        "faq": 10,
        "follow_ups": 3,
        "choices": 20,
        "ids": OWN_IDS,
    },
    "thirty questions": {"symptoms": 20, "factors": 10},
    "long words": {"words": "Long words. " * 5, "follow_ups": 3},
}


@pytest.mark.parametrize("play", [in_lines, on_screen], ids=["plain", "screen"])
@pytest.mark.parametrize("sizes", LIMITS.values(), ids=LIMITS)
def test_a_visit_reaches_its_end_at_each_limit(sizes: dict[str, Any], play: Any) -> None:
    content = parse(dumped(tree(**sizes))).content
    assert content
    for picks in ((0,), (8, 2, 5)):
        steps = walked(content, picks).steps
        outcome = play(content, steps, language=None)
        assert (outcome.ended, outcome.unused) == (False, 0)


MANY = {
    "forty languages": {"languages": 40},
    "ninety-nine questions": {"symptoms": 60, "factors": 38},
    "ninety-nine questions people ask": {"faq": 99},
}


@pytest.mark.parametrize("sizes", MANY.values(), ids=MANY)
def test_a_visit_with_as_many_as_are_allowed_reaches_its_end_in_plain_mode(sizes: dict[str, Any]) -> None:
    content = parse(dumped(tree(**sizes))).content
    assert content
    outcome = in_lines(content, walked(content, (0,)).steps, language=None)
    assert (outcome.ended, outcome.unused) == (False, 0)


@pytest.mark.parametrize("sizes", MANY.values(), ids=MANY)
def test_a_visit_with_as_many_as_are_allowed_reaches_its_end_on_the_screen(
    sizes: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a screen so tall that the summary is one screenful: the script has one key for each page."""
    monkeypatch.setattr("tests.asking.driving._TallOutput.get_size", lambda _: Size(rows=700, columns=100))
    content = parse(dumped(tree(**sizes))).content
    assert content
    outcome = on_screen(content, walked(content, (0,)).steps, language=None)
    assert (outcome.ended, outcome.unused) == (False, 0)


def test_back_leads_through_a_questionnaire_without_factors() -> None:
    content = parse(dumped(tree(factors=None, follow_ups=None))).content
    assert content

    class Hesitant(Walker):
        def choose(self, page: Page, options: Sequence[Option], current: str | None = None) -> Reply:
            if ALL_RIGHT in {option.id for option in options} and "back" not in self._seen:
                self._seen.add("back")
                return GoBack()
            return super().choose(page, options, current)

    Visit(content, Hesitant("en"), None, Copier(content, may_save=False)).run()
