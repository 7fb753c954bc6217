"""The education pages: one for each item, five general ones, and the list of all of them."""

import pytest

from fibrocheck.content.model import Item
from fibrocheck.errors import WrongUsage
from fibrocheck.pages.text_layout import unstyled
from fibrocheck.pages.topics import topic_page
from fibrocheck.pages.whole_section import section_lines
from tests.pages.visits import ADDRESSED, CONTENT


def text(name: str | None, language: str = "en") -> str:
    """An education page as text."""
    return "".join(unstyled(section_lines(each, 200)) for each in topic_page(ADDRESSED, language, name))


def test_the_list_has_every_page_with_its_title() -> None:
    """The items in the questionnaire's order, then the general pages, and what shows one of them."""
    (listed,) = topic_page(CONTENT, "es", None)
    assert listed.title == CONTENT.words.topics["es"]
    *rows, empty, example = [
        row.split(maxsplit=1) for row in unstyled(section_lines(listed, 200)).splitlines()[2:]
    ]
    assert not empty
    assert " ".join(example) == f"fibrocheck learn {CONTENT.items[0].id} --language es"
    assert rows == [
        *([item.id, item.term["es"]] for item in CONTENT.items),
        ["fibromyalgia", CONTENT.about.title["es"]],
        ["questions", CONTENT.faq_title["es"]],
        ["care", CONTENT.care.title["es"]],
        ["next-step", CONTENT.next_step.title["es"]],
        ["get-help", CONTENT.words.getting_help["es"]],
    ]


@pytest.mark.parametrize("item", CONTENT.items, ids=[item.id for item in CONTENT.items])
def test_an_items_page_has_its_education_its_sources_and_no_diagnosis(item: Item) -> None:
    """Everything the content has for it."""
    read = text(item.id)
    parts = (item.term, item.learn, item.tell_your_clinician, item.self_care)
    words = " ".join(read.split())
    assert [part["en"] for part in parts if part and part["en"] not in words] == []
    titles = "; ".join(CONTENT.sources[each].title for each in item.sources)
    assert f"{CONTENT.words.sources['en']}: {titles}" in words
    assert read.endswith(f"\n{CONTENT.words.not_a_diagnosis['en']}\n")


def test_the_questions_page_has_each_source_once() -> None:
    """Several answers share one."""
    shared = list(dict.fromkeys(source for faq in CONTENT.faq for source in faq.sources))
    titles = "; ".join(CONTENT.sources[each].title for each in shared)
    assert f"{CONTENT.words.sources['en']}: {titles}" in " ".join(text("questions").split())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("fibromyalgia", [each["en"] for each in CONTENT.about.paragraphs]),
        ("questions", [faq.answer["en"] for faq in CONTENT.faq]),
        ("care", [step.covers["en"] for step in CONTENT.care.steps]),
        ("next-step", [CONTENT.next_step.advice["en"], "(555) 555-0100"]),
        ("get-help", [CONTENT.safety.crisis["en"], *(each["en"] for each in CONTENT.get_help.emergency)]),
    ],
)
def test_a_general_page_has_all_its_words(name: str, words: list[str]) -> None:
    """Those of the content."""
    read = " ".join(text(name).split())
    assert [each for each in words if each not in read] == []


def test_an_unknown_page_is_wrong_usage() -> None:
    """The message names it and says where the topics are listed."""
    with pytest.raises(WrongUsage) as refused:
        topic_page(CONTENT, "en", "mood")
    assert str(refused.value) == "Unknown topic 'mood'. `fibrocheck learn` lists the topics."
    assert refused.value.exit_code == 2
