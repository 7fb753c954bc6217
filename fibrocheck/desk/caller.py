"""A call: the state of the one page with all questions, from the first digit to the confirmed answers.

Knows no terminal, clock or file. The lines are the symptoms, the factors, and then the follow-ups that
have a reason. A digit answers the line that has the focus, and the focus moves on. Follow-ups have choices
of their own and never take the focus by themselves: `done` leads to what is still open, once.
"""

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.content.model import FOLLOW_UP, MOST_DAYS, NO, NOT_SURE, SOMETIMES, YES, Content, Question
from fibrocheck.interview import Give, Interview, Skip
from fibrocheck.questions import Answer, Answers, asked_questions

if TYPE_CHECKING:
    from collections.abc import Collection

    from fibrocheck.interview import Move

SKIP_DIGIT = "5"
DIGITS: dict[str, tuple[str, ...]] = {
    "1": (MOST_DAYS, YES),
    "2": (SOMETIMES,),
    "3": (NO,),
    "4": (NOT_SURE,),
    SKIP_DIGIT: (),
}
"""What a digit answers on every line, as far as the question has that answer; `SKIP_DIGIT` skips."""


class Line(NamedTuple):
    """A question on the page, as it stands now."""

    question: Question
    answer: Answer | None
    is_skipped: bool
    has_focus: bool

    @property
    def is_open(self) -> bool:
        """Whether it was neither answered nor skipped."""
        return self.answer is None and not self.is_skipped


class Stage(Enum):
    """How far the call is."""

    ASKING = "the questions are asked"
    READING_BACK = "the answers are read back before they are kept"
    CONFIRMED = "the answers can be kept"


class Pressed(Enum):
    """What a digit did, so that a page can say so."""

    ANSWERED = "the line has this answer"
    SKIPPED = "the line was skipped, and its answer taken back"
    NOT_HERE = "this digit is no answer to this question: it did nothing"
    CHOICES = "the follow-up has choices of its own: show them, and `choose` one"
    NO_LINE = "the focus is on Done: a digit does nothing there"


class Caller:
    """One call.

    `focus` is the id of the question that has the focus, or empty for the Done line under them.
    """

    def __init__(
        self, content: Content, answers: Answers | None = None, skipped: "Collection[str]" = ()
    ) -> None:
        """Begin a call, or go on with one that was put aside: the first open line has the focus.

        Answers to questions that are not asked are left out, and so are such that were skipped.
        `ValueError` for any answer other than the question's own.
        """
        self._content = content
        self._interview = Interview(content)
        self._was_led, self.focus = False, ""
        self._before: tuple[Interview, str] | None = None
        self._lines: tuple[str, tuple[Line, ...]] | None = None
        """The lines as they are with a focus, until an answer changes: a digit asks for them five times."""
        self.stage = Stage.ASKING
        given = answers or {}
        for question in asked_questions(content, given):
            if question.id in given:
                self._take(question.id, Give(given[question.id]))
            elif question.id in skipped:
                self._take(question.id, Skip())
        self.focus = self._next_open(after="")

    @property
    def answers(self) -> Answers:
        """The answers so far, by question id, in the questionnaire's order."""
        return self._interview.answers

    @property
    def skipped(self) -> tuple[str, ...]:
        """The ids of the questions that were skipped."""
        return tuple(each.id for each in self.questions if self._interview.was_skipped(each))

    @property
    def questions(self) -> tuple[Question, ...]:
        """The lines' questions from top to bottom: symptoms, factors, then follow-ups with a reason."""
        asked = self._interview.asked
        return (*self._content.items, *(each for each in asked if each.part == FOLLOW_UP))

    @property
    def lines(self) -> tuple[Line, ...]:
        """The page from top to bottom, without Done."""
        if self._lines is None or self._lines[0] != self.focus:
            self._lines = self.focus, self._lines_now()
        return self._lines[1]

    def _lines_now(self) -> tuple[Line, ...]:
        answers, skipped = self.answers, self._interview.was_skipped
        return tuple(
            Line(each, answers.get(each.id), skipped(each), each.id == self.focus) for each in self.questions
        )

    @property
    def focused(self) -> Line | None:
        """The line that has the focus; `None` for Done."""
        return next((each for each in self.lines if each.has_focus), None)

    @property
    def open_lines(self) -> tuple[Line, ...]:
        """The lines that were neither answered nor skipped."""
        return tuple(each for each in self.lines if each.is_open)

    def digits(self, question: Question) -> dict[str, str]:
        """Return the digits that answer a line, each with its code; `SKIP_DIGIT` has an empty one.

        A follow-up has only that: its answers are `choices`.
        """
        codes = () if question.part == FOLLOW_UP else self.choices(question)
        found = {digit: "".join(each for each in means if each in codes) for digit, means in DIGITS.items()}
        return {digit: code for digit, code in found.items() if code or digit == SKIP_DIGIT}

    def choices(self, question: Question) -> tuple[str, ...]:
        """Return the codes that may answer a question now, in order."""
        return self._interview.choices(question)

    def press(self, digit: str) -> Pressed:
        """Answer the focused line by one of `DIGITS`, and move on.

        Whatever it is, a digit that answers nothing here leaves everything as it is.
        """
        line = self.focused
        if line is None or self.stage is not Stage.ASKING:
            return Pressed.NO_LINE
        meaning = self.digits(line.question)
        if digit not in meaning:
            is_choice = line.question.part == FOLLOW_UP and digit in DIGITS
            return Pressed.CHOICES if is_choice else Pressed.NOT_HERE
        self._before = self._interview.copy(), self.focus
        code = meaning[digit]
        self._answer(line, Give(code) if code else Skip())
        return Pressed.ANSWERED if code else Pressed.SKIPPED

    def take_back(self) -> None:
        """Undo the last digit that answered or skipped a line, if nothing was undone since."""
        if self._before is not None:
            (self._interview, self.focus), self._before = self._before, None
            self._lines = None

    def choose(self, answer: Answer) -> None:
        """Answer the focused line by one or several of its `choices`, and move on.

        `ValueError` if it is not an answer to it, or if no line has the focus.
        """
        line = self.focused
        if line is None or self.stage is not Stage.ASKING:
            raise ValueError("no line has the focus")
        self._answer(line, Give(answer))

    def keep(self, marked: tuple[str, ...]) -> None:
        """Answer the focused line by what is marked in its choices, without moving on from it."""
        self._take(self.focus, Give(marked))

    def move(self, lines: int) -> None:
        """Move the focus down by so many lines, up if negative, as far as there are any; Done is the last."""
        ids = [*(each.id for each in self.questions), ""]
        self.focus = ids[min(max(ids.index(self.focus) + lines, 0), len(ids) - 1)]

    def focus_on(self, question_id: str) -> None:
        """Move the focus to a line, such as one that is changed after it was read back.

        An empty id is Done. `ValueError` for a question that has no line.
        """
        if question_id not in {"", *(each.id for each in self.questions)}:
            raise ValueError(f"there is no line {question_id}")
        self.focus, self.stage = question_id, Stage.ASKING

    def done(self) -> Stage:
        """Lead to the first line that is open, once; after that, or if none is, read the answers back."""
        if self.stage is Stage.ASKING:
            still_open = self.open_lines
            if still_open and not self._was_led:
                self._was_led, self.focus = True, still_open[0].question.id
            else:
                self.stage = Stage.READING_BACK
        return self.stage

    def confirm(self) -> Answers:
        """Return the answers to keep, after they were read back; `ValueError` before that."""
        if self.stage is Stage.ASKING:
            raise ValueError("the answers have not been read back")
        self.stage = Stage.CONFIRMED
        return self.answers

    def _answer(self, line: Line, move: "Move") -> None:
        """Answer a line, and move on to the next open one, or to Done.

        Where none is open, a line that was answered before keeps the focus: it is still in sight, and the
        same digit pressed again changes no other line.
        """
        name = line.question.id
        self._take(name, move)
        self.focus = self._next_open(after=name) or ("" if line.is_open else name)

    def _take(self, question_id: str, move: "Move") -> None:
        self._lines = None
        self._interview.change(question_id)
        self._interview.take(move)

    def _next_open(self, after: str) -> str:
        """Return the next line that is open and may take the focus by itself, or Done.

        After a follow-up that is the next follow-up; otherwise only symptoms and factors.
        """
        lines, items = self.lines, len(self._content.items)
        ids = [each.question.id for each in lines]
        at = ids.index(after) if after else -1
        end = len(lines) if at >= items else items
        return next((each.question.id for each in lines[at + 1 : end] if each.is_open), "")
