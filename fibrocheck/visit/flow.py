"""One patient's visit: language, welcome, questions, check, and the end.

The answers live in the `Visit` of one person and go with it. Nothing here knows how the person is
asked, and nothing is written anywhere but by `copies`.
"""

from collections.abc import Callable

from fibrocheck.asking.contract import SKIP, Asker, Chosen, GoBack, Option, Reply
from fibrocheck.content.model import Content, Question, beside_answer
from fibrocheck.content.text import Text
from fibrocheck.copies.copier import Copier
from fibrocheck.copies.visit_copies import VisitCopies
from fibrocheck.interview import Back, Give, Interview, Move, Skip
from fibrocheck.pages.voice import Voice, beside
from fibrocheck.questions import Answer, Answers, takes_several
from fibrocheck.summary import Summary, summarise
from fibrocheck.visit.conversation import NO_PROGRESS, Conversation
from fibrocheck.visit.end import End
from fibrocheck.visit.end_pages import farewell
from fibrocheck.visit.pages import (
    ALL_RIGHT,
    ChoicePage,
    answer_options,
    check_page,
    factors_page,
    language_page,
    progress_at,
    question_page,
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
        self._interview = Interview(content)
        self.copies = VisitCopies(copier or Copier(content, may_save=False))
        language_now = language or next(iter(content.languages))
        self._conversation = Conversation(content, asker, language_now, kept=self._kept)
        self._ending = End(self._conversation, self.copies)
        self._chooses_language = language is None and len(content.languages) > 1
        self._has_chosen_language = False
        self._factors_introduced = False
        self._changing: tuple[Question, Answer | None] | None = None
        self._starts_at: str | None = None

    @property
    def language(self) -> str:
        """The language the person reads."""
        return self._conversation.voice.language

    @property
    def answers(self) -> Answers:
        """The answers so far."""
        return self._interview.answers

    @property
    def summary(self) -> Summary:
        """What the answers so far add up to."""
        return summarise(self._content, self.answers)

    def _kept(self) -> Text | None:
        """Return what is not erased if the person stops now."""
        return self._content.words.desk_keeps if self.copies.delivered.number else None

    def run(self) -> None:
        """Lead the person from page to page until they finish; `VisitEnded` if they leave before."""
        steps = [
            *([self._choose_language] if self._chooses_language else []),
            self._welcome,
            self._ask_questions,
            self._check_answers,
            self._end,
        ]
        at = 0
        while at < len(steps):
            at += steps[at]()
        self._conversation.tell(farewell(self._conversation.voice, self.copies.delivered))

    def _choose_language(self) -> int:
        page, options = language_page(self._content)
        page = page._replace(waits=not self.answers)
        current = self.language if self._has_chosen_language else None
        reply = self._conversation.choose(lambda _: (page, options), current)
        if isinstance(reply, Chosen):
            self._has_chosen_language = True
            self._conversation.speak(reply.ids[0])
        return _ON

    def _welcome(self) -> int:
        # A person who has chosen a language has begun: the next one should be asked for theirs.
        waits = not self._chooses_language and not self.answers
        can_go_back = self._chooses_language
        self._conversation.progress = NO_PROGRESS
        reply = self._conversation.read(
            lambda voice: welcome_page(voice, can_go_back=can_go_back)._replace(waits=waits)
        )
        return _step(reply)

    def _ask_questions(self) -> int:
        interview = self._interview
        while (question := interview.current) is not None:
            self._conversation.progress = progress_at(question, self._content)
            reply = self._introduce_factors(question) or self._ask(question)
            if isinstance(reply, GoBack) and interview.at_start:
                return _BACK
            interview.take(_move(question, reply))
        return _ON

    def _introduce_factors(self, question: Question) -> GoBack | None:
        """Show the introduction once, before the first factor."""
        if self._factors_introduced or question not in self._content.factors[:1]:
            return None
        reply = self._conversation.read(factors_page)
        self._factors_introduced = isinstance(reply, Chosen)
        return reply if isinstance(reply, GoBack) else None

    def _ask(self, question: Question) -> Reply:
        interview = self._interview
        answer = interview.answers.get(question.id)
        skipped = interview.was_skipped(question)
        if takes_several(question):
            before = answer or ((SKIP,) if skipped else ())
            return self._conversation.choose_many(self._written(question), frozenset(before))
        current = answer if isinstance(answer, str) else None
        return self._conversation.choose(self._written(question), SKIP if skipped else current)

    def _written(self, question: Question) -> Callable[[Voice], ChoicePage]:
        """Return a question's page; one that takes a single answer can be skipped by an option."""
        interview, words = self._interview, self._content.words

        def write(voice: Voice) -> ChoicePage:
            options = answer_options(voice, question, interview.choices(question))
            if not takes_several(question):
                options.append(Option(SKIP, voice.say(words.skip)))
            return question_page(voice, question, interview.asked), options

        return write

    def _check_answers(self) -> int:
        while True:
            if self._changing is not None:
                self._change(*self._changing)
            self._conversation.progress = (1, 1)  # every question is behind the person
            reply = self._conversation.choose(self._check_page, self._starts_at)
            self._starts_at = None
            if isinstance(reply, GoBack):
                self._interview.reopen()
                return _BACK
            if reply.ids[0] == ALL_RIGHT:
                self._ending.answers_confirmed(self.answers)
                return _ON
            question = self._content.question(reply.ids[0])
            self._changing = question, self.answers.get(question.id)
            self._interview.change(question.id)

    def _check_page(self, voice: Voice) -> ChoicePage:
        return check_page(voice, self._interview.asked, self.answers)

    def _change(self, question: Question, before: Answer | None) -> None:
        """Ask one question again, and any follow-ups of its new answer; say what changed."""
        self._ask_questions()
        self._changing = None
        rows = [*(each.id for each in self._interview.asked), ALL_RIGHT]
        self._starts_at = rows[rows.index(question.id) + 1]
        after = self.answers.get(question.id)
        if after != before:
            conversation = self._conversation
            voice = conversation.voice
            answer = beside(voice.say(beside_answer(question)), voice.answer(question, after))
            conversation.tell(conversation.say(self._content.words.changed_to, answer=answer))

    def _end(self) -> int:
        return _ON if self._ending.run() else _BACK


def _step(reply: Reply) -> int:
    return _BACK if isinstance(reply, GoBack) else _ON


def _move(question: Question, reply: Reply) -> Move:
    """Return a reply as a move of the interview. Nothing chosen among several is a skip."""
    if isinstance(reply, GoBack):
        return Back(reply.marked)
    if reply.ids in {(), (SKIP,)}:
        return Skip()
    return Give(reply.ids if takes_several(question) else reply.ids[0])
