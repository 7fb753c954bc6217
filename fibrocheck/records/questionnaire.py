"""The whole question set as a FHIR R4 Questionnaire."""

from fibrocheck.content.model import (
    MARKING_ANSWERS,
    SYMPTOM_ANSWERS,
    Content,
    FollowUp,
    Question,
)
from fibrocheck.questions import kind_of, labels, reasons, takes_several
from fibrocheck.records.addresses import address, answer_system
from fibrocheck.records.elements import (
    QuestionGroup,
    Resource,
    base_language,
    codings,
    in_every_language,
    question_groups,
)
from fibrocheck.records.metadata import computer_name, dates, status
from fibrocheck.records.narrative import bullets, narrative, tagged

ITEM_CONTROL = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
CONTROL_CODES = "http://hl7.org/fhir/questionnaire-item-control"
SHORT_TEXT = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-shortText"

MARKS = tuple(code for code in SYMPTOM_ANSWERS if code in MARKING_ANSWERS)


def questionnaire(content: Content) -> Resource:
    """Return the questionnaire in the file's first language, with the others as translations."""
    return {
        "resourceType": "Questionnaire",
        "language": base_language(content),
        "text": _narrative(content),
        "url": address(content),
        "version": content.version,
        "name": computer_name(content),
        **in_every_language("title", content.welcome.title, content),
        "status": status(content),
        "experimental": False,
        "subjectType": ["Patient"],
        **dates(content),
        "publisher": content.clinic.name,
        **in_every_language("description", content.welcome.purpose, content),
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
    return {
        "extension": [_control(question), _short_text(question, content)],
        "linkId": question.id,
        **in_every_language("text", question.ask, content),
        "type": "choice",
        **(_enabled_when(question, content) if isinstance(question, FollowUp) else {}),
        "required": False,
        **({"repeats": True} if takes_several(question) else {}),
        "answerOption": [{"valueCoding": coding} for coding in codings(question, content).values()],
    }


def _short_text(question: Question, content: Content) -> Resource:
    """Return the term, in the base language only: strict readers refuse translations in extensions."""
    return {"url": SHORT_TEXT, "valueString": question.term[base_language(content)]}


def _control(question: Question) -> Resource:
    code, display = kind_of(question).fhir_control
    coding = {"system": CONTROL_CODES, "code": code, "display": display}
    return {"url": ITEM_CONTROL, "valueCodeableConcept": {"coding": [coding]}}


def _enabled_when(question: FollowUp, content: Content) -> Resource:
    """Return "any of these symptoms is marked", the most that R4 itself can say.

    SDC could say "at least two of these", and which answers are offered. But Smart Forms 1.4 drops an
    answer that is there already when such expressions change while it loads a record.
    """
    conditions = [
        {"question": symptom.id, "operator": "=", "answerCoding": _code(code, content)}
        for symptom in reasons(question, content)
        for code in MARKS
    ]
    return {"enableWhen": conditions, "enableBehavior": "any"}


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
