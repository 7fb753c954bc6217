"""Pages on wide terminals: everything fits, boxes never touch, and a tap anywhere in a box counts."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size as TerminalSize
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from fibrocheck.asking.contract import GO_ON, SKIP, Chosen, Key, Looks, Option, Page
from fibrocheck.asking.screen.actions import FORWARD, LISTEN, WHY, Action, action_of, choose
from fibrocheck.asking.screen.asker import ScreenAsker
from fibrocheck.asking.screen.boxes import with_focus
from fibrocheck.asking.screen.first_paint import painted
from fibrocheck.asking.screen.page_layout import (
    ASCII_GLYPHS,
    CONSOLE_GLYPHS,
    POINTER_COLUMNS,
    Glyphs,
    PageLayout,
    Size,
    SoFar,
)
from fibrocheck.asking.screen.veil import veiled
from fibrocheck.asking.screen.wide_layout import COLUMN, WideLayout
from fibrocheck.asking.settings import ROWS, settings_page
from fibrocheck.asking.settings import rows_of as settings_of
from fibrocheck.asking.switching import layout_for
from fibrocheck.copies.visit_copies import Delivered
from fibrocheck.pages.text_layout import (
    CURSOR,
    DETAIL,
    LARGE_MEASURE,
    STRONG,
    TEXT,
    Line,
    Paragraph,
    Span,
    cells,
)
from fibrocheck.pages.voice import Voice
from fibrocheck.visit.end_pages import PRIVATE, list_page
from tests.asking.test_pages import A_CODE, CONTENT, Draw, Sitter, every_page, list_rows, sat
from tests.expected_files import assert_as_in_file
from tests.program.terminal import clicked

SIZES = (Size(100, 30), Size(160, 50))
ALL_SIZES = (*SIZES, Size(81, 25), Size(120, 40), Size(300, 26))
KEPT = Path(__file__).parent / "wide_pages"
SNAPSHOTS = (
    *("welcome", "muscle-pain", "pain-areas", "check", "take-list", "get-help", "goodbye"),
    *("menu", "settings"),
)
GLYPHS = {"usual": Glyphs(), "console": CONSOLE_GLYPHS, "ascii": ASCII_GLYPHS}
QUESTION = Page("Part", ask="Question?", why="Because.", id="question", place="Question 1 of 2 · Part")
ANSWERS = [Option("yes", "Yes"), Option("no", "No"), Option("unsure", "Not sure"), Option(SKIP, "Skip")]


@cache
def pages_of(language: str) -> dict[str, Draw]:
    """Return every page of a typical visit, and the settings that every terminal has."""
    voice = Voice(CONTENT, language)
    page, options = settings_page(settings_of(ROWS[:2], voice, Looks()), voice)
    return {**every_page(language), page.id: lambda layout: [layout.question(page, options)]}


def rows_of(
    page: PageLayout, size: Size, focus: Action | None = None, glyphs: Glyphs = GLYPHS["usual"]
) -> list[Line]:
    """Return a page as the lines of the screen, with the focus on an action, or on the first option."""
    focus = focus or choose(page.options[0].id)
    rows = list(page.top)
    if page.drawn:
        rows += [(*_margin(page), *line) if line else () for line in with_focus(page.drawn, focus, glyphs)]
    else:
        shown = page.in_sight(0, 0)
        rows += [line for option in page.listed[: shown.stop] for line in _listed(page, option.id)]
        rows += [()] * (len(page.top) + min(page.option_rows, page.rows_needed) - len(rows))
    rows = _with_beside(rows, page)
    if page.more:
        more = page.more[0].replace("{number}", str(len(page.listed) - shown.stop))
        rows.append((*_margin(page, POINTER_COLUMNS), Span(TEXT, more)))
    rows += with_focus(page.way_on, focus, glyphs)
    rows += [()] * (size.rows - len(rows) - len(page.foot))
    foot = with_focus(page.foot, focus, glyphs) if page.has_foot_boxes else page.foot
    return [*rows, *foot]


def _with_beside(rows: list[Line], page: PageLayout) -> list[Line]:
    at, top = page.margin + page.beside_at, len(page.top)
    for number, line in enumerate(page.beside):
        row = rows[top + number]
        rows[top + number] = (*row, Span(TEXT, " " * (at - sum(cells(each.text) for each in row))), *line)
    return rows


def _margin(page: PageLayout, more: int = 0) -> Line:
    return (Span(TEXT, " " * (page.margin + more)),)


def _listed(page: PageLayout, option_id: str) -> Iterator[Line]:
    option = next(each for each in page.options if each.id == option_id)
    for heading in option.heading:
        yield (*_margin(page, POINTER_COLUMNS), Span(TEXT, heading))
    for line in option.lines:
        yield (*_margin(page, POINTER_COLUMNS), *line)
    yield from [()] * option.gap


def text_of(rows: list[Line]) -> str:
    """Return lines as text."""
    return "\n".join("".join(span.text for span in line).rstrip() for line in rows)


def actions_of(rows: list[Line]) -> dict[tuple[int, int], Action]:
    """Return the action of each cell that has one, by row and column."""
    found: dict[tuple[int, int], Action] = {}
    for row, line in enumerate(rows):
        column = 0
        for span in line:
            width = cells(span.text)
            if action := action_of(span):
                found |= {(row, column + at): action for at in range(width)}
            column += width
    return found


@cache
def visited(language: str) -> Sitter:
    """Return the pages of a typical visit, without those that the screen itself shows."""
    return sat(CONTENT, language)


@cache
def layouts(*, large: bool = False) -> list[tuple[str, Size, PageLayout]]:
    """Return every page of a typical visit in both languages at each size."""
    return [
        (f"{name}, {language}, {size.columns} x {size.rows}", size, page)
        for language in CONTENT.languages
        for name, draw in pages_of(language).items()
        for size in ALL_SIZES
        for page in draw(WideLayout(CONTENT, language, size, Glyphs(), large))
    ]


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_a_wide_page_looks_as_in_its_snapshot(name: str) -> None:
    """To accept a change, delete the file and run the test twice."""
    parts: list[str] = []
    for language in CONTENT.languages:
        draw = pages_of(language)[name]
        for size in SIZES:
            parts += [
                f"==== {size.columns} x {size.rows}, {language}\n{text_of(rows_of(page, size))}\n"
                for page in draw(WideLayout(CONTENT, language, size, Glyphs()))
            ]
    whole = A_CODE.sub("22222-22222-22222-22222", "".join(parts))
    assert_as_in_file(whole, KEPT / f"{name}.txt")


@pytest.mark.parametrize("large", [False, True])
def test_every_page_fits_and_is_in_the_middle(large: bool) -> None:
    """In a column no wider than `COLUMN`; the text and the options fill the height exactly."""
    for name, size, page in layouts(large=large):
        rows = rows_of(page, size)
        if not name.startswith("busy"):
            assert len(page.top) + list_rows(page) + len(page.foot) == size.rows, name
            assert len(rows) == size.rows, name
        widths = [cells("".join(span.text for span in line).rstrip()) for line in rows]
        assert max(widths) <= page.margin + COLUMN, name
        assert not (page.drawn and page.scrolls), name


def test_boxes_never_touch_and_every_way_has_one_where_there_is_room() -> None:
    """At 100 x 30 and larger, every option that is no row of a table has a place at least 3 rows high."""
    for name, size, page in layouts():
        found = actions_of(rows_of(page, size)) if page.drawn else {}
        for (row, column), action in found.items():
            assert found.get((row + 1, column), action) == action, name
            assert found.get((row, column + 1), action) == action, name
        is_list = name.split(",")[0] in {"check", "busy"} or len(page.options) > 9
        if size in SIZES and not is_list:
            assert page.drawn, name
            rows: dict[Action, set[int]] = {}
            for (row, _), action in found.items():
                rows.setdefault(action, set()).add(row)
            assert all(len(each) >= 3 for each in rows.values()), name


def test_the_focus_is_seen_without_colours_and_has_the_cursor() -> None:
    """The edges of its box are others, in every set of signs; nothing else on the page changes."""
    for signs, glyphs in GLYPHS.items():
        size = SIZES[1]
        builder = WideLayout(CONTENT, "en", size, glyphs)
        page = builder.question(QUESTION, ANSWERS)
        targets = [*(choose(each.id) for each in ANSWERS), *page.foot_actions]
        drawn = [rows_of(page, size, target, glyphs) for target in targets]
        assert len({text_of(rows) for rows in drawn}) == len(targets), signs
        for rows, target in zip(drawn, targets, strict=True):
            cursors = [span for line in rows for span in line if span.style == CURSOR]
            assert len(cursors) == 1, (signs, target)
            (under,) = [
                after.text[0]
                for line in rows
                for span, after in pairwise(line)
                if span.style == CURSOR  # it hides nothing but smudges a blank: on the key, or on a word
            ]
            assert under.strip(), (signs, target)
            assert len({len(line) for line in text_of(rows).splitlines() if line}) > 1


def test_the_first_paint_draws_what_the_screen_then_draws() -> None:
    """The welcome page, without its styles, at both sizes."""
    for size in SIZES:
        (page,) = pages_of("en")["welcome"](WideLayout(CONTENT, "en", size, Glyphs()))
        drawn = [line.rstrip() for line in plain(str(painted(page, Glyphs()))).split("\r\n")]
        assert drawn == text_of(rows_of(page, size)).split("\n")


def plain(text: str) -> str:
    """Return text without escape sequences."""
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", text)


@pytest.mark.parametrize("large", [False, True])
def test_warnings_have_a_bar_on_every_wide_page(large: bool) -> None:
    """Also where the text takes two pages; it is the sign of its own that the list has."""
    for language in CONTENT.languages:
        for size in ALL_SIZES:
            pages = pages_of(language)["get-help"](WideLayout(CONTENT, language, size, Glyphs(), large))
            listed = [line for page in pages for line in text_of(list(page.top)).splitlines() if "- " in line]
            barred = [line for line in listed if line.strip().startswith("┃ ")]
            warnings = (*CONTENT.safety.emergency, *CONTENT.get_help.emergency)
            assert len(barred) == len(warnings), (language, size)


@pytest.mark.parametrize("language", CONTENT.languages)
def test_nothing_moves_when_an_answer_has_its_sign(language: str) -> None:
    """On every question with one answer, in boxes and in rows: there is a sign beside each from the start."""
    sitter, empty = visited(language), str.maketrans(Glyphs().radio[1], Glyphs().radio[0])
    questions = [each for each in sitter.seen.values() if each.place and each.id in sitter.options]
    alone = [each for each in questions if not each.shows_body]
    assert len(alone) == len(CONTENT.questions) - 1
    for size in ALL_SIZES:
        builder = WideLayout(CONTENT, language, size, Glyphs())
        for page in alone:
            options = sitter.options[page.id]
            answers = [each.id for each in options if each.id != SKIP]
            drawn = {
                text_of([*layout.drawn] or [line for each in layout.options for line in each.lines])
                for current in (None, *answers)
                for layout in [builder.question(page, options, SoFar(current, keeps=current is not None))]
            }
            assert len({each.translate(empty) for each in drawn}) == 1, (page.id, size)
            assert len(drawn) == 1 + len(answers)


class Screen(DummyOutput):
    """A screen of one size."""

    def get_size(self) -> TerminalSize:
        """Return 160 columns and 50 rows."""
        return TerminalSize(rows=50, columns=160)


def tapped(column: int, row: int) -> object:
    """Return what a tap on a cell, counted from 0, chooses on the question."""
    with (
        create_pipe_input() as keyboard,
        create_app_session(input=keyboard, output=Screen()),
        ScreenAsker(CONTENT, "en", Glyphs(), layouts=layout_for) as asker,
    ):
        app, left = asker._app, [clicked(column, row) + "\x1b[D"]  # the arrow goes back

        def send(_: object) -> None:
            if left and not app._requested.done():
                keyboard.send_text(left.pop(0))

        app._application.after_render += send
        return asker.choose(QUESTION, ANSWERS)


def test_a_tap_on_each_corner_of_each_box_chooses_it() -> None:
    """At 160 x 50, with a mouse report as a touch screen sends it; beside a box it chooses nothing."""
    size = Size(160, 50)
    page = layout_for(CONTENT, "en", size, Glyphs(), False).question(QUESTION, ANSWERS)
    found = actions_of(rows_of(page, size))
    for option in ANSWERS:
        at = [cell for cell, action in found.items() if action == choose(option.id)]
        (top, left), (bottom, right) = min(at), max(at)
        for row, column in ((top, left), (top, right), (bottom, left), (bottom, right)):
            assert tapped(column, row) == Chosen((option.id,)), (option.id, row, column)
    assert not isinstance(tapped(left - 1, top), Chosen)


def test_a_row_of_a_table_keeps_its_columns_and_boxes_in_rows_do_not_touch() -> None:
    """The front desk has lists in columns, and more ways at the foot than fit beside each other."""
    keys = tuple(Key(letter, f"what the key {letter} does") for letter in "nduvw")
    rows = [Option(f"{number}", f"{number}   12:30   English", "link", is_row=True) for number in (27, 314)]
    size = Size(160, 50)
    page = WideLayout(CONTENT, "en", size, Glyphs()).question(QUESTION._replace(keys=keys), rows)
    drawn = rows_of(page, size)
    assert "314   12:30   English   link" in text_of(drawn)
    found = actions_of(drawn)
    for (row, column), action in found.items():
        if not action.is_choice:
            assert found.get((row + 1, column), action) == action


@pytest.mark.parametrize("size", [Size(40, 12), Size(63, 20), Size(80, 24), *SIZES], ids=str)
@pytest.mark.parametrize("language", CONTENT.languages)
def test_what_reads_aloud_is_at_the_foot_of_every_page(size: Size, language: str) -> None:
    """It takes the place of no other way but those that `shortened` leaves out."""
    without, listening = (
        layout_for(CONTENT, language, size, Glyphs(), listens=listens) for listens in (False, True)
    )
    for name, draw in visited(language).pages.items():
        for silent, page in zip(draw(without), draw(listening), strict=False):  # a text may have more pages
            ways, more = ({*each.foot_actions} - {choose(GO_ON)} for each in (silent, page))
            assert ways ^ more <= {LISTEN, FORWARD, WHY}, name
            assert LISTEN in more - ways, name


@pytest.mark.parametrize("size", [Size(120, 40), Size(160, 50)], ids=str)
def test_what_is_at_the_foot_stands_in_the_same_row_on_every_page(size: Size) -> None:
    """With keys in words below it or without."""
    for language in CONTENT.languages:
        builder = layout_for(CONTENT, language, size, Glyphs(), listens=True)
        pages = [page for draw in visited(language).pages.values() for page in draw(builder)]
        rules = {
            min(n for n, line in enumerate(page.foot[::-1]) if "──╮" in text_of([line])) for page in pages
        }
        assert len(rules) == 1, language


@pytest.mark.parametrize("language", CONTENT.languages)
def test_a_list_given_with_its_code_shown_has_boxes_as_before(language: str) -> None:
    """A line of text more does not turn all of them into rows."""
    voice, size = Voice(CONTENT, language), Size(100, 30)
    for code in ("", "22222222222222222222"):
        page, options = list_page(voice, ["code", "save"], Delivered("273", code), private=True)
        layout = layout_for(CONTENT, language, size, Glyphs(), listens=True).question(page, options)
        assert layout.drawn, code
        assert not layout.scrolls


@pytest.mark.parametrize("language", CONTENT.languages)
def test_ways_to_take_a_list_along_are_never_in_narrow_columns(language: str) -> None:
    """One column or two; the name is bold, what it means is not, and the switch stands below all of them."""
    voice = Voice(CONTENT, language)
    roads = ["desk", "print", "code", "save", "no-one"]
    for count in range(1, len(roads) + 1):
        for private in (True, False):
            page, options = list_page(voice, roads[:count], Delivered(), private=private)
            for size in SIZES:
                layout = layout_for(CONTENT, language, size, Glyphs(), listens=True).question(page, options)
                assert not layout.scrolls
                for option, shown in zip(options, layout.options, strict=True):
                    styles = {span.style for line in shown.lines for span in line}
                    assert styles == {STRONG, DETAIL}, option.label
                found = actions_of(rows_of(layout, size))
                lefts = {min(at for at in found if found[at] == choose(each.id))[1] for each in options}
                assert len(lefts) <= 2 + (not layout.drawn)
                switch = min(at for at in found if found[at] == choose(PRIVATE))
                assert all(
                    at < switch for at in found if found[at].is_choice and found[at] != choose(PRIVATE)
                )


def test_the_figure_neither_comes_nor_moves_with_a_mark() -> None:
    """Nor does anything else, although the last row and the keys at the foot are others then."""
    for language in CONTENT.languages:
        sitter = visited(language)
        page, areas = sitter.seen["pain-areas"], list(sitter.options["pain-areas"][:-1])
        say = Voice(CONTENT, language).say
        skip, go_on = Option(SKIP, say(CONTENT.words.skip)), Option(GO_ON, say(CONTENT.words.go_on))
        for size in (Size(columns, rows) for columns in range(50, 170, 10) for rows in (20, 24, 30, 50)):
            builder = layout_for(CONTENT, language, size, Glyphs(), listens=True)
            before = builder.question(page, [*areas, skip], SoFar(None, frozenset()))
            after = builder.question(page, [*areas, go_on], SoFar(None, frozenset({"neck"}), keeps=True))
            for each in (before, after):
                assert not each.beside or size.columns >= 80
            first, then = (
                (bool(each.beside), each.beside_at, len(each.top), len(each.foot), bool(each.drawn))
                for each in (before, after)
            )
            assert first == then, size


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_boxes_of_all_questions_begin_in_the_same_row(size: Size) -> None:
    """With three answers or more, the clinic's term or none, and a message above the question."""
    for language in CONTENT.languages:
        builder = layout_for(CONTENT, language, size, Glyphs(), listens=True)
        sitter = visited(language)
        asked = [
            (page, options)
            for name, page in sitter.seen.items()
            if page.place and len(options := sitter.options[name]) <= 5
        ]
        assert {len(options) for _, options in asked} == {4, 5}
        shown = [
            builder.question(each, options, notice=notice)
            for page, options in asked
            for each in (page, page._replace(term=""))
            for notice in ("", "Choose an answer.")
        ]
        assert all(each.drawn for each in shown)
        assert len({len(each.top) for each in shown}) == 1, language


@pytest.mark.parametrize("large", [False, True])
def test_a_question_takes_the_whole_column(large: bool) -> None:
    """No word of it is on a row of its own beside empty columns, also with large text."""
    size = Size(160, 50)
    for language in CONTENT.languages:
        builder = layout_for(CONTENT, language, size, Glyphs(), large)
        pages = visited(language).seen.values()
        asked = [page._replace(shows_body=False) for page in pages if page.place]
        assert max(cells(page.ask) for page in asked) > LARGE_MEASURE
        for page in asked:
            rows = text_of(rows_of(builder.question(page, ANSWERS), size)).splitlines()
            assert page.ask in [row.strip() for row in rows]


def test_the_way_on_is_as_wide_before_the_first_mark_as_after() -> None:
    """A tap beside its words finds it both times."""
    for language in CONTENT.languages:
        sitter, say = visited(language), Voice(CONTENT, language).say
        page, areas = sitter.seen["pain-areas"], list(sitter.options["pain-areas"][:-1])
        builder = layout_for(CONTENT, language, Size(160, 50), Glyphs())
        skip, go_on = Option(SKIP, say(CONTENT.words.skip)), Option(GO_ON, say(CONTENT.words.go_on))
        before = builder.question(page, [*areas, skip], SoFar(marked=frozenset()))
        after = builder.question(page, [*areas, go_on], SoFar(marked=frozenset({"neck"}), keeps=True))
        places = [
            {at for at, each in actions_of(list(layout.drawn)).items() if each == choose(last.id)}
            for layout, last in ((before, skip), (after, go_on))
        ]
        assert places[0] == places[1]


def test_areas_beside_the_body_break_no_word() -> None:
    """They are rows of a list if a word is wider than a box."""
    size, sitter = Size(160, 50), visited("en")
    page, options = sitter.seen["pain-areas"], list(sitter.options["pain-areas"])
    for longest, is_boxed in (("Unterschenkel", True), ("Schulterblattwinkel", False)):
        options[0] = options[0]._replace(label=longest)
        layout = layout_for(CONTENT, "en", size, Glyphs()).question(page, options, SoFar(marked=frozenset()))
        assert bool(layout.drawn) is is_boxed
        assert layout.beside
        assert longest in text_of(rows_of(layout, size))


def test_paragraphs_are_apart_where_there_is_room() -> None:
    """Also with large text, whose first page is nearly full: the space above it goes first."""
    for language in CONTENT.languages:
        for size, large in ((Size(160, 50), True), (Size(160, 50), False), (Size(100, 40), False)):
            (page,) = pages_of(language)["welcome"](layout_for(CONTENT, language, size, Glyphs(), large))
            rows = [row.strip() for row in text_of(list(page.top)).splitlines()]
            first = visited(language).seen["welcome"].groups[0]
            texts = [block.text for block in first if isinstance(block, Paragraph)]
            begins = [[bool(row) and text.startswith(row) for row in rows].index(True) for text in texts]
            assert len(begins) > 2
            assert not any(rows[at - 1] for at in begins[1:]), (language, size, large)


def test_a_page_that_is_only_heard_shows_nothing_and_keeps_its_actions() -> None:
    """Neither a box nor a part of the body is to be seen, also with a focus."""
    size = Size(160, 50)
    for draw in pages_of("en").values():
        for page in draw(layout_for(CONTENT, "en", size, Glyphs(), listens=True)):
            hidden = veiled(page, "hidden", size.columns)
            focus = choose(page.options[0].id) if page.options else None
            rows = [*hidden.top, *with_focus(hidden.drawn, focus, Glyphs()), *hidden.beside, *hidden.foot]
            rows += [line for option in hidden.options for line in option.lines]
            assert "".join(span.text for line in rows for span in line).strip() == "hidden"
            assert hidden.foot_actions == page.foot_actions
            assert len(hidden.drawn) == len(page.drawn)
