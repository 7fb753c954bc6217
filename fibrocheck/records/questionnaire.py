"""The whole question set as a FHIR R4 Questionnaire."""

from fibrocheck.content.model import (
    MARKING_ANSWERS,
    SECTION_IDS,
    SYMPTOM,
    SYMPTOM_ANSWERS,
    Content,
    FollowUp,
    Question,
)
from fibrocheck.questions import kind_of, labels, reasons, takes_several
from fibrocheck.records.elements import (
    QuestionGroup,
    Resource,
    answer_system,
    base_language,
    codings,
    in_every_language,
    question_groups,
)
from fibrocheck.records.narrative import bullets, narrative, tagged

ITEM_CONTROL = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
CONTROL_CODES = "http://hl7.org/fhir/questionnaire-item-control"
VARIABLE = "http://hl7.org/fhir/StructureDefinition/variable"
SHORT_TEXT = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-shortText"
OPTION_TOGGLE = (
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-answerOptionsToggleExpression"
)

MARKS = tuple(code for code in SYMPTOM_ANSWERS if code in MARKING_ANSWERS)


def questionnaire(content: Content) -> Resource:
    """Return the questionnaire in the file's first language, with the others as translations."""
    return {
        "resourceType": "Questionnaire",
        "language": base_language(content),
        "text": _narrative(content),
        "url": content.url,
        "version": content.version,
        **in_every_language("title", content.welcome.title, content),
        # As the small print of the pages says: a draft until the clinic has approved the wording.
        "status": "active" if content.approval.approved_by else "draft",
        "publisher": content.clinic.name,
        "item": [_group_item(group, content) for group in question_groups(content)],
    }


def _group_item(group: QuestionGroup, content: Content) -> Resource:
    return {
        "linkId": group.link_id,
        **in_every_language("text", group.title, content),
        "type": "group",
        "required": False,
        "item": [_question_item(question, content) for question in group.questions],
    }


def _question_item(question: Question, content: Content) -> Resource:
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
        "answerOption": [{"valueCoding": coding} for coding in codings(question, content).values()],
    }


def _conditions(question: Question, content: Content) -> tuple[list[Resource], Resource]:
    """Return what decides which answers a question offers and whether it is asked: nothing for items."""
    if not isinstance(question, FollowUp):
        return [], {}
    return _option_toggles(question, content), _enabled_when(question, content)


def _control(question: Question) -> Resource:
    code, display = kind_of(question).fhir_control
    coding = {"system": CONTROL_CODES, "code": code, "display": display}
    return {"url": ITEM_CONTROL, "valueCodeableConcept": {"coding": [coding]}}


def _enabled_when(question: FollowUp, content: Content) -> Resource:
    """Return "any of these symptoms is marked", the most that R4 itself can say: see `_option_toggles`."""
    conditions = [
        {"question": symptom.id, "operator": "=", "answerCoding": _code(code, content)}
        for symptom in reasons(question, content)
        for code in MARKS
    ]
    return {"enableWhen": conditions, "enableBehavior": "any"}


def _option_toggles(question: FollowUp, content: Content) -> list[Resource]:
    """Return the conditions under which each answer can be chosen, if they depend on marked symptoms.

    enableWhen can express "any of these" and "all of these", but not "at least two of these". SDC has an
    enableWhenExpression for that, but forbids it beside an enableWhen, and a system without SDC always
    enables an item that has only the expression. So enableWhen expresses the part that every R4 system
    understands, and SDC's option toggles, which are allowed beside it, the rest: no answer can be
    chosen until enough symptoms are marked, and no symptom that is not marked.
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
    marked = f"%resource.item.where(linkId = '{SECTION_IDS[SYMPTOM]}').item.where({marks}).linkId"
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
    # Ids and codes contain only lowercase letters, digits and hyphens, so nothing needs escaping.
    return " | ".join(f"'{code}'" for code in codes)


def _code(code: str, content: Content) -> Resource:
    return {"system": answer_system(content), "code": code}


def _narrative(content: Content) -> Resource:
    language = base_language(content)
    parts = [
        tagged("h1", content.welcome.title[language]),
        tagged("p", content.words.not_a_diagnosis[language]),
    ]
    for group in question_groups(content):
        parts.append(tagged("h2", group.title[language]))
        for question in group.questions:
            parts += _described(question, content)
    return narrative(language, parts)


def _described(question: Question, content: Content) -> tuple[str, str]:
    language = base_language(content)
    choices = labels(question, content).values()
    return (
        tagged("p", f"{question.ask[language]} ({question.term[language]})"),
        bullets(label[language] for label in choices),
    )
