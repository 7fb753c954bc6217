"""The education pages for somebody who wants to read and not to answer."""

from collections.abc import Mapping

from fibrocheck.content.model import Content
from fibrocheck.endings import WrongUsage
from fibrocheck.rendering.sections import (
    Voice,
    how_we_work,
    next_step,
    passage,
    questions_people_ask,
    topic,
)
from fibrocheck.rendering.typeset import Labelled, Paragraph, Section


def topics(voice: Voice) -> Mapping[str, Section]:
    """Every education page by the name it is asked for with: the items' ids, and the general pages."""
    content = voice.content
    return {
        **{item.id: topic(item, voice) for item in content.items},
        "fibromyalgia": passage(content.about, voice),
        "questions": questions_people_ask(content.faq, voice),
        "care": how_we_work(voice),
        "next-step": next_step(voice),
    }


def page(content: Content, language: str, name: str | None) -> tuple[Section, ...]:
    """One education page with the closing advice, or the list of them; `WrongUsage` if there is none."""
    voice = Voice(content, language)
    pages = topics(voice)
    if name is None:
        rows = tuple(Labelled(each, section.title) for each, section in pages.items())
        return (Section(voice.say(content.words.topics), (rows,)),)
    if name not in pages:
        raise WrongUsage(f"There is no topic {name!r}. `fibrocheck learn` lists the topics.")
    reminder = Paragraph(voice.say(content.words.not_a_diagnosis))
    return (pages[name], Section("", ((reminder,),)))
