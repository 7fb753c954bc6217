"""How the desk's pages look and are tapped, at every size: as the pages of a visit do."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from fibrocheck.asking.contract import GO_ON, OWN, Looks, Option, Page, Problem
from fibrocheck.asking.idle import IdleTimer
from fibrocheck.asking.screen.actions import MENU, choose, press
from fibrocheck.asking.screen.app import ScreenApp
from fibrocheck.asking.screen.foot import seen_at_foot
from fibrocheck.asking.screen.page_layout import Glyphs, PageLayout, Size
from fibrocheck.asking.screen.page_windows import PageWindows
from fibrocheck.asking.screen.view import View
from fibrocheck.asking.switching import layout_for
from fibrocheck.desk.caller import Caller
from fibrocheck.pages.palette import DARK
from fibrocheck.pages.text_layout import CURSOR, LABEL, PROBLEM, Paragraph
from fibrocheck.pages.voice import Voice
from fibrocheck.reception import pages
from fibrocheck.reception.call_pages import CALL, call_page, largest_page, script_page
from fibrocheck.reception.desk_app import DeskApp
from fibrocheck.reception.lock import DeskTimer, Lock
from fibrocheck.reception.screen import DeskScreen
from fibrocheck.records.record import DESK
from fibrocheck.visit.pages import ChoicePage
from tests.asking.showing import Screen, Steps, jumping, tapped
from tests.asking.test_painted import SEEN
from tests.asking.test_wide_layout import text_of
from tests.desk.lists import CONTENT, folder_in, put, record
from tests.reception.driving import BACK, DONE, FIRST, Line, Step, on_screen

WORDS = CONTENT.words.desk
SIZES = [size for size, _ in SEEN]
LONG = Page("Part", "Question 3 of 9", "Asked?", "A term", ((Paragraph("More to read."),),), "Because.")
ESCAPE, LEAVE, PAGE_UP = "\x1b", "\x03", "\x1b[5~"
DAY: list[Step] = [
    *("0", 1, "!", 1, "d", "u", 1, "t", "/", Line("274"), Line("281"), BACK),
    *(FIRST, 2, Line("A-17"), Line(""), 1, 1, "v", 1, 4, BACK, 9, 1, BACK),
    *("n", "l", 1, 1, Line("A-18"), Line(""), "?", 1),
    *("1", *"3" * (len(CONTENT.items) - 1), DONE, "1", 2, "5", DONE, BACK, BACK),
    *(LEAVE, 1),
]  # fmt: skip
"""Each page of the desk once: the lists, one of them from closed to removed, and a call to its end."""


@cache
def day() -> dict[str, dict[Size, PageLayout]]:
    """Return the pages of a day at every size, by their ids."""
    seen: dict[str, dict[Size, PageLayout]] = {}

    def see(name: str, view: View) -> None:
        if view.lay_out(SIZES[0]).option_rows:
            seen.setdefault(name, {size: view.lay_out(size) for size in SIZES})

    with TemporaryDirectory() as place:
        folder = folder_in(Path(place) / "lists")
        put(folder, "278", record())
        put(folder, "281", record(device=DESK, reference="B-2"))
        put(folder, "285", record(), days_ago=3)
        on_screen(folder, DAY, see=see)
    return seen


def at(size: Size) -> dict[str, list[PageLayout]]:
    """Return the pages of a day, and those before it, at one size."""
    timer, lock = DeskTimer(lambda: 0.0), Lock(lambda: None, lambda: 0.0)
    screen = DeskScreen(CONTENT, "en", Glyphs(), timer, lock, large=False)
    voice = screen._voice
    typed = [pages.initials_page(voice), pages.pin_page(voice), pages.locked_page(voice, 9.0)]
    return {
        **{each.id: [screen._typing(each, is_hidden=each.id != "desk-initials")(size)] for each in typed},
        **{name: [sizes[size]] for name, sizes in day().items()},
    }


def test_the_day_has_every_page() -> None:
    """So that the other tests here look at all of them."""
    assert not {"desk-start", "desk-closed", "desk-list", "desk-call", "desk-read-back"} - set(day())


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_emergency_words_are_one_key_away_on_every_page(size: Size) -> None:
    """Staff may have somebody on the line at any moment; in the menu they are an option."""
    for name, sizes in day().items():
        shown = sizes[size]
        keys = {*shown.foot_actions, *(press(each.id) for each in shown.options)}
        assert press(pages.EMERGENCY) in keys or name == "desk-emergency", name


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_days_are_in_words_on_every_page(size: Size) -> None:
    """As the language writes them; other ways to write a day are for files."""
    for name, sizes in day().items():
        shown = sizes[size]
        options = [line for each in shown.options for line in each.lines]
        text = text_of([*shown.top, *options, *shown.foot])
        assert not re.search(r"\d{4}-\d\d-\d\d", text), name


@pytest.mark.parametrize("language", CONTENT.languages)
@pytest.mark.parametrize("lines", ["as it begins", "with follow-ups"])
def test_every_line_of_a_call_shows_its_answer_on_the_smallest_screen(language: str, lines: str) -> None:
    """However long its label is: what is cut is the label."""
    caller, voice = Caller(CONTENT), Voice(CONTENT, language)
    for _ in CONTENT.items:
        caller.press("1" if lines == "with follow-ups" else "3")
    answer = voice.choice(CONTENT.factors[0], "yes" if lines == "with follow-ups" else "no")
    largest = largest_page(caller, voice, voice)
    page, options = call_page(caller, voice, voice, largest, title="New call", position="A-17")
    layout = layout_for(CONTENT, language, SIZES[-1], Glyphs()).question(page, options)
    assert layout.scrolls
    for option in layout.listed:
        assert option.height <= layout.option_rows, option.id
        if option.id in {each.id for each in CONTENT.factors}:
            assert text_of([option.lines[-1]]).rstrip().endswith(answer), option.id


@pytest.mark.parametrize("language", CONTENT.languages)
@pytest.mark.parametrize("name", ["not_here", "still_open", "digit_on_done", "scan_in_call"])
def test_a_message_in_a_call_is_whole_on_the_smallest_screen(name: str, language: str) -> None:
    """Where the question leaves no room for it, it has that of the question."""
    caller, voice = Caller(CONTENT), Voice(CONTENT, language)
    largest = largest_page(caller, voice, voice)
    page, options = call_page(caller, voice, voice, largest, title="New call", position="A-17")
    builder, said = layout_for(CONTENT, language, SIZES[-1], Glyphs()), getattr(WORDS, name)[language]
    layout = builder.question(page, options, notice=Problem(said))
    assert said in " ".join(text_of(list(layout.top)).split())
    assert layout.option_rows > 1


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", CONTENT.languages)
def test_no_sentence_of_the_script_is_torn(size: Size, language: str) -> None:
    """Such as the one that asks about chest pain: it is whole on one page."""
    voice = Voice(CONTENT, language)
    layout = layout_for(CONTENT, language, size, Glyphs())
    pages_shown = [" ".join(text_of(each).split()) for each in layout.screenfuls(script_page(voice, voice))]
    for text in (CONTENT.words.desk.script, CONTENT.words.desk.script_staff):
        for sentence in re.split(r"(?<=[.?!]) ", voice.say(text)):
            assert any(sentence in each for each in pages_shown), sentence


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_tap_on_each_corner_of_each_box_requests_what_it_says(size: Size) -> None:
    """As on the pages of a visit."""
    Screen(size).show(at(size), tapped, make=lambda: DeskApp(Glyphs(), IdleTimer()))


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_moves_when_only_the_focus_does(size: Size) -> None:
    """Edges of boxes become heavier, and the pointer comes and goes."""
    assert not list(jumping(at(size), size))


def calls(language: str) -> Iterator[ChoicePage]:
    """Yield the page of a call with the focus on each of its lines, follow-ups too, and on Done."""
    caller, voice = Caller(CONTENT), Voice(CONTENT, language)
    for _ in CONTENT.items:
        caller.press("1")
    for line in (*(each.question.id for each in caller.lines), ""):
        caller.focus_on(line)
        staff = Voice(CONTENT, "en")
        largest = largest_page(caller, voice, staff)
        yield call_page(caller, voice, staff, largest, title="New caller", position="A-17")


@pytest.mark.parametrize("language", CONTENT.languages)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_moves_in_a_call_from_line_to_line(size: Size, language: str) -> None:
    """However long the question is, and whatever the digits mean there: the list and the foot stay.

    On the smallest screen, a question of more rows than any other takes one of the list, and gives it back.
    """
    layout = layout_for(CONTENT, "en", size, Glyphs())
    shown = [layout.question(page, options) for page, options in calls(language)]
    assert len({(len(each.foot), each.has_foot_boxes) for each in shown}) == 1
    tops = Counter((len(each.top), len(each.top) + each.option_rows) for each in shown)
    usual = max(tops, key=lambda each: tops[each])
    allowed = {usual, (usual[0] + 1, usual[1])} if size == SIZES[-1] else {usual}
    assert set(tops) <= allowed
    assert tops[usual] >= len(shown) - 1
    lists = {tuple(each.options) for each in shown}
    assert len(lists) == 1


def as_new(screen: Screen, app: ScreenApp, _: PageLayout) -> Steps:
    """Compare what a page looks like in the windows of the one before with what it looks like in new ones."""
    shown, windows = screen.look(), app._windows
    app._windows = app._kept = app._application.renderer._last_screen = None
    yield
    assert app._windows is not windows
    screen.expect("as in new windows", holds=screen.look() == shown)
    yield


@pytest.mark.parametrize("colours", [OWN, DARK])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_call_looks_as_if_each_page_of_it_were_new(
    size: Size, colours: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From line to line, after each digit, and where another page comes between."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    layout = layout_for(CONTENT, "en", size, Glyphs())
    page, options = pages.leave_page(Voice(CONTENT, "en"), "")
    other, caller, voice = [layout.question(page, options)], Caller(CONTENT), Voice(CONTENT, "es")
    shown = {str(at): [layout.question(*each)] for at, each in enumerate(calls("en"))}
    for digit in "1231451234512345":
        largest = largest_page(caller, voice, voice)
        page, options = call_page(caller, voice, voice, largest, title="", position="")
        shown[f"{digit} {caller.focus}"] = [layout.question(page, options)]
        caller.press(digit)
    Screen(size).show({**shown, "leave": other, **dict([shown.popitem()])}, as_new, colours=colours)


def test_a_call_keeps_its_windows_and_another_page_gets_its_own() -> None:
    """Pages of one call have the same parts; one with a list of questionary's is always made anew."""
    kept: list[bool] = []

    def note(_: Screen, app: ScreenApp, layout: PageLayout) -> Steps:
        assert app._windows is not None
        windows = app._windows
        kept.append(app._windows.shows(layout, app.size))
        assert app._windows is windows
        yield

    layout = layout_for(CONTENT, "en", Size(80, 24), Glyphs())
    voice = Voice(CONTENT, "en")
    caller = Caller(CONTENT)
    call = call_page(caller, voice, voice, largest_page(caller, voice, voice), title="", position="")
    shown = {
        name: [layout.question(*each)]
        for name, each in (("call", call), ("leave", pages.leave_page(voice, "")))
    }
    Screen(Size(80, 24)).show(shown, note)
    assert kept == [True, False]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_foot_does_not_depend_on_the_texts_above_it(size: Size) -> None:
    """So it may be kept from page to page while they change (`seen_at_foot`)."""
    layout = layout_for(CONTENT, "en", size, Glyphs())
    voice = Voice(CONTENT, "en")
    options = [Option("a", "A"), Option("b", "B")]
    for page in (*(each for each, _ in calls("es")), pages.leave_page(voice, "")[0], LONG):
        seen = seen_at_foot(page)
        assert seen is not None
        assert layout.question(seen, options).foot[-2:] == layout.question(page, options).foot[-2:]


def test_a_long_text_and_a_long_list_say_that_there_is_more() -> None:
    """On the smallest screen, at the desk too."""
    shown = at(SIZES[-1])
    for name in ("desk-answers", "desk-chart", "desk-emergency"):
        assert "Page 1 of " in text_of(list(shown[name][0].top)), name
    for name, (layout,) in shown.items():
        assert layout.more or not layout.scrolls or layout.option_rows < 3, name


@pytest.mark.parametrize("digit", ["3", "1"], ids=["as it begins", "with follow-ups"])
@pytest.mark.parametrize("language", CONTENT.languages)
def test_the_rules_of_a_call_stay_when_lines_are_added(language: str, digit: str) -> None:
    """However many rows the lines take by then."""
    caller, voice = Caller(CONTENT), Voice(CONTENT, language)
    for _ in range(len(CONTENT.items)):
        caller.press(digit)
    largest = largest_page(caller, voice, voice)
    page, options = call_page(caller, voice, voice, largest, title="New call", position="A-17")
    layout = layout_for(CONTENT, language, Size(80, 24), Glyphs()).question(page, options)
    assert all("──" in text_of(list(lines)) for lines in (layout.top, layout.foot))


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_what_is_wrong_does_not_look_like_good_news(size: Size) -> None:
    """It has a style of its own, at every size."""
    page, options = pages.hidden_page(Voice(CONTENT, "en"))
    for said, style in (("Kept.", LABEL), (Problem("Not kept."), PROBLEM)):
        layout = layout_for(CONTENT, "en", size, Glyphs()).question(page, options, notice=said)
        assert style in {span.style for line in layout.top for span in line if span.text == said}


@pytest.mark.parametrize("typed", ["", "A-17", "A "])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_cursor_stands_where_the_next_character_will_be(size: Size, typed: str) -> None:
    """Not on the only option, which Enter chooses all the same; at the foot it is on what has the focus."""
    timer, lock = DeskTimer(lambda: 0.0), Lock(lambda: None, lambda: 0.0)
    screen = DeskScreen(CONTENT, "en", Glyphs(), timer, lock, large=False)
    screen._app.typed = typed
    layout = screen._typing(pages.find_page(screen._voice), is_hidden=False)(size)
    (line,) = (each for each in layout.top if any(span.style == CURSOR for span in each))
    assert "".join(span.text for span in line).strip(" ") == f"> {typed}".strip()
    assert "".join(span.text for span in line).endswith(f"> {typed}")
    focused: list[object] = []
    windows = PageWindows(
        layout,
        size,
        Glyphs(),
        Looks(),
        pressed=lambda _: None,
        clicked=lambda *_: None,
        corner=lambda _: None,
        focused=focused.append,
    )
    for target in (choose(GO_ON), MENU):
        windows.move_focus_to(target)
    assert focused == [windows._heading, windows._foot]


@pytest.mark.parametrize(("key", "name"), [(LEAVE, "desk-leave"), ("0", "desk-menu")])
def test_a_message_goes_with_the_next_act(key: str, name: str, tmp_path: Path) -> None:
    """It is on the page after what it is about, and on none that is opened there."""
    shown: list[tuple[str, bool]] = []
    said = CONTENT.words.desk.no_earlier["en"]

    def see(page: str, view: View) -> None:
        shown.append((page, said in " ".join(text_of(list(view.lay_out(SIZES[-1]).top)).split())))

    on_screen(folder_in(tmp_path / "lists"), [PAGE_UP, key, 1], see=see)
    assert shown[1:] == [
        ("desk-start", True),
        (name, False),
        ("desk-start", False),
    ]


def test_the_smallest_start_page_has_room_for_its_lists() -> None:
    """Its foot has the keys that are needed most; the others are in the menu, and work all the same."""
    layout = day()["desk-start"][SIZES[-1]]
    assert len(layout.foot) <= 3
    assert {press(key) for key in pages.MAIN_KEYS} <= set(layout.foot_actions)
    assert not any(option.heading for option in layout.options)
    assert any(option.heading for option in day()["desk-start"][SIZES[0]].options)


@pytest.mark.parametrize("language", CONTENT.languages)
def test_the_list_of_a_call_has_the_room_of_the_smallest_screen(language: str, tmp_path: Path) -> None:
    """Four lines and how many more; the question is whole. The menu has what the foot leaves out."""
    seen: list[tuple[str, PageLayout]] = []
    on_screen(
        folder_in(tmp_path / "lists"),
        ["n", *(["l"] if language == "es" else []), 1, 1, Line("A-18"), Line(""), *"33333333", "0", BACK],
        see=lambda name, view: seen.append((name, view.lay_out(SIZES[-1]))),
    )
    calls_seen = [layout for name, layout in seen if name == CALL]
    rows = Counter(layout.option_rows for layout in calls_seen)
    assert max(rows, key=lambda each: rows[each]) >= (4 if language == "en" else 3), rows
    for question, layout in zip(CONTENT.items[:8], calls_seen, strict=False):
        text = " ".join(text_of(list(layout.top)).split())
        assert question.ask[language] in text
        assert press(pages.EMERGENCY) in layout.foot_actions
    (menu,) = (layout for name, layout in seen if name == pages.MENU)
    assert {"l", "why"} <= {each.id for each in menu.options}
