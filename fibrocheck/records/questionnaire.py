"""The whole question set as a FHIR R4 Questionnaire."""

from fibrocheck.content.model import MARKING_ANSWERS, SYMPTOM_ANSWERS, Content, FollowUp, Question
from fibrocheck.questions import kind_of, labels, takes_several
from fibrocheck.records.narrative import bullets, element, narrative
from fibrocheck.records.shared import (
    Resource,
    Section,
    answer_system,
    base_language,
    in_every_language,
    options,
    sections,
)

ITEM_CONTROL = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
CONTROL_CODES = "http://hl7.org/fhir/questionnaire-item-control"
VARIABLE = "http://hl7.org/fhir/StructureDefinition/variable"
SHORT_TEXT = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-shortText"
OPTION_TOGGLE = (
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-answerOptionsToggleExpression"
)

MARKS = tuple(code for code in SYMPTOM_ANSWERS if code in MARKING_ANSWERS)


def questionnaire(content: Content) -> Resource:
    """The questionnaire, in the file's first language with all the others as translations."""
    return {
        "resourceType": "Questionnaire",
        "language": base_language(content),
        "text": _narrative(content),
        "url": content.url,
        "version": content.version,
        **in_every_language("title", content.welcome.title, content),
        # Draft until somebody at the clinic has approved the wording; it says the same as our small print.
        "status": "active" if content.approval.approved_by else "draft",
        "publisher": content.clinic.name,
        "item": [_group(section, content) for section in sections(content)],
    }


def _group(section: Section, content: Content) -> Resource:
    return {
        "linkId": section.link_id,
        **in_every_language("text", section.title, content),
        "type": "group",
        "required": False,
        "item": [_question(question, content) for question in section.questions],
    }


def _question(question: Question, content: Content) -> Resource:
    toggles, enabled = _conditions(question, content)
    return {
        "extension": [
            _control(question),
            {"url": SHORT_TEXT, **in_every_language("valueString", question.term, content)},
            *toggles,
        ],
        "linkId": question.id,
        **in_every_language("text", question.ask, content),
        "type": "choice",
        **enabled,
        "required": False,
        **({"repeats": True} if takes_several(question) else {}),
        "answerOption": [{"valueCoding": coding} for coding in options(question, content).values()],
    }


def _conditions(question: Question, content: Content) -> tuple[list[Resource], Resource]:
    """What decides whether a question is asked, and which answers can be chosen; items have neither."""
    if not isinstance(question, FollowUp):
        return [], {}
    return _option_toggles(question, content), _enabled_when(question, content)


def _control(question: Question) -> Resource:
    code, display = kind_of(question).fhir_control
    coding = {"system": CONTROL_CODES, "code": code, "display": display}
    return {"url": ITEM_CONTROL, "valueCodeableConcept": {"coding": [coding]}}


def _enabled_when(question: FollowUp, content: Content) -> Resource:
    """Any of the symptoms marked, which is all that R4 itself can say: see `_option_toggles`."""
    conditions = [
        {"question": symptom, "operator": "=", "answerCoding": _code(code, content)}
        for symptom in _reasons(question, content)
        for code in MARKS
    ]
    return {"enableWhen": conditions, "enableBehavior": "any"}


def _option_toggles(question: FollowUp, content: Content) -> list[Resource]:
    """Which answers can be chosen when, where that depends on the symptoms marked.

    enableWhen knows "any of these" and "all of these", but not "at least two of these". SDC has an
    enableWhenExpression for that, but forbids it beside an enableWhen, and to a system without SDC an
    item that has only the expression is always enabled. So enableWhen says the part that every R4
    system understands, and SDC's option toggles, which may stand beside it, say the rest: no answer
    can be chosen until enough symptoms are marked, nor a symptom that is not marked.
    """
    toggles = [
        _toggle(code, " and ".join(conditions), content)
        for code in labels(question, content)
        if (conditions := [*_enough_marked(question), *_itself_marked(code, question)])
    ]
    return [_marked_variable(), *toggles] if toggles else []


def _itself_marked(code: str, question: FollowUp) -> tuple[str, ...]:
    own = {choice.id for choice in question.choices}
    return () if code in own else (f"'{code}' in %marked",)


def _enough_marked(question: FollowUp) -> tuple[str, ...]:
    if question.at_least == 1:
        return ()
    only = f".where($this in ({_any_of(question.if_marked)}))" if question.if_marked else ""
    return (f"%marked{only}.count() >= {question.at_least}",)


def _marked_variable() -> Resource:
    marks = f"answer.value.where(code in ({_any_of(MARKS)})).exists()"
    marked = f"%resource.item.where(linkId = 'symptoms').item.where({marks}).linkId"
    return {"url": VARIABLE, "valueExpression": {"name": "marked"} | _fhirpath(marked)}


def _toggle(code: str, condition: str, content: Content) -> Resource:
    return {
        "url": OPTION_TOGGLE,
        "extension": [
            {"url": "option", "valueCoding": _code(code, content)},
            {"url": "expression", "valueExpression": _fhirpath(condition)},
        ],
    }


def _fhirpath(expression: str) -> Resource:
    return {"language": "text/fhirpath", "expression": expression}


def _any_of(codes: tuple[str, ...]) -> str:
    # Ids and codes are small letters, digits and hyphens only, so nothing in them needs escaping.
    return " | ".join(f"'{code}'" for code in codes)


def _reasons(question: FollowUp, content: Content) -> list[str]:
    return [item.id for item in content.symptoms if not question.if_marked or item.id in question.if_marked]


def _code(code: str, content: Content) -> Resource:
    return {"system": answer_system(content), "code": code}


def _narrative(content: Content) -> Resource:
    language = base_language(content)
    parts = [
        element("h1", content.welcome.title[language]),
        element("p", content.words.not_a_diagnosis[language]),
    ]
    for section in sections(content):
        parts.append(element("h2", section.title[language]))
        for question in section.questions:
            parts += _asked(question, content)
    return narrative(language, parts)


def _asked(question: Question, content: Content) -> tuple[str, str]:
    language = base_language(content)
    choices = labels(question, content).values()
    return (
        element("p", f"{question.ask[language]} ({question.term[language]})"),
        bullets(label[language] for label in choices),
    )
