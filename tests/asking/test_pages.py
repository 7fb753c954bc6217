"""Pages as text: one of each kind is kept in `pages/`, and every page of a typical visit is checked.

The kept pages are shown at three sizes in both languages, one file for each page. After an intended
change, write them anew with `python -m tests.asking.test_pages` and read the difference.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

import pytest

from fibrocheck.asking.contract import GO_ON, Chosen, GoBack, Option, Page, Reply
from fibrocheck.asking.screen.aside import (
    busy_page,
    hidden_page,
    idle_page,
    line_by_line_page,
    menu_page,
    staff_code_page,
    why_page,
)
from fibrocheck.asking.screen.layout import LayoutBuilder
from fibrocheck.asking.screen.page_layout import MIN_SIZE, POINTER_COLUMNS, Glyphs, PageLayout, Size, SoFar
from fibrocheck.asking.stopping import stop_page
from fibrocheck.content.model import Content
from fibrocheck.copies.copier import Copier
from fibrocheck.copies.visit_copies import Delivered
from fibrocheck.pages.text_layout import PICTURE, PICTURE_LIGHT, Line
from fibrocheck.pages.voice import Voice
from fibrocheck.visit.end_pages import goodbye_page
from fibrocheck.visit.flow import Visit
from fibrocheck.visit.pages import language_page
from tests.fixture import questionnaire

KEPT = Path(__file__).parent / "pages"
SIZES = (Size(80, 24), Size(60, 20), Size(40, 12))
CONTENT = questionnaire()
Draw = Callable[[LayoutBuilder], list[PageLayout]]


class Sitter:
    """Answers a visit from a list, and keeps its pages by their ids, in order, and how each is drawn."""

    def __init__(
        self, language: str, answers: Sequence[str | tuple[str, ...]], content: Content = CONTENT
    ) -> None:
        self.language = language
        self._last_row = Option(GO_ON, content.words.go_on[language])
        self.pages: dict[str, Draw] = {}
        self.seen: dict[str, Page] = {}
        self.options: dict[str, Sequence[Option]] = {}
        self._answers = list(answers)

    def choose(self, page: Page, options: Sequence[Option], current: str | None = None) -> Reply:
        """Give the next answer."""
        del current
        so_far = SoFar(keeps=options[-1].is_way_on)
        return self._answer(page, options, lambda layout: [layout.question(page, options, so_far)])

    def choose_many(
        self, page: Page, options: Sequence[Option], current: frozenset[str] = frozenset()
    ) -> Reply:
        """Give the next answers; the page is kept with them marked."""
        del current
        so_far = SoFar(marked=frozenset(self._answers[0]), keeps=True)
        rows = [*options, self._last_row]
        return self._answer(page, options, lambda layout: [layout.question(page, rows, so_far)])

    def read(self, page: Page, *, at: float = 0.0) -> Reply:
        """Go on."""
        del at
        self._keep(
            page, lambda layout: [layout.reading(page, n) for n in range(len(layout.screenfuls(page)))]
        )
        return Chosen((GO_ON,))

    def tell(self, message: str) -> None:
        """Ignore it."""

    def busy(self, message: str) -> None:
        """Ignore it."""

    def _answer(self, page: Page, options: Sequence[Option], draw: Draw) -> Reply:
        self._keep(page, draw)
        self.options.setdefault(page.id, options)
        answer = self._answers.pop(0)
        if answer in {"skip", "all-right"}:  # the program's own, which no id of a questionnaire can be
            answer = f"-{answer}"
        if answer == "back":
            return GoBack()
        ids = answer if isinstance(answer, tuple) else (answer,)
        assert set(ids) <= {option.id for option in options}
        return Chosen(ids)

    def _keep(self, page: Page, draw: Draw) -> None:
        assert page.id
        self.seen.setdefault(page.id, page)
        self.pages.setdefault(page.id, draw)


ANSWERS: tuple[str | tuple[str, ...], ...] = (
    "most-days", "sometimes", "no", "most-days", "not-sure", "skip", "sometimes", "most-days",
    "6-to-24-months", ("neck", "lower-back"), "fatigue",
    "yes", "no", "not-sure", "skip", "no", "skip", "yes",
    "all-right", "save", "back", "private", "private", "code",
    "topics", "sleep", "back", "faq", "stress", "back", "help", "about", "care", "my-list", "finish", "done",
)  # fmt: skip
"""Six symptoms and two factors that have education, the rest No or skipped; then all there is at the end."""

SHORT = (*ANSWERS[: ANSWERS.index("all-right") + 1], "code", "finish", "done")
"""The same answers, and the first choice of each page at the end."""


def sat(content: Content, language: str, answers: Sequence[str | tuple[str, ...]] = ANSWERS) -> Sitter:
    """Return the pages of a typical visit."""
    sitter = Sitter(language, answers)
    Visit(content, sitter, language, Copier(content)).run()
    assert not sitter._answers
    return sitter


def pages_aside(page: Page, options: Sequence[Option], voice: Voice) -> dict[str, Draw]:
    """Return the pages that the screen itself shows in the middle of a visit, here of one page."""
    menu, hidden, idle = menu_page(page, options, voice), hidden_page(voice), idle_page(45, voice)
    stop, line_by_line, staff = stop_page(voice), line_by_line_page(voice), staff_code_page("123", voice)
    why, busy = why_page(page, voice), busy_page(voice.say(voice.content.words.one_moment))
    return {
        why.id: lambda layout: [layout.reading(why, 0)],
        menu[0].id: lambda layout: [layout.question(*menu)],
        hidden[0].id: lambda layout: [layout.question(*hidden)],
        idle[0].id: lambda layout: [layout.question(*idle)],
        stop[0].id: lambda layout: [layout.question(*stop)],
        line_by_line[0].id: lambda layout: [layout.question(*line_by_line)],
        staff[0].id: lambda layout: [layout.question(*staff)],
        busy.id: lambda layout: [layout.message(busy)],
    }


def every_page(language: str) -> dict[str, Draw]:
    """Return the choice of language, the pages of a typical visit, and those the screen itself shows."""
    first, sitter = language_page(CONTENT), sat(CONTENT, language)
    return {
        first[0].id: lambda layout: [layout.question(*first)],
        **sitter.pages,
        **pages_aside(sitter.seen["muscle-pain"], sitter.options["muscle-pain"], Voice(CONTENT, language)),
    }


def text_of(page: PageLayout, size: Size) -> str:
    """Return a page as the screen shows it, with the pointer on its first option."""
    rows = [plain(line) for line in page.top]
    listed: list[str] = []
    shown = page.in_sight(0, 0)
    for number, option in enumerate(page.listed[: shown.stop]):
        listed += [" " * (page.margin + POINTER_COLUMNS) + heading for heading in option.heading]
        lead = " ❯ " if number == 0 else "   "
        for line in option.lines:
            listed.append(" " * page.margin + lead + plain(line))
            lead = "   "
        listed += [""] * option.gap
    rows += beside(listed, page)[: page.option_rows]
    if page.more:
        below = str(len(page.listed) - shown.stop)
        rows += [""] * (len(page.top) + page.option_rows - len(rows))
        rows.append(" " * (page.margin + POINTER_COLUMNS) + page.more[0].replace("{number}", below))
    rows += [plain(line) for line in page.way_on]
    rows += [""] * (size.rows - len(rows) - len(page.foot))
    rows += [plain(line) for line in page.foot]
    return "\n".join(row.rstrip() for row in rows)


def beside(listed: list[str], page: PageLayout) -> list[str]:
    """Return the options with what is drawn beside them."""
    if not page.beside:
        return listed
    at = page.margin + page.beside_at
    pairs = zip_longest(listed, map(plain, page.beside), fillvalue="")
    return [left.ljust(at) + right for left, right in pairs]


def words_in(line: Line) -> Line:
    """Return a line without the picture beside its text."""
    return tuple(span for span in line if span.style not in {PICTURE, PICTURE_LIGHT})


def plain(line: Line) -> str:
    """Return a line without its styles."""
    return "".join(span.text for span in line)


A_CODE = re.compile(r"[2-9B-Z]{5}(?:-[2-9B-Z]{1,5})+")
"""A list's code, which is another one each time."""

SNAPSHOTS = (
    "language", "welcome", "muscle-pain", "pain-areas", "check", "next-step", "about-marked", "take-list",
    "what-now", "get-help", "goodbye",
    "why", "menu", "hidden", "stop", "line-by-line", "idle-warning", "busy",
)  # fmt: skip
"""One page of each kind: questions with one and with several choices, a text to read, a list, menus."""


def snapshot(name: str) -> str:
    """Return the text of `pages/NAME.txt`: the page at every size in every language."""
    parts = []
    for language in CONTENT.languages:
        draw = every_page(language)[name]
        for size in SIZES:
            parts += [
                f"==== {size.columns} x {size.rows}, {language}\n{text_of(page, size)}\n"
                for page in draw(LayoutBuilder(CONTENT, language, size, Glyphs()))
            ]
    return A_CODE.sub("22222-22222-22222-22222", "".join(parts))


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_a_page_looks_as_in_its_snapshot(name: str) -> None:
    """Read any difference, then accept it or fix it."""
    assert snapshot(name) == (KEPT / f"{name}.txt").read_text(encoding="utf-8")


def test_every_snapshot_belongs_to_a_page() -> None:
    """No file is left of a page that is not kept any more."""
    assert {path.stem for path in KEPT.iterdir()} == set(SNAPSHOTS)


def layouts(sizes: Sequence[Size], *, large: bool = False) -> Iterator[tuple[str, Size, PageLayout]]:
    """Yield every page of a typical visit, in both languages, at the given sizes."""
    for language in CONTENT.languages:
        for name, draw in every_page(language).items():
            for size in sizes:
                for page in draw(LayoutBuilder(CONTENT, language, size, Glyphs(), large=large)):
                    yield f"{name}, {language}, {size.columns} x {size.rows}", size, page


ALL_SIZES = (*SIZES, Size(160, 50), Size(80, 25), Size(45, 15), MIN_SIZE)


def test_no_page_is_larger_than_the_screen() -> None:
    """Every line fits the width, and the lines with the rows for options fill the height exactly."""
    for name, size, page in layouts(ALL_SIZES):
        lines = [*page.top, *page.foot, *(line for option in page.options for line in option.lines)]
        widths = [len(plain(line)) for line in lines]
        assert max(widths) <= size.columns, name
        assert len(page.top) + list_rows(page) + len(page.foot) == size.rows or is_busy(name), name


def test_large_pages_fit_too_and_have_shorter_lines() -> None:
    """With `--large`: text at most 48 columns wide, and empty lines between options if they fit.

    A picture stands beside the text or above it; what is said in it is said in words too.
    """
    for name, size, page in layouts(ALL_SIZES, large=True):
        assert len(page.top) + list_rows(page) + len(page.foot) == size.rows or is_busy(name), name
        below_the_header = page.top[3:] if size.columns >= 60 else ()
        assert all(len(plain(words_in(line)).strip()) <= 48 for line in below_the_header), name
    large = LayoutBuilder(CONTENT, "en", Size(80, 24), Glyphs(), large=True)
    (sleep,) = every_page("en")["sleep"](large)
    assert all(option.gap == 1 for option in sleep.options[:-1])


def test_a_question_leaves_room_for_its_options() -> None:
    """At least two rows of options at the smallest size; at 40 x 12 all of them if there are five.

    Where each option says more, as who can read the list, the first one is whole at 40 x 12.
    """
    for name, size, page in layouts(ALL_SIZES):
        assert page.option_rows >= min(2, page.rows_needed) or is_busy(name), name
        if size == Size(40, 12) and name.startswith("take-list, "):
            assert page.option_rows >= page.options[0].height, name
        elif size == Size(40, 12) and len(page.options) <= 5:
            assert not page.scrolls or is_busy(name), name


@pytest.mark.parametrize("size", [MIN_SIZE, Size(40, 12)], ids=str)
@pytest.mark.parametrize("language", CONTENT.languages)
def test_a_list_given_in_every_way_leaves_its_number_and_the_options_in_sight(
    language: str, size: Size
) -> None:
    """On the last page of the smallest screens, paper, code and files are left out, then what is below."""
    delivered = Delivered("273", "22222222222222222222", ("fibrocheck-2026-11-25.html",), is_printed=True)
    page, options = goodbye_page(Voice(CONTENT, language), delivered=delivered, closes=True, settles=False)
    layout = LayoutBuilder(CONTENT, language, size, Glyphs()).question(page, options)
    assert layout.option_rows >= 2
    assert " 273" in text_of(layout, size)
    large = LayoutBuilder(CONTENT, language, Size(80, 24), Glyphs()).question(page, options)
    shown = text_of(large, Size(80, 24))
    assert all(each in shown for each in ("273", "22222-", "2026-11-25.html"))
    assert not large.scrolls


def list_rows(page: PageLayout) -> int:
    """Return the height of a page's options, with the row for those out of sight, and the way on."""
    return page.option_rows + (page.more is not None) + len(page.way_on)


def is_busy(name: str) -> bool:
    """Return whether this is the page that asks nothing, and gives its only option no row."""
    return name.startswith("busy, ")


def test_no_is_visible_without_scrolling() -> None:
    """However large the font, and so however small the screen, "No" is always in sight."""
    for name, _size, page in layouts(ALL_SIZES):
        rows = [(option.id, line) for option in page.options for line in (*option.heading, *option.lines)]
        shown = [option for option, _ in rows[: page.option_rows]]
        assert "no" in shown or "no" not in [option for option, _ in rows], name


def test_only_long_lists_and_education_need_more_than_one_screen_at_80_by_24() -> None:
    """Every other page is one screen."""
    for language in CONTENT.languages:
        for name, draw in every_page(language).items():
            drawn = draw(LayoutBuilder(CONTENT, language, Size(80, 24), Glyphs()))
            if name not in {"check", "told-us", "about-marked", "faq", "about", "care", "get-help", "busy"}:
                assert len(drawn) == 1, name
                assert not drawn[0].scrolls, name


def test_only_what_must_be_read_at_once_gives_up_its_rules_to_stay_on_one_screen() -> None:
    """The welcome page, and signs of an emergency; what else does not fit has one page more."""
    for name, _size, page in layouts([Size(80, 24), Size(80, 25)]):
        rules = [line for line in (*page.top, *page.foot) if line and set(plain(line).strip()) == {"─"}]
        assert len(rules) == 2 or is_busy(name) or name.startswith(("welcome, ", "get-help, ")), name


@pytest.mark.parametrize("language", CONTENT.languages)
def test_the_check_page_shows_a_factor_by_its_question(language: str) -> None:
    """What Yes means depends on what was asked; a symptom is shown by its term."""
    sitter = Sitter(language, ANSWERS)
    Visit(CONTENT, sitter, language, Copier(CONTENT)).run()
    labels = {option.id: option.label for option in sitter.options["check"]}
    assert {item.id: labels[item.id] for item in CONTENT.items} == {
        **{item.id: item.term[language] for item in CONTENT.symptoms},
        **{item.id: item.ask[language] for item in CONTENT.factors},
    }


@pytest.mark.parametrize("language", CONTENT.languages)
def test_a_typical_visit_takes_fewer_than_45_keys(language: str) -> None:
    """Six symptoms and two factors marked, at 80 x 24: every choice, mark, screenful and Finish counted."""
    answers = SHORT
    sitter = Sitter(language, answers)
    Visit(CONTENT, sitter, language, Copier(CONTENT)).run()
    layout = LayoutBuilder(CONTENT, language, Size(80, 24), Glyphs())
    screenfuls = sum(len(draw(layout)) for draw in sitter.pages.values())
    marks = sum(len(answer) for answer in answers if isinstance(answer, tuple))
    choosing_the_language = 1
    assert screenfuls + marks + choosing_the_language < 45


if __name__ == "__main__":
    KEPT.mkdir(exist_ok=True)
    for each in SNAPSHOTS:
        (KEPT / f"{each}.txt").write_text(snapshot(each), encoding="utf-8")
