"""Whether a response answers a questionnaire, judged from the two resources alone.

Nothing of fibrocheck is used here: the rules are read from the Questionnaire as any other system would
read them, enableWhen included.
"""

from collections.abc import Iterator
from typing import Any

Item = dict[str, Any]


def contradictions(response: Item, questionnaire: Item, *, verbatim: bool = True) -> list[str]:
    """Return every way in which a response contradicts its questionnaire.

    `verbatim` asks for texts and Codings to be copied whole, and for the questionnaire's order: our own
    promises and not FHIR's.
    """
    found = []
    if response.get("questionnaire") != f"{questionnaire['url']}|{questionnaire['version']}":
        found.append("another questionnaire or version")
    if response.get("status") not in ("completed", "amended"):
        found.append("not completed")
    found += _level(response, questionnaire, response, verbatim=verbatim)
    return found


def _level(has: Item, wanted: Item, response: Item, *, verbatim: bool) -> Iterator[str]:
    """Check the items of one level, and all below them."""
    asked = {item["linkId"]: item for item in wanted.get("item", [])}
    found = [item.get("linkId") for item in has.get("item", [])]
    if "item" in has and not found:
        yield "an empty list of items"
    known = [link_id for link_id in asked if link_id in found]
    if (found if verbatim else sorted(found, key=[*asked, *found].index)) != known:
        yield f"{found}: unknown, twice, or not in order"
        return
    for item in has.get("item", []):
        yield from _item(item, asked[item["linkId"]], response, verbatim=verbatim)


def _item(item: Item, asked: Item, response: Item, *, verbatim: bool) -> Iterator[str]:
    name = item["linkId"]
    if verbatim and (item.get("text"), item.get("_text")) != (asked["text"], asked.get("_text")):
        yield f"{name}: another text"
    if asked["type"] == "group":
        if "answer" in item or (verbatim and "item" not in item):
            yield f"{name}: a group holds items and no answers"
        yield from _level(item, asked, response, verbatim=verbatim)
        return
    if "item" in item:
        yield f"{name}: items in a question"
    if verbatim and not item.get("answer"):
        yield f"{name}: no answer"
    if item.get("answer"):
        yield from _answers(item["answer"], asked, response, verbatim=verbatim)


def _answers(answers: list[Item], asked: Item, response: Item, *, verbatim: bool) -> Iterator[str]:
    name = asked["linkId"]
    options = [option["valueCoding"] for option in asked["answerOption"]]
    if len(answers) > 1 and not asked.get("repeats", False):
        yield f"{name}: several answers"
    if not is_enabled(asked, response):
        yield f"{name}: not enabled"
    codes = [_pair(answer.get("valueCoding", {})) for answer in answers]
    if len(set(codes)) != len(codes):
        yield f"{name}: the same answer twice"
    if not set(codes) <= {_pair(option) for option in options}:
        yield f"{name}: not an option"
    if verbatim and [
        answer for answer in answers if answer not in [{"valueCoding": each} for each in options]
    ]:
        yield f"{name}: not the option's Coding"
    if verbatim and codes != [_pair(each) for each in options if _pair(each) in codes]:
        yield f"{name}: not in the order of the options"


def is_enabled(asked: Item, response: Item) -> bool:
    """Return whether enableWhen allows a question to be answered."""
    conditions = asked.get("enableWhen", [])
    met = [_is_met(condition, response) for condition in conditions]
    if not conditions:
        return True
    return any(met) if asked["enableBehavior"] == "any" else all(met)


def _is_met(condition: Item, response: Item) -> bool:
    assert condition["operator"] == "="
    given = [answer.get("valueCoding", {}) for answer in _find(condition["question"], response)]
    return _pair(condition["answerCoding"]) in [_pair(coding) for coding in given]


def _find(link_id: str, item: Item) -> list[Item]:
    for each in item.get("item", []):
        if each.get("linkId") == link_id:
            answers: list[Item] = each.get("answer", [])
            return answers
        if below := _find(link_id, each):
            return below
    return []


def _pair(coding: Item) -> tuple[Any, Any]:
    return coding.get("system"), coding.get("code")
