"""A call from its first page to its last, with the emergency words on every one of them."""

import re
from datetime import date, timedelta

import pytest

from fibrocheck.asking.screen.actions import HIDE, MENU, choose
from fibrocheck.asking.screen.page_layout import PageLayout, Size
from fibrocheck.asking.screen.view import View
from fibrocheck.content.model import Question
from fibrocheck.copies.folder.desk_folder import Folder
from fibrocheck.desk.caller import Caller
from fibrocheck.desk.glance import Glance
from fibrocheck.desk.in_tray import Group, Row
from fibrocheck.desk.states import LINKED, Event, State
from fibrocheck.pages.voice import Voice
from fibrocheck.reception import program
from fibrocheck.reception.call_pages import CALL
from fibrocheck.reception.contract import Typed
from fibrocheck.reception.rows import row_options
from fibrocheck.records.record import DESK, IN_PROGRESS
from tests.asking.test_painted import SEEN
from tests.asking.test_wide_layout import text_of
from tests.desk.lists import CONTENT, TODAY, put, record
from tests.reception.driving import (
    BACK,
    DONE,
    FIRST,
    Burst,
    Line,
    Play,
    Step,
    actions,
    in_lines,
    on_screen,
    place_in,
)
from tests.reception.test_desk import CHANGE_VISIT, CODE, NEW_CALL, lists_of, number_in, play

__all__ = ["play"]

WORDS = CONTENT.words.desk
SIZES = [size for size, _ in SEEN]
AREAS = len(Caller(CONTENT, {CONTENT.symptoms[1].id: "most-days"}).choices(CONTENT.follow_ups[1]))
_, *OPENING = NEW_CALL  # without the key that begins it


def marked(play: Play) -> list[Step]:
    """Return how the first and the second area are marked on a page of their own: one by one, or at once."""
    return [1, 2, AREAS + 1] if play is on_screen else [Line("1 2")]


def each_line(play: Play) -> list[Step]:
    """Return a whole call: every line, every follow-up on its page, and what was heard is kept."""
    follow_ups: list[Step] = ["1", 2, "1", *marked(play), "1", 1]
    return [*OPENING, *["1"] * len(CONTENT.items), DONE, *follow_ups, DONE]


def interrupted(steps: list[Step]) -> list[Step]:
    """Have the emergency words read before each step, and go back to the page."""
    return [each for step in steps for each in ("!", 1, step)]


def test_the_emergency_words_are_one_key_away_on_every_page_of_a_call(play: Play, folder: Folder) -> None:
    """They lead back to the page as it was: what is marked and what is chosen stay."""
    steps = each_line(play)
    first, last = len(OPENING) + 1, len(OPENING) + len(CONTENT.items)  # one line is like another
    asked = [*interrupted(steps[:first]), *steps[first:last], *interrupted([*steps[last:], 1])]
    said = play(folder, ["n", *asked, BACK])
    answers = lists_of(folder).look(TODAY, number_in(folder)).record.answers
    assert len(answers) == len(CONTENT.items) + len(CONTENT.follow_ups)
    if play is in_lines:
        assert said.count(CONTENT.safety.title["en"]) == asked.count("!")


def test_what_a_caller_said_stays_marked_when_staff_go_back(folder: Folder) -> None:
    """Its line has it at once; the page shows it again, to which more is added."""
    to_areas: list[Step] = ["n", *OPENING, *["1"] * len(CONTENT.items), DONE, "1", 2]
    on_screen(folder, [*to_areas, "1", 1, 2, BACK, "1", 4, BACK, BACK])
    shown = lists_of(folder).look(TODAY, number_in(folder)).record
    areas = [each.id for each in CONTENT.follow_ups[1].choices]
    assert shown.status == IN_PROGRESS
    assert shown.answers["pain-areas"] == (areas[0], areas[1], areas[3])


def seen_in(folder: Folder, steps: list[Step]) -> dict[str, list[PageLayout]]:
    """Play a script on the screen; return how each page looks at every size, by its id."""
    seen: dict[str, list[PageLayout]] = {}

    def see(name: str, view: View) -> None:
        seen.setdefault(name, [view.lay_out(size) for size in SIZES])

    on_screen(folder, steps, see=see)
    return seen


def test_every_page_of_a_call_says_so_and_has_its_keys(folder: Folder) -> None:
    """Hide and Menu at every size; the head says which call it is."""
    steps = each_line(on_screen)
    seen = seen_in(folder, ["n", "l", "l", *steps[:5], "?", 1, *steps[5:], BACK, BACK])
    outside = {"desk-start", "desk-list", "desk-leave"}
    assert {"desk-script", "desk-who", "desk-appointment", "desk-appointment-day"} < set(seen) - outside
    for name, layouts in seen.items():
        for layout in layouts if name not in outside else ():
            assert {HIDE, MENU} <= set(layout.foot_actions), name
            assert "New call" in text_of(list(layout.top)) or name in {"why", "desk-emergency"}, name


def test_a_call_that_is_taken_up_says_its_number(folder: Folder) -> None:
    """So that callers who were put aside can be told apart."""
    on_screen(folder, ["n", *OPENING, "3", BACK])
    title = WORDS.call["en"].replace("{number}", number_in(folder))
    seen = seen_in(folder, [FIRST, 1, BACK])
    assert all(title in text_of(list(layout.top)) for layout in seen["desk-call"])


def test_the_emergency_words_keep_what_is_typed(folder: Folder) -> None:
    """Pressed in the middle of a number; the arrow goes back with it, and the key that erases erases."""
    on_screen(folder, ["n", 1, 1, "A-1!", 1, "78\x7f\r", "\r", "3", BACK])
    assert lists_of(folder).look(TODAY, number_in(folder)).record.reference == "A-17"


def test_the_arrow_goes_back_from_a_typed_line_as_the_foot_says(folder: Folder) -> None:
    """What was typed is dropped, and the page before comes again."""
    on_screen(folder, ["n", 1, 1, "A-1\x1b[D", 1, Line("B-2"), Line(""), "3", BACK])
    assert lists_of(folder).look(TODAY, number_in(folder)).record.reference == "B-2"


def test_a_correction_has_the_emergency_words_too(play: Play, folder: Folder) -> None:
    """On the lines, while they are read back, and before what was changed is dropped."""
    put(folder, "278", record({CONTENT.items[1].id: "no"}, device=DESK))
    said = play(folder, [FIRST, 4, 2, "!", 1, "3", DONE, "!", 1, BACK, BACK, "!", 1, 2, BACK])
    if play is in_lines:
        assert said.count(CONTENT.safety.title["en"]) == 3


def test_what_was_skipped_stays_skipped(play: Play, folder: Folder) -> None:
    """When a call is taken up again, however often, and when a finished list is corrected."""
    play(folder, ["n", *OPENING, "3", "5", "3", BACK])
    number = number_in(folder)
    skipped = CONTENT.items[1].id
    made = lists_of(folder).look(TODAY, number).record
    assert (made.skipped, skipped in made.answers) == ((skipped,), False)
    rest: list[Step] = ["3"] * (len(CONTENT.items) - 3)
    play(folder, [FIRST, 1, BACK, 1, *rest, DONE, 1, BACK], number)
    kept = lists_of(folder).look(TODAY, number).record
    assert (kept.status, kept.skipped, len(kept.answers)) == ("completed", (), len(CONTENT.items) - 1)
    said = play(folder, [FIRST, 4, 2, "4", DONE, 1, BACK], number)
    assert WORDS.still_open["en"] not in said
    answers = lists_of(folder).look(TODAY, number).record.answers
    assert (answers[CONTENT.items[0].id], skipped in answers) == ("not-sure", False)


def test_what_was_not_asked_yet_is_not_read_back_as_skipped(folder: Folder) -> None:
    """Nor shown so when the call was put aside."""
    said = in_lines(folder, ["n", *OPENING, "3", "5", DONE, DONE, BACK, BACK, BACK])
    read_back = said.rpartition(WORDS.read_back["en"])[2]
    for item, value in ((1, CONTENT.words.skipped), (2, CONTENT.words.not_asked_yet)):
        assert f"{CONTENT.items[item].term['en']}: {value['en']}" in read_back


def test_a_call_keeps_the_time_of_its_beginning_until_it_is_finished(folder: Folder) -> None:
    """So that staff know it again; what is confirmed has the time at which it was."""
    put(folder, "278", record({}, device=DESK, status=IN_PROGRESS, minute=-30))
    began = lists_of(folder).look(TODAY, "278").record.authored
    on_screen(folder, [FIRST, 1, "3", BACK])
    assert lists_of(folder).look(TODAY, "278").record.authored == began
    on_screen(folder, [FIRST, 1, *["3"] * (len(CONTENT.items) - 1), DONE, 1, BACK])
    assert lists_of(folder).look(TODAY, "278").record.authored == folder.now()


def test_a_digit_on_done_leads_to_what_is_open_and_answers_nothing(play: Play, folder: Folder) -> None:
    """It says so; with nothing open it says that Enter is meant."""
    said = play(folder, ["n", *OPENING, "1", *["3"] * (len(CONTENT.items) - 1), "9", "5", DONE, 1, BACK])
    assert WORDS.still_open["en"] in said
    other: list[Step] = [1, 1, Line("B-2"), Line("")]
    said = play(folder, ["n", *other, *["3"] * len(CONTENT.items), "1", DONE, 1, BACK])
    assert WORDS.digit_on_done["en"] in said


def test_a_digit_that_no_line_has_is_said_to_be_none(play: Play, folder: Folder) -> None:
    """On a symptom as on a follow-up."""
    assert WORDS.not_here["en"] in play(folder, ["n", *OPENING, "7", BACK])


def test_a_day_that_is_none_is_refused_and_one_long_past_is_asked_about(play: Play, folder: Folder) -> None:
    """It is typed anew; a slip of the finger is not taken for the day of a visit."""
    said = play(folder, ["n", 1, 1, Line("A-17"), Line("Friday"), Line("1/1/2024"), 2, "3", BACK])
    assert WORDS.no_day["en"] in said
    assert lists_of(folder).look(TODAY, number_in(folder)).record.appointment_date == date(2024, 1, 1)


def test_a_day_that_is_read_in_two_ways_is_asked_about_and_so_is_a_past_one(
    play: Play, folder: Folder
) -> None:
    """The one that is not past is first; the other one is chosen, and then found to be wrong."""
    past: list[Step] = [Line("1/12/2026"), 2, 1]
    said = play(folder, ["n", 1, 1, Line("A-17"), *past, Line("1/12/2026"), 1, "3", BACK])
    if play is in_lines:
        assert said.count(WORDS.which_day["en"]) == 2
        assert WORDS.far_day["en"].replace("{day}", "January 12, 2026") in said
    assert lists_of(folder).look(TODAY, number_in(folder)).record.appointment_date == date(2026, 12, 1)


def test_a_line_is_typed_anew_after_it_was_refused(folder: Folder) -> None:
    """The first character takes its place, Ctrl-U clears it, and the key that erases mends it."""
    typed: list[Step] = ["Friday\r", "Friends\x152026-12-0\r", "\x7f1\r"]
    on_screen(folder, ["n", 1, 1, Line("A-17"), *typed, "3", BACK])
    assert lists_of(folder).look(TODAY, number_in(folder)).record.appointment_date == date(2026, 12, 1)


REFUSED: list[tuple[str, list[Step], str]] = [
    ("desk-find", ["/"], "274"),
    ("desk-find", ["/"], "no such visit"),
    ("desk-find", ["/"], "BCDFG-HJKMN-PQRST-VWXYB"),
    ("desk-appointment-day", ["n", 1, 1, Line("A-17")], "Friday"),
]


@pytest.mark.parametrize(("name", "before", "typed"), REFUSED, ids=[typed for *_, typed in REFUSED])
def test_a_line_that_was_refused_stays_to_be_compared(
    folder: Folder, name: str, before: list[Step], typed: str
) -> None:
    """As it was typed; the arrow goes back from it."""
    seen: list[tuple[str, str | None]] = []
    on_screen(folder, [*before, Line(typed), BACK], see=lambda page, view: seen.append((page, view.typed)))
    assert (name, typed) in seen


def test_initials_that_were_refused_stay_and_a_pin_that_was_does_not() -> None:
    """Nobody can compare asterisks."""
    replies = [Typed("M5R"), Typed("MR"), Typed("12"), Typed("4711")]
    asked: list[str] = []

    class Asker:
        language = "en"

        def write(self, _page: object, *, text: str = "", **_: object) -> Typed:
            asked.append(text)
            return replies.pop(0)

        def tell(self, _: str) -> None:
            pass

    staff = program._who(place_in(None, lambda *_: Asker()))
    assert staff.who.initials == "MR"
    assert asked == ["", "M5R", "", ""]


def test_a_list_without_a_visit_says_so_before_it_is_in_the_chart(play: Play, folder: Folder) -> None:
    """Linked to no number, that is said; the first answer leaves it as it is."""
    put(folder, "278", record())
    said = play(folder, [FIRST, 2, Line(""), 2, 1, 2, 2, BACK])
    assert WORDS.linked_without["en"] in said
    if play is in_lines:
        assert WORDS.no_visit["en"] in said
    assert actions(folder) == ["opened", "linked", "marked in chart"]


@pytest.mark.parametrize("visit", ["A-17", ""])
def test_a_link_is_undone_in_words_that_are_true_of_the_list(visit: str, play: Play, folder: Folder) -> None:
    """One without a visit is closed again; it is not taken off anything."""
    put(folder, "278", record())
    lists_of(folder).link(lists_of(folder).look(TODAY, "278"), visit, TODAY if visit else None)
    said = play(folder, [FIRST, CHANGE_VISIT + 1, FIRST, BACK])
    offered, done = (WORDS.unlink, WORDS.unlinked) if visit else (WORDS.close_again, WORDS.closed_again)
    never = WORDS.close_again if visit else WORDS.unlink
    assert done["en"] in said
    if play is in_lines:
        assert offered["en"] in said
    assert never["en"] not in said
    assert "link undone" in actions(folder)


def test_what_is_put_aside_and_taken_up_is_said(play: Play, folder: Folder) -> None:
    """The list itself hardly changes."""
    put(folder, "278", record(device=DESK))
    said = play(folder, [FIRST, 7, 7, BACK])
    assert WORDS.list_aside["en"] in said
    assert WORDS.list_taken_up["en"] in said


def test_the_columns_of_the_lists_have_heads_and_none_has_a_hyphen() -> None:
    """A column that is empty in every row is left out."""
    voice = Voice(CONTENT, "en")
    row = Row(TODAY, "278", Group.TO_DO, (), Glance(record(device="")), State())
    (shown,) = row_options([row], voice, today=TODAY, prints=True)
    assert (shown.heading.split(), shown.label.split()) == (
        ["Number", "Time", "Language"],
        ["278", "12:00", "English"],
    )


@pytest.mark.parametrize(("days", "said"), [(0, "8800"), (2, "8800, November 27, 2026")])
def test_a_row_without_a_time_has_no_hole_and_a_visit_has_its_day(days: int, said: str) -> None:
    """A list that came by code says so; the day is said if it is not the one that is shown."""
    voice = Voice(CONTENT, "en")
    linked = Event(LINKED, "", appointment="8800", appointment_date=(TODAY + timedelta(days)).isoformat())
    made = record(device="")._replace(authored=TODAY)
    rows = [
        Row(TODAY, "278", Group.TO_DO, (), Glance(record()), State()),
        Row(TODAY, "286", Group.TO_DO, (), Glance(made), State(linked=linked)),
    ]
    label = row_options(rows, voice, today=TODAY, prints=True)[1].label
    assert re.split(r"\s{2,}", label) == ["286", "·", "English", said, WORDS.from_code["en"]]
    (alone,) = row_options(rows[1:], voice, today=TODAY, prints=True)
    assert "·" not in alone.label


def answers_of(folder: Folder) -> dict[str, object]:
    """Return the answers of the only list of today."""
    return dict(lists_of(folder).look(TODAY, number_in(folder)).record.answers)


FIRST_ASKED, FIRST_FACTOR = CONTENT.items[0], CONTENT.factors[0]
TO_FACTOR: list[Step] = ["n", *OPENING, *["3"] * len(CONTENT.symptoms)]


def opened(play: Play, line: Question) -> Step:
    """Return what opens the answers of a line that has the pointer: Enter, or its words."""
    return FIRST if play is on_screen else line.term["en"] if line is FIRST_ASKED else line.ask["en"]


@pytest.mark.parametrize("digit", ["1", "3", "4", "5"])
def test_enter_opens_the_answers_of_a_line_with_the_digits_of_every_line(
    play: Play, folder: Folder, digit: str
) -> None:
    """A factor has no second answer, and its third is No there too; going back leaves it open."""
    play(folder, [*TO_FACTOR, opened(play, FIRST_FACTOR), BACK, opened(play, FIRST_FACTOR), digit, "3", BACK])
    answers = answers_of(folder)
    assert answers.get(FIRST_FACTOR.id) == {"1": "yes", "3": "no", "4": "not-sure"}.get(digit)
    assert answers[CONTENT.factors[1].id] == "no"


@pytest.mark.parametrize(("downs", "answer"), [(0, "yes"), (1, "no"), (2, "not-sure"), (3, None)])
def test_the_pointer_alone_answers_a_line(folder: Folder, downs: int, answer: str | None) -> None:
    """Enter does what it points at; the last row skips."""
    on_screen(folder, [*TO_FACTOR, FIRST, "\x1b[B" * downs + "\r", BACK])
    record_kept = lists_of(folder).look(TODAY, number_in(folder)).record
    assert record_kept.answers.get(FIRST_FACTOR.id) == answer
    assert (FIRST_FACTOR.id in record_kept.skipped) == (answer is None)


def test_an_answer_is_chosen_by_its_words(folder: Folder) -> None:
    """Line by line."""
    in_lines(folder, ["n", *OPENING, FIRST_ASKED.term["en"], "sometimes", BACK])
    assert answers_of(folder) == {FIRST_ASKED.id: "sometimes"}


def test_a_changed_answer_is_said_and_stays_in_sight(play: Play, folder: Folder) -> None:
    """The pointer stays on its line, and the same digit again changes no other."""
    put(folder, "278", record({each.id: "no" for each in CONTENT.items}))
    shown: list[View] = []

    def see(name: str, view: View) -> None:
        shown.extend([view] if name == CALL else [])

    steps: list[Step] = [FIRST, 2, Line("A-17"), Line(""), 4, 2, "2", "2", "5", DONE, 1, BACK]
    said = on_screen(folder, steps, see=see) if play is on_screen else in_lines(folder, steps)
    kept = answers_of(folder)
    assert FIRST_ASKED.id not in kept
    assert set(kept.values()) == {"no"}
    voice = Voice(CONTENT, "en")
    for answer in (voice.choice(FIRST_ASKED, "sometimes"), voice.say(CONTENT.words.skipped)):
        changed = voice.say(CONTENT.words.changed_to, answer=f"{voice.say(FIRST_ASKED.term)}: {answer}")
        assert said.count(changed) == 1
    assert {view.focus for view in shown} <= {choose(FIRST_ASKED.id)}


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_changed_line_is_in_sight_in_words_where_the_next_open_one_is_far_away(
    folder: Folder, size: Size
) -> None:
    """The pointer goes on to that, and the changed line may scroll away; the message has it whole."""
    shown: list[PageLayout] = []
    steps: list[Step] = ["n", *OPENING, *["3"] * 9, *["\x1b[A"] * 9, "1", BACK]
    on_screen(folder, steps, see=lambda name, view: shown.extend([view.lay_out(size)] * (name == CALL)))
    voice = Voice(CONTENT, "en")
    line = f"{voice.say(FIRST_ASKED.term)}: {voice.choice(FIRST_ASKED, 'most-days')}"
    text = " ".join(text_of(list(shown[-1].top)).split())
    assert voice.say(CONTENT.words.changed_to, answer=line) in text


def test_what_was_open_is_no_change(play: Play, folder: Folder) -> None:
    """A first answer is not said to be one."""
    said = play(folder, ["n", *OPENING, *["3"] * 3, BACK])
    assert CONTENT.words.changed_to["en"].partition("{")[0] not in said


@pytest.mark.parametrize("how", ["leave", "scan", "unmark"])
def test_what_is_marked_stays_however_the_page_is_left(folder: Folder, how: str) -> None:
    """By the end of the desk, or for a code that somebody scans."""
    to_areas: list[Step] = ["n", *OPENING, *["1"] * len(CONTENT.items), DONE, "1", 2]
    ends: dict[str, list[Step]] = {
        "leave": ["2", "4", "\x03", 2],
        "scan": ["2", "4", Burst(f"{CODE}\r"), BACK, BACK],
        "unmark": ["2", "4", "6", "6", "\x03", 2],
    }
    on_screen(folder, [*to_areas, "1", *ends[how]])
    areas = CONTENT.question("pain-areas").choices
    assert answers_of(folder)["pain-areas"] == (areas[1].id, areas[3].id)


def test_the_menu_says_what_it_is_and_why_a_question_is_asked(folder: Folder) -> None:
    """Its title is not that of the page; nothing in it is there twice."""
    seen: dict[str, PageLayout] = {}
    steps: list[Step] = ["n", *OPENING, "0", "9", 1, "3", BACK]
    on_screen(folder, steps, see=lambda name, view: seen.update({name: view.lay_out(Size(80, 24))}))
    menu = seen["desk-menu"]
    top = text_of(list(menu.top))
    assert CONTENT.words.more["en"] in top
    assert WORDS.new_caller["en"] not in top
    assert seen["why"]
    assert FIRST_ASKED.why["en"].split(".")[0] in text_of(list(seen["why"].top))


def test_the_head_of_a_call_names_its_visit_and_the_day_if_it_is_not_today(folder: Folder) -> None:
    """A bare number beside that of the list says nothing."""
    seen: list[str] = []

    def see(name: str, view: View) -> None:
        seen.extend([text_of(list(view.lay_out(Size(80, 24)).top))] if name == CALL else [])

    for day in ("", "tomorrow"):
        on_screen(folder, ["n", 1, 1, Line("A-17"), Line(day), *([1] if day else []), BACK], see=see)
    today, tomorrow = ("Visit A-17" in each and "November 26, 2026" not in each for each in seen[:2])
    assert today
    assert not tomorrow
    assert "Visit A-17, November 26, 2026" in seen[-1]
