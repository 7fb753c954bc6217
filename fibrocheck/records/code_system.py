"""The codes of all answers as a FHIR R4 CodeSystem, so that a server knows their words."""

from fibrocheck.content.model import Content
from fibrocheck.questions import labels
from fibrocheck.records.addresses import answer_system
from fibrocheck.records.elements import Resource, base_language
from fibrocheck.records.metadata import computer_name, dates, status


def code_system(content: Content) -> Resource:
    """Return all codes with their words in every language, each code once."""
    concepts = _concepts(content)
    date = {key: value for key, value in dates(content).items() if key == "date"}
    return {
        "resourceType": "CodeSystem",
        "language": base_language(content),
        "url": answer_system(content),
        "version": content.version,
        "name": computer_name(content, "Answers"),
        "title": f"Answers: {content.welcome.title[base_language(content)]}",
        "status": status(content),
        "experimental": False,
        **date,
        "publisher": content.clinic.name,
        "caseSensitive": True,
        "content": "complete",
        "count": len(concepts),
        "concept": concepts,
    }


def _concepts(content: Content) -> list[Resource]:
    return [_concept(code, words, content) for code, words in _words(content).items()]


def _words(content: Content) -> dict[str, list[tuple[str, str]]]:
    """Return the words of each code, each with its language: several if it answers several questions."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for question in content.questions:
        for code, label in labels(question, content).items():
            told = ((language, label[language]) for language in content.languages)
            found.setdefault(code, {}).update(dict.fromkeys(told))
    return {code: list(words) for code, words in found.items()}


def _concept(code: str, words: list[tuple[str, str]], content: Content) -> Resource:
    base = base_language(content)
    display = next(text for language, text in words if language == base)
    others = [(language, text) for language, text in words if (language, text) != (base, display)]
    designation = [{"language": language, "value": text} for language, text in others]
    return {"code": code, "display": display} | ({"designation": designation} if designation else {})
