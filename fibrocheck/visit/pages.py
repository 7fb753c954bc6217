"""The pages of a visit: what each says, and the choices under it.

Nothing here knows how a page is shown, or which one comes next.
"""

from collections.abc import Collection, Sequence

from fibrocheck.asking.contract import Option, Page
from fibrocheck.content.model import FACTOR, FOLLOW_UP, SYMPTOM, Content, Item, Question, beside_answer
from fibrocheck.content.text import Text
from fibrocheck.pages.sections import GET_HELP, safety_notice
from fibrocheck.pages.text_layout import Group, Paragraph
from fibrocheck.pages.voice import Voice
from fibrocheck.questions import Answers, takes_several

ALL_RIGHT = "-all-right"
"""The id of the choice on the check page that confirms the answers. No question's id begins so."""

ChoicePage = tuple[Page, Sequence[Option]]
"""A page and its choices."""


def opening_page(content: Content, language: str | None) -> ChoicePage:
    """Return the first page of a visit and its choices, none if it is only read."""
    if language is None and len(content.languages) > 1:
        page, options = language_page(content)
        return page._replace(waits=True), options
    voice = Voice(content, language or next(iter(content.languages)))
    return welcome_page(voice, can_go_back=False)._replace(waits=True), ()


def language_page(content: Content) -> ChoicePage:
    """Return the choice of language, asked in each of them."""
    words = content.words
    title = " / ".join(words.language[language] for language in content.languages)
    ask = in_each(words.choose_language, content, None)
    options = [Option(code, name) for code, name in content.languages.items()]
    return Page(title, ask=ask, can_go_back=False, can_change_language=False, id="language"), options


def in_each(text: Text, content: Content, language: str | None) -> str:
    """Return a text in this language, or in every one of the content if the person has yet to choose."""
    return " ".join(text[each] for each in ([language] if language else content.languages))


def welcome_page(voice: Voice, *, can_go_back: bool) -> Page:
    """Return what this is and is not, what happens to the answers, and the safety notice."""
    welcome = voice.content.welcome
    rather_talk = voice.content.words.rather_talk
    texts = (welcome.purpose, welcome.not_a_diagnosis, welcome.privacy, rather_talk)
    groups = (tuple(Paragraph(voice.say(text)) for text in texts), *safety_notice(voice))
    start = voice.say(voice.content.words.start)
    page = Page(voice.say(welcome.title), groups=groups, go_on=start, can_go_back=can_go_back, id="welcome")
    return page._replace(stays_whole=True)


def factors_page(voice: Voice) -> Page:
    """Return the introduction to the factors: what they are and are not."""
    words = voice.content.words
    intro = Paragraph(voice.say(words.factors_intro))
    return text_page("factors", voice, voice.say(words.factors), ((intro,),))


def question_page(voice: Voice, question: Question, asked: Sequence[Question]) -> Page:
    """Return the page of a question; `asked` are all questions of this visit, in order."""
    return Page(
        voice.say(_section(question, voice.content)),
        position=_position(voice, question, asked),
        place=_place(voice, question),
        shows_body=_is_about_the_body(question),
        ask=voice.say(question.ask),
        term=voice.say(question.term) if isinstance(question, Item) else "",
        why=voice.say(question.why),
        id=question.id,
    )


def answer_options(voice: Voice, question: Question, codes: Sequence[str]) -> list[Option]:
    """Return the choices that answer a question."""
    return [Option(code, voice.choice(question, code)) for code in codes]


def check_page(
    voice: Voice, asked: Sequence[Question], answers: Answers, not_asked: Collection[str] = ()
) -> ChoicePage:
    """Return the check page: each question with its answer, then the choice that confirms them.

    `not_asked` are the ids of questions that nobody has asked yet.
    """
    words = voice.content.words
    options: list[Option] = []
    parts: set[str] = set()
    for question in asked:
        heading = "" if question.part in parts else voice.say(_section(question, voice.content))
        parts.add(question.part)
        answer = voice.answer(question, answers.get(question.id), is_open=question.id in not_asked)
        options.append(Option(question.id, voice.say(beside_answer(question)), answer, heading))
    options.append(Option(ALL_RIGHT, voice.say(words.all_right), is_way_on=True))
    return Page(voice.say(words.check), ask=voice.say(words.choose_to_change), id="check"), options


def text_page(name: str, voice: Voice, title: str, groups: tuple[Group, ...]) -> Page:
    """Return a page that is only read; `name` becomes its id.

    Signs of an emergency are one screenful wherever they fit on one: they are read at once, or not at all.
    """
    go_on = voice.say(voice.content.words.go_on)
    return Page(title, groups=groups, go_on=go_on, id=name, stays_whole=name == GET_HELP)


def _position(voice: Voice, question: Question, asked: Sequence[Question]) -> str:
    """Return the place among the questions of the same part, such as "4 of 8"."""
    alike = [each.id for each in asked if each.part == question.part]
    number, total = alike.index(question.id) + 1, len(alike)
    return voice.say(voice.content.words.position, number=number, total=total)


def _is_about_the_body(question: Question) -> bool:
    if not takes_several(question):
        return False
    from fibrocheck.content.body import has_places  # not before the first page

    return has_places(choice.id for choice in question.choices)


def progress_at(question: Question, content: Content) -> tuple[int, int]:
    """Return how many of the questionnaire's questions are before one, and how many there are."""
    return content.questions.index(question), len(content.questions)


def _place(voice: Voice, question: Question) -> str:
    """Return the place among all questions, such as "Question 4 of 18 · Symptoms"."""
    before, total = progress_at(question, voice.content)
    part = voice.say(_section(question, voice.content))
    words = voice.content.words
    return voice.say(words.question_place, number=before + 1, total=total, part=part)


def _section(question: Question, content: Content) -> Text:
    """Return the name of the part of the questionnaire that a question belongs to."""
    words = content.words
    return {SYMPTOM: words.symptoms, FOLLOW_UP: words.follow_ups, FACTOR: words.factors}[question.part]
