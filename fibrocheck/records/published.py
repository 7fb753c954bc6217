"""What a clinic's server needs to understand records: the Questionnaire, its codes, or both."""

from collections.abc import Callable, Mapping

from fibrocheck.content.model import Content
from fibrocheck.records.addresses import fixed_urn
from fibrocheck.records.code_system import code_system
from fibrocheck.records.elements import Resource
from fibrocheck.records.questionnaire import questionnaire


def bundle(content: Content) -> Resource:
    """Return the Questionnaire and the CodeSystem in a Bundle; `fullUrl` is the same each time."""
    resources = (questionnaire(content), code_system(content))
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {"fullUrl": fixed_urn(content, f"bundle/{each['resourceType']}"), "resource": each}
            for each in resources
        ],
    }


PUBLISHED: Mapping[str, Callable[[Content], Resource]] = {
    "questionnaire": questionnaire,
    "codesystem": code_system,
    "bundle": bundle,
}
"""What `content fhir --as` can print, by name."""
