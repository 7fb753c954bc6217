"""On small screens nothing is dropped in silence: what has no room beside the options is read before."""

import io
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input

from fibrocheck.asking.contract import Chosen, GoBack, Option, OtherWay, Page, Problem, Reply
from fibrocheck.asking.plain import PlainAsker
from fibrocheck.asking.screen.asker import ScreenAsker
from fibrocheck.asking.screen.page_layout import MIN_SIZE, POINTER_COLUMNS, Glyphs, PageLayout, Size
from fibrocheck.asking.switching import layout_for
from fibrocheck.copies.copier import Copier
from fibrocheck.copies.visit_copies import Delivered
from fibrocheck.pages.text_layout import PROBLEM, Paragraph
from fibrocheck.pages.voice import Voice
from fibrocheck.summary import summarise
from fibrocheck.visit.end_pages import (
    code_page,
    finish_page,
    goodbye_page,
    list_page,
    print_size_page,
    printed_page,
    questions_page,
    topics_page,
)
from fibrocheck.visit.pages import answer_options, question_page
from tests.asking.driving import at_each_page, play
from tests.asking.test_pages import CONTENT, plain
from tests.asking.test_touch import Screen

SIZES = (MIN_SIZE, Size(40, 12), Size(63, 20), Size(80, 24), Size(160, 50))
EVERYWHERE = Delivered("273", "3Y4JBVH9Y2T4JQH7BPQ4", ("a-copy.html",), is_printed=True)
NOWHERE = Delivered("", "", (), is_printed=False)
AT_THE_DESK = NOWHERE._replace(number="273")
WITH_A_CODE = NOWHERE._replace(code="3Y4JBVH9Y2T4JQH7BPQ4")
ROADS = (["code", "save", "no-one"], ["desk", "print", "code", "no-one"], ["desk", "print", "code", "save"])
FORWARD, FORWARD_WITH_MARKS, BACK = "1", "\x1b[C", "\x1b[D"
_Pages = list[PageLayout]
_AnyReply = Reply | OtherWay


def shown(
    page: Page, options: list[Option], size: Size, language: str, *keys: str, times: int = 1
) -> tuple[_Pages, list[_AnyReply]]:
    """Return what is shown on the way to each reply, and the replies, if these keys are pressed."""
    return shown_in_turn([(page, options)] * times, size, language, *keys)


def shown_in_turn(
    asked: Iterable[tuple[Page, Sequence[Option]]], size: Size, language: str, *keys: str
) -> tuple[_Pages, list[_AnyReply]]:
    """Return the same for several pages of one visit."""
    with (
        create_pipe_input() as keyboard,
        create_app_session(input=keyboard, output=Screen(size)),
        ScreenAsker(CONTENT, language, Glyphs(), layouts=layout_for) as asker,
    ):
        seen: _Pages = []
        left = list(keys)

        def press_one() -> None:
            assert asker._app._windows is not None
            seen.append(asker._app._windows.layout)
            keyboard.send_text(left.pop(0) if left else FORWARD)

        at_each_page(asker, press_one)
        return seen, [asker.choose(page, options) for page, options in asked]


def text_of(layouts: _Pages) -> str:
    """Return the words of pages."""
    lines = [line for each in layouts for line in (*each.top, *each.foot)]
    return " ".join(" ".join(map(plain, lines)).split())


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_number_of_choices_out_of_sight_is_not_where_keys_stand(language: str) -> None:
    """It would look like one, and pressing it would choose what nobody sees."""
    page, options = list_page(Voice(CONTENT, language), ROADS[1], AT_THE_DESK, private=True)
    lines: list[str] = []
    with (
        create_pipe_input() as keyboard,
        create_app_session(input=keyboard, output=Screen(Size(40, 12))),
        ScreenAsker(CONTENT, language, Glyphs(), layouts=layout_for) as asker,
    ):

        def press_one() -> None:
            assert asker._app._windows is not None
            if asker._app._windows.layout.more:
                lines.extend(map(plain, asker._app._windows._more_line()))
            keyboard.send_text(FORWARD)

        at_each_page(asker, press_one)
        asker.choose(page, options)
    keys_at = layout_for(CONTENT, language, Size(40, 12), Glyphs()).margin + POINTER_COLUMNS
    assert lines
    for line in lines:
        assert any(map(str.isdigit, line))
        assert line.index("…") == keys_at
        assert not line[:keys_at].strip()


def test_where_a_text_may_be_typed_an_empty_line_leads_back_to_a_screen_that_has_room(
    tmp_path: Path,
) -> None:
    """As the line says that was shown when the window was too small; nothing typed is lost."""
    page, options = list_page(Voice(CONTENT, "en"), ["code", "save"], EVERYWHERE, private=True)
    for has_room, reply in ((True, OtherWay), (False, Chosen)):
        typed = tmp_path / "typed"
        typed.write_text("\n1\n", encoding="utf-8")
        with typed.open(encoding="utf-8") as lines:
            asker = PlainAsker(CONTENT, "en", lines, io.StringIO(), may_switch=True)
            asker.keeps_line = True
            asker.has_room = partial(bool, has_room)
            assert isinstance(asker.choose(page, options), reply)


def in_sight(layout: PageLayout) -> int:
    """Return how many options are whole and in sight at first; one below the list always is."""
    shown = layout.in_sight(0, 0)
    heights = sum(each.height for each in layout.listed[: shown.stop])
    return len(shown) * (heights <= layout.option_rows) + bool(layout.way_on)


def end_pages(language: str) -> Iterator[tuple[str, int, Page, Sequence[Option]]]:
    """Yield every page of choices at the end: its name, the choices that are in sight at least, itself."""
    voice = Voice(CONTENT, language)
    for roads in ROADS:
        yield "nowhere", 3, *list_page(voice, roads, NOWHERE, private=True)
        for delivered in (AT_THE_DESK, WITH_A_CODE, EVERYWHERE):
            yield f"{delivered}", 2, *list_page(voice, roads, delivered, private=True)
    for delivered in (NOWHERE, AT_THE_DESK, WITH_A_CODE, EVERYWHERE):
        for closes in (False, True):
            page, options = goodbye_page(voice, delivered=delivered, closes=closes, settles=False)
            closing = voice.say_seconds(CONTENT.words.closes_in_one, CONTENT.words.closes_in, 58)
            yield "goodbye", 3, page._replace(note=f"{page.note} {closing}" * closes or page.note), options
    for name, shown in {
        "size": print_size_page(voice),
        "printed": printed_page(voice),
        "finish": finish_page(voice),
        "topics": topics_page(summarise(CONTENT, {}), voice),
        "faq": questions_page(CONTENT.faq, voice),
    }.items():
        yield name, 2, *shown


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", CONTENT.languages)
def test_several_choices_of_every_page_of_the_end_are_in_sight_at_first(language: str, size: Size) -> None:
    """What is said below them is read before, if it would hide the others."""
    builder = layout_for(CONTENT, language, size, Glyphs(), listens=True)
    for name, least, page, options in end_pages(language):
        layout = builder.question(page, options)
        assert in_sight(layout) >= min(least, len(options)), name
        for focus in range(len(layout.listed)):
            shown = layout.in_sight(0, focus)
            assert focus in shown
            height = sum(layout.listed[each].height for each in shown)
            assert height <= layout.option_rows or size == MIN_SIZE, (name, focus)


@pytest.mark.parametrize("language", CONTENT.languages)
def test_all_that_an_ordinary_terminal_offers_for_a_list_is_in_sight_on_a_low_screen(language: str) -> None:
    """At 40 x 12, with what the last one does."""
    page, options = list_page(Voice(CONTENT, language), ROADS[0], NOWHERE, private=True)
    layout = layout_for(CONTENT, language, Size(40, 12), Glyphs(), listens=True).question(page, options)
    assert in_sight(layout) == len(options)
    assert options[-1].details in text_of([layout._replace(top=layout.options[-1].lines)])


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", CONTENT.languages)
def test_who_can_read_a_list_is_said_before_the_choice(language: str, size: Size) -> None:
    """Below each way, or on a page that is read before; once, and not again when something was done."""
    voice = Voice(CONTENT, language)
    page, options = list_page(voice, ROADS[0], NOWHERE, private=True)
    seen, _ = shown(page, list(options), size, language, times=2)
    said = text_of([*seen, *(seen[-1]._replace(top=each.lines) for each in seen[-1].options)])
    assert all(each.details in said for each in options)
    assert [CONTENT.words.who_gets_list[language] in text_of([each]) for each in seen[-2:]] == [True, True]
    assert (len(seen) > 2) is (size.rows < 20)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", CONTENT.languages)
def test_a_notice_hides_no_answer_of_a_question(language: str, size: Size) -> None:
    """It takes the place of the title; of a list that scrolls without it, it may hide one."""
    voice = Voice(CONTENT, language)
    builder = layout_for(CONTENT, language, size, Glyphs(), listens=True)
    notice = voice.say(CONTENT.words.choose_or_skip)
    for question in CONTENT.questions:
        page = question_page(voice, question, CONTENT.questions)
        options = answer_options(voice, question, [each.id for each in question.choices])
        bare, told = (builder.question(page, options, notice=each) for each in ("", notice))
        assert in_sight(told) >= in_sight(bare) - bare.scrolls, question.id
        assert page.ask in text_of([told])
        assert notice in text_of([told])


def test_a_notice_of_a_problem_looks_like_one_as_a_title_too() -> None:
    """In the style of problems."""
    question = next(each for each in CONTENT.questions if each.id == "ptsd-emotional")
    voice = Voice(CONTENT, "es")
    options = answer_options(voice, question, [each.id for each in question.choices])
    page = question_page(voice, question, CONTENT.questions)
    builder = layout_for(CONTENT, "es", MIN_SIZE, Glyphs(), listens=True)
    problem = Problem("No se pudo. Avise al personal.")
    layout = builder.question(page, options, notice=problem)
    styles = {
        span.style
        for line in layout.top
        for span in line
        if span.text.strip() in problem and span.text.strip()
    }
    assert styles == {PROBLEM}
    assert page.section not in text_of([layout])


MESSAGE = (
    "For our staff: /srv/fibrocheck/records/2026-11-26/278.json: the list 278 was changed by someone else "
    "meanwhile. Compare both, then change the newer one."
)


@pytest.mark.parametrize("times", [1, 2, 9])
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", CONTENT.languages)
def test_a_message_of_any_length_leaves_room_for_the_choices(size: Size, language: str, times: int) -> None:
    """The question makes way for it, and then its end, with a sign: no digit answers what nobody can see."""
    voice = Voice(CONTENT, language)
    question = max(CONTENT.questions, key=lambda each: len(each.ask[language]))
    page = question_page(voice, question, CONTENT.questions)
    options = answer_options(voice, question, [each.id for each in question.choices])
    builder = layout_for(CONTENT, language, size, Glyphs())
    notice = Problem(" ".join([MESSAGE] * times))
    for last in (options[-1], options[-1]._replace(is_way_on=True)):
        layout = builder.question(page, [*options[:-1], last], notice=notice)
        rows = len(layout.top) + layout.option_rows + len(layout.way_on) + len(layout.foot)
        assert layout.option_rows >= 2
        assert rows <= size.rows
        top = "".join("".join(map(plain, layout.top)).split())  # a path may be broken
        assert "".join(MESSAGE.split()[:6]) in top
        assert "".join(notice.split()) in top or "…" in top


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", CONTENT.languages)
def test_everything_that_a_page_says_is_read(size: Size, language: str) -> None:
    """The number, the code, the paper and the file, after the list was given in every way."""
    voice = Voice(CONTENT, language)
    for page, options in (
        list_page(voice, ["code", "save"], EVERYWHERE, private=True),
        goodbye_page(voice, delivered=EVERYWHERE, closes=False, settles=False),
    ):
        seen, _ = shown(page, list(options), size, language)
        said = [block.text for group in page.groups for block in group if isinstance(block, Paragraph)]
        assert said
        for each in said:
            assert " ".join(each.split()) in text_of(seen), (page.id, each)
        assert (len(seen) > 1) is (size.rows < 20)


@pytest.mark.parametrize("paper", [False, True])
@pytest.mark.parametrize("size", [each for each in SIZES if each.columns >= 40], ids=str)
@pytest.mark.parametrize("language", CONTENT.languages)
def test_what_a_person_takes_along_is_whole_on_the_last_page(language: str, size: Size, paper: bool) -> None:
    """The number and the code, with what to do with them, at 40 x 12 too; thanks make way, and paper."""
    delivered = Delivered("273", "3Y4JBVH9Y2T4JQH7BPQ4", is_printed=paper)
    voice, words = Voice(CONTENT, language), CONTENT.words
    page, options = goodbye_page(voice, delivered=delivered, closes=True, settles=False)
    layout = layout_for(CONTENT, language, size, Glyphs(), listens=True).question(page, options)
    said = text_of([layout])
    for text in (
        voice.say(words.tell_number, number="273"),
        voice.say(words.goodbye_code, code="3Y4JB-VH9Y2-T4JQH-7BPQ4"),
    ):
        assert text in said
    assert voice.say(words.read_later) in said or size.rows < 20
    assert layout.option_rows >= 2


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", CONTENT.languages)
def test_one_and_the_arrow_reach_the_end_of_every_page_at_once(language: str, size: Size) -> None:
    """1 goes on from each page, also from the check page that has more rows; the arrow goes on with marks."""
    seen: list[str] = []
    with (
        create_pipe_input() as keyboard,
        create_app_session(input=keyboard, output=Screen(size)),
        ScreenAsker(CONTENT, language, Glyphs(), layouts=layout_for) as asker,
    ):

        def press_one() -> None:
            assert asker._app._windows is not None
            layout = asker._app._windows.layout
            is_marked = any("[x]" in plain(line) for each in layout.options for line in each.lines)
            seen.append(f"{is_marked} {text_of([layout])}")
            keyboard.send_text(FORWARD_WITH_MARKS if is_marked else FORWARD)

        at_each_page(asker, press_one)
        assert not play(CONTENT, asker, language, Copier(CONTENT)).ended
    assert len(set(seen)) == len(seen)


def test_it_is_read_once_and_leads_back_too() -> None:
    """A change on the page, as of the private answers, does not have it read again."""
    page, options = list_page(Voice(CONTENT, "en"), ["code", "save"], EVERYWHERE, private=True)
    size = Size(40, 12)
    seen, _ = shown(page, list(options), size, "en")
    again, replies = shown(page, list(options), size, "en", times=2)
    assert len(again) == len(seen) + 1
    assert replies == [Chosen((options[0].id,))] * 2
    _, (reply,) = shown(page, list(options), size, "en", BACK)
    assert isinstance(reply, GoBack)


@pytest.mark.parametrize("language", CONTENT.languages)
@pytest.mark.parametrize("roads", ROADS, ids=str)
def test_what_was_done_with_a_list_is_the_next_page(roads: list[str], language: str) -> None:
    """Nothing about a choice is read before it, as on the page on which the choice was offered first."""
    voice = Voice(CONTENT, language)
    pages = [
        list_page(voice, roads, each, private=is_on)
        for each, is_on in ((NOWHERE, True), (NOWHERE, False), (AT_THE_DESK, False))
    ]
    seen, replies = shown_in_turn(pages, Size(40, 12), language)
    assert len(replies) == len(pages)
    *_, toggled, given = seen
    assert "273" in text_of([given])
    assert CONTENT.words.who_gets_list[language] in text_of([toggled])


def test_who_can_read_a_code_is_said_beside_it() -> None:
    """On the same page, at 40 x 12 too."""
    for language in CONTENT.languages:
        page = code_page(Voice(CONTENT, language), "3Y4JBVH9Y2T4JQH7BPQ4")
        layout = layout_for(CONTENT, language, Size(40, 12), Glyphs(), listens=True)
        assert len(layout.screenfuls(page)) == 1
