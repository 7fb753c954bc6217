"""Which question comes next: forward, back, skip, change. Knows no terminal, clock or file."""

from typing import NamedTuple

from fibrocheck.content.model import Content, Question
from fibrocheck.questions import Answer, Answers, asked_questions, checked, chosen, offered, takes_several


class Give(NamedTuple):
    """The person answered the current question."""

    answer: Answer


class Skip:
    """The person left the current question without an answer, or took their answer back."""


class Back(NamedTuple):
    """The person wants the page before this one; what is `marked` is kept, `None` if nothing can be."""

    marked: tuple[str, ...] | None = None


Move = Give | Skip | Back


class Interview:
    """One person's way through the questions, and the answers given so far.

    `current` is the question to ask, or `None` when it is time to check the answers.
    """

    def __init__(self, content: Content) -> None:
        """Start before the first question, with nothing answered."""
        self._content = content
        self._answers: dict[str, Answer] = {}
        self._seen: set[str] = set()
        self._changing = False
        self._asked: tuple[dict[str, Answer], tuple[Question, ...]] | None = None
        """The questions to ask, and the answers for which that is so."""
        self.current: Question | None = content.symptoms[0]

    def copy(self) -> "Interview":
        """Return a way of its own that is as far as this one."""
        found = Interview(self._content)
        found._answers, found._seen = dict(self._answers), set(self._seen)
        found._changing, found.current = self._changing, self.current
        return found

    @property
    def answers(self) -> Answers:
        """The answers so far, by question id, in the questionnaire's order, without skipped questions."""
        return {each.id: self._answers[each.id] for each in self.asked if each.id in self._answers}

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions to ask, given the answers so far."""
        if self._asked is None or self._asked[0] != self._answers:
            self._asked = dict(self._answers), asked_questions(self._content, self._answers)
        return self._asked[1]

    @property
    def at_start(self) -> bool:
        """Whether Back would leave the questions altogether."""
        return self.current is self._content.symptoms[0] and not self._changing

    def was_skipped(self, question: Question) -> bool:
        """Return whether the person has seen the question and left it without an answer."""
        return question.id in self._seen and question.id not in self._answers

    def choices(self, question: Question) -> tuple[str, ...]:
        """Return the codes that may answer a question now, in order."""
        return offered(question, self._content, self._answers)

    def take(self, move: Move) -> None:
        """Follow one move from the current question.

        `ValueError` if an answer is not one of the question's choices, or if there is no question.
        """
        if self.current is None:
            raise ValueError("there is no question to answer: the answers are being checked")
        match move:
            case Back(marked):
                self._keep(self.current, marked)
                self._go_back(self.current)
            case Skip():
                self._answers.pop(self.current.id, None)
                self._go_on(self.current)
            case Give(answer):
                self._answers[self.current.id] = checked(self.current, answer, self._content, self._answers)
                self._go_on(self.current)

    def change(self, question_id: str) -> None:
        """Ask one question again, from the check page; the check page comes back afterwards."""
        self.current = next(each for each in self.asked if each.id == question_id)
        self._changing = True

    def reopen(self) -> None:
        """Go back from the check page to the last question."""
        self.current = self.asked[-1]

    def _keep(self, question: Question, marked: tuple[str, ...] | None) -> None:
        """Have the answer be what is marked, so that it is there when the person comes again."""
        if marked:
            self._answers[question.id] = checked(question, marked, self._content, self._answers)
        elif marked is not None:
            self._answers.pop(question.id, None)

    def _go_on(self, answered: Question) -> None:
        self._seen.add(answered.id)
        self._drop_stale_follow_ups()
        asked = self.asked
        if self._changing:
            rest = tuple(each for each in asked if each.id not in self._seen)
        else:
            rest = asked[asked.index(answered) + 1 :]
        self.current = rest[0] if rest else None
        self._changing = self._changing and self.current is not None

    def _go_back(self, leaving: Question) -> None:
        if self._changing:
            # Back from a follow-up opened by a change counts it as seen.
            self._seen.update(each.id for each in self.asked)
            self._changing, self.current = False, None
        elif not self.at_start:
            asked = self.asked
            self.current = asked[asked.index(leaving) - 1]

    def _drop_stale_follow_ups(self) -> None:
        """Forget the follow-ups that are no longer asked, and the codes that are no longer offered."""
        asked = self.asked
        for follow_up in self._content.follow_ups:
            answer = self._still_offered(follow_up) if follow_up in asked else None
            if answer:
                self._answers[follow_up.id] = answer
            elif follow_up not in asked or follow_up.id in self._answers:
                self._answers.pop(follow_up.id, None)
                self._seen.discard(follow_up.id)

    def _still_offered(self, follow_up: Question) -> Answer | None:
        """Return what is left of an answer when some codes are no longer offered; `None` if nothing is."""
        answer = self._answers.get(follow_up.id)
        if answer is None:
            return None
        choices = self.choices(follow_up)
        left = tuple(code for code in chosen(answer) if code in choices)
        return (left if takes_several(follow_up) else left[0]) if left else None
