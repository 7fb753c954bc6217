"""Text as lines: nothing is lost or too wide, and what belongs together stays on one screen."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcwidth

from fibrocheck.pages.text_layout import (
    AGAIN,
    BLANK,
    LABEL,
    QUIET,
    STRONG,
    TEXT,
    Gap,
    Group,
    Heading,
    Labelled,
    Paragraph,
    Row,
    Section,
    Span,
    balanced,
    cells,
    group_lines,
    is_narrow,
    paginate,
    unstyled,
    wrap,
)
from fibrocheck.pages.whole_section import section_lines
from fibrocheck.text_safety import printable

WORDS = st.lists(st.text(st.sampled_from("abé–漢 "), max_size=30), max_size=12).map(" ".join)
SIGNS: Group = (Heading("Call 911", "now"), *(Paragraph(f"sign {n}", hang="- ") for n in range(6)))


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("ñandú", 5),
        ("a – b", 5),
        ("“a”", 3),
        ("漢字", 4),
        ("e\u0301", 1),
        ("\x1b", 1),
        ("漢\x1b", 0),
    ],
)
def test_text_takes_as_many_columns_as_a_terminal_gives_it(text: str, columns: int) -> None:
    """One for most characters, two for East Asian ones, none for combining marks."""
    assert cells(text) == columns


@given(left=st.text(), right=st.text())
@example(left="0", right="\ua880")
def test_what_stands_after_a_blank_is_as_wide_as_it_is_alone(left: str, right: str) -> None:
    """So columns are where they belong. A mark without a letter is as wide as beside one."""
    left, right = printable(left), printable(right)
    assert cells(f"{left} {right}") == cells(left) + 1 + cells(right)


@given(text=WORDS, width=st.integers(2, 40))
def test_wrapped_text_fits_and_is_complete(text: str, width: int) -> None:
    """No row is wider than asked, and all characters but spaces are there in order."""
    rows = wrap(text, width)
    assert all(cells(row) <= width for row in rows)
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "width", "rows"),
    [
        ("", 5, ("",)),
        ("one two", 7, ("one two",)),
        ("one two", 6, ("one", "two")),
        (" one   two ", 20, ("one two",)),
        ("abcdefgh", 3, ("abc", "def", "gh")),
        ("a bcdefg h", 3, ("a", "bcd", "efg", "h")),
        ("ab", 0, ("a", "b")),
        ("漢字", 3, ("漢", "字")),
    ],
)
def test_rows_break_at_spaces_and_long_words_anywhere(text: str, width: int, rows: tuple[str, ...]) -> None:
    """A word moves to the next row before it is broken."""
    assert wrap(text, width) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Do you hurt?", ("Do you hurt?",)),
        ("Where do you hurt? You can choose two.", ("Where do you hurt?", "You can choose two.")),
        ("Does it get in the way of your day?", ("Does it get in the", "way of your day?")),
        ("Is it in /srv/fibrocheck/277.json?", ("Is it in", "/srv/fibrocheck/277.json?")),
    ],
)
def test_no_word_of_a_heading_is_left_over(text: str, rows: tuple[str, ...]) -> None:
    """Two sentences have a row each; no word is broken that fits."""
    assert balanced(text, 30) == rows


@given(WORDS, st.integers(2, 40))
def test_balanced_rows_are_as_few_and_complete(text: str, width: int) -> None:
    """As those of `wrap`."""
    rows = balanced(text, width)
    assert len(rows) == len(wrap(text, width))
    assert "".join("".join(rows).split()) == "".join(text.split())
    assert all(cells(row) <= width for row in rows)


def test_the_asides_of_a_text_are_all_beside_their_headings_or_all_below() -> None:
    """One without room beside its heading takes the others with it."""
    groups = (
        (Heading("Sleep", "Some days"), Paragraph("One.")),
        (Heading("Sleep disruption", "Some days"),),
    )
    for width, below in ((27, 0), (26, 2)):
        (page,) = paginate(groups, width, 20)
        section = section_lines(Section("", groups), width)
        for lines in (page, section):
            assert sum(unstyled([line]) == "  Some days\n" for line in lines) == below


def test_a_paragraph_is_indented_by_its_hang() -> None:
    """Its style is on every line."""
    lines = list(Paragraph("one two three", QUIET, hang="- ").lines(9))
    assert lines == [(Span(QUIET, "- one two"),), (Span(QUIET, "  three"),)]


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (11, [(Span(STRONG, "Sleep"), Span(TEXT, "  "), Span(TEXT, "some"))]),
        (10, [(Span(STRONG, "Sleep"),), (Span(TEXT, "  some"),)]),
        (4, [(Span(STRONG, "Slee"),), (Span(STRONG, "p"),), (Span(TEXT, "  so"),), (Span(TEXT, "  me"),)]),
    ],
)
def test_an_aside_is_at_the_right_or_below(width: int, lines: list[object]) -> None:
    """There are at least two columns between a heading and its aside."""
    assert list(Heading("Sleep", "some").lines(width)) == lines


def test_a_row_is_a_label_with_its_value_at_the_right() -> None:
    """Indented by two columns."""
    assert unstyled(Row("Sleep", "No").lines(15)) == "  Sleep      No\n"
    assert unstyled(Row("Sleep", "No").lines(10)) == "  Sleep\n    No\n"
    assert unstyled(Row("Sleep", "", indent=4).lines(15)) == "    Sleep\n"


def test_a_label_is_beside_its_text_on_a_wide_page_and_above_it_on_a_narrow_one() -> None:
    """The label's column is 30 wide, from a page of 64 columns on."""
    labelled = Labelled("Worth telling", "one " * 9)
    assert list(labelled.lines(64)) == [
        (Span(LABEL, "Worth telling".ljust(30)), Span(TEXT, "one one one one one one one one")),
        (Span(LABEL, " " * 30), Span(TEXT, "one")),
    ]
    assert list(labelled.lines(63)) == [
        (Span(LABEL, "Worth telling"),),
        (Span(TEXT, "  one one one one one one one one one"),),
    ]


@given(st.lists(st.text("ab", min_size=1, max_size=12), max_size=8), st.integers(64, 90))
def test_a_label_of_any_length_is_apart_from_its_text(words: list[str], width: int) -> None:
    """At least by two columns, and none of its words is lost."""
    lines = [*Labelled(" ".join(words), "one " * 9).lines(width)]
    labels, texts = zip(*((line[0].text, line[-1].text) for line in lines), strict=True)
    assert all(cells(label) == 30 and label.endswith("  ") for label in labels)
    assert " ".join(labels).split() == words
    assert " ".join(texts).split() == ["one"] * 9


def test_a_section_has_its_title_and_a_blank_line_before_each_group() -> None:
    """An empty title is not printed."""
    groups: tuple[Group, ...] = ((Paragraph("a"), Gap(), Paragraph("b")), (Paragraph("c"),))
    assert unstyled(section_lines(Section("Title", groups), 20)) == "Title\n\na\n\nb\n\nc\n"
    assert unstyled(section_lines(Section("", groups[1:]), 20)) == "\nc\n"
    assert unstyled(group_lines(groups[0], 20, gaps=False)) == "a\nb\n"


def test_groups_share_a_screen_with_a_blank_line_between_them() -> None:
    """As many as fit."""
    groups: list[Group] = [(Paragraph("a"),), (Paragraph("b"),), (Paragraph("c"),)]
    assert [unstyled(page) for page in paginate(groups, 10, 3)] == ["a\n\nb\n", "c\n"]
    assert paginate([], 10, 3) == [[]]


def test_a_group_that_continues_has_its_heading_again() -> None:
    """Without the aside."""
    first, second, third = paginate([SIGNS], 20, 3)
    assert unstyled(first) == "Call 911         now\n- sign 0\n- sign 1\n"
    assert second[0] == third[0] == (Span(AGAIN, "Call 911"),)
    assert [unstyled(page[1:]) for page in (second, third)] == [
        "- sign 2\n- sign 3\n",
        "- sign 4\n- sign 5\n",
    ]


@pytest.mark.parametrize(
    ("height", "pages"),
    [(16, ["x\n" * 7 + "\n" + "x\n" * 8]), (15, ["x\n" * 15]), (8, ["x\n" * 8, "x\n" * 7])],
)
def test_gaps_are_left_out_on_a_low_screen(height: int, pages: list[str]) -> None:
    """Below 16 lines."""
    group: Group = (*[Paragraph("x")] * 7, Gap(), *[Paragraph("x")] * 8)
    assert [unstyled(page) for page in paginate([group], 10, height)] == pages


def test_a_paragraph_higher_than_the_screen_is_split_and_a_lone_heading_is_kept() -> None:
    """Nothing is lost."""
    assert [unstyled(page) for page in paginate([(Paragraph("a b c d e"),)], 1, 2)] == [
        "a\nb\n",
        "c\nd\n",
        "e\n",
    ]
    assert [unstyled(page) for page in paginate([(Heading("a b"),)], 1, 1)] == ["a\nb\n"]


@given(
    groups=st.lists(st.lists(WORDS.map(Paragraph), min_size=1, max_size=4).map(tuple), max_size=4),
    height=st.integers(1, 9),
)
def test_screens_lose_nothing_and_are_never_too_high(groups: list[Group], height: int) -> None:
    """The lines of all screens are the lines of all groups, with blank lines between groups."""
    pages = paginate(groups, 20, height)
    assert all(len(page) <= height for page in pages)
    shown = [line for page in pages for line in page if line != BLANK]
    assert shown == [line for group in groups for line in group_lines(group, 20)]


def test_characters_known_to_take_one_column_do() -> None:
    """By wcwidth's tables, which are not loaded for them. Controls take none, and are never written."""
    known = [sign for sign in map(chr, range(0x20, 0x30000)) if is_narrow(sign) and sign.isprintable()]
    assert len(known) > 900
    assert {wcwidth(sign) for sign in known} == {1}


@pytest.mark.parametrize("height", range(1, 8))
def test_the_end_of_a_long_paragraph_is_never_a_single_line(height: int) -> None:
    """The line before it goes with it, and no line is lost; a screen of two lines has no other choice."""
    for rows in range(height + 1, 4 * height):
        text = " ".join(f"{number:09}" for number in range(rows))
        screenfuls = paginate([(Paragraph(text),)], 9, height)
        assert "".join(unstyled(each) for each in screenfuls).split() == text.split()
        assert len(screenfuls) == -(-rows // height)
        assert len(screenfuls[-1]) > 1 or height <= 2
