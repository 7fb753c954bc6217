"""The foot of every page at every size: each key with its word, and what makes room for it."""

import re
from itertools import accumulate

import pytest

from fibrocheck.asking.contract import GO_ON, Option, Page
from fibrocheck.asking.screen.actions import BACK, FORWARD, HIDE, LANGUAGE, LISTEN, MENU, WHY, Action
from fibrocheck.asking.screen.aside import menu_page
from fibrocheck.asking.screen.foot_boxes import LOW
from fibrocheck.asking.screen.layout import LayoutBuilder
from fibrocheck.asking.screen.page_layout import MIN_SIZE, Glyphs, PageLayout, Size, SoFar
from fibrocheck.asking.switching import layout_for
from fibrocheck.content.model import Content
from fibrocheck.pages.text_layout import cells
from fibrocheck.pages.voice import Voice
from fibrocheck.visit.pages import question_page
from tests.asking.test_pages import CONTENT, every_page, plain, sat

SIZES = (MIN_SIZE, Size(40, 12), Size(63, 20), Size(80, 24), Size(100, 30), Size(128, 40), Size(160, 50))
KEYS = {"←": BACK, "→": FORWARD, "?": WHY, "Esc": HIDE, "0": MENU, "F4": LISTEN}
A_MARK, SOME = SoFar(marked=frozenset({"neck"}), keeps=True), SoFar(marked=frozenset())


def builder(language: str, size: Size, content: Content = CONTENT) -> LayoutBuilder:
    """Return what lays out pages that can be read aloud."""
    return layout_for(content, language, size, Glyphs(), listens=True)


def foot_of(layout: PageLayout) -> str:
    """Return the foot without its note: below the last rule, if there is one."""
    lines = [plain(line).strip(" │") for line in layout.foot]
    return "  ".join(line.replace("│", " ") for line in lines if line and not set(line) & set("─╭╰"))


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", CONTENT.languages)
def test_no_key_of_any_page_is_without_its_word(language: str, size: Size) -> None:
    """Where there is no room for both, the key is not there; what reads the page aloud always is."""
    for name, draw in every_page(language).items():
        for layout in draw(builder(language, size)):
            foot, actions = foot_of(layout), set(layout.foot_actions)
            for key, action in KEYS.items():
                named = re.search(rf"(?:^| ){re.escape(key)} +[^\W\d]", foot)
                assert bool(named) is (action in actions), (name, key, foot)
            if MENU in actions:
                assert {LISTEN, HIDE} <= actions, (name, foot)


@pytest.mark.parametrize("size", [each for each in SIZES if each.columns < 80], ids=str)
@pytest.mark.parametrize("language", CONTENT.languages)
def test_ways_have_the_same_places_on_every_page(language: str, size: Size) -> None:
    """On a narrow screen; what only some pages have is after them. Where nothing leads back, all move up."""
    places: dict[str, set[tuple[int, int]]] = {}
    for draw in every_page(language).values():
        for layout in draw(builder(language, size)):
            if not {BACK, LANGUAGE, LISTEN} <= set(layout.foot_actions):
                continue
            foot = [plain(line) for line in layout.foot]
            ways = next(at for at, line in enumerate(foot) if " ← " in line)
            for key in ("←", "Esc", "0", "F4"):
                row, line = next((at, line) for at, line in enumerate(foot[ways:]) if f" {key} " in line)
                places.setdefault(key, set()).add((row, line.index(f" {key} ")))
    assert {key: len(found) for key, found in places.items()} == dict.fromkeys(places, 1)
    assert len(places) == 4


def question_layouts(language: str, size: Size, so_far: SoFar) -> list[PageLayout]:
    """Return every question, answered or not."""
    return [
        builder(language, size).question(
            question_page(Voice(CONTENT, language), each, CONTENT.questions),
            [Option(choice.id, choice.label[language]) for choice in each.choices] or [Option("a", "A")],
            so_far,
        )
        for each in CONTENT.questions
    ]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", CONTENT.languages)
def test_an_answer_moves_nothing_but_the_arrow_that_keeps_it(language: str, size: Size) -> None:
    """What leads away stays on the foot of every question, at the smallest size all but Why."""
    always = {BACK, HIDE, MENU, LANGUAGE, LISTEN}
    for before, after in ((SoFar(), SoFar("a", keeps=True)), (SOME, A_MARK)):
        layouts = (question_layouts(language, size, each) for each in (before, after))
        for asked, answered in zip(*layouts, strict=True):
            assert always <= set(asked.foot_actions)
            assert set(answered.foot_actions) - set(asked.foot_actions) <= {FORWARD}
            assert always <= set(answered.foot_actions)
            assert (WHY in asked.foot_actions) or size.columns <= 40
            assert len(answered.foot) == len(asked.foot)


@pytest.mark.parametrize("size", [each for each in SIZES if each.rows >= LOW], ids=str)
@pytest.mark.parametrize("language", CONTENT.languages)
def test_what_is_at_the_foot_of_a_wide_page_has_one_place_on_all_of_them(language: str, size: Size) -> None:
    """Whatever comes and goes beside it; only the choice of language names what reads aloud in each."""
    pages = {name: draw(builder(language, size))[0] for name, draw in every_page(language).items()}
    del pages["language"]
    answered = question_layouts(language, size, SoFar("a", keeps=True))
    places: dict[Action, set[tuple[int, int]]] = {}
    for layout in (*pages.values(), *answered):
        for action in layout.foot_actions:
            (line, *_) = (line for line in layout.foot if any(span.action == action for span in line))
            columns = [*accumulate((cells(span.text) for span in line), initial=0)]
            at = [column for column, span in zip(columns, line, strict=False) if span.action == action]
            places.setdefault(action, set()).add((min(at), max(at)))
    assert {BACK, HIDE, MENU, LANGUAGE, LISTEN, WHY} <= set(places)
    assert {action: len(each) for action, each in places.items() if action != FORWARD} == dict.fromkeys(
        set(places) - {FORWARD}, 1
    )


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", CONTENT.languages)
def test_what_the_arrow_does_is_in_sight(language: str, size: Size) -> None:
    """At the foot, or as a line that cannot scroll away: the answer, the row that goes on, the way on."""
    sitter, say = sat(CONTENT, language), Voice(CONTENT, language).say
    for name, options in sitter.options.items():
        so_far, rows = SoFar(options[0].id, keeps=True), list(options)
        if options[-1].is_way_on:
            so_far = SoFar(keeps=True)
        elif name == "pain-areas":
            so_far, rows[-1] = A_MARK, Option(GO_ON, say(CONTENT.words.go_on))
        for page in (sitter.seen[name], sitter.seen[name]._replace(why="")):
            layout = builder(language, size).question(page, rows, so_far)
            is_said = FORWARD in layout.foot_actions
            assert is_said or layout.way_on or not layout.scrolls or page.acts, (name, page.why)


def test_no_way_stands_alone_below_the_others() -> None:
    """On a narrow screen, where they take two rows."""
    for name, draw in every_page("en").items():
        for layout in draw(builder("en", Size(40, 12))):
            ways = [plain(line) for line in layout.foot if "F4" in plain(line)]
            assert all("Español" in way or "Menu" in way for way in ways), name


@pytest.mark.parametrize("language", CONTENT.languages)
def test_what_has_no_room_at_the_foot_is_in_the_menu(language: str) -> None:
    """Why; the arrow that goes on does what the marked answer does."""
    page = Page("Part", ask="Question?", why="Because.", id="question")
    options = [Option("a", "A"), Option("b", "B")]
    for size in SIZES:
        layout = builder(language, size).question(page, options, SoFar("a", keeps=True))
        left_out = {BACK, WHY, LANGUAGE, LISTEN} - set(layout.foot_actions)
        _, in_menu = menu_page(page, options, Voice(CONTENT, language))
        assert left_out <= {WHY}
        assert {action.name for action in left_out} <= {option.id for option in in_menu}


def test_hints_of_keys_have_a_row_of_their_own() -> None:
    """The ways stand in the same place of every page, whatever its answers are."""
    questions = {
        tuple(plain(line) for line in layout.foot[-1:])
        for layout in question_layouts("en", Size(80, 24), SoFar())
    }
    assert len(questions) == 1
    assert "Enter" not in next(iter(questions))[0]
    check = every_page("en")["check"](builder("en", Size(80, 24)))[0]
    assert "choose at once" in plain(check.foot[-2])
    assert "choose at once" not in plain(check.foot[-1])
