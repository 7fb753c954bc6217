"""A summary, and the education pages, as titled sections in one language: the words all renderings share."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Self

from fibrocheck.content.model import (
    FACTOR,
    NOT_SURE,
    Faq,
    Item,
    Passage,
    Question,
    beside_answer,
    ways_to_reach,
)
from fibrocheck.content.program_words import Words
from fibrocheck.content.text import Text
from fibrocheck.pages.text_layout import (
    ASIDE,
    STRONG,
    TEXT,
    Gap,
    Group,
    Heading,
    Labelled,
    Paragraph,
    Row,
    Section,
    cells,
)
from fibrocheck.pages.voice import Voice
from fibrocheck.summary import Marked, Summary, most_in_the_way_first

GET_HELP = "get-help"
"""The name of the page of signs for which to get help at once."""


def summary_sections(summary: Summary, voice: Voice) -> tuple[Section, ...]:
    """Return the whole summary, one section for each of its pages; none for questions if there are none."""
    return (
        what_you_told_us(summary, voice),
        about_what_you_marked(summary, voice),
        passage(voice.content.about, voice)._replace(id="about"),
        *((questions_people_ask(summary.faq, voice),) if summary.faq else ()),
        how_we_work(voice),
        next_step(voice),
        getting_help(voice),
    )


class Told(NamedTuple):
    """What stands above a person's answers: where nothing was marked, and above what was answered how."""

    nothing: Text
    marked: Text
    not_sure: Text
    no: Text
    skipped: Text

    @classmethod
    def to_person(cls, words: Words) -> Self:
        """Return what is said to the person who answered."""
        return cls(
            words.told_nothing, words.told_marked, words.told_not_sure, words.told_no, words.told_skipped
        )

    @classmethod
    def of_patient(cls, words: Words) -> Self:
        """Return what is said to staff about a patient who answered."""
        desk = words.desk
        return cls(desk.told_nothing, desk.told_marked, desk.told_not_sure, desk.told_no, words.not_answered)


def what_you_told_us(summary: Summary, voice: Voice, told: Told | None = None) -> Section:
    """Return the person's own answers, read back: the symptoms by answer, each factor with its question.

    It speaks to the person, or as `told` says.
    """
    words = voice.content.words
    told = told or Told.to_person(words)
    marked = [
        Row(voice.say(each.item.term), voice.answer(each.item, each.answer))
        for each in summary.marked
        if each.item.part != FACTOR
    ]
    follow_ups = [
        Row(voice.say(each.question.term), voice.answer(each.question, each.answer))
        for each in summary.follow_ups
    ]
    groups: list[Group] = [
        (Paragraph(voice.say(words.believed)),),
        () if summary.marked else (Paragraph(voice.say(told.nothing)),),
        _listed(voice.say(told.marked), marked),
        _listed(voice.say(words.follow_ups), follow_ups),
        tuple(_run_on(voice.say(title), listed, voice) for title, listed in unmarked(summary, voice, told)),
        _factors(summary, voice),
    ]
    return Section(voice.say(words.told_us), tuple(group for group in groups if group), "told-us")


def unmarked(summary: Summary, voice: Voice, told: Told) -> list[tuple[Text, tuple[Question, ...]]]:
    """Return the questions answered "not sure" or "no", skipped or not asked yet, each under its title.

    The factors are not among them.
    """
    groups = (
        (told.not_sure, summary.not_sure),
        (told.no, summary.no),
        (told.skipped, summary.skipped),
        (voice.content.words.not_asked_yet, summary.not_asked),
    )
    listed = [(title, tuple(each for each in group if each.part != FACTOR)) for title, group in groups]
    return [(title, group) for title, group in listed if group]


def about_what_you_marked(summary: Summary, voice: Voice) -> Section:
    """Return the education for each marked or not-sure item, under the answer that brought it."""
    return _about_marked(tuple(_education(marked, voice) for marked in summary.education), summary, voice)


def learned_from_marks(summary: Summary, voice: Voice) -> Section:
    """Return a few lines on each marked or not-sure item, the one that is most in the way first.

    How much there may be is in `content.end_length`. `topic` has the rest.
    """
    blocks = tuple(_learned(marked, voice) for marked in most_in_the_way_first(summary))
    return _about_marked(blocks, summary, voice)


def _about_marked(blocks: tuple[Group, ...], summary: Summary, voice: Voice) -> Section:
    words = voice.content.words
    only_not_sure = blocks and not summary.marked
    title = words.about_not_sure if only_not_sure else words.about_marked
    none: tuple[Group, ...] = ((Paragraph(voice.say(words.about_none)),),)
    return Section(voice.say(title), (*_other_conditions(voice), *(blocks or none)), "about-marked")


def passage(text: Passage, voice: Voice) -> Section:
    """Return a passage with each paragraph as a group."""
    paragraphs = tuple((Paragraph(voice.say(each)),) for each in text.paragraphs)
    return Section(voice.say(text.title), (*_other_conditions(voice), *paragraphs))


def _other_conditions(voice: Voice) -> tuple[Group, ...]:
    """Return, for everyone, that other conditions have the same symptoms; nothing if the file does not."""
    text = voice.content.about.other_conditions
    return ((Paragraph(voice.say(text)),),) if text else ()


def questions_people_ask(faq: Iterable[Faq], voice: Voice) -> Section:
    """Return questions and answers, in the given order."""
    return Section(
        voice.say(voice.content.faq_title), tuple(question_and_answer(each, voice) for each in faq), "faq"
    )


def question_and_answer(faq: Faq, voice: Voice) -> Group:
    """Return one question that people ask, with its answer."""
    return (Heading(voice.say(faq.question)), Paragraph(voice.say(faq.answer)))


def how_we_work(voice: Voice) -> Section:
    """Return the steps of the clinic's treatment."""
    care = voice.content.care
    steps = tuple(
        (
            Paragraph(voice.say(step.title), STRONG, hang=f"{number}. "),
            Paragraph(voice.say(step.covers), hang="   "),
        )
        for number, step in enumerate(care.steps, start=1)
    )
    lead = (Paragraph(voice.say(care.lead)), Paragraph(voice.say(care.individual)))
    return Section(voice.say(care.title), (lead, *steps), "care")


def next_step(voice: Voice) -> Section:
    """Return the one piece of advice, how to follow it, what to bring and what to ask."""
    title, (advice, no_diagnosis), name = advice_alone(voice)
    small_print = (*no_diagnosis, Paragraph(approval(voice), ASIDE))
    return Section(title, (advice, *questions_to_ask(voice), small_print), name)


def advice_alone(voice: Voice) -> Section:
    """Return the one piece of advice, how to follow it and what to bring, and that nothing is diagnosed."""
    step, words = voice.content.next_step, voice.content.words
    bring = tuple(Paragraph(voice.say(text)) for text in (step.bring, step.bring_too) if text)
    advice = (Paragraph(voice.say(step.advice), STRONG), *_contact(voice), *bring)
    no_diagnosis = (Paragraph(voice.say(words.not_a_diagnosis), STRONG),)
    return Section(voice.say(step.title), (advice, no_diagnosis), "next-step")


def questions_to_ask(voice: Voice) -> tuple[Group, ...]:
    """Return the questions that a person could ask at the visit, if the file has some."""
    ask = voice.content.questions_to_ask
    return ((Heading(voice.say(ask.title)), *_list(ask.questions, voice)),) if ask else ()


def safety_notice(voice: Voice) -> tuple[Group, ...]:
    """Return the safety notice, which is the same for everyone."""
    safety = voice.content.safety
    return (
        (Heading(voice.say(safety.title)), *_list(safety.emergency, voice, STRONG)),
        (Paragraph(voice.say(safety.crisis), STRONG), Paragraph(voice.say(safety.no_triage))),
    )


def getting_help(voice: Voice) -> Section:
    """Return the help page: the whole safety notice and what it has no room for, the same for everyone.

    What is most urgent comes first, for screens on which it takes several pages.
    """
    (title, *signs), (crisis, no_triage) = safety_notice(voice)
    more = voice.content.get_help
    same_day: tuple[Group, ...] = ()
    if more.same_day_title:
        same_day = ((Heading(voice.say(more.same_day_title)), *_list(more.same_day, voice)),)
    also = (Paragraph(voice.say(text)) for text in more.also)
    groups = ((title, *signs, *_list(more.emergency, voice, STRONG)), (crisis, *also, no_triage), *same_day)
    return Section(voice.say(voice.content.words.getting_help), groups, GET_HELP)


def _list(texts: Iterable[Text], voice: Voice, style: str = TEXT) -> Group:
    return tuple(Paragraph(voice.say(text), style, hang="- ") for text in texts)


def topic(item: Item, voice: Voice) -> Section:
    """Return one item's education page, with its sources."""
    text: Group = (Paragraph(voice.say(item.learn)), Gap(), *_advice(item, voice))
    return with_sources(Section(voice.say(item.term), (text,)), item.sources, voice)


def approval(voice: Voice) -> str:
    """Return who approved the wording, or that it awaits review."""
    given, words = voice.content.approval, voice.content.words
    if not given.approved_by:
        return voice.say(words.awaiting_review)
    return voice.say(words.approved, name=given.approved_by, date=given.approved_on)


def _contact(voice: Voice) -> tuple[Labelled | Paragraph, ...]:
    given = tuple(Labelled(voice.say(label), value) for label, value in ways_to_reach(voice.content))
    return given or (Paragraph(voice.say(voice.content.next_step.ask_at_desk)),)


def _education(marked: Marked, voice: Voice) -> Group:
    """Return an item's education under the answer that brought it.

    A factor's question stands there too: its term alone with a Yes would read like a diagnosis.
    """
    item, answer = marked.item, _brought_by(marked, voice)
    is_factor = item.part == FACTOR
    return (
        Heading(voice.say(item.term), "" if is_factor else answer),
        *((Paragraph(voice.say(item.ask)), Paragraph(answer, ASIDE)) if is_factor else ()),
        Gap(),
        Paragraph(voice.say(item.learn)),
        Gap(),
        *_advice(item, voice),
    )


def _learned(marked: Marked, voice: Voice) -> Group:
    """Return what there is to learn about an item, under its term, or a factor's question, and the answer."""
    asked = voice.say(beside_answer(marked.item))
    return (Heading(asked, _brought_by(marked, voice)), Paragraph(voice.say(marked.item.learn)))


def _brought_by(marked: Marked, voice: Voice) -> str:
    words = voice.content.words
    lead = words.you_chose if marked.answer == NOT_SURE else words.you_marked
    return voice.say(lead, answer=voice.answer(marked.item, marked.answer))


def _advice(item: Item, voice: Voice) -> tuple[Labelled, ...]:
    words = voice.content.words
    advice = (
        (words.worth_telling, item.tell_your_clinician),
        (words.could_try, item.self_care),
    )
    return tuple(Labelled(voice.say(label), voice.say(text)) for label, text in advice if text)


def with_sources(section: Section, ids: tuple[str, ...], voice: Voice) -> Section:
    """Return the section with its sources added at the end."""
    return Section(section.title, (*section.groups, *_sources(ids, voice)))


def _sources(ids: tuple[str, ...], voice: Voice) -> tuple[Group, ...]:
    if not ids:
        return ()
    names = "; ".join(dict.fromkeys(voice.title_of(each) for each in ids))
    return ((Paragraph(f"{voice.say(voice.content.words.sources)}: {names}", ASIDE),),)


def _factors(summary: Summary, voice: Voice) -> Group:
    """Return the question of every factor with its answer, under the line on what Yes means."""
    if not summary.factors:
        return ()
    words, say = voice.content.words, voice.say
    rows = [
        Row(say(each.item.ask), voice.answer(each.item, each.answer, is_open=each.is_open))
        for each in summary.factors
    ]
    return (Heading(say(words.factors)), Paragraph(say(words.factors_note)), Gap(), *_in_a_column(rows))


def _run_on(title: str, questions: Sequence[Question], voice: Voice) -> Paragraph:
    """Return the terms of questions in one paragraph: there may be many, all with the same answer."""
    return Paragraph(f"{title}: {'; '.join(voice.say(each.term) for each in questions)}")


def _listed(title: str, rows: list[Row]) -> Group:
    return (Heading(title), *_in_a_column(rows)) if rows else ()


def _in_a_column(rows: Sequence[Row]) -> Iterator[Row]:
    """Return the rows of a list, each with the columns that the longest label and value take."""
    labels, values = (max(map(cells, column)) for column in zip(*(row[:2] for row in rows), strict=True))
    return (row._replace(widest=(labels, values)) for row in rows)
