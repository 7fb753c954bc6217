"""The figure of "Where it hurts" has a place for every area, and an area for every place."""

from pathlib import Path

from fibrocheck.asking.screen.page_layout import Glyphs
from fibrocheck.content.body import BACK, BACK_LINES, FRONT, FRONT_LINES, LETTERS, PLACES
from fibrocheck.content.check import check
from fibrocheck.content.loader import load_for
from fibrocheck.content.source_file import shipped_path
from fibrocheck.pages.figure import figure

ALIKE = "has no place on the figure", "cannot be chosen"


def test_every_area_is_drawn_on_paper_and_on_the_screen() -> None:
    """Each with a letter of its own, on at least one side."""
    assert set(LETTERS.values()) == set(PLACES)
    assert set("".join((*FRONT, *BACK))) - {" "} == set(LETTERS)
    for letter, area in LETTERS.items():
        for side, rows in ((PLACES[area].front, FRONT), (PLACES[area].back, BACK)):
            assert bool(side) is (letter in "".join(rows)), area


def test_both_sides_have_the_same_size_and_are_symmetrical() -> None:
    """No line is longer than another, and left is like right."""
    assert len(FRONT) == len(BACK)
    assert len({len(row) for row in (*FRONT, *BACK)}) == 1
    assert all(row == row[::-1] for row in (*FRONT, *BACK))


def test_every_area_has_an_outline_of_lines_and_nothing_else_has() -> None:
    """A shade would mix its colour with the background's: no contrast that could be computed."""
    for letters, lines in ((FRONT, FRONT_LINES), (BACK, BACK_LINES)):
        signs = [
            (letter, sign)
            for pair in zip(letters, lines, strict=True)
            for letter, sign in zip(*pair, strict=True)
        ]
        assert {sign for _, sign in signs} == set(Glyphs().box) | {" "}
        assert {letter for letter, sign in signs if sign != " "} == set("".join(letters)) - {" "}
        mirrored = str.maketrans("╭╮╰╯", "╮╭╯╰")
        assert all(row == row[::-1].translate(mirrored) for row in lines)


def test_the_shipped_areas_are_those_of_the_figure() -> None:
    """The check has nothing to say about the shipped file, and marked areas are filled on paper."""
    content = load_for(None, None)
    problems = check(Path(shipped_path()).read_bytes())
    assert not [each for each in problems if any(said in each.what for said in ALIKE)]
    (question,) = (each for each in content.follow_ups if each.id == "pain-areas")
    marked = figure(tuple(each.id for each in question.choices[:1]), "Front", "Back", "Head")
    assert all(view.filled for view in marked.views)


def test_an_area_without_a_place_and_a_place_without_an_area_are_warned_about() -> None:
    """Both name the question and the area."""
    text = Path(shipped_path()).read_text(encoding="utf-8").replace("id: jaw", "id: left-ear")
    assert "left-ear" in text
    said = [each.what for each in check(text.encode()) if any(words in each.what for words in ALIKE)]
    assert said == [
        "follow-up pain-areas: the area left-ear has no place on the figure",
        "follow-up pain-areas: the figure shows jaw, which cannot be chosen",
    ]


def test_a_question_that_is_not_about_the_body_has_no_figure() -> None:
    """A follow-up whose choices are no areas is not compared with it."""
    text = Path(shipped_path()).read_text(encoding="utf-8")
    for area in PLACES:
        text = text.replace(f"id: {area}\n", f"id: not-{area}\n")
    assert not [each for each in check(text.encode()) if any(words in each.what for words in ALIKE)]
