"""Lists longer than the screen: rows are whole, the way on stands apart, and keys turn the list."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from prompt_toolkit.keys import Keys

from fibrocheck.asking.screen.actions import choose
from fibrocheck.asking.screen.app import ScreenApp
from fibrocheck.asking.screen.key_table import MOVES
from fibrocheck.asking.screen.page_layout import POINTER_COLUMNS, ROOMY_ROWS, Glyphs, PageLayout, Size
from fibrocheck.asking.switching import layout_for
from fibrocheck.pages.palette import DARK
from fibrocheck.pages.text_layout import BLANK, Line
from tests.asking.showing import Screen, Steps
from tests.asking.test_pages import CONTENT
from tests.asking.test_wide_layout import actions_of, rows_of, text_of, visited

SIZES = (Size(40, 12), Size(63, 20), Size(80, 24), Size(81, 25), Size(100, 30))
SHOWN = [(size, language) for size in SIZES for language in CONTENT.languages]
KEYS = [
    *[Keys.Down] * 21,
    *[Keys.Up] * 9,
    *[Keys.PageUp] * 4,
    *[Keys.PageDown] * 9,
    Keys.Home,
    Keys.End,
    Keys.Up,
]


def check_page(size: Size, language: str) -> PageLayout:
    """Return the page with the longest list."""
    (page,) = visited(language).pages["check"](layout_for(CONTENT, language, size, Glyphs(), listens=True))
    return page


def plain(line: Line) -> str:
    """Return a line without its styles."""
    return "".join(span.text for span in line).rstrip()


def looked_at(screen: Screen, app: ScreenApp, layout: PageLayout) -> Steps:
    """Press keys that move the focus, and look at the screen after each of them."""
    blocks = [[*each.heading, *map(plain, each.lines), *[""] * each.gap] for each in layout.listed]
    seen: set[int] = set()
    for key in KEYS:
        *shown, cursor = screen.look()
        text = "".join(cell.data for cell in shown)
        rows = [text[start:][: screen.size.columns] for start in range(0, len(text), screen.size.columns)]
        left, top = layout.margin + POINTER_COLUMNS, len(layout.top)
        area = [row[left : screen.size.columns - layout.margin].rstrip() for row in rows[top:]]
        options = whole_options(blocks, area[: layout.option_rows])
        screen.expect(f"whole rows, {area}", holds=bool(options))
        seen |= set(options)
        below, above = len(blocks) - options.stop, options.start
        has_row_above = layout.top[-1] == BLANK
        said = rows[top - 1] if has_row_above else "", area[layout.option_rows]
        counts = [[int(word) for word in row.split() if word.isdigit()] for row in said]
        expected = [[above], [below]] if has_row_above else [[], [below, above]]
        numbers = [[each for each in row if each] for row in expected]
        screen.expect("each number out of sight is where they are", holds=counts == numbers)
        way_on = layout.options[-1]
        screen.expect("the way on", holds=sum(plain(way_on.lines[0]) in row for row in rows) == 1)
        focus = app._focus
        assert focus is not None
        at = next((n for n, each in enumerate(layout.options) if choose(each.id) == focus), None)
        if at is not None:
            screen.expect("the focus is in sight", holds=at in options or at == len(blocks))
            under = rows[cursor[1]][cursor[0]]
            screen.expect("the cursor is on the key", holds=under == layout.options[at].key)
        app._move(MOVES[key])
        yield
    screen.expect("every row is reached", holds=seen == set(range(len(blocks))))


def whole_options(blocks: list[list[str]], area: list[str]) -> range:
    """Return which options fill an area, each whole and the rest of it blank; none if it is not so."""
    for start in range(len(blocks)):
        stop, rest = start, area
        while stop < len(blocks) and rest[: len(blocks[stop])] == blocks[stop]:
            rest, stop = rest[len(blocks[stop]) :], stop + 1
        if stop > start and not any(rest):
            return range(start, stop)
    return range(0)


@pytest.mark.parametrize(("size", "language"), SHOWN, ids=str)
def test_rows_are_whole_and_the_way_on_is_always_in_sight(size: Size, language: str) -> None:
    """No heading without a row under it, no sentence cut, wherever the focus and however it got there."""
    page = check_page(size, language)
    assert page.scrolls
    Screen(size).show({"check": [page]}, looked_at, colours=DARK)


def test_a_list_that_scrolls_has_a_row_for_what_is_above_it_where_there_is_room() -> None:
    """On low screens, where the heading has none, that is said below the list."""
    pages = {size: check_page(size, language) for size, language in SHOWN}
    assert {size: page.top[-1] == BLANK for size, page in pages.items()} == {
        size: size.rows >= ROOMY_ROWS for size in SIZES
    }


@pytest.mark.parametrize(("size", "language"), SHOWN, ids=str)
def test_the_way_on_has_rows_of_its_own(size: Size, language: str) -> None:
    """As a box where the other ways on are boxes; nothing else is beside it."""
    page = check_page(size, language)
    (way_on,) = {span.action for line in page.way_on for span in line if span.action}
    assert way_on == choose(page.options[-1].id)
    assert len(page.way_on) == (3 if size.rows >= 28 else 1)
    assert len(page.listed) == len(page.options) - 1


@pytest.mark.parametrize(("rows", "least"), [(50, 1), (60, 2), (76, 3)])
@pytest.mark.parametrize("language", CONTENT.languages)
def test_on_a_large_screen_all_rows_are_in_sight_and_as_high_as_fits(
    language: str, rows: int, least: int
) -> None:
    """In the column that every page has. The values are below each other, beside their labels."""
    size = Size(160, rows)
    page = check_page(size, language)
    drawn = rows_of(page, size)
    assert not page.scrolls
    found, lines, lefts = actions_of(drawn), text_of(drawn).splitlines(), set[int]()
    for option in visited(language).options["check"][:-1]:
        (top, left) = min(cell for cell, action in found.items() if action == choose(option.id))
        assert lines[top][left + 3 :].startswith(option.label.split()[0])
        lefts.add(lines[top].rindex(option.value.split()[0]))
    assert len(lefts) == 1
    assert min(each.height - len(each.heading) for each in page.listed) >= min(least, 2)
    assert least < 3 or all(each.gap for each in page.listed[:-1])


def test_the_arrow_down_stays_among_the_options_and_tab_goes_everywhere() -> None:
    """Whoever presses it to see more must not find Back under Enter; the arrow up leads to the foot too."""
    for size in (Size(80, 24), Size(160, 50)):
        layout = layout_for(CONTENT, "en", size, Glyphs(), listens=True)
        pages = visited("en").pages
        kinds = ("welcome", "muscle-pain", "check", "take-list")
        Screen(size).show({name: pages[name](layout)[:1] for name in kinds}, moved)


def moved(screen: Screen, app: ScreenApp, layout: PageLayout) -> Steps:
    """Go round in each way."""
    options, everything = len(layout.options), len(layout.options) + len(layout.foot_actions)
    ways: list[tuple[Callable[[], None], int]] = [
        (lambda: app._move(MOVES[Keys.Down]), options),
        (app._tab, everything),
        (lambda: app._move(MOVES[Keys.Up]), everything),
    ]
    for press, count in ways:
        visited = [app._focus]
        for _ in range(count):
            before = app._state
            press()
            visited.append(app._focus)
            screen.expect("a sign of life", holds=app._state != before)
        screen.expect("round again", holds=visited[0] == visited[-1] and len(set(visited)) == count)
    yield


def test_a_page_of_options_can_be_any_size() -> None:
    """One option higher than the list, and a list without any."""
    for rows in range(1, 12):
        page = check_page(Size(40, 12), "en")._replace(option_rows=rows)
        shown = [page.in_sight(0, at) for at in range(len(page.listed))]
        assert all(at in each for at, each in enumerate(shown))
        assert all(len(page.rows_of(each)) <= rows for each in shown)


def turned(page: PageLayout) -> Iterator[range]:
    """Yield what a list shows as it is turned page by page."""
    at = range(0)
    while at.stop < len(page.listed):
        at = page.in_sight(page.page_of(at.stop), at.stop)
        yield at


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_turning_pages_leaves_no_option_out(size: Size) -> None:
    """Each page begins with what was below the page before, or is the last one."""
    pages = [*turned(check_page(size, "es"))]
    assert {each for page in pages for each in page} == set(range(18))
    assert all(later.start == page.stop for page, later in pairwise(pages[:-1]))
