"""The education pages, for reading without answering."""

from collections.abc import Collection, Mapping

from fibrocheck.content.model import Content
from fibrocheck.errors import WrongUsage
from fibrocheck.pages.sections import (
    GET_HELP,
    getting_help,
    how_we_work,
    next_step,
    passage,
    questions_people_ask,
    topic,
    with_sources,
)
from fibrocheck.pages.text_layout import Labelled, Paragraph, Section
from fibrocheck.pages.voice import Voice


def topics(voice: Voice) -> Mapping[str, Section]:
    """Return the education pages by name: one for each item, by its id, and the general ones."""
    content = voice.content
    questions = with_sources(questions_people_ask(content.faq, voice), _faq_sources(content), voice)
    items = {item.id: topic(item, voice) for item in content.items}
    general = {
        "fibromyalgia": with_sources(passage(content.about, voice), content.about.sources, voice),
        **({"questions": questions} if content.faq else {}),
        "care": with_sources(how_we_work(voice), content.care.sources, voice),
        "next-step": next_step(voice),
        GET_HELP: with_sources(
            getting_help(voice), (*content.safety.sources, *content.get_help.sources), voice
        ),
    }
    return items | {_free_name(name, items): page for name, page in general.items()}


def _free_name(name: str, taken: Collection[str]) -> str:
    """Return the name of a general page, with "-page" at its end if an item has that name."""
    while name in taken:
        name += "-page"
    return name


def _faq_sources(content: Content) -> tuple[str, ...]:
    """Return the sources of all answers, without duplicates."""
    return tuple(dict.fromkeys(source for faq in content.faq for source in faq.sources))


def topic_page(content: Content, language: str, name: str | None) -> tuple[Section, ...]:
    """Return one education page with the closing advice, or the list of pages if `name` is None.

    Raises `WrongUsage` if there is no page of that name.
    """
    voice = Voice(content, language)
    pages = topics(voice)
    if name is None:
        rows = tuple(Labelled(each, section.title) for each, section in pages.items())
        example = Paragraph(f"fibrocheck learn {next(iter(pages))} --language {language}")
        return (Section(voice.say(content.words.topics), (rows, (example,))),)
    if name not in pages:
        raise WrongUsage(f"Unknown topic {name!r}. `fibrocheck learn` lists the topics.")
    reminder = Paragraph(voice.say(content.words.not_a_diagnosis))
    return (pages[name], Section("", ((reminder,),)))
