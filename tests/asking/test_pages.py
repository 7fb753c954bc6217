"""Every kind of page at three sizes in both languages, kept as text in `pages/`: one file a page.

After a change that is meant, write them anew with `python -m tests.asking.test_pages` and read the
difference by eye.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from fibrocheck.asking.contract import GO_ON, Chosen, GoBack, Option, Page, Reply
from fibrocheck.asking.screen.layout import FLOOR, POINTER_COLUMNS, Frame, Glyphs, Layout, Size
from fibrocheck.content.model import Content
from fibrocheck.copies.copier import Copier
from fibrocheck.pages.text_layout import Line
from fibrocheck.visit.flow import Visit
from tests.fixture import questionnaire

KEPT = Path(__file__).parent / "pages"
SIZES = (Size(80, 24), Size(60, 20), Size(40, 12))
CONTENT = questionnaire()
Draw = Callable[[Layout], list[Frame]]


class Sitter:
    """Answers a visit from a list, and remembers how each page of it is drawn."""

    def __init__(self, language: str, answers: Sequence[str | tuple[str, ...]]) -> None:
        self.language = language
        self.pages: dict[str, Draw] = {}
        self._answers = list(answers)

    def choose(self, page: Page, options: Sequence[Option], current: str | None = None) -> Reply:
        """Take the next answer."""
        del current
        return self._answer(page, options, lambda layout: [layout.question(page, options)])

    def choose_many(
        self, page: Page, options: Sequence[Option], current: frozenset[str] = frozenset()
    ) -> Reply:
        """Take the next answers; the page is kept with them marked."""
        del current
        marked = frozenset(self._answers[0])
        return self._answer(page, options, lambda layout: [layout.question(page, options, marked)])

    def read(self, page: Page, *, from_end: bool = False) -> Reply:
        """Read on."""
        del from_end
        self.pages.setdefault(
            self._name(page, ()),
            lambda layout: [layout.reading(page, n) for n in range(len(layout.screenfuls(page)))],
        )
        return Chosen((GO_ON,))

    def tell(self, message: str) -> None:
        """Hear it."""

    def busy(self, message: str) -> None:
        """Wait."""

    def _answer(self, page: Page, options: Sequence[Option], draw: Draw) -> Reply:
        self.pages.setdefault(self._name(page, options), draw)
        answer = self._answers.pop(0)
        if answer == "back":
            return GoBack()
        ids = answer if isinstance(answer, tuple) else (answer,)
        assert set(ids) <= {option.id for option in options}
        return Chosen(ids)

    def _name(self, page: Page, options: Sequence[Option]) -> str:
        """A page's name in `pages/`: the same in every language, because they come in the same order."""
        del page, options
        return NAMES[len(self.pages)] if len(self.pages) < len(NAMES) else f"page-{len(self.pages)}"


NAMES = (
    "welcome", "muscle-pain", "widespread-pain", "tenderness", "fatigue", "sleep", "morning-stiffness",
    "headaches", "brain-fog", "duration", "pain-areas", "most-in-the-way", "factors", "viral-illness",
    "immune-changes", "stress-trauma", "nervous-system", "hormonal", "ptsd-emotional", "autoimmune",
    "check", "told", "about-marked", "fibromyalgia", "questions", "care", "next-step", "what-now",
    "choose-question", "question", "save-form",
)  # fmt: skip

ANSWERS: tuple[str | tuple[str, ...], ...] = (
    "most-days", "sometimes", "no", "most-days", "not-sure", "skip", "sometimes", "most-days",
    "6-to-24-months", ("neck", "lower-back"), "fatigue",
    "yes", "no", "not-sure", "skip", "no", "skip", "yes",
    "all-right", "question", "stress", "save", "back", "finish",
)  # fmt: skip
"""Six symptoms and two factors with something to read about, the rest No or skipped."""


def sat(content: Content, language: str) -> Sitter:
    """The pages of one typical visit."""
    sitter = Sitter(language, ANSWERS)
    Visit(content, sitter, language, Copier(content)).run()
    assert not sitter._answers
    return sitter


def text_of(frame: Frame, size: Size) -> str:
    """A page as it stands on the screen, the pointer on its first choice."""
    rows = [plain(line) for line in frame.top]
    listed: list[str] = []
    for number, option in enumerate(frame.options):
        listed += [" " * (frame.margin + POINTER_COLUMNS) + heading for heading in option.heading]
        lead = " ❯ " if number == 0 else "   "
        for line in option.lines:
            listed.append(" " * frame.margin + lead + plain(line))
            lead = "   "
    rows += listed[: frame.option_rows]
    rows += [""] * (size.rows - len(rows) - len(frame.foot))
    rows += [plain(line) for line in frame.foot]
    return "\n".join(row.rstrip() for row in rows)


def plain(line: Line) -> str:
    """A line without its styles."""
    return "".join(span.text for span in line)


def kept(name: str) -> str:
    """What `pages/NAME.txt` should hold: the page at every size in every language."""
    parts = []
    for language in CONTENT.languages:
        draw = sat(CONTENT, language).pages[name]
        for size in SIZES:
            parts += [
                f"==== {size.columns} x {size.rows}, {language}\n{text_of(frame, size)}\n"
                for frame in draw(Layout(CONTENT, language, size, Glyphs()))
            ]
    return "".join(parts)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_looks_as_it_was_last_read_by_eye(name: str) -> None:
    """Any difference is to be looked at, then kept or mended."""
    assert kept(name) == (KEPT / f"{name}.txt").read_text(encoding="utf-8")


def frames(sizes: Sequence[Size]) -> Iterator[tuple[str, Size, Frame]]:
    """Every page of a typical visit, in both languages, at the given sizes."""
    for language in CONTENT.languages:
        for name, draw in sat(CONTENT, language).pages.items():
            for size in sizes:
                for frame in draw(Layout(CONTENT, language, size, Glyphs())):
                    yield f"{name}, {language}, {size.columns} x {size.rows}", size, frame


ALL_SIZES = (*SIZES, Size(160, 50), Size(80, 25), Size(45, 15), FLOOR)


def test_nothing_stands_beyond_the_edge() -> None:
    """Every line fits the width, and the lines with the rows for choices fill the height exactly."""
    for name, size, frame in frames(ALL_SIZES):
        lines = [*frame.top, *frame.foot, *(line for option in frame.options for line in option.lines)]
        widths = [len(plain(line)) for line in lines]
        assert max(widths) <= size.columns, name
        assert len(frame.top) + frame.option_rows + len(frame.foot) == size.rows, name


def test_large_pages_fit_too_and_have_shorter_lines() -> None:
    """With `--large`: nothing beyond the edge, text at most 48 columns wide, choices apart where they fit."""
    for language in CONTENT.languages:
        for name, draw in sat(CONTENT, language).pages.items():
            for size in ALL_SIZES:
                for frame in draw(Layout(CONTENT, language, size, Glyphs(), large=True)):
                    assert len(frame.top) + frame.option_rows + len(frame.foot) == size.rows, name
                    below_the_header = frame.top[3:] if size.columns >= 60 else ()
                    assert all(len(plain(line).strip()) <= 48 for line in below_the_header), name
    page = sat(CONTENT, "en").pages["sleep"](Layout(CONTENT, "en", Size(80, 24), Glyphs(), large=True))[0]
    assert all(option.heading == ("",) for option in page.options)


def test_a_question_leaves_room_for_its_choices() -> None:
    """At least two rows of choices at the smallest size; all of them at 40 x 12 where there are five."""
    for name, size, frame in frames(ALL_SIZES):
        assert frame.option_rows >= min(2, frame.rows_needed), name
        if size == Size(40, 12) and len(frame.options) <= 5:
            assert not frame.scrolls, name


def test_no_is_never_below_the_edge() -> None:
    """However large the font, so however small the screen: whoever does not scroll still sees "No"."""
    for name, _size, frame in frames(ALL_SIZES):
        rows = [(option.id, line) for option in frame.options for line in (*option.heading, *option.lines)]
        shown = [option for option, _ in rows[: frame.option_rows]]
        assert "no" in shown or "no" not in [option for option, _ in rows], name


def test_only_long_lists_and_education_need_more_than_one_screen_at_80_by_24() -> None:
    """One page, one screen: but for the lists of all the answers, and the education."""
    for language in CONTENT.languages:
        for name, draw in sat(CONTENT, language).pages.items():
            drawn = draw(Layout(CONTENT, language, Size(80, 24), Glyphs()))
            if name not in {"check", "told", "about-marked", "questions", "care"}:
                assert len(drawn) == 1, name
                assert not drawn[0].scrolls, name


@pytest.mark.parametrize("language", CONTENT.languages)
def test_a_typical_visit_takes_fewer_than_45_keys(language: str) -> None:
    """Six symptoms and two factors marked, at 80 x 24: every choice, mark, screenful and Finish counted."""
    answers = (*ANSWERS[:-5], "finish")
    sitter = Sitter(language, answers)
    Visit(CONTENT, sitter, language, Copier(CONTENT)).run()
    layout = Layout(CONTENT, language, Size(80, 24), Glyphs())
    screenfuls = sum(len(draw(layout)) for draw in sitter.pages.values())
    marks = sum(len(answer) for answer in answers if isinstance(answer, tuple))
    choosing_the_language = 1
    assert screenfuls + marks + choosing_the_language < 45


if __name__ == "__main__":
    KEPT.mkdir(exist_ok=True)
    for each in NAMES:
        (KEPT / f"{each}.txt").write_text(kept(each), encoding="utf-8")
