"""How much a person reads between the last question and the choice of who gets the list.

They stand, and may be in pain: the answers must reach the visit before the person gives up. On the way
are the next step and a few lines on each item that was marked (`pages.sections`: `advice_alone` and
`learned_from_marks`). All words of these two pages count; the labels of keys do not.
"""

from collections.abc import Iterator

from fibrocheck.content.model import NO, NOT_SURE, Content, Item, beside_answer, ways_to_reach
from fibrocheck.content.nodes import MapNode, Node, TextNode
from fibrocheck.content.problems import WARNING, Problem
from fibrocheck.content.reader import Reader, keys, language_name
from fibrocheck.content.text import Text

MAX_WORDS, MAX_WORDS_A_MARK = 140, 40
"""The most words for everyone, and for each item that was marked beside them."""


def long_ends(content: Content, reader: Reader) -> Iterator[Problem]:
    """Yield a warning for each language in which somebody can have more to read than that."""
    for language in content.languages:
        before, blocks = words_for_everyone(content, language), words_by_item(content, language)
        longest = {id_: count for id_, count in blocks.items() if count > MAX_WORDS_A_MARK}
        most = before + sum(longest.values())
        if most > MAX_WORDS + MAX_WORDS_A_MARK * len(longest):
            node = _node_of(max(blocks, key=lambda id_: blocks[id_]) if longest else "", language, reader)
            what = (
                f"{language_name(language)}: up to {most} words to read before the list can be taken along, "
                f"with {len(longest)} marked; {MAX_WORDS} and {MAX_WORDS_A_MARK} for each mark are the most"
            )
            yield Problem(node.line, node.column, what, _remedy(before, longest), WARNING)


def words_for_everyone(content: Content, language: str) -> int:
    """Return the words of the next step, and of the lead of the page after it."""
    step, words = content.next_step, content.words
    title = max(_count(text, language) for text in (words.about_marked, words.about_not_sure))
    texts = (step.title, step.advice, step.bring, step.bring_too, words.not_a_diagnosis)
    lead = content.about.other_conditions
    return title + sum(_count(each, language) for each in (*texts, lead)) + _contact(content, language)


def words_by_item(content: Content, language: str) -> dict[str, int]:
    """Return the words that each item adds if it was marked, with the longest answer."""
    return {item.id: _block(item, content, language) for item in content.items}


def _block(item: Item, content: Content, language: str) -> int:
    words = content.words
    answers = [
        _count(words.you_chose if choice.id == NOT_SURE else words.you_marked, language)
        - 1  # the place of the answer
        + _count(choice.label, language)
        for choice in item.choices
        if choice.id != NO
    ]
    asked = _count(beside_answer(item), language)
    return asked + _count(item.learn, language) + max(answers, default=0)


def _contact(content: Content, language: str) -> int:
    """Return the words on how to reach the clinic: as it says, or else at the front desk."""
    given = [_count(label, language) + len(value.split()) for label, value in ways_to_reach(content)]
    return sum(given) or _count(content.next_step.ask_at_desk, language)


def _count(text: Text | None, language: str) -> int:
    return len(text[language].split()) if text else 0


def _remedy(before: int, longest: dict[str, int]) -> str:
    """Return what to shorten: what everyone reads, and the items with the most words."""
    first = sorted(longest, key=lambda id_: -longest[id_])[:3]
    items = "".join(f", or ask and learn of {id_} ({longest[id_]})" for id_ in first)
    return f"Shorten next_step and other_conditions ({before} words){items}"


def _node_of(id_: str, language: str, reader: Reader) -> Node:
    """Return where an item's `learn` stands, or the advice if there is no such item."""
    for code, _, node, place in reader.texts:
        row = place[0][2] if place[0] else None
        own = row.entries.get("id") if isinstance(row, MapNode) else None
        is_item = isinstance(own, TextNode) and own.value == id_ and keys(place)[-1] == "learn"
        if code == language and (is_item or (not id_ and keys(place) == ("next_step", "advice"))):
            return node
    raise ValueError("every item and the advice have a place")
