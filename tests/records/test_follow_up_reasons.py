"""Which marked symptoms another system counts for a follow-up that needs several."""

import pytest

from fibrocheck.records.questionnaire import questionnaire
from fibrocheck.records.response import response

from .cross_check import is_enabled, offered
from .samples import AUTHORED, CONTENTS, IDENTIFIER

CONTENT = CONTENTS["odd follow-ups"]
SYMPTOMS = tuple(item.id for item in CONTENT.symptoms)
THREE_OF_FOUR = CONTENT.question("three-of-four")


@pytest.mark.parametrize(
    ("marked", "asked"),
    [
        (SYMPTOMS[:3], True),
        (SYMPTOMS[1:4], True),
        (SYMPTOMS, True),
        (SYMPTOMS[:2], False),
        (SYMPTOMS[2:], False),
        (SYMPTOMS[4:], False),
    ],
    ids=["first three", "last three", "all", "two", "two and others", "others"],
)
def test_only_the_symptoms_that_a_follow_up_is_about_count(marked: tuple[str, ...], *, asked: bool) -> None:
    """Three of the first four bring it, and the other four none of it."""
    answers = dict.fromkeys(marked, "sometimes")
    record = response(CONTENT, answers, language="en", authored=AUTHORED, identifier=IDENTIFIER)
    groups = {group["linkId"]: group["item"] for group in questionnaire(CONTENT)["item"]}
    (item,) = (each for each in groups["follow-up"] if each["linkId"] == THREE_OF_FOUR.id)
    codes = [option["code"] for option in offered(item, record)] if is_enabled(item, record) else []
    assert codes == ([choice.id for choice in THREE_OF_FOUR.choices] if asked else [])
