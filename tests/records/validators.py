"""Two validators by others: the strict models of `fhirclient`, and HL7's own JSON Schema of R4.

They complement each other: the schema knows patterns and no unknown keys, but not which single values
must be there; the models know what must be there.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from fhirclient.models.documentreference import DocumentReference
from fhirclient.models.fhirabstractbase import FHIRValidationError
from fhirclient.models.questionnaire import Questionnaire
from fhirclient.models.questionnaireresponse import QuestionnaireResponse
from jsonschema import Draft6Validator

MODELS = {
    "DocumentReference": DocumentReference,
    "Questionnaire": Questionnaire,
    "QuestionnaireResponse": QuestionnaireResponse,
}
SCHEMA = Path(__file__).with_name("fhir-r4.schema.json")
XHTML = "{http://www.w3.org/1999/xhtml}"
MAY_BE_IN_A_NARRATIVE = {f"{XHTML}{name}" for name in ("div", "h1", "h2", "p", "ul", "li", "dl", "dt", "dd")}


def complaints(resource: dict[str, Any]) -> list[str]:
    """Return what either validator finds wrong with a resource."""
    return [*by_models(resource), *by_schema(resource)]


def by_models(resource: dict[str, Any]) -> list[str]:
    """Return what the strict models find wrong with a resource."""
    try:
        MODELS[resource["resourceType"]](resource, strict=True).as_json()
    except FHIRValidationError as error:
        return [str(error)]
    return []


def by_schema(resource: dict[str, Any]) -> list[str]:
    """Return what HL7's schema finds wrong with a resource.

    The schema forgets that a canonical may have extensions, which FHIR R4 itself (JSON, "primitive
    elements") and the other validator allow.
    """
    resource = {key: value for key, value in resource.items() if key != "_questionnaire"}
    return [
        f"{error.json_path}: {error.message[:200]}"
        for error in _validator(resource["resourceType"]).iter_errors(resource)
    ]


@cache
def _validator(name: str) -> Draft6Validator:
    definitions = json.loads(SCHEMA.read_text(encoding="utf-8"))["definitions"]
    return Draft6Validator({"allOf": [{"$ref": f"#/definitions/{name}"}], "definitions": definitions})


def read_narrative(resource: dict[str, Any]) -> ET.Element:
    """Return the narrative as a tree; fail if it is not well-formed or has elements that FHIR forbids."""
    assert resource["text"]["status"] == "generated"
    root = ET.fromstring(resource["text"]["div"])  # noqa: S314 - our own words, a moment ago
    assert root.tag == f"{XHTML}div"
    assert {element.tag for element in root.iter()} <= MAY_BE_IN_A_NARRATIVE
    attributes = {name for element in root.iter() for name in element.attrib}
    assert attributes == {"lang", "{http://www.w3.org/XML/1998/namespace}lang"}
    return root


def words_of(root: ET.Element) -> str:
    """Return the text of a narrative on one line."""
    return re.sub(r"\s+", " ", " ".join(root.itertext()))
