"""One patient's visit: language, welcome, questions, check, summary, end menu.

The answers live in the `Visit` of one person and go with it. Nothing here knows how the person is
asked, and nothing is written anywhere but by `copies`.
"""

from fibrocheck.asking.contract import SKIP, Asker, Chosen, GoBack, Option, Reply
from fibrocheck.content.model import Content, Question
from fibrocheck.copies.copier import Copier
from fibrocheck.copies.visit_copies import VisitCopies
from fibrocheck.interview import Back, Give, Interview, Move, Skip
from fibrocheck.pages.voice import Voice
from fibrocheck.questions import Answers, takes_several
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
            at += steps[at]()
        self._asker.tell(farewell(self._voice, self.copies))

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
            return self._asker.choose_many(page, options, frozenset(answer or ()))
        options.append(Option(SKIP, voice.say(self._content.words.skip)))
        skipped = SKIP if interview.was_skipped(question) else None
        return self._asker.choose(page, options, answer if isinstance(answer, str) else skipped)

    def _check_answers(self) -> int:
        while True:
            reply = self._asker.choose(*check_page(self._voice, self._interview.asked, self.answers))
            if isinstance(reply, GoBack):
                self._interview.reopen()
                return _BACK
            if reply.ids[0] == ALL_RIGHT:
                self._end_menu.answers_confirmed(self._voice, self.answers)
                return _ON
            self._change(self._content.question(reply.ids[0]))

    def _change(self, question: Question) -> None:
        """Ask one question again, and any follow-ups of its new answer; say what changed."""
        before = self.answers.get(question.id)
        self._interview.change(question.id)
        self._ask_questions()
        after = self.answers.get(question.id)
        if after != before:
            answer = self._voice.answer(question, after)
            self._asker.tell(self._voice.say(self._content.words.changed_to, answer=answer))

    def _read_summary(self) -> int:
        pages = summary_pages(self._voice, self.summary)
        at, from_end = (len(pages) - 1, True) if self._summary_from_end else (0, False)
        while 0 <= at < len(pages):
            reply = self._asker.read(pages[at], from_end=from_end)
            from_end = isinstance(reply, GoBack)
            at += _step(reply)
        self._summary_from_end = False
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
