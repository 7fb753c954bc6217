"""One patient's visit: language, welcome, questions, check, summary, what now.

The answers live in the `Visit` of one person and go with it. Nothing here knows how the person is
asked, and nothing is written anywhere.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fibrocheck.asking.contract import SKIP, Asker, Chosen, GoBack, Option, Page, Reply
from fibrocheck.content.model import FACTOR, FOLLOW_UP, SYMPTOM, Content, Item, Question, Text
from fibrocheck.copies.copier import HTML, JSON, TXT, Keeper
from fibrocheck.errors import StaffError
from fibrocheck.interview import Back, Give, Interview, Move, Skip
from fibrocheck.pages.sections import (
    question_and_answer,
    safety_notice,
    summary_sections,
)
from fibrocheck.pages.text_layout import Group, Paragraph
from fibrocheck.pages.voice import Voice
from fibrocheck.questions import Answers, takes_several
from fibrocheck.summary import Summary, summarise

if TYPE_CHECKING:
    from pathlib import Path  # only whoever saves a copy loads it

_ON, _BACK = 1, -1
_ALL_RIGHT, _FINISH, _READ_AGAIN, _COMMON_QUESTION = "all-right", "finish", "read-again", "question"
_SAVE, _PRINT = "save", "print"


class Visit:
    """One person's way from the first page to the last."""

    def __init__(
        self, content: Content, asker: Asker, language: str | None = None, keeper: Keeper | None = None
    ) -> None:
        """Get ready to ask; a language that is given is not asked for.

        Without a keeper no copy can be made.
        """
        self._keeper = keeper or Keeper(content, may_save=False)
        self._content = content
        self._asker = asker
        self._interview = Interview(content)
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
        return summarise(self._content, self._interview.answers)

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
        self._asker.tell(self._say(self._content.words.goodbye))

    def _choose_language(self) -> int:
        page, options = language_page(self._content)
        page = page._replace(waits=not self.answers)
        reply = self._asker.choose(page, options, self.language)
        if isinstance(reply, Chosen):
            self._speak(reply.ids[0])
        return _ON

    def _welcome(self) -> int:
        page = welcome_page(self._voice, can_go_back=self._chooses_language)
        # Whoever has chosen a language has begun: the next person should be asked for theirs.
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
        """Say once, before the first factor, what factors are and are not."""
        if question is not self._content.factors[0] or self._factors_introduced:
            return None
        words = self._content.words
        intro = Paragraph(self._say(words.factors_intro))
        reply = self._asker.read(self._text_page("factors", self._say(words.factors), ((intro,),)))
        self._factors_introduced = isinstance(reply, Chosen)
        return reply if isinstance(reply, GoBack) else None

    def _ask(self, question: Question) -> Reply:
        interview, voice = self._interview, self._voice
        page = Page(
            voice.say(_section(question, self._content)),
            position=self._position(question),
            ask=voice.say(question.ask),
            term=voice.say(question.term) if isinstance(question, Item) else "",
            why=voice.say(question.why),
            id=question.id,
        )
        options = [Option(code, voice.choice(question, code)) for code in interview.choices(question)]
        answer = interview.answers.get(question.id)
        if takes_several(question):
            return self._asker.choose_many(page, options, frozenset(answer or ()))
        options.append(Option(SKIP, self._say(self._content.words.skip)))
        skipped = SKIP if interview.was_skipped(question) else None
        return self._asker.choose(page, options, answer if isinstance(answer, str) else skipped)

    def _position(self, question: Question) -> str:
        """Where the person is among the questions of this kind, such as "4 of 8"."""
        alike = [each.id for each in self._interview.asked if each.part == question.part]
        number, total = alike.index(question.id) + 1, len(alike)
        return self._say(self._content.words.position, number=number, total=total)

    def _check_answers(self) -> int:
        while True:
            reply = self._asker.choose(*self._check_page())
            if isinstance(reply, GoBack):
                self._interview.reopen()
                return _BACK
            if reply.ids[0] == _ALL_RIGHT:
                return _ON
            self._change(self._content.question(reply.ids[0]))

    def _check_page(self) -> tuple[Page, Sequence[Option]]:
        words, answers = self._content.words, self._interview.answers
        options = [Option(_ALL_RIGHT, self._say(words.all_right))]
        parts: set[str] = set()
        for question in self._interview.asked:
            heading = "" if question.part in parts else self._say(_section(question, self._content))
            parts.add(question.part)
            answer = self._voice.answer(question, answers.get(question.id))
            options.append(Option(question.id, self._say(question.term), answer, heading))
        return Page(self._say(words.check), ask=self._say(words.choose_to_change), id="check"), options

    def _change(self, question: Question) -> None:
        """Ask one question again, and whatever its new answer brings; say what changed."""
        before = self._interview.answers.get(question.id)
        self._interview.change(question.id)
        self._ask_questions()
        after = self._interview.answers.get(question.id)
        if after != before:
            answer = self._voice.answer(question, after)
            self._asker.tell(self._say(self._content.words.changed_to, answer=answer))

    def _read_summary(self) -> int:
        pages = [
            self._text_page(section.id, section.title, section.groups)
            for section in summary_sections(self.summary, self._voice)
        ]
        at, from_end = (len(pages) - 1, True) if self._summary_from_end else (0, False)
        while 0 <= at < len(pages):
            reply = self._asker.read(pages[at], from_end=from_end)
            from_end = isinstance(reply, GoBack)
            at += _step(reply)
        self._summary_from_end = False
        return _BACK if at < 0 else _ON

    def _what_now(self) -> int:
        words, keeper = self._content.words, self._keeper
        page = Page(self._say(words.summary), ask=self._say(words.what_now), id="what-now")
        offers = (
            (_FINISH, words.finish, True),
            (_READ_AGAIN, words.read_again, True),
            (_COMMON_QUESTION, words.common_question, True),
            (_SAVE, words.save_copy, keeper.may_save),
            (_PRINT, words.print_page, bool(keeper.printer)),
        )
        options = [Option(code, self._say(label)) for code, label, is_offered in offers if is_offered]
        does = {_COMMON_QUESTION: self._read_common_question, _SAVE: self._save_copy, _PRINT: self._print}
        while True:
            reply = self._asker.choose(page, options)
            if isinstance(reply, GoBack) or reply.ids[0] == _READ_AGAIN:
                self._summary_from_end = isinstance(reply, GoBack)
                return _BACK
            if reply.ids[0] in does:
                does[reply.ids[0]]()
            elif keeper.save_to is None or self._save(keeper.save_to, force=keeper.force):
                return _ON
            else:
                # The person can choose another place now, and finish without the first one.
                self._keeper = keeper = keeper._replace(save_to=None)

    def _save_copy(self) -> None:
        """Let the person choose a form and a place; whatever goes wrong, the answers stay."""
        words = self._content.words
        page = Page(self._say(words.save_copy), ask=self._say(words.save_form), id="save-form")
        forms = ((HTML, words.form_html), (TXT, words.form_text), (JSON, words.form_record))
        reply = self._asker.choose(page, [Option(form, self._say(label)) for form, label in forms])
        if isinstance(reply, GoBack):
            return
        page = Page(self._say(words.save_copy), ask=self._say(words.save_place), id="save-place")
        places = {str(path): path for path in self._keeper.places(reply.ids[0])}
        while True:
            chosen = self._asker.choose(page, [Option(name, name) for name in places])
            if isinstance(chosen, GoBack) or self._save(places[chosen.ids[0]]):
                return

    def _save(self, path: "Path", *, force: bool = False) -> bool:
        """Save a copy, and say what came of it; whether it was saved."""
        words = self._content.words
        self._asker.busy(self._say(words.one_moment))
        try:
            self._keeper.save(path, self.answers, self.language, force=force)
        except StaffError as error:
            self._tell_failure(words.not_saved, error)
            return False
        self._asker.tell(self._say(words.saved, file=path))
        return True

    def _print(self) -> None:
        """Print the page; if that fails, say so, and let it be tried again."""
        words = self._content.words
        self._asker.busy(self._say(words.one_moment))
        try:
            self._keeper.print(self.answers, self.language)
        except StaffError as error:
            self._tell_failure(words.not_printed, error)
        else:
            self._asker.tell(self._say(words.printed))

    def _tell_failure(self, failure: Text, reason: StaffError) -> None:
        """Say what it means for the person, then what staff need to know to mend it."""
        for_staff = self._say(self._content.words.for_staff, reason=reason)
        self._asker.tell(f"{self._say(failure)} {for_staff}")

    def _read_common_question(self) -> None:
        words, faq = self._content.words, self.summary.faq
        page = Page(
            self._say(words.common_question), ask=self._say(words.choose_question), id="common-questions"
        )
        options = [Option(each.id, self._say(each.question)) for each in faq]
        reply = self._asker.choose(page, options)
        if isinstance(reply, Chosen):
            asked = next(each for each in faq if each.id == reply.ids[0])
            text = (question_and_answer(asked, self._voice),)
            self._asker.read(self._text_page("common-question", self._say(words.common_question), text))

    def _speak(self, language: str) -> None:
        self._voice = Voice(self._content, language)
        self._asker.language = language

    def _say(self, text: Text, **values: object) -> str:
        return self._voice.say(text, **values)

    def _text_page(self, name: str, section: str, groups: tuple[Group, ...]) -> Page:
        return Page(section, groups=groups, go_on=self._say(self._content.words.go_on), id=name)


def opening_page(content: Content, language: str | None) -> tuple[Page, Sequence[Option]]:
    """The first page of a visit and its choices (none where it is only read)."""
    if language is None and len(content.languages) > 1:
        return language_page(content)
    voice = Voice(content, language or next(iter(content.languages)))
    return welcome_page(voice, can_go_back=False), ()


def language_page(content: Content) -> tuple[Page, Sequence[Option]]:
    """The choice of language, asked in each of them."""
    words = content.words
    title = " / ".join(words.language[language] for language in content.languages)
    ask = " ".join(words.choose_language[language] for language in content.languages)
    options = [Option(code, name) for code, name in content.languages.items()]
    return Page(title, ask=ask, can_go_back=False, id="language"), options


def welcome_page(voice: Voice, *, can_go_back: bool) -> Page:
    """What this is and is not, what happens to the answers, and the safety notice."""
    welcome = voice.content.welcome
    texts = (welcome.purpose, welcome.not_a_diagnosis, welcome.privacy)
    groups = (tuple(Paragraph(voice.say(text)) for text in texts), *safety_notice(voice))
    start = voice.say(voice.content.words.start)
    return Page(voice.say(welcome.title), groups=groups, go_on=start, can_go_back=can_go_back, id="welcome")


def _step(reply: Reply) -> int:
    return _BACK if isinstance(reply, GoBack) else _ON


def _move(question: Question, reply: Reply) -> Move:
    """A reply to a question, as the interview takes it. Nothing chosen among several is a skip."""
    if isinstance(reply, GoBack):
        return Back()
    if reply.ids in {(), (SKIP,)}:
        return Skip()
    return Give(reply.ids if takes_several(question) else reply.ids[0])


def _section(question: Question, content: Content) -> Text:
    """The name of the part of the questionnaire that a question belongs to."""
    words = content.words
    return {SYMPTOM: words.symptoms, FOLLOW_UP: words.follow_ups, FACTOR: words.factors}[question.part]
