"""The codes of all answers as a CodeSystem, and both resources in one Bundle."""

import pytest
from fhirclient.models.bundle import Bundle
from fhirclient.models.codesystem import CodeSystem

from fibrocheck.content.model import Approval
from fibrocheck.questions import labels
from fibrocheck.records.addresses import answer_system
from fibrocheck.records.code_system import code_system
from fibrocheck.records.published import PUBLISHED, bundle
from fibrocheck.records.questionnaire import questionnaire

from .samples import CONTENTS, FIXTURE

every_content = pytest.mark.parametrize("name", CONTENTS)


@every_content
def test_every_answer_has_its_code_with_its_words_in_every_language(name: str) -> None:
    """So a server finds the words of each Coding right, whichever question it answers."""
    content = CONTENTS[name]
    resource = code_system(content)
    CodeSystem(resource, strict=True)
    base = next(iter(content.languages))
    found = {
        concept["code"]: {(base, concept["display"])}
        | {(each["language"], each["value"]) for each in concept.get("designation", [])}
        for concept in resource["concept"]
    }
    assert len(found) == len(resource["concept"]) == resource["count"]
    wanted: dict[str, set[tuple[str, str]]] = {}
    for question in content.questions:
        for code, label in labels(question, content).items():
            wanted.setdefault(code, set()).update((each, label[each]) for each in content.languages)
    assert found == wanted


def test_it_is_the_whole_system_that_answers_name() -> None:
    """A server may then refuse a code that is not in it."""
    resource = code_system(FIXTURE)
    assert (resource["content"], resource["url"]) == ("complete", answer_system(FIXTURE))
    assert (resource["version"], resource["status"]) == (FIXTURE.version, "draft")
    assert resource["name"] == "FibromyalgiaSelfCheckAnswers"
    assert "fibromyalgia" not in str(resource["concept"]).lower()
    assert "approvalDate" not in resource  # a CodeSystem has none
    assert (resource["caseSensitive"], resource["experimental"]) == (True, False)


def test_it_has_the_date_of_the_approval_alone() -> None:
    """A CodeSystem of R4 has a date, and nothing else of an approval."""
    approved = FIXTURE._replace(approval=Approval("Dr. Gray", "2026-11-20"))
    resource, whole = code_system(approved), questionnaire(approved)
    assert resource["date"] == whole["date"]
    assert [each for each in ("approvalDate", "lastReviewDate") if each in resource] == []


def test_a_code_with_words_in_one_language_has_no_others() -> None:
    """An empty list is not allowed."""
    english = FIXTURE._replace(languages={"en": "English"})
    assert all("designation" not in each for each in code_system(english)["concept"])


@every_content
def test_a_bundle_has_both_under_addresses_that_stay_the_same(name: str) -> None:
    """It can be printed again and compared."""
    content = CONTENTS[name]
    resource = bundle(content)
    Bundle(resource, strict=True)
    assert resource["type"] == "collection"
    assert [each["resource"] for each in resource["entry"]] == [questionnaire(content), code_system(content)]
    addresses = [each["fullUrl"] for each in bundle(content._replace(version="9"))["entry"]]
    assert addresses == [each["fullUrl"] for each in resource["entry"]]
    assert len(set(addresses)) == len(addresses)


def test_each_can_be_printed_by_its_name() -> None:
    """The names of `content fhir --as`."""
    made = {name: make(FIXTURE)["resourceType"] for name, make in PUBLISHED.items()}
    assert made == {"questionnaire": "Questionnaire", "codesystem": "CodeSystem", "bundle": "Bundle"}
