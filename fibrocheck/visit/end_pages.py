"""The pages of a visit's end: what each says, and the choices under it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from fibrocheck.asking.contract import GO_ON, Option, Page
from fibrocheck.content.model import Faq, Item
from fibrocheck.content.text import Text
from fibrocheck.copies.copier import CODE, DESK, PRINT, SAVE
from fibrocheck.copies.visit_copies import Delivered
from fibrocheck.pages.sections import (
    advice_alone,
    getting_help,
    how_we_work,
    learned_from_marks,
    passage,
    question_and_answer,
    questions_to_ask,
    topic,
    what_you_told_us,
)
from fibrocheck.pages.text_layout import STRONG, Gap, Group, Paragraph, Section
from fibrocheck.pages.voice import Voice
from fibrocheck.summary import Summary
from fibrocheck.text_safety import MAX_PATH, printable
from fibrocheck.visit.pages import ChoicePage, text_page

if TYPE_CHECKING:
    from pathlib import Path

    from fibrocheck.copies.formats import Format

SKIP_TO_END = "skip-to-end"
"""The id of the way from what was marked to the choice of who gets the list."""

NO_ONE = "no-one"
"""The id of the option that gives the list to no one."""

OTHER_WAY = "other-way"
NORMAL, LARGE = "normal", "large"

PRIVATE = "private"
"""The id of the option that leaves private answers off the list, or puts them on it again."""

FINISH, TOPICS, HELP, ABOUT, FAQ, CARE, MY_LIST = (
    "finish", "topics", "help", "about", "faq", "care", "my-list"
)  # fmt: skip

DONE, MORE_TIME, TAKE_BACK = "done", "more-time", "take-back"

CLOSES_IN = 60
"""Seconds without a key after which a kiosk says goodbye by itself."""


def next_step_page(voice: Voice) -> Page:
    """Return the one piece of advice, the same for everyone."""
    return _section_page(advice_alone(voice), voice)


def marked_page(summary: Summary, voice: Voice) -> Page:
    """Return the education for what was marked, with the way past it."""
    page = _section_page(learned_from_marks(summary, voice), voice)
    skip = Option(SKIP_TO_END, voice.say(voice.content.words.skip_to_end), skips=True)
    return page._replace(ways=(skip,))


# Take your list with you


def list_page(
    voice: Voice, roads: Iterable[str], delivered: Delivered, *, private: bool | None
) -> ChoicePage:
    """Return who may get the list; once the person has taken it along, the way to finish comes first.

    `private` if private answers are on the list, or `None` if there are no such questions.
    """
    words, say = voice.content.words, voice.say
    finish = [Option(GO_ON, say(words.finish))]
    options = [
        *(finish if delivered.is_taken_along else ()),
        *(Option(road, say(label), details=say(how)) for road, label, how in _roads(voice, roads)),
        *(finish if delivered.written and not delivered.is_taken_along else ()),
    ]
    if private is not None:
        is_now, does = (
            (words.private_on_list, words.private_take_off)
            if private
            else (words.private_left_off, words.private_put_back)
        )
        options.append(Option(PRIVATE, say(is_now), details=say(does), is_apart=True))
    page = Page(
        say(words.take_list),
        ask="" if delivered.is_taken_along else say(words.who_gets_list),
        groups=what_was_done(voice, delivered),
        note=say(words.read_later),
        undelivered=not delivered.is_anywhere,
        id="take-list",
    )
    return page, options


def _roads(voice: Voice, roads: Iterable[str]) -> Iterable[tuple[str, Text, Text]]:
    words = voice.content.words
    known = {
        DESK: (words.give_to_desk, words.give_to_desk_how),
        PRINT: (words.print_list, words.print_list_how),
        CODE: (words.show_code, words.show_code_how),
        SAVE: (words.save_list, words.save_list_how),
        NO_ONE: (words.give_to_no_one, words.give_to_no_one_how),
    }
    return ((road, *known[road]) for road in roads)


def what_was_done(voice: Voice, delivered: Delivered) -> tuple[Group, ...]:
    """Return where the list is by now, and what to do with it; nothing if it is nowhere."""
    from fibrocheck.copies.code.spelling import grouped  # only at the end of a visit, like the rest

    words, say = voice.content.words, voice.say
    texts = (
        (words.tell_number, delivered.number, {"number": delivered.number}),
        (words.goodbye_code, delivered.code, {"code": grouped(delivered.code)}),
        (words.goodbye_paper, delivered.is_printed, {}),
        *((words.saved, True, {"file": file}) for file in (*delivered.written, *delivered.files)),
    )
    thanks = (Paragraph(say(words.goodbye_desk)),) if delivered.number else ()
    to_take = tuple(Paragraph(say(text, **values), STRONG) for text, is_so, values in texts if is_so)
    return ((*thanks, *to_take),) if to_take else ()


def code_page(voice: Voice, letters: str) -> Page:
    """Return the page that shows a list's code: as letters, and as a picture where it fits."""
    from fibrocheck.copies.code.spelling import grouped  # only at the end of a visit, like the library
    from fibrocheck.pages.qr import letters_qr

    words, say = voice.content.words, voice.say
    # One group: who can read the code is said on the same page, also where that is low.
    groups: tuple[Group, ...] = (
        (Paragraph(grouped(letters), STRONG), Gap(), Paragraph(say(words.code_explained))),
    )
    qr = letters_qr(letters)
    return Page(
        say(words.your_code),
        groups=groups,
        go_on=say(words.go_on),
        ways=(Option(OTHER_WAY, say(words.another_way)),),
        picture=qr.lines if qr else (),
        id="code",
    )


def print_size_page(voice: Voice) -> ChoicePage:
    """Return the choice between normal and large print."""
    words, say = voice.content.words, voice.say
    page = Page(say(words.print_list), ask=say(words.print_size), undelivered=True, id="print-size")
    return page, [Option(NORMAL, say(words.print_normal)), Option(LARGE, say(words.print_large))]


def printed_page(voice: Voice) -> ChoicePage:
    """Return the question whether the pages came out."""
    words, say = voice.content.words, voice.say
    page = Page(say(words.print_list), ask=say(words.did_it_print), can_go_back=False, id="printed")
    return page, [Option(GO_ON, say(words.all_pages)), Option(PRINT, say(words.nothing_came))]


def save_form_page(voice: Voice, choices: Iterable[tuple["Format", Text]]) -> ChoicePage:
    """Return the choice of a format for a copy."""
    words, say = voice.content.words, voice.say
    page = Page(say(words.save_list), ask=say(words.save_form), undelivered=True, id="save-form")
    return page, [Option(form.name, say(label)) for form, label in choices]


def save_place_page(voice: Voice, places: Sequence["Path"]) -> ChoicePage:
    """Return the choice of a place for a copy."""
    words, say = voice.content.words, voice.say
    page = Page(say(words.save_list), ask=say(words.save_place), undelivered=True, id="save-place")
    return page, [Option(str(at), printable(str(path), MAX_PATH)) for at, path in enumerate(places)]


# What there is to read, and goodbye


def finish_page(voice: Voice) -> ChoicePage:
    """Return the way to finish, and beside it everything that may be read before; the question names it."""
    words, content, say = voice.content.words, voice.content, voice.say
    offers = (
        (FINISH, words.finish, True),
        (TOPICS, words.read_topic, bool(content.items)),
        (HELP, words.getting_help, True),
        (ABOUT, content.about.title, True),
        (FAQ, words.common_question, bool(content.faq)),
        (CARE, content.care.title, True),
        (MY_LIST, words.my_list, True),
    )
    options = [Option(code, say(label)) for code, label, is_offered in offers if is_offered]
    ask = f"{say(words.what_now)} {say(words.what_now_topics)}"
    return Page("", ask=ask, id="what-now"), options


def topics_page(summary: Summary, voice: Voice) -> ChoicePage:
    """Return the choice of a topic: those that were marked, then the others."""
    words, say = voice.content.words, voice.say
    marked = [each.item for each in summary.education]
    others = [item for item in voice.content.items if item not in marked]
    options = [Option(item.id, say(item.term)) for item in (*marked, *others)]
    return Page(say(words.read_topic), ask=say(words.choose_topic), id="topics"), options


def questions_page(faq: Iterable[Faq], voice: Voice) -> ChoicePage:
    """Return the choice of a question that people ask."""
    words, say = voice.content.words, voice.say
    page = Page(say(words.common_question), ask=say(words.choose_question), id="common-questions")
    return page, [Option(each.id, say(each.question)) for each in faq]


def answer_page(asked: Faq, voice: Voice) -> Page:
    """Return the answer to a question that people ask."""
    title = voice.say(voice.content.words.common_question)
    return text_page("common-question", voice, title, (question_and_answer(asked, voice),))


def topic_page(item: Item, voice: Voice) -> Page:
    """Return everything there is to read about a symptom or factor."""
    return _section_page(topic(item, voice)._replace(id="topic"), voice)


def reading_page(name: str, summary: Summary, voice: Voice) -> Page:
    """Return what the finish page leads to: help, about, care or the person's own list."""
    match name:
        case "help":
            section = getting_help(voice)
        case "about":
            section = passage(voice.content.about, voice)._replace(id="about")
        case "care":
            section = how_we_work(voice)
        case _:
            section = what_you_told_us(summary, voice)
            section = section._replace(groups=(*section.groups, *questions_to_ask(voice)))
    return _section_page(section, voice)


def goodbye_page(voice: Voice, *, delivered: Delivered, closes: bool, settles: bool) -> ChoicePage:
    """Return the last page: where the list is, what to do with it, thanks; it has no name of its own.

    `closes` if it goes by itself, `settles` if the person sees it for the first time.
    """
    words, say = voice.content.words, voice.say
    thanks = words.goodbye if delivered.is_anywhere else words.goodbye_no_one
    page = Page(
        "",
        ask="" if delivered.number else say(thanks),
        groups=what_was_done(voice, delivered),
        note=say(words.read_later) if delivered.is_anywhere else "",
        can_go_back=False,
        settles=settles,
        closes_in=CLOSES_IN if closes else 0,
        id="goodbye",
    )
    offers = (
        (DONE, words.done, True),
        (MORE_TIME, words.need_more_time, closes),
        (TAKE_BACK, words.take_back, bool(delivered.number)),
    )
    return page, [Option(code, say(label)) for code, label, is_offered in offers if is_offered]


def _section_page(section: Section, voice: Voice) -> Page:
    return text_page(section.id, voice, section.title, section.groups)


def saved_as(voice: Voice, delivered: Delivered) -> str:
    """Return where this visit's files are; empty if there are none."""
    names = ", ".join((*delivered.written, *delivered.files))
    return voice.say(voice.content.words.saved, file=names) if names else ""


def farewell(voice: Voice, delivered: Delivered) -> str:
    """Return the one line that stays after a visit: thanks, the number for the front desk, the files."""
    words, number = voice.content.words, delivered.number
    told = voice.say(words.tell_number, number=number) if number else ""
    return " ".join(filter(None, (voice.say(words.goodbye), told, saved_as(voice, delivered))))
