"""The end of a visit: the next step, what was marked, who gets the list, what there is to read, goodbye."""

from collections.abc import Callable, Mapping
from functools import partial

from fibrocheck.asking.contract import Chosen, GoBack, Page, Reply
from fibrocheck.copies.visit_copies import VisitCopies
from fibrocheck.errors import StaffError
from fibrocheck.pages.voice import Voice
from fibrocheck.questions import Answers
from fibrocheck.summary import summarise
from fibrocheck.visit.conversation import Conversation
from fibrocheck.visit.end_pages import (
    DONE,
    FAQ,
    FINISH,
    SKIP_TO_END,
    TAKE_BACK,
    TOPICS,
    answer_page,
    finish_page,
    goodbye_page,
    marked_page,
    next_step_page,
    questions_page,
    reading_page,
    topic_page,
    topics_page,
)
from fibrocheck.visit.pages import ChoicePage
from fibrocheck.visit.take_list import TakeList

_NEXT_STEP, _MARKED, _LIST, _READING, _GOODBYE, _OVER = range(6)
"""The parts of the end, in order."""


class End:
    """One person's way from the confirmed answers to goodbye."""

    def __init__(self, conversation: Conversation, copies: VisitCopies) -> None:
        self._conversation = conversation
        self._copies = copies
        self._list = TakeList(conversation, copies)

    def answers_confirmed(self, answers: Answers) -> None:
        """Have all copies hold these answers from now on."""
        self._summary = summarise(self._conversation.voice.content, answers)
        self._list.confirm(answers)

    def run(self) -> bool:
        """Show the pages until the person finished (true), or went back to their answers (false)."""
        parts = {
            _NEXT_STEP: self._next_step,
            _MARKED: self._about_marked,
            _LIST: self._take_list,
            _READING: self._read_more,
            _GOODBYE: self._say_goodbye,
        }
        at, self._comes_back = _NEXT_STEP, False
        while _NEXT_STEP <= at < _OVER:
            there = parts[at]()
            self._comes_back, at = there < at, there
        return at == _OVER

    @property
    def _place(self) -> float:
        """Where a text begins: at its end for a person who comes back to it."""
        return 1.0 if self._comes_back else 0.0

    def _next_step(self) -> int:
        return _after(_NEXT_STEP, self._conversation.read(next_step_page, self._place))

    def _about_marked(self) -> int:
        reply = self._conversation.read(partial(marked_page, self._summary), self._place)
        return _LIST if reply == Chosen((SKIP_TO_END,)) else _after(_MARKED, reply)

    def _take_list(self) -> int:
        return _READING if self._list.run() else _MARKED

    def _read_more(self) -> int:
        """Show the choice of what to read until the person finishes or goes back."""
        while True:
            reply = self._conversation.choose(finish_page)
            if isinstance(reply, GoBack):
                return _LIST
            (chosen,) = reply.ids
            if chosen == FINISH:
                return _GOODBYE
            if chosen == TOPICS:
                self._read_topics()
            elif chosen == FAQ:
                self._read_answers()
            else:
                self._conversation.read(partial(reading_page, chosen, self._summary))

    def _read_topics(self) -> None:
        """Let the person read one topic after the other."""
        topics = {item.id: partial(topic_page, item) for item in self._conversation.voice.content.items}
        self._read_each(partial(topics_page, self._summary), topics)

    def _read_answers(self) -> None:
        """Let the person read the answer to one question after the other."""
        faq = self._summary.faq
        self._read_each(partial(questions_page, faq), {each.id: partial(answer_page, each) for each in faq})

    def _read_each(
        self, choices: Callable[[Voice], ChoicePage], pages: Mapping[str, Callable[[Voice], Page]]
    ) -> None:
        """Have one page after the other chosen and read, until the person goes back."""
        while isinstance(reply := self._conversation.choose(choices), Chosen):
            (chosen,) = reply.ids
            self._conversation.read(pages[chosen])

    def _say_goodbye(self) -> int:
        """Show the last page until the person is done, or takes the list back from the front desk."""
        settles = True
        while True:
            page = partial(
                goodbye_page, delivered=self._copies.delivered, closes=self._copies.is_kiosk, settles=settles
            )
            (chosen,) = _ids(self._conversation.choose(page))
            if chosen == DONE:
                return _OVER
            if chosen == TAKE_BACK and self._is_taken_back():
                return _LIST
            settles = False

    def _is_taken_back(self) -> bool:
        """Take the list back from the front desk and say what came of it; return whether it was done."""
        words = self._conversation.voice.content.words
        try:
            self._copies.take_back()
        except StaffError as error:
            self._tell_not_taken_back(error)
            return False
        self._conversation.tell(self._conversation.say(words.taken_back))
        return True

    def _tell_not_taken_back(self, error: StaffError) -> None:
        from fibrocheck.copies.folder.access import ListChangedError  # only after a failure

        words = self._conversation.voice.content.words
        if isinstance(error, ListChangedError):  # staff need to know nothing more
            self._conversation.tell(self._conversation.say(words.not_taken_back_changed))
        else:
            self._list.tell_failure(words.not_taken_back, error)


def _after(part: int, reply: Reply) -> int:
    return part - 1 if isinstance(reply, GoBack) else part + 1


def _ids(reply: Reply) -> tuple[str, ...]:
    """Return what was chosen on a page that has no way back."""
    return reply.ids if isinstance(reply, Chosen) else (DONE,)
