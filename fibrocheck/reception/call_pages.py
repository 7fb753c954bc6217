"""The pages of a call: the script, the one page with all questions, and the answers read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.asking.contract import SKIP, Key, Option
from fibrocheck.content.model import FOLLOW_UP, beside_answer
from fibrocheck.desk.caller import DIGITS, SKIP_DIGIT
from fibrocheck.pages.text_layout import Paragraph, cells
from fibrocheck.pages.voice import beside
from fibrocheck.reception.pages import NO, YES, page, yes_or_no
from fibrocheck.records.record import PATIENT, RELATED_PERSON
from fibrocheck.visit.pages import check_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fibrocheck.asking.contract import Page
    from fibrocheck.desk.caller import Caller, Line
    from fibrocheck.pages.voice import Voice
    from fibrocheck.visit.pages import ChoicePage

CALL = "desk-call"
"""The id of the page with all questions."""

DONE_LINE, UNKNOWN = "-done", "-unknown"
KEEP_OWN, SEE, TAKE = "keep-own", "see", "take"
"""What can be done with answers to a call that another desk changed meanwhile."""
LANGUAGE = "l"
_ALL_DIGITS = "123456789"


def script_page(caller: Voice, staff: Voice) -> Page:
    """Return what is said to a caller before the questions, in the caller's language."""
    words = caller.content.words
    texts = (staff.say(words.desk.script_staff), caller.say(words.desk.script))
    return page(
        staff,
        "desk-script",
        words.desk.new_caller,
        groups=tuple((Paragraph(text),) for text in texts),
        go_on=caller.say(words.desk.may_i),
        ways=(Option(NO, staff.say(words.desk.not_now)),),
        keys=_language(caller),
    )


def who_page(caller: Voice, staff: Voice) -> ChoicePage:
    """Return the question who answers."""
    words = caller.content.words
    made = page(
        staff, "desk-who", words.desk.new_caller, caller.say(words.desk.who),
        keys=_language(caller),
    )  # fmt: skip
    options = [
        Option(PATIENT, caller.say(words.desk.for_self)),
        Option(RELATED_PERSON, caller.say(words.desk.for_other)),
        Option(UNKNOWN, staff.say(words.desk.who_unknown)),
    ]
    return made, options


def call_page(
    call: Caller, caller: Voice, staff: Voice, largest: Page, *, title: str, position: str
) -> ChoicePage:
    """Return the page with all questions: the words to say, what the digits mean, and every line.

    See `largest_page`: it is the same until a question is added, and takes as long as the rest.
    """
    made = _asked(call.focused, call, caller, staff)
    made = made._replace(section=title, position=position, largest=largest)
    options = [_row(each, caller) for each in call.lines]
    done = Option(DONE_LINE, staff.say(caller.content.words.desk.done_line), _open(call, staff), is_row=True)
    return made, [*options, done]


def _asked(line: Line | None, call: Caller, caller: Voice, staff: Voice) -> Page:
    """Return the page as it is with the focus on a line, or on Done."""
    words = caller.content.words
    codes = call.digits(line.question) if line else {}
    meaning = [_digit_key(digit, line, codes, caller, staff) for digit in DIGITS] if line else []
    others = [Key(digit) for digit in _ALL_DIGITS if not line or digit not in DIGITS]
    return page(
        staff,
        CALL,
        words.desk.new_caller,
        _to_say(line, caller) if line else _of_done(call, staff),
        why=caller.say(line.question.why) if line else "",
        keys=(*meaning, *others, *_language(caller)),
        follows=True,
    )


def largest_page(call: Caller, caller: Voice, staff: Voice) -> Page:
    """Return the page with its longest question and its longest keys: nothing moves when the focus does."""
    asked = [_asked(line, call, caller, staff) for line in call.lines]
    most = max(asked, key=lambda each: sum(cells(key.does) for key in each.keys))
    asks = [*(each.ask for each in asked), _of_done(call, staff)]
    return most._replace(ask=max(asks, key=cells))


def read_back_page(call: Caller, caller: Voice, staff: Voice) -> ChoicePage:
    """Return the answers to be read back: a row changes one, and the last line keeps them."""
    words = caller.content.words
    not_asked = {each.question.id for each in call.open_lines}
    made, options = check_page(caller, call.questions, call.answers, not_asked)
    *rows, keep = options
    return made._replace(
        ask=caller.say(words.desk.read_back), can_change_language=False, id="desk-read-back"
    ), [*rows, keep._replace(label=staff.say(words.desk.keep))]


def answers_page(line: Line, call: Caller, caller: Voice, staff: Voice) -> ChoicePage:
    """Return the answers to a symptom or factor as rows, with the digits that they have on its line."""
    asked, question = _asked(line, call, caller, staff), line.question
    codes = call.digits(question)
    labels = {digit: _digit_label(digit, line, codes, caller, staff) for digit in codes}
    made = page(
        staff, question.id, caller.content.words.desk.new_caller, asked.ask, why=asked.why,
        keys=tuple(Key(digit, label) for digit, label in labels.items()),
    )  # fmt: skip
    return made, [Option(code or SKIP, labels[digit], is_row=True) for digit, code in codes.items()]


def changed_line(before: Line, after: Line, caller: Voice) -> str:
    """Return a line with its answer if it had another one before; empty if not, or if it was open."""
    is_same = (before.answer, before.is_skipped) == (after.answer, after.is_skipped)
    row = _row(after, caller)
    return "" if before.is_open or is_same else beside(row.label, row.value)


def follow_up_page(line: Line, call: Caller, caller: Voice, staff: Voice) -> ChoicePage:
    """Return the choices of a follow-up."""
    words, question = caller.content.words, line.question
    made = page(staff, question.id, words.desk.new_caller, caller.say(question.ask))
    return made, [Option(code, caller.choice(question, code)) for code in call.choices(question)]


def aside_page(staff: Voice) -> ChoicePage:
    """Return the question before a call without a folder is erased."""
    words = staff.content.words
    asked = page(staff, "desk-erase-call", words.desk.new_caller, staff.say(words.desk.erase_call))
    return asked, [Option(NO, staff.say(words.desk.no)), Option(YES, staff.say(words.desk.erase_yes))]


def newer_page(staff: Voice, *, is_gone: bool) -> ChoicePage:
    """Return what can be done with answers to a call that another desk changed, or removed (`is_gone`)."""
    words, say = staff.content.words, staff.say
    ask = say(words.desk.gone_call if is_gone else words.desk.newer_call)
    keep = Option(KEEP_OWN, say(words.desk.keep_own))
    see, take = Option(SEE, say(words.desk.see_newer)), Option(TAKE, say(words.desk.take_newer))
    drop = Option(TAKE, say(words.desk.drop_own))
    made = page(staff, "desk-newer-call", words.desk.new_caller, ask)
    return made, [keep, drop] if is_gone else [keep, see, take]


def drop_own_page(staff: Voice, *, is_gone: bool) -> ChoicePage:
    """Return the question before answers are dropped: its yes has another digit than what led here."""
    words, say = staff.content.words, staff.say
    asked, (no, yes) = yes_or_no(
        staff, "desk-drop-own", words.desk.new_caller, say(words.desk.take_ask), words.desk.take_yes
    )
    return asked, [no, Option(KEEP_OWN, say(words.desk.keep_own)), yes] if is_gone else [no, yes]


def _language(caller: Voice) -> tuple[Key, ...]:
    return (Key(LANGUAGE, caller.language_offer),) if caller.other_languages else ()


def _to_say(line: Line, caller: Voice) -> str:
    """Return a line's question; before the first factor, that the next ones are more private."""
    content, asked = caller.content, caller.say(line.question.ask)
    is_first_factor = content.factors[:1] == (line.question,)
    return f"{caller.say(content.words.desk.private_next)} {asked}" if is_first_factor else asked


def _digit_key(digit: str, line: Line, codes: Mapping[str, str], caller: Voice, staff: Voice) -> Key:
    """Return a digit's key. One that leads to another page cannot be undone, so it does not act at once.

    `codes` are those of the digits that answer this line (`Caller.digits`).
    """
    return Key(digit, _digit_label(digit, line, codes, caller, staff), at_once=digit in codes)


def _digit_label(digit: str, line: Line, codes: Mapping[str, str], caller: Voice, staff: Voice) -> str:
    if digit == SKIP_DIGIT:
        return staff.say(staff.content.words.desk.skip)
    if line.question.part == FOLLOW_UP:
        return caller.say(caller.content.words.desk.choices) if digit == "1" else ""
    code = codes.get(digit, "")
    return caller.choice(line.question, code) if code else ""


def _open(call: Caller, staff: Voice) -> str:
    """Return how many lines have no answer, as staff see it beside Done; empty if all have one."""
    number = len(call.open_lines)
    return staff.say(staff.content.words.desk.open_lines, number=number) if number else ""


def _of_done(call: Caller, staff: Voice) -> str:
    """Return what is said above the lines when Done has the pointer."""
    return ". ".join(filter(None, (staff.say(staff.content.words.desk.done_line), _open(call, staff))))


def _row(line: Line, caller: Voice) -> Option:
    """Return a line. A factor is shown by its question, as on the check page."""
    words = caller.content.words
    skipped = caller.say(words.skipped) if line.is_skipped else "·"
    value = caller.answer(line.question, line.answer) if line.answer else skipped
    return Option(line.question.id, caller.say(beside_answer(line.question)), value, is_row=True)
