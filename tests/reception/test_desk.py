"""The desk's pages, through the screen and through plain lines: the same scripts do the same."""

import json
from datetime import timedelta
from io import StringIO
from itertools import count
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input

from fibrocheck.asking.screen.page_layout import Glyphs, Size
from fibrocheck.asking.screen.view import View
from fibrocheck.content.text import Text
from fibrocheck.copies import printer
from fibrocheck.copies.code.codes import make_code, new_code
from fibrocheck.copies.code.spelling import grouped
from fibrocheck.copies.folder.access import FolderError
from fibrocheck.copies.folder.desk_folder import Folder
from fibrocheck.desk.glance import Glance
from fibrocheck.desk.in_tray import Group, Limits, Row
from fibrocheck.desk.keeping import keep_call
from fibrocheck.desk.lists import Lists, OpenList
from fibrocheck.desk.log import Log
from fibrocheck.desk.states import State, Who
from fibrocheck.pages.voice import Voice
from fibrocheck.questions import Answers
from fibrocheck.reception import kept_call, pages, program
from fibrocheck.reception.lock import DeskTimer, Lock
from fibrocheck.reception.plain import SAID_EVERY, DeskPlain
from fibrocheck.reception.screen import DeskScreen
from fibrocheck.reception.start import StartPage
from fibrocheck.records.record import DESK, IN_PROGRESS, WRONG_PATIENT
from tests.asking.driving import _TallOutput
from tests.asking.test_wide_layout import text_of
from tests.copies.folder.killed import NOON
from tests.desk.lists import CONTENT, TODAY, folder_in, put, record, written
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

QUESTIONS = len(CONTENT.items)
NEW_CALL: list[Step] = ["n", 1, 1, Line("A-17"), Line("")]
"""Script, for oneself, an appointment today."""

WORDS = CONTENT.words.desk
LINKED: list[Step] = [FIRST, 2, Line("A-17"), Line("")]
CHANGE_VISIT = 5
"""The number of "Change the visit" on the page of a linked list that is open to be read."""
CODE = new_code(CONTENT, {"fatigue": "no"}, "es", TODAY)
FIXED = make_code(CONTENT, {"fatigue": "no"}, "es", TODAY, 7)
"""A code whose mistakes are the same each time: one in some dozens is another code by chance."""


@pytest.fixture(params=[on_screen, in_lines], ids=["screen", "plain"])
def play(request: pytest.FixtureRequest) -> Play:
    """Return one of the two ways to ask."""
    way: Play = request.param
    return way


def lists_of(folder: Folder) -> Lists:
    """Look at the folder from another desk."""
    return Lists(folder, CONTENT, Log(folder, "other"), lambda: Who("AB", "other"))


def files(folder: Folder) -> list[dict[str, Any]]:
    """Return today's records."""
    found = sorted((folder.path / TODAY.isoformat()).glob("*.json"))
    return [json.loads(each.read_bytes()) for each in found]


def number_in(folder: Folder) -> str:
    """Return the number of today's only list."""
    (found,) = (folder.path / TODAY.isoformat()).glob("*.json")
    return found.stem


def test_a_kiosks_list_is_linked_and_marked(play: Play, folder: Folder) -> None:
    """It opens closed; nothing of it is shown before it is linked."""
    put(folder, "278", record())
    play(folder, [*LINKED, 2, BACK])
    shown = lists_of(folder).look(TODAY, "278")
    assert (shown.record.reference, shown.record.appointment_date) == ("A-17", TODAY)
    assert shown.state.in_chart is not None
    assert actions(folder) == ["opened", "linked", "marked in chart"]


def test_an_empty_line_keeps_the_visit_of_a_list_and_its_day(play: Play, folder: Folder) -> None:
    """It is taken off a visit by its own line."""
    put(folder, "278", record())
    lists_of(folder).link(lists_of(folder).look(TODAY, "278"), "A-17", TODAY + timedelta(days=2))
    said = play(folder, [FIRST, CHANGE_VISIT, Line(""), Line(""), BACK, BACK])
    if play is in_lines:
        assert "Press Enter for November 27, 2026, or type another day." in said
    shown = lists_of(folder).look(TODAY, "278")
    assert (shown.record.reference, shown.record.appointment_date) == ("A-17", TODAY + timedelta(days=2))
    assert actions(folder).count("linked") == 2


def test_a_closed_list_stays_closed(play: Play, folder: Folder) -> None:
    """Its first choice is to go back."""
    put(folder, "278", record())
    play(folder, [FIRST, 1, FIRST, BACK])
    assert actions(folder) == ["opened", "opened"]


def test_a_call_is_fifteen_digits_done_and_confirm(play: Play, folder: Folder) -> None:
    """Then its list is open, for the next step."""
    play(folder, [*NEW_CALL, *["3"] * QUESTIONS, DONE, 1, BACK])
    (made,) = files(folder)
    shown = lists_of(folder).look(TODAY, number_in(folder))
    assert shown.record.answers == {each.id: "no" for each in CONTENT.items}
    assert (shown.record.source, shown.record.reference, shown.record.device) == ("Patient", "A-17", DESK)
    assert made["status"] == "completed"


def test_a_digit_that_answers_nothing_here_does_nothing(play: Play, folder: Folder) -> None:
    """Such as "some days" for a factor: it is said, and the line keeps the focus."""
    digits: list[Step] = ["3" if each in CONTENT.symptoms else "2" for each in CONTENT.items]
    factors: list[Step] = ["4"] * (len(CONTENT.factors))
    said = play(folder, [*NEW_CALL, *digits, *factors, DONE, 1, BACK])
    assert CONTENT.words.desk.not_here["en"] in said
    number = number_in(folder)
    answers = lists_of(folder).look(TODAY, number).record.answers
    assert {answers[each.id] for each in CONTENT.factors} == {"not-sure"}


def test_a_call_is_put_aside_and_finished_later(play: Play, folder: Folder) -> None:
    """Half of it is in the folder, as not finished, and goes on where it was."""
    play(folder, [*NEW_CALL, "3", "3", BACK])
    (half,) = files(folder)
    assert half["status"] == "in-progress"
    number = number_in(folder)
    play(folder, [FIRST, 1, *["3"] * (QUESTIONS - 2), DONE, 1, BACK], number)
    assert lists_of(folder).look(TODAY, number).record.answers == {each.id: "no" for each in CONTENT.items}
    assert files(folder)[0]["status"] == "completed"


def test_done_leads_once_to_the_follow_ups(play: Play, folder: Folder) -> None:
    """One of them is answered by its own choices, the others are left open."""
    steps: list[Step] = ["1", *["3"] * (QUESTIONS - 1), DONE, "1", 2]
    play(folder, [*NEW_CALL, *steps, BACK])
    number = number_in(folder)
    answers = lists_of(folder).look(TODAY, number).record.answers
    assert answers["duration"] == "1-to-6-months"


def test_the_callers_language_and_the_emergency_words(play: Play, folder: Folder) -> None:
    """They can be had on any page of a call, and lead back to it."""
    call: list[Step] = ["n", "l", "!", 1, 1, 1, Line(""), "3", "!", 1, "3", BACK]
    play(folder, call)
    kept = lists_of(folder).look(TODAY, number_in(folder)).record
    assert (kept.language, len(kept.answers)) == ("es", 2)


def test_a_list_is_corrected(play: Play, folder: Folder) -> None:
    """Its earlier version stays, and the record says who and why."""
    first, *others = CONTENT.items
    put(folder, "278", record({each.id: "no" for each in others}, device=DESK))
    play(folder, [FIRST, 4, 2, "3", DONE, 1, BACK])
    lists = lists_of(folder)
    shown = lists.look(TODAY, "278")
    assert shown.record.answers[first.id] == "no"
    assert shown.record.correction is not None
    assert (shown.record.correction.by, shown.record.correction.why) == ("MR", "typed-wrong")
    assert len(lists.earlier(shown)) == 1


def test_a_correction_without_another_answer_is_none(play: Play, folder: Folder) -> None:
    """A chart would be said to have an older version."""
    put(folder, "278", record({each.id: "no" for each in CONTENT.items}, device=DESK))
    said = play(folder, [FIRST, 4, 2, "3", DONE, 1, BACK])
    words, lists = CONTENT.words.desk, lists_of(folder)
    shown = lists.look(TODAY, "278")
    assert shown.record.correction is None
    assert not lists.earlier(shown)
    assert (words.not_corrected["en"] in said, words.corrected["en"] in said) == (True, False)


def test_the_wrong_patient_is_marked_and_nothing_leaves(play: Play, folder: Folder) -> None:
    """After a question whose first answer is no."""
    put(folder, "278", record(device=DESK))
    said = play(folder, [FIRST, 4, 3, 1, 4, 3, 2, BACK])
    assert files(folder)[0]["status"] == "entered-in-error"
    words = CONTENT.words.desk
    assert (words.marked_wrong["en"] in said, words.corrected["en"] in said) == (True, False)


def test_removing_is_asked_twice(play: Play, folder: Folder) -> None:
    """With two different keys."""
    put(folder, "278", record(device=DESK))
    play(folder, [FIRST, 9, 2, 1, 9, 2, 3])
    assert files(folder) == []
    assert actions(folder) == ["opened", "removed"]


@pytest.mark.parametrize("key", range(1, 10))
def test_no_key_pressed_again_removes_a_list(folder: Folder, key: int) -> None:
    """Pressed five times, after it was opened and at its removal."""
    put(folder, "278", record(device=DESK))
    in_lines(folder, [FIRST, 9, *[key] * 3])
    assert len(files(folder)) == 1


def test_a_number_is_found_or_said_to_be_misheard(play: Play, folder: Folder) -> None:
    """A digit begins to find at once; the check digit tells a misheard number."""
    put(folder, "278", record())
    said = play(folder, ["/", Line("274"), Line("278"), 1, "/", Line("no such visit")])
    assert CONTENT.words.desk.misheard["en"] in said
    assert CONTENT.words.desk.not_found["en"] in said
    assert actions(folder) == ["opened"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("9999", WORDS.misheard),
        ("286", WORDS.no_number),
        ("A-18", WORDS.not_found),
        ("ENC-2026-0000000123-45", WORDS.not_found),
        (f"{FIXED[:-1]}{'3' if FIXED[-1] == '2' else '2'}", WORDS.code_slip),
        (f"{FIXED[:3]}A{FIXED[4:]}".lower(), WORDS.code_slip),
        (FIXED[:-2], WORDS.code_length),
        (f"{FIXED}-{FIXED[:2]}", WORDS.code_length),
        (new_code(CONTENT, {}, "en", TODAY.replace(year=TODAY.year + 1)), WORDS.scan_future),
    ],
    ids=["no number", "number", "visit", "long visit", "slip", "vowel", "short", "long", "future"],
)
def test_what_is_said_of_a_search_is_true_of_what_was_typed(
    play: Play, folder: Folder, typed: str, said: Text
) -> None:
    """What cannot be a list's number may be a visit's; a code is told from both."""
    put(folder, "278", record(device=DESK, reference="A-17"))
    start, end = said["en"].partition("{")[0], said["en"].rpartition("}")[2]
    found = play(folder, ["/", Line(typed)])
    assert start in found
    assert end in found
    if said is WORDS.code_length:
        count = len(typed.replace("-", ""))
        assert said["en"].replace("{length}", str(len(FIXED))).replace("{number}", str(count)) in found
    if said is not WORDS.no_number and said is not WORDS.misheard and said is not WORDS.not_found:
        assert start in play(None, ["/", Line(typed)])


def test_a_list_with_a_visit_that_looks_like_a_code_is_found(play: Play, folder: Folder) -> None:
    """It is looked for before anything is said to be wrong with it."""
    visit = CODE[:-2]
    put(folder, "278", record(device=DESK, reference=visit))
    play(folder, ["/", Line(visit), BACK])
    assert actions(folder) == ["opened"]


def test_a_search_that_is_stopped_says_only_that(
    play: Play, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not that there is no list: it may be of a day before."""
    monkeypatch.setattr(DeskScreen, "was_stopped", lambda *_: True)
    monkeypatch.setattr(DeskPlain, "was_stopped", lambda *_: True)
    said = play(folder, ["/", Line("A-18")])
    assert WORDS.search_stopped["en"].partition("{")[0] in said
    assert WORDS.not_found["en"] not in said


def test_line_by_line_a_search_says_how_far_it_is_once_and_then_every_few_seconds(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not once for each of the 61 days; the next search says it again at once."""
    begins = WORDS.searching["en"].partition("{")[0]
    monkeypatch.setattr(DeskPlain, "clock", staticmethod(lambda: 0.0))
    assert in_lines(folder, ["/", Line("A-18"), Line("A-19")]).count(begins) == 2
    seconds = count()
    monkeypatch.setattr(DeskPlain, "clock", staticmethod(lambda: float(next(seconds))))
    assert in_lines(folder, ["/", Line("A-18")]).count(begins) > 61 / (SAID_EVERY + 1)


@pytest.mark.parametrize("printer", ["", "front"])
def test_printing_is_to_do_only_where_there_is_a_printer(folder: Folder, printer: str) -> None:
    """On the start page, and among the lists that are found on another day."""
    put(folder, "278", record(device=DESK))
    put(folder, "286", record(device=DESK), days_ago=1)
    said = in_lines(folder, ["/", Line("286"), BACK], printer=printer)
    both = f"{WORDS.step_print['en']}, {WORDS.step_chart['en']}"
    assert said.count(both) == (3 if printer else 0)
    assert said.count(f" {WORDS.step_chart['en']} ") == 3


def test_yesterdays_number_is_asked_about(play: Play, folder: Folder) -> None:
    """The list is shown with its day before it is opened."""
    put(folder, "278", record(), days_ago=1)
    play(folder, ["/", Line("278"), FIRST, 1])
    assert actions(folder) == ["opened"]


def test_an_appointment_is_found_on_another_day(play: Play, folder: Folder) -> None:
    """Whatever its letters' case."""
    put(folder, "278", record(device=DESK, reference="A-17"), days_ago=3)
    play(folder, ["/", Line("a-17"), BACK])
    assert actions(folder) == ["opened"]


@pytest.mark.parametrize(
    "burst",
    [f"{CODE}\r", f"]Q1{CODE}\t", CODE.lower(), f"{CODE}\r{CODE}\r"],
    ids=["enter", "tab", "lower case", "twice"],
)
def test_a_scan_on_any_page_opens_what_it_holds(folder: Folder, burst: str) -> None:
    """On the start page, on a closed list, where a number is typed: nothing of it acts on the page."""
    put(folder, "278", record())
    for before in ([], [FIRST], [FIRST, 2], ["/"]):
        steps: list[Step] = [*before, Burst(burst if before[-1:] not in ([2], ["/"]) else f"{CODE}\r"), 1]
        on_screen(folder, steps)
    assert actions(folder).count("code read") == 4
    assert "linked" not in actions(folder)


def test_a_number_that_arrives_at_once_is_searched_for_whole(folder: Folder) -> None:
    """As when it is pasted: the keys after the one that opens the search are of the same number."""
    put(folder, "278", record())
    on_screen(folder, [Burst("278"), "\r", BACK])
    assert actions(folder) == ["opened"]


def test_a_code_is_kept_under_an_appointment_and_found_again(play: Play, folder: Folder) -> None:
    """Typed with dashes; the second time its list opens."""
    play(folder, ["/", Line(grouped(CODE)), 2, Line("B-2"), Line(""), BACK])
    play(folder, ["/", Line(CODE), BACK])
    assert lists_of(folder).look(TODAY, number_in(folder)).record.language == "es"
    assert actions(folder).count("code kept") == 1


@pytest.mark.parametrize(
    "burst", ["12121212\r", "22222222222222222222\r", f"{CODE[:-1]}\r"], ids=["answers", "long", "short"]
)
def test_a_burst_that_is_no_code_presses_nothing(folder: Folder, burst: str) -> None:
    """Its digits would link the list, answer questions or remove it."""
    put(folder, "278", record())
    said = on_screen(folder, [FIRST, Burst(burst), 1])
    reasons = [text for name, text in CONTENT.words.desk._asdict().items() if name.startswith("scan_")]
    assert any(each["en"] in said for each in reasons)
    assert actions(folder) == ["opened"]


@pytest.mark.parametrize("burst", [f"{CODE}\r", "12121212\r"], ids=["code", "answers"])
def test_a_scan_in_a_call_waits(play: Play, folder: Folder, burst: str) -> None:
    """The answers so far stay, and no line gets another one; the first digit is undone where it acted."""
    if play is in_lines:
        burst = CODE
    said = play(folder, [*NEW_CALL, "3", Burst(burst), BACK])
    assert CONTENT.words.desk.scan_in_call["en"] in said
    number = number_in(folder)
    assert lists_of(folder).look(TODAY, number).record.answers == {CONTENT.items[0].id: "no"}


def test_a_scan_at_a_follow_up_keeps_the_call(play: Play, folder: Folder) -> None:
    """Its choices are a page of their own, from which the call goes on."""
    steps: list[Step] = ["1", *["3"] * (QUESTIONS - 1), DONE, "1", Burst(f"{CODE}\r"), "1", 2, BACK]
    assert CONTENT.words.desk.scan_in_call["en"] in play(folder, [*NEW_CALL, *steps])
    answers = lists_of(folder).look(TODAY, number_in(folder)).record.answers
    assert (answers[CONTENT.items[0].id], answers["duration"]) == ("most-days", "1-to-6-months")


def test_a_number_that_is_an_appointment_too_shows_both(play: Play, folder: Folder) -> None:
    """Staff choose which of them they mean."""
    put(folder, "278", record(device=DESK, reference="A-17"))
    put(folder, "281", record(device=DESK, reference="278"))
    said = play(folder, ["/", Line("278"), FIRST if play is on_screen else Line("281"), BACK])
    assert actions(folder) == ["opened"]
    if play is in_lines:
        assert CONTENT.words.desk.which["en"] in said


def test_any_key_stops_a_search() -> None:
    """Within the moment in which it is seen that no scanner typed it."""
    with create_pipe_input() as terminal, create_app_session(input=terminal, output=_TallOutput()):
        timer, lock = DeskTimer(lambda: 0.0), Lock(lambda: None, lambda: 0.0)
        with DeskScreen(CONTENT, "en", Glyphs(), timer, lock, large=False) as screen:
            assert not screen.was_stopped("2026-11-25")
            terminal.send_text("x")
            assert any(screen.was_stopped(str(day)) for day in range(10_000))
            assert not screen.was_stopped("2026-11-24")


def test_a_damaged_file_is_shown_and_stays(play: Play, folder: Folder) -> None:
    """As what it is, and why."""
    put(folder, "278", b'{"resourceType": "Questionn')
    play(folder, [FIRST, 1])
    assert (folder.path / TODAY.isoformat() / "278.json").exists()
    assert actions(folder) == ["opened", "not opened"]


def test_the_answers_are_logged_when_they_are_shown(play: Play, folder: Folder) -> None:
    """By their key or by their line; the log never has an answer."""
    put(folder, "278", record(device=DESK))
    play(folder, [FIRST, "v", 1, 3, 1, BACK])
    assert actions(folder) == ["opened", "answers shown", "answers shown"]


def test_without_a_folder_a_call_gives_chart_text(play: Play) -> None:
    """And nothing is kept."""
    play(None, ["n", 1, 1, Line(""), *["3"] * QUESTIONS, DONE, 1, 1, 1, 3])


def test_the_next_call_begins_after_a_call_that_was_given_up(play: Play, folder: Folder) -> None:
    """Without an answer nothing is kept."""
    play(folder, [*NEW_CALL, BACK, *NEW_CALL, BACK])
    assert not list(folder.path.glob("*/*.json"))


def test_one_group_after_the_other_and_another_day(play: Play, folder: Folder) -> None:
    """Done, unclaimed and to do; what is too old is offered for removal, and stays if staff say no."""
    put(folder, "278", record(), days_ago=3)
    play(folder, ["d", "u", 1, "t"])
    assert (folder.path / "2026-11-22" / "278.json").exists()
    play(folder, ["u", 2])
    assert not (folder.path / "2026-11-22" / "278.json").exists()


def test_a_day_beyond_the_first_and_the_last_is_said_to_have_no_lists(play: Play, folder: Folder) -> None:
    """The keys are at the foot of every day."""
    put(folder, "278", record(), days_ago=3)
    up, down = ("\x1b[5~", "\x1b[6~") if play is on_screen else ("pgup", "pgdn")
    said = play(folder, [down, up, up])
    assert WORDS.no_later["en"] in said
    assert WORDS.no_earlier["en"] in said


def test_the_only_row_of_an_empty_list_is_a_new_call(play: Play, folder: Folder) -> None:
    """The pointer points at something that Enter does."""
    first = FIRST if play is on_screen else Line(WORDS.new_caller["en"])
    play(folder, [first, 1, 1, Line("A-17"), Line(""), "3", BACK])
    assert len(files(folder)) == 1


def test_a_new_list_without_a_time_is_said_without_a_comma(folder: Folder) -> None:
    """It came by code."""
    place = place_in(
        folder, lambda *_: DeskPlain(CONTENT, "en", StringIO(), StringIO(), lock=_[1], is_scan=bool)
    )
    page = StartPage(place, lambda: None, Limits())
    rows = [
        Row(TODAY, "278", Group.TO_DO, (), Glance(each), State())
        for each in (record(), record()._replace(authored=TODAY))
    ]
    assert [page._said_of(each) for each in rows] == ["New: 278, English, 12:00", "New: 278, English"]


def test_the_answers_speak_of_the_patient(play: Play, folder: Folder) -> None:
    """Staff read them; a page of the patient's says you."""
    put(folder, "278", record({CONTENT.items[0].id: "most-days", CONTENT.items[1].id: "no"}, device=DESK))
    seen: list[str] = []

    def see(_name: str, view: View) -> None:
        seen.append(text_of(list(view.lay_out(Size(80, 50)).top)))

    steps: list[Step] = [FIRST, "v", 1, BACK]
    said = in_lines(folder, steps) if play is in_lines else on_screen(folder, steps, see=see)
    said += " ".join(seen)
    for text in (WORDS.told_marked, WORDS.told_no):
        assert text["en"] in said
    assert "You marked" not in said


@pytest.mark.parametrize(("days", "said"), [(0, "12:00"), (1, "November 24, 2026")])
def test_what_was_done_says_the_time_or_the_day(folder: Folder, days: int, said: str) -> None:
    """The time of another day says nothing; a mark alone begins with a capital letter."""
    put(folder, "278", record(device=DESK))
    then = lists_of(folder_in(folder.path, NOON - timedelta(days)))
    then.correct(then.look(TODAY, "278"), record().answers, WRONG_PATIENT)
    shown = lists_of(folder).look(TODAY, "278")
    (group,) = pages.list_page(shown, Voice(CONTENT, "en"), [("a", WORDS.show)])[0].groups
    assert f"Wrong patient (AB, {said})" in [getattr(each, "text", "") for each in group]


def test_a_lists_title_has_its_day_if_that_is_not_today(folder: Folder) -> None:
    """On the smallest screen it has one row."""
    voice = Voice(CONTENT, "es")
    for days_ago, said in ((0, "Lista 278 · English · 12:00"), (1, "24 de noviembre de 2026")):
        put(folder, "278", record(), days_ago=days_ago)
        shown = lists_of(folder).look(TODAY - timedelta(days_ago), "278")
        assert pages.title_of(shown, voice).endswith(said)


def test_a_list_is_printed_or_nothing_came_out(
    play: Play, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It counts as printed only when staff say that all of it came out; then the chart comes next."""
    put(folder, "278", record(device=DESK, reference="B-2"))
    monkeypatch.setattr(printer, "print_document", lambda *_: "desk-7")
    cancelled: list[str] = []
    monkeypatch.setattr(printer, "cancel", cancelled.append)
    play(folder, [FIRST, 1, 1, 2, 1, 2, 1, 1, BACK], printer="desk")
    assert cancelled == ["desk-7"]
    assert actions(folder) == ["opened", "printed", "marked in chart"]


def test_a_call_that_cannot_be_kept_stays_on_the_screen(
    play: Play, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until it is safe: the disk was full, and then it was not."""
    tries: list[bool] = []

    def full_once(*arguments: Any, **options: Any) -> Any:
        tries.append(True)
        if len(tries) == 1:
            raise FolderError(folder.path, "the disk is full", "Make room")
        return keep_call(*arguments, **options)

    monkeypatch.setattr(kept_call, "keep_call", full_once)
    said = play(folder, [*NEW_CALL, *["3"] * QUESTIONS, DONE, 1, DONE, 1, BACK])
    assert "The disk is full. Make room." in said
    assert str(folder.path) not in said  # a patient may see the page
    answers = lists_of(folder).look(TODAY, number_in(folder)).record.answers
    assert answers == {each.id: "no" for each in CONTENT.items}


def test_a_correction_that_cannot_be_kept_stays_on_the_screen(
    play: Play, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a call does; nothing has to be typed again."""
    first, *others = CONTENT.items
    put(folder, "278", record({each.id: "no" for each in others}, device=DESK))
    correct, tries = Lists.correct, list[bool]()

    def full_once(*arguments: Any) -> OpenList:
        tries.append(True)
        if len(tries) == 1:
            raise FolderError(folder.path, "the disk is full", "Make room")
        return correct(*arguments)

    monkeypatch.setattr(Lists, "correct", full_once)
    assert "The disk is full" in play(folder, [FIRST, 4, 2, "3", DONE, 1, DONE, 1, BACK])
    assert lists_of(folder).look(TODAY, "278").record.answers[first.id] == "no"


def test_answers_that_cannot_be_corrected_are_not_asked_for(play: Play, folder: Folder) -> None:
    """Those to other wording: staff learn it before they type."""
    old = json.loads(written(record(device=DESK)))
    item = old["item"][0]["item"][0]
    item["text"] = f"Earlier: {item['text']}"
    put(folder, "278", json.dumps(old).encode())
    assert "other wording" in play(folder, [FIRST, 4, 2, BACK])


def test_a_correction_that_is_left_asks_before_it_drops_what_was_changed(play: Play, folder: Folder) -> None:
    """And answers seen on the way are in the log."""
    put(folder, "278", record({CONTENT.items[1].id: "no"}, device=DESK))
    dropped = CONTENT.words.desk.changes_dropped["en"]
    assert dropped not in play(folder, [FIRST, 4, 2, BACK])
    said = play(folder, [FIRST, 4, 2, "3", BACK, 1, BACK, 2])
    if play is in_lines:
        assert dropped in said
    assert actions(folder) == ["opened", "answers shown"] * 2
    assert CONTENT.items[0].id not in lists_of(folder).look(TODAY, "278").record.answers


def test_leaving_the_desk_in_a_call_puts_it_aside(play: Play, folder: Folder) -> None:
    """As going back does."""
    said = play(folder, [*NEW_CALL, "3", "q" if play is in_lines else "\x03", 2])
    if play is in_lines:
        assert CONTENT.words.desk.call_is_aside["en"] in said
    kept = lists_of(folder).look(TODAY, number_in(folder)).record
    assert (kept.status, kept.answers) == (IN_PROGRESS, {CONTENT.items[0].id: "no"})


@pytest.mark.parametrize("first", ["3", "1"], ids=["read back", "follow-up"])
def test_leaving_on_a_later_page_of_a_call_says_what_becomes_of_it_too(first: str, folder: Folder) -> None:
    """While the answers are read back, and in a follow-up."""
    said = in_lines(folder, [*NEW_CALL, first, *"3" * (QUESTIONS - 1), DONE, "q", 2])
    assert CONTENT.words.desk.call_is_aside["en"] in said


def test_why_a_question_is_asked_is_said_in_a_call(play: Play, folder: Folder) -> None:
    """And the call goes on."""
    said = play(folder, [*NEW_CALL, "?", *([1] if play is on_screen else []), "3", BACK])
    if play is in_lines:
        assert CONTENT.items[0].why["en"].split(".")[0] in said
    assert len(lists_of(folder).look(TODAY, number_in(folder)).record.answers) == 1


def test_a_patient_gets_the_screen_only_where_a_pin_brings_it_back(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One is asked for where none was set."""
    typed = iter([None, "", "2468"])
    monkeypatch.setattr(program, "_pin", lambda _: next(typed))
    place = place_in(
        folder, lambda _, lock: DeskPlain(CONTENT, "en", StringIO(), StringIO(), lock=lock, is_scan=bool)
    )
    assert [program._has_pin(place) for _ in range(4)] == [False, False, True, True]


def test_of_two_corrections_the_later_is_refused_and_shown(
    play: Play, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what differs; the list then shows the newer one."""
    first, *others = CONTENT.items
    answers = {each.id: "no" for each in others}
    put(folder, "278", record(answers, device=DESK))
    correct = Lists.correct

    def late(self: Lists, shown: OpenList, given: Answers, why: str) -> OpenList:
        other = lists_of(folder)
        correct(other, other.look(TODAY, "278"), answers | {first.id: "sometimes"}, why)
        return correct(self, shown, given, why)

    monkeypatch.setattr(Lists, "correct", late)
    play(folder, [FIRST, 4, 2, "3", DONE, 1, 1, BACK])
    assert lists_of(folder).look(TODAY, "278").record.answers[first.id] == "sometimes"
