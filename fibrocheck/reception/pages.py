"""The desk's pages but those of a call: what each says, and the choices under it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from fibrocheck.asking.contract import GO_ON, Key, Option, Page
from fibrocheck.asking.screen.actions import HIDE as HIDE_ACTION
from fibrocheck.asking.screen.actions import LEAVE as LEAVE_ACTION
from fibrocheck.asking.screen.actions import SWITCH
from fibrocheck.asking.screen.actions import WHY as WHY_ACTION
from fibrocheck.desk.states import day_of, is_of_another
from fibrocheck.pages.paper_dates import date_in_words
from fibrocheck.pages.sections import Told, safety_notice, what_you_told_us
from fibrocheck.pages.text_layout import STRONG, Paragraph
from fibrocheck.reception.rows import problem_text, time_of, time_of_day
from fibrocheck.records.record import AMENDED, ENTERED_IN_ERROR, IN_PROGRESS, not_asked_yet
from fibrocheck.summary import summarise

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from fibrocheck.content.model import Question
    from fibrocheck.content.text import Text
    from fibrocheck.desk.glance import Glance
    from fibrocheck.desk.lists import OpenList
    from fibrocheck.pages.voice import Voice
    from fibrocheck.reception.lock import Lock
    from fibrocheck.records.record import Record
    from fibrocheck.visit.pages import ChoicePage

LEAVE, NO, YES = "leave", "no", "yes"
LEAVING, MENU, START = "desk-leave", "desk-menu", "desk-start"
"""The ids of the page before the desk ends, of the menu, and of the start page."""

NEW, FIND, DONE, TO_DO, UNCLAIMED, EMERGENCY, PATIENT, OLDER, NEWER, ANSWERS = (
    "n", "/", "d", "t", "u", "!", "p", "pageup", "pagedown", "v"
)  # fmt: skip
"""The keys of the start page, and of a list."""

MAIN_KEYS = (NEW, FIND, EMERGENCY)
"""Those that the start page shows on the smallest screen, too."""

LINK, PRINT, CHART, IN_CHART, OUT_OF_CHART, SHOW, CORRECT, ASIDE, TAKE_UP, UNLINK, SAVE, REMOVE, FINISH = (
    "link", "print", "chart", "in-chart", "out-of-chart", "show", "correct", "aside", "take-up", "unlink",
    "save", "remove", "finish",
)  # fmt: skip

EMPTY = "-none"
"""The id of the only row of an empty list: a new call."""


def page(voice: Voice, name: str, title: Text, ask: str = "", **more: Any) -> Page:
    """Return a page of the desk."""
    made = Page(voice.say(title), ask=ask, can_change_language=False, id=name)
    return made._replace(**more)


def text_page(voice: Voice, name: str, title: Text, texts: Iterable[str]) -> Page:
    """Return a page of the desk that is only read."""
    groups = tuple((Paragraph(text),) for text in texts if text)
    return page(voice, name, title, groups=groups, go_on=voice.say(voice.content.words.go_on))


def yes_or_no(voice: Voice, name: str, title: Text, ask: str, yes: Text, **more: Any) -> ChoicePage:
    """Return a page that asks before something is done. Its first choice does nothing."""
    options = [Option(NO, voice.say(voice.content.words.desk.no)), Option(YES, voice.say(yes))]
    return page(voice, name, title, ask, **more), options


# Who is there


def initials_page(voice: Voice) -> Page:
    """Return the question for initials."""
    words = voice.content.words
    return page(
        voice, "desk-initials", words.desk.title, voice.say(words.desk.initials),
        can_go_back=False, can_hide=False,
    )  # fmt: skip


def pin_page(voice: Voice, *, for_patient: bool = False) -> Page:
    """Return the question for a PIN: for the day, or before a patient gets the screen."""
    words = voice.content.words
    ask = voice.say(words.desk.patient_pin if for_patient else words.desk.pin)
    return page(voice, "desk-pin", words.desk.title, ask, can_hide=for_patient)


def locked_page(voice: Voice, seconds: float) -> Page:
    """Return the page that hides everything until the PIN is typed.

    The key of the emergency words is none of the PIN's, and there are no words: a patient may stand there.
    """
    words = voice.content.words
    wait = voice.say_seconds(words.staff_wait_one, words.staff_wait, math.ceil(seconds)) if seconds else ""
    ask = f"{voice.say(words.desk.locked)} {voice.say(words.desk.locked_pin)} {wait}".strip()
    keys = (Key(EMERGENCY),)
    return page(voice, "desk-locked", words.desk.title, ask, can_go_back=False, can_hide=False, keys=keys)


def hidden_page(voice: Voice) -> ChoicePage:
    """Return the page that hides everything until any key is pressed."""
    words = voice.content.words
    ask = f"{voice.say(words.desk.locked)} {voice.say(words.hidden_how)}"
    hidden = page(voice, "desk-hidden", words.desk.title, ask, can_go_back=False, can_hide=False)
    return hidden, [Option(GO_ON, voice.say(words.go_on))]


def locked_text(voice: Voice, lock: Lock) -> str:
    """Return the line of plain mode that hides everything."""
    words = voice.content.words
    if lock.has_pin:
        return locked_page(voice, lock.seconds_to_wait()).ask
    return f"{voice.say(words.desk.locked)} {voice.say(words.plain_go_on)}"


def leave_page(voice: Voice, kept: str = "") -> ChoicePage:
    """Return the page before the desk ends; `kept` says what becomes of what is on the screen."""
    words = voice.content.words
    options = [Option(NO, voice.say(words.desk.no)), Option(LEAVE, voice.say(words.desk.leave))]
    ask = f"{voice.say(words.desk.leave_ask)} {kept}".rstrip()
    return page(voice, LEAVING, words.desk.title, ask), options


def menu_page(shown: Page, voice: Voice) -> ChoicePage:
    """Return what can be done on a page beside its options, in words."""
    words, say = voice.content.words, voice.say
    hidden = tuple(Key(each.key) for each in signs_of(shown))
    options = [
        Option(GO_ON, say(words.to_the_page)),
        *(Option(each.key, _as_sentence(each.does)) for each in shown.keys if each.does),
        *((Option(WHY_ACTION.name, say(words.why)),) if shown.why else ()),
        Option(HIDE_ACTION.name, say(words.hide)),
        Option(SWITCH.name, say(words.line_by_line)),
        Option(LEAVE_ACTION.name, say(words.desk.leave)),
    ]
    return shown._replace(
        section="", position="", ask=say(words.more), term="", groups=(), note="", why="", keys=hidden,
        id=MENU, refreshes=0, can_go_back=True, follows=False, continues=False, takes_text=False,
        can_hide=False, largest=None,
    ), options  # fmt: skip


def signs_of(page: Page) -> tuple[Key, ...]:
    """Return the keys of a page that work on those opened from it too."""
    return tuple(each for each in page.keys if each.key == EMERGENCY)


def emergency_key(voice: Voice) -> Key:
    """Return the key for the emergency words, which are there on every page of a call."""
    return Key(EMERGENCY, voice.say(voice.content.words.desk.emergency))


def emergency_page(voice: Voice) -> Page:
    """Return the emergency words, to be read to a caller."""
    words = voice.content.words
    made = text_page(voice, "desk-emergency", words.desk.emergency, [])
    return made._replace(section=_as_sentence(made.section), groups=safety_notice(voice))


def _as_sentence(name: str) -> str:
    """Return what a key does as it stands alone: with a capital."""
    return name[:1].upper() + name[1:]


# Finding


def find_page(voice: Voice) -> Page:
    """Return the page on which a number, an appointment or a code is typed or scanned."""
    words = voice.content.words
    return page(voice, "desk-find", words.desk.find, voice.say(words.desk.find_ask))


def problem_page(voice: Voice, number: str, seen: Glance) -> Page:
    """Return why a file cannot be opened as a list."""
    words, say = voice.content.words, voice.say
    known = say(problem_text(seen.problem, words)) if seen.problem else ""
    title = page(voice, "", words.desk.list)._replace(section=say(words.desk.list, number=number))
    texts = [known, say(words.desk.problem_how), say(words.for_staff, reason=seen.why)]
    made = text_page(voice, "desk-problem", words.desk.list, texts)
    return made._replace(section=title.section)


# One list


def title_of(shown: OpenList, voice: Voice) -> str:
    """Return a list's number, language and time, and its day if that is not today."""
    record = shown.record
    title = voice.say(voice.content.words.desk.list, number=shown.number)
    language = voice.content.languages.get(record.language, record.language)
    day = "" if shown.day == _today(shown) else date_in_words(shown.day, voice)
    parts = (title, language, time_of(record.authored), day)
    return " · ".join(each for each in parts if each)


def _today(shown: OpenList) -> date:
    """Return today by the clock of a list's folder."""
    return shown.files.folder.now().date()


def visit_text(number: str, day: date | None, voice: Voice, today: date) -> str:
    """Return an appointment as staff call it, with its day if that is not today; empty without a number."""
    said = number if day in {None, today} else f"{number}, {date_in_words(day, voice)}"
    return voice.say(voice.content.words.desk.visit, appointment=said) if number else ""


def closed_page(shown: OpenList, voice: Voice) -> ChoicePage:
    """Return the page of a list that nobody has linked: nothing of its answers."""
    words, say = voice.content.words, voice.say
    ask = f"{say(words.desk.ask_name)} {say(words.desk.is_it)}"
    asked, options = yes_or_no(voice, "desk-closed", words.desk.title, ask, words.desk.yes_link)
    return asked._replace(section=title_of(shown, voice), note=say(words.desk.answers_hidden)), options


def appointment_page(voice: Voice, title: str = "") -> Page:
    """Return the question for the number of an appointment."""
    words = voice.content.words
    made = page(voice, "desk-appointment", words.desk.title, voice.say(words.desk.appointment))
    return made._replace(section=title or made.section)


def appointment_day_page(voice: Voice, appointment: str, title: str = "", before: date | None = None) -> Page:
    """Return the question for the day of an appointment; `before` is the one that an empty line keeps."""
    words, say = voice.content.words, voice.say
    ask = say(words.desk.appointment_day, appointment=appointment)
    if before:
        day = date_in_words(before, voice)
        ask = say(words.desk.appointment_day_before, appointment=appointment, day=day)
    made = page(voice, "desk-appointment-day", words.desk.title, ask)
    return made._replace(section=title or made.section)


def list_page(
    shown: OpenList, voice: Voice, offers: Iterable[tuple[str, Text]], more: Iterable[str] = ()
) -> ChoicePage:
    """Return what can be done with a list whose person is known; `more` is what else there is to say."""
    words, say = voice.content.words, voice.say
    visit = visit_of(shown, voice)
    facts = [
        say(words.desk.visit, appointment=visit) if visit else say(words.desk.no_visit),
        *_status(shown, voice),
        *_done(shown, voice),
        *more,
    ]
    options = [Option(name, say(label)) for name, label in offers]
    keys = (Key(ANSWERS, say(words.desk.show)),) if any(each.id == SHOW for each in options) else ()
    made = page(voice, "desk-list", words.desk.title, keys=keys)
    group = tuple(Paragraph(fact, STRONG) for fact in facts if fact)
    return made._replace(section=title_of(shown, voice), groups=(group,) if group else ()), options


def offers_of(shown: OpenList, voice: Voice, *, printer: bool) -> list[tuple[str, Text]]:
    """Return what can be done with a list, what is to do next first."""
    words, record, state = voice.content.words, shown.record, shown.state
    unfinished, wrong = record.status == IN_PROGRESS, record.status == ENTERED_IN_ERROR
    has_visit = bool(visit_of(shown, voice))
    offers: list[tuple[str, Text, bool]] = [
        (FINISH, words.desk.finish_call, unfinished),
        (PRINT, words.print_list, printer and not wrong),
        (CHART, words.desk.chart, not wrong),
        (IN_CHART, words.desk.in_chart, not (unfinished or wrong or state.in_chart)),
        (OUT_OF_CHART, words.desk.out_of_chart, bool(state.charted)),
        (SHOW, words.desk.show, True),
        (CORRECT, words.desk.correct, not unfinished),
        (LINK, words.desk.relink, not wrong),
        (UNLINK, words.desk.unlink if has_visit else words.desk.close_again, True),
        (ASIDE, words.desk.put_aside, not state.put_aside),
        (TAKE_UP, words.desk.take_up, bool(state.put_aside)),
        (SAVE, words.desk.save, not wrong),
        (REMOVE, words.desk.remove, True),
    ]
    first = IN_CHART if state.printed else ""
    found = [(name, text) for name, text, is_offered in offers if is_offered]
    return sorted(found, key=lambda each: each[0] != first)


def chart_page_ask(shown: OpenList, voice: Voice) -> ChoicePage | None:
    """Return the question before a list without a visit counts as in a chart; `None` for any other list."""
    words = voice.content.words
    if visit_of(shown, voice):
        return None
    asked, options = yes_or_no(
        voice, "desk-chart-ask", words.desk.title, voice.say(words.desk.chart_without), words.desk.chart_yes
    )
    return asked._replace(section=title_of(shown, voice)), options


def visit_of(shown: OpenList, voice: Voice) -> str:
    """Return the number and the day of the visit that a list is for; empty if it has none."""
    record, linked = shown.record, shown.state.linked
    number = linked.appointment if linked else record.reference
    day = day_of(linked.appointment_date) if linked else record.appointment_date
    return ", ".join(filter(None, (number, date_in_words(day, voice) if day else "")))


def _status(shown: OpenList, voice: Voice) -> list[str]:
    words, record = voice.content.words, shown.record
    said = {
        IN_PROGRESS: voice.say(words.not_finished),
        ENTERED_IN_ERROR: voice.say(words.desk.wrong_patient_mark),
        AMENDED: voice.say(words.desk.amended),
    }
    text, by = said.get(record.status, ""), record.correction
    if by is None or not text:
        return [text]
    return [f"{_as_sentence(text)} ({_by(by.by, by.at.isoformat(), shown, voice)})"]


def _by(initials: str, at: str, shown: OpenList, voice: Voice) -> str:
    """Return who did something and when: the time if it was today, or else the day."""
    day = day_of(at)
    when = date_in_words(day, voice) if day and day != _today(shown) else time_of_day(at)
    return ", ".join(filter(None, (initials, when)))


def _done(shown: OpenList, voice: Voice) -> list[str]:
    words, state = voice.content.words, shown.state
    in_chart = words.desk.sent_mark if state.in_chart == state.sent else words.desk.in_chart_mark
    is_wrong = shown.record.status == ENTERED_IN_ERROR or is_of_another(state)
    since = words.desk.still_in_chart if is_wrong else words.desk.older_in_chart
    marks = (
        (words.desk.printed_mark, state.printed),
        (in_chart, state.in_chart),
        (since, None if state.in_chart else state.charted),
    )
    said = [f"{voice.say(text)} ({_by(each.by, each.at, shown, voice)})" for text, each in marks if each]
    return ["; ".join(said)]


def answers_page(record: Record, voice: Voice, title: str) -> Page:
    """Return the answers of a list."""
    content = voice.content
    summary = summarise(content, record.answers, not_asked_yet(record, content))
    section = what_you_told_us(summary, voice, Told.of_patient(content.words))
    made = text_page(voice, "desk-answers", voice.content.words.desk.title, [])
    hide = voice.say(voice.content.words.desk.hide_answers)
    groups = section.groups[1:]  # without the thanks to the patient
    return made._replace(section=title, groups=groups, go_on=hide)


def chart_page(text: str, voice: Voice, title: str) -> Page:
    """Return the text for the chart."""
    made = text_page(voice, "desk-chart", voice.content.words.desk.chart, text.splitlines())
    return made._replace(section=title)


def why_page(voice: Voice) -> ChoicePage:
    """Return the question why a list is corrected."""
    from fibrocheck.records.record import PATIENT_CHANGED, TYPED_WRONG, WRONG_PATIENT

    words, say = voice.content.words, voice.say
    reasons = (
        (PATIENT_CHANGED, words.desk.patient_changed),
        (TYPED_WRONG, words.desk.typed_wrong),
        (WRONG_PATIENT, words.desk.wrong_patient),
    )
    options = [Option(name, say(label)) for name, label in reasons]
    return page(
        voice, "desk-why", words.desk.correct, say(words.desk.why), note=say(words.desk.why_visit)
    ), options


def compared_page(voice: Voice, yours: Record, newest: Record, lead: Text) -> Page | None:
    """Return the answers in which two versions of a list differ, under what to say; `None` if in none."""
    say, both = voice.say, (yours, newest)
    lines = [
        say(voice.content.words.desk.differs, question=say(each.term), yours=first, newest=second)
        for each in voice.content.questions
        for first, second in [[_said(each, record, voice) for record in both]]
        if first != second
    ]
    title = voice.content.words.desk.correct
    return text_page(voice, "desk-compared", title, [say(lead), *lines]) if lines else None


def _said(question: Question, record: Record, voice: Voice) -> str:
    is_open = question.id in not_asked_yet(record, voice.content)
    return voice.answer(question, record.answers.get(question.id), is_open=is_open)
