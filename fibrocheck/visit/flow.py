"""One patient's visit: language, welcome, questions, check, summary, end menu.

The answers live in the `Visit` of one person and go with it. Nothing here knows how the person is
asked, and nothing is written anywhere but by `copies`.
"""

from collections.abc import Callable

from fibrocheck.asking.contract import SKIP, Asker, Chosen, GoBack, LanguageChosen, Option, Reply
from fibrocheck.content.model import Content, Question
from fibrocheck.copies.copier import Copier
from fibrocheck.copies.visit_copies import VisitCopies
from fibrocheck.interview import Back, Give, Interview, Move, Skip
from fibrocheck.pages.voice import Voice
from fibrocheck.questions import Answer, Answers, takes_several
from fibrocheck.summary import Summary, summarise
from fibrocheck.visit.end_menu import EndMenu, Exit, farewell
from fibrocheck.visit.pages import (
    ALL_RIGHT,
    answer_options,
    check_page,
    factors_page,
    language_page,
    question_page,
    summary_pages,
    welcome_page,
)

_ON, _BACK = 1, -1
"""What a step returns: which way the visit goes on from it."""


class Visit:
    """One person's way from the first page to the last."""

    def __init__(
        self, content: Content, asker: Asker, language: str | None = None, copier: Copier | None = None
    ) -> None:
        """Get ready to ask. With a `language`, the person is not asked for one.

        Without a `copier` no copy can be made.
        """
        self._content = content
        self._asker = asker
        self._interview = Interview(content)
        self.copies = VisitCopies(copier or Copier(content, may_save=False))
        self._end_menu = EndMenu(asker, self.copies)
        self._chooses_language = language is None and len(content.languages) > 1
        self._speak(language or next(iter(content.languages)))
        self._factors_introduced = False
        self._summary_from_end = False
        self._summary_at: int | None = None
        self._marked: tuple[str, ...] | None = None
        self._changing: tuple[Question, Answer | None] | None = None
        self._starts_at: str | None = None

    @property
    def language(self) -> str:
        """The language the person reads."""
        return self._voice.language

    @property
    def answers(self) -> Answers:
        """The answers so far."""
        return self._interview.answers

    @property
    def summary(self) -> Summary:
        """What the answers so far add up to."""
        return summarise(self._content, self.answers)

    def run(self) -> None:
        """Lead the person from page to page until they finish; `VisitEnded` if they leave before."""
        steps = [
            *([self._choose_language] if self._chooses_language else []),
            self._welcome,
            self._ask_questions,
            self._check_answers,
            self._read_summary,
            self._what_now,
        ]
        at = 0
        while at < len(steps):
            at += self._in_any_language(steps[at])
        self._asker.tell(farewell(self._voice, self.copies))

    def _in_any_language(self, step: Callable[[], int]) -> int:
        """Take a step; whenever the person changes the language, take it again, on the same page."""
        while True:
            try:
                return step()
            except LanguageChosen as chosen:
                self._speak(chosen.language)
                self._marked = chosen.ids

    def _choose_language(self) -> int:
        page, options = language_page(self._content)
        page = page._replace(waits=not self.answers)
        reply = self._asker.choose(page, options, self.language)
        if isinstance(reply, Chosen):
            self._speak(reply.ids[0])
        return _ON

    def _welcome(self) -> int:
        page = welcome_page(self._voice, can_go_back=self._chooses_language)
        # A person who has chosen a language has begun: the next one should be asked for theirs.
        page = page._replace(waits=not self._chooses_language and not self.answers)
        return _step(self._asker.read(page))

    def _ask_questions(self) -> int:
        interview = self._interview
        while (question := interview.current) is not None:
            reply = self._introduce_factors(question) or self._ask(question)
            if isinstance(reply, GoBack) and interview.at_start:
                return _BACK
            interview.take(_move(question, reply))
        return _ON

    def _introduce_factors(self, question: Question) -> GoBack | None:
        """Show the introduction once, before the first factor."""
        if self._factors_introduced or question not in self._content.factors[:1]:
            return None
        reply = self._asker.read(factors_page(self._voice))
        self._factors_introduced = isinstance(reply, Chosen)
        return reply if isinstance(reply, GoBack) else None

    def _ask(self, question: Question) -> Reply:
        interview, voice = self._interview, self._voice
        page = question_page(voice, question, interview.asked)
        options = answer_options(voice, question, interview.choices(question))
        answer = interview.answers.get(question.id)
        if takes_several(question):
            before = answer or ((SKIP,) if interview.was_skipped(question) else ())
            marked, self._marked = self._marked, None
            return self._asker.choose_many(page, options, frozenset(before if marked is None else marked))
        options.append(Option(SKIP, voice.say(self._content.words.skip)))
        skipped = SKIP if interview.was_skipped(question) else None
        return self._asker.choose(page, options, answer if isinstance(answer, str) else skipped)

    def _check_answers(self) -> int:
        while True:
            if self._changing is not None:
                self._change(*self._changing)
            page, options = check_page(self._voice, self._interview.asked, self.answers)
            reply = self._asker.choose(page, options, self._starts_at)
            self._starts_at = None
            if isinstance(reply, GoBack):
                self._interview.reopen()
                return _BACK
            if reply.ids[0] == ALL_RIGHT:
                self._end_menu.answers_confirmed(self._voice, self.answers)
                return _ON
            question = self._content.question(reply.ids[0])
            self._changing = question, self.answers.get(question.id)
            self._interview.change(question.id)

    def _change(self, question: Question, before: Answer | None) -> None:
        """Ask one question again, and any follow-ups of its new answer; say what changed."""
        self._ask_questions()
        self._changing = None
        rows = [*(each.id for each in self._interview.asked), ALL_RIGHT]
        self._starts_at = rows[rows.index(question.id) + 1]
        after = self.answers.get(question.id)
        if after != before:
            answer = self._voice.answer(question, after)
            self._asker.tell(self._voice.say(self._content.words.changed_to, answer=answer))

    def _read_summary(self) -> int:
        pages = summary_pages(self._voice, self.summary)
        at, from_end = (len(pages) - 1, True) if self._summary_from_end else (self._summary_at or 0, False)
        while 0 <= at < len(pages):
            self._summary_at, self._summary_from_end = at, False
            reply = self._asker.read(pages[at], from_end=from_end)
            from_end = isinstance(reply, GoBack)
            at += _step(reply)
        self._summary_at = None
        return _BACK if at < 0 else _ON

    def _what_now(self) -> int:
        left_by = self._end_menu.run(self._voice, self.answers)
        self._summary_from_end = left_by is Exit.WENT_BACK
        return _ON if left_by is Exit.FINISHED else _BACK

    def _speak(self, language: str) -> None:
        self._voice = Voice(self._content, language)
        self._asker.language = language


def _step(reply: Reply) -> int:
    return _BACK if isinstance(reply, GoBack) else _ON


def _move(question: Question, reply: Reply) -> Move:
    """Return a reply as a move of the interview. Nothing chosen among several is a skip."""
    if isinstance(reply, GoBack):
        return Back()
    if reply.ids in {(), (SKIP,)}:
        return Skip()
    return Give(reply.ids if takes_several(question) else reply.ids[0])
