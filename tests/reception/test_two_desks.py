"""Two desks with one call: it is said at once, no answer is lost, and there is a way out of every page."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest

from fibrocheck.copies.folder.desk_folder import Folder
from fibrocheck.desk.keeping import Call, Kept, keep_call
from fibrocheck.desk.lists import Lists, OpenList
from fibrocheck.desk.log import Action, entries
from fibrocheck.reception import kept_call, pages
from fibrocheck.records.record import COMPLETED, DESK, IN_PROGRESS, WRONG_PATIENT, Record
from tests.desk.lists import CONTENT, TODAY, put, record
from tests.reception.driving import BACK, DONE, FIRST, Play, Step, in_lines
from tests.reception.test_desk import QUESTIONS, lists_of, play

__all__ = ["play"]

WORDS = CONTENT.words.desk
FIRST_ID, SECOND_ID = (each.id for each in CONTENT.items[:2])
ANSWERED: list[Step] = [FIRST, 1, "3", BACK]
"""The call is taken up, its first question answered, and it is put aside."""
REMOVE = 8
"""The number of "Remove it" on the page of a call that is not finished."""


def records(folder: Folder) -> dict[str, Record]:
    """Return today's lists by their numbers."""
    numbers = [each.stem for each in (folder.path / TODAY.isoformat()).glob("*.json")]
    return {each: lists_of(folder).look(TODAY, each).record for each in numbers}


@pytest.fixture
def other(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Callable[[Lists, OpenList], Any]], None]:
    """Return what has another desk do something with the call 278 before this desk keeps it."""
    put(folder, "278", record({}, device=DESK, status=IN_PROGRESS))

    def set_up(does: Callable[[Lists, OpenList], Any]) -> None:
        left = [does]

        def late(lists: Lists, *arguments: Any, **options: Any) -> Kept:
            if left:
                there = lists_of(folder)
                left.pop()(there, there.look(TODAY, "278"))
            return keep_call(lists, *arguments, **options)

        monkeypatch.setattr(kept_call, "keep_call", late)

    return set_up


def answers_second(lists: Lists, shown: OpenList) -> None:
    """Answer the second question, and put the call aside."""
    keep_call(lists, {SECOND_ID: "no"}, Call("en"), is_finished=False, before=shown)


def finishes(lists: Lists, shown: OpenList) -> None:
    """Finish the call."""
    keep_call(lists, {SECOND_ID: "no"}, Call("en"), is_finished=True, before=shown)


def removes(lists: Lists, shown: OpenList) -> None:
    """Remove the call."""
    lists.remove(shown)


@pytest.mark.parametrize("does", [answers_second, finishes, removes])
def test_answers_to_a_call_that_changed_are_kept_under_their_own_number(
    play: Play, folder: Folder, other: Any, does: Any
) -> None:
    """As the first choice, and what the other desk did stays; after that the call goes on there."""
    other(does)
    play(folder, [*ANSWERED, 1, 1, "3", BACK, BACK])
    found = records(folder)
    (own,) = (each for number, each in found.items() if number != "278")
    assert (own.answers, own.status) == ({FIRST_ID: "no", SECOND_ID: "no"}, IN_PROGRESS)
    assert [each.answers for number, each in found.items() if number == "278"] == (
        [] if does is removes else [{SECOND_ID: "no"}]
    )


def test_a_finished_call_is_kept_as_a_finished_list_of_its_own(
    play: Play, folder: Folder, other: Any
) -> None:
    """The message names both numbers, to be compared."""
    other(answers_second)
    said = play(folder, [FIRST, 1, *["3"] * QUESTIONS, DONE, 1, 1, BACK])
    found = records(folder)
    (own,) = set(found) - {"278"}
    assert (found[own].status, found["278"].status) == (COMPLETED, IN_PROGRESS)
    both = WORDS.kept_beside["en"].replace("{number}", own).replace("{other}", "278")
    assert both in said


@pytest.mark.parametrize("does", [answers_second, finishes])
def test_staff_see_what_differs_and_go_on_with_the_newer_list(
    play: Play, folder: Folder, other: Any, does: Any
) -> None:
    """After a question whose first answer is no; it has no third one, so the same key again does nothing."""
    other(does)
    said = play(folder, [*ANSWERED, 2, 1, 3, 1, 3, 2, BACK])
    assert {number: each.answers for number, each in records(folder).items()} == {"278": {SECOND_ID: "no"}}
    if play is in_lines:
        assert f"yours {CONTENT.words.not_asked_yet['en']}, newest No" in said
        assert WORDS.take_ask["en"] in said


def test_what_was_typed_for_a_call_that_was_removed_can_be_dropped(
    play: Play, folder: Folder, other: Any
) -> None:
    """The digit that asks for it, pressed again, keeps it; there is no list to go on with then."""
    other(removes)
    play(folder, [*ANSWERED, 2, 3])
    assert not records(folder)


def test_dropping_twice_keeps(play: Play, folder: Folder, other: Any) -> None:
    """Nothing is erased by one key pressed again: on the second page it goes back."""
    other(removes)
    said = play(folder, [*ANSWERED, 2, 2, 1, BACK])
    ((number, kept),) = records(folder).items()
    assert kept.answers == {FIRST_ID: "no"}
    assert WORDS.kept_aside["en"].replace("{number}", number) in said
    assert WORDS.kept_beside["en"].partition("{number}")[2].partition("{other}")[0] not in said


def test_nothing_is_asked_where_nothing_was_typed(play: Play, folder: Folder, other: Any) -> None:
    """The newer list is there, and that is said."""
    other(answers_second)
    said = play(folder, [FIRST, 1, BACK, BACK])
    assert WORDS.newer_shown["en"] in said
    assert records(folder)["278"].answers == {SECOND_ID: "no"}


def test_back_leads_to_the_call_as_it_was(play: Play, folder: Folder, other: Any) -> None:
    """With what was typed there."""
    other(answers_second)
    play(folder, [*ANSWERED, BACK, "3", BACK, 1, BACK])
    assert {FIRST_ID: "no", SECOND_ID: "no"} in [each.answers for each in records(folder).values()]


def test_leaving_the_desk_keeps_both(play: Play, folder: Folder, other: Any) -> None:
    """Nobody can be asked any more."""
    other(answers_second)
    play(folder, [FIRST, 1, "3", "q" if play is in_lines else "\x03", 2])
    found = [each.answers for each in records(folder).values()]
    assert sorted(found, key=str) == sorted([{FIRST_ID: "no"}, {SECOND_ID: "no"}], key=str)


def test_a_call_that_is_open_elsewhere_says_so_before_it_is_taken_up(play: Play, folder: Folder) -> None:
    """By whom; the first choice goes back. After a desk has left it, nothing is asked."""
    put(folder, "278", record({}, device=DESK, status=IN_PROGRESS))
    there = lists_of(folder)
    with there.in_call(there.look(TODAY, "278")):
        said = play(folder, [FIRST, 1, 1, 1, 2, "3", BACK, BACK])
        assert [each.by for each in there.look(TODAY, "278").state.in_call] == ["AB"]
    if play is in_lines:
        assert said.count("AB, 12:00") == 2
    play(folder, [FIRST, 1, "3", BACK, BACK])
    assert records(folder)["278"].answers == {FIRST_ID: "no", SECOND_ID: "no"}
    assert not there.look(TODAY, "278").state.in_call


def test_a_call_that_was_finished_elsewhere_is_shown_as_it_is(play: Play, folder: Folder) -> None:
    """Its list was open here since before that."""
    put(folder, "278", record({}, device=DESK, status=IN_PROGRESS))
    look = Lists.look
    with pytest.MonkeyPatch.context() as patch:

        def late(self: Lists, *place: Any) -> OpenList:
            shown = look(self, *place)
            if shown.record.status == IN_PROGRESS and self.who.initials == "MR" and seen:
                finishes(lists_of(folder), shown)
                return look(self, *place)
            seen.append(shown)
            return shown

        seen: list[OpenList] = []
        patch.setattr(Lists, "look", late)
        said = play(folder, [FIRST, 1, BACK])
    assert WORDS.newer_shown["en"] in said


def gives_back(lists: Lists, shown: OpenList) -> None:
    """Say that the list is someone else's."""
    lists.correct(shown, shown.record.answers, WRONG_PATIENT)


def closes(lists: Lists, shown: OpenList) -> None:
    """Undo the link: it is not known any more whose it is."""
    lists.unlink(shown)


@pytest.mark.parametrize("chosen", ["v", 1])
@pytest.mark.parametrize("does", [gives_back, closes, removes])
def test_nothing_is_shown_of_a_list_that_another_desk_changed_meanwhile(
    play: Play, folder: Folder, monkeypatch: pytest.MonkeyPatch, does: Any, chosen: Step
) -> None:
    """Neither its answers nor its text: staff see first what became of it, and choose again."""
    put(folder, "278", record({FIRST_ID: "no"}))
    there = lists_of(folder)
    there.link(there.look(TODAY, "278"), "A-17", None)
    left, list_page = [does], pages.list_page

    def shown_late(*arguments: Any, **options: Any) -> Any:
        made = list_page(*arguments, **options)
        if left:
            left.pop()(there, there.look(TODAY, "278"))
        return made

    monkeypatch.setattr(pages, "list_page", shown_late)
    said = play(folder, [FIRST, chosen, *([] if does is removes else [BACK])])
    if does is removes:
        assert "no such list any more" in said
    else:
        assert WORDS.changed_only["en"] in said
    assert Action.ANSWERS_SHOWN not in {each.action for each in entries(folder, TODAY)}


def test_who_has_a_call_open_is_no_change_of_the_list(play: Play, folder: Folder, other: Any) -> None:
    """They are told when they go on with it."""
    del other
    there = lists_of(folder)
    shown = there.look(TODAY, "278")
    with there.in_call(shown):
        said = play(folder, [FIRST, "v", BACK, BACK])
    assert WORDS.changed_only["en"] not in said


def test_a_call_that_is_open_elsewhere_is_removed_only_after_that_was_said(
    play: Play, folder: Folder
) -> None:
    """By whom, on both pages that ask; the first choice of both keeps it."""
    put(folder, "278", record({}, device=DESK, status=IN_PROGRESS))
    there = lists_of(folder)
    with there.in_call(there.look(TODAY, "278")):
        said = play(folder, [FIRST, REMOVE, 1, REMOVE, 2, 1, BACK])
        assert set(records(folder)) == {"278"}
        if play is in_lines:
            told = WORDS.open_elsewhere["en"].replace("{name}", "AB").replace("{time}", "12:00")
            assert said.count(told) == 2
        play(folder, [FIRST, REMOVE, 2, 3])
    assert not records(folder)


@pytest.mark.parametrize("does", [Lists.in_call, finishes])
def test_a_call_that_is_opened_or_changed_meanwhile_is_not_removed(
    play: Play, folder: Folder, monkeypatch: pytest.MonkeyPatch, does: Any
) -> None:
    """Between the two pages that ask."""
    put(folder, "278", record({}, device=DESK, status=IN_PROGRESS))
    there, held, yes_or_no = lists_of(folder), ExitStack(), pages.yes_or_no

    def late(voice: Any, name: str, *more: Any, **options: Any) -> Any:
        if name == "desk-remove-again":
            done = does(there, there.look(TODAY, "278"))
            if done is not None:
                held.enter_context(done)
        return yes_or_no(voice, name, *more, **options)

    monkeypatch.setattr(pages, "yes_or_no", late)
    with held:
        said = play(folder, [FIRST, REMOVE, 2, 3, BACK])
    assert (WORDS.changed_only if does is finishes else WORDS.open_elsewhere)["en"].split("{")[0] in said
    assert set(records(folder)) == {"278"}


def test_a_desk_that_was_killed_in_a_call_does_not_have_it_open(
    play: Play, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither when the call is taken up nor when it is removed."""
    put(folder, "278", record({}, device=DESK, status=IN_PROGRESS))
    there = lists_of(folder)
    with there.in_call(there.look(TODAY, "278")):
        monkeypatch.setattr("fibrocheck.desk.lists.is_open", lambda *_: False)
        play(folder, [FIRST, 1, "3", BACK, BACK])
    assert records(folder)["278"].answers == {FIRST_ID: "no"}
