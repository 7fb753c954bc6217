"""The one description of questions.yaml, from which reading and JSON Schema are both made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.content.kinds.follow_up import FollowUpQuestion
from fibrocheck.content.model import (
    FACTOR,
    FACTOR_ANSWERS,
    MOST_DAYS,
    NO,
    NOT_SURE,
    SOMETIMES,
    SYMPTOM,
    SYMPTOM_ANSWERS,
    YES,
    Care,
    CareStep,
    Clinic,
    Faq,
    GetHelp,
    NextStep,
    Passage,
    QuestionsToAsk,
    Safety,
    Welcome,
)
from fibrocheck.content.nodes import MapNode
from fibrocheck.content.reader import FAQ, QUESTION, SECTION_NAMES, SOURCE, path
from fibrocheck.content.schema.clinic import APPROVAL, CLINIC, SENDS_TO_CHART
from fibrocheck.content.schema.program_words import PROGRAM_WORDS
from fibrocheck.content.values.groups import Key, KeyGroup, Languages, ListOf, MapOf
from fibrocheck.content.values.texts import LocalizedText
from fibrocheck.content.values.words import (
    LANGUAGE,
    SOURCE_ID,
    VERSION,
    Constant,
    Flag,
    Https,
    NewId,
    Reference,
    SingleLine,
    check_numbers,
)
from fibrocheck.text_safety import quoted

if TYPE_CHECKING:
    from typing import Any

    from fibrocheck.content.reader import Place, Reader

MAX_LANGUAGES = 40
MAX_PHRASES = 500

TEXT = LocalizedText()


def _sources() -> ListOf:
    return ListOf(Reference(SOURCE, (SOURCE,), SOURCE_ID), "source", unique=True)


HELP_PAGE = "get_help, list also"
"""Where the text of an item about getting help belongs: what is urgent does not depend on answers."""


def _item(part: str, **others: Key) -> KeyGroup:
    return KeyGroup(
        f"a {part}",
        dict,
        {
            "id": Key(
                NewId(QUESTION, part, reserved=SECTION_NAMES),
                "Identifies it in saved copies. Never change it.",
            ),
            "term": Key(TEXT, "The clinic's own term."),
            "ask": Key(TEXT, "The question."),
            "why": Key(TEXT, "Why we ask."),
            "learn": Key(TEXT, "Two or three short sentences about it."),
            "tell_your_clinician": Key(TEXT, 'Shown after "Worth telling your clinician".'),
            "self_care": Key(TEXT, 'Shown after "You could try".', required=False),
            "get_help": Key(TEXT, f"Moved to {HELP_PAGE}: everyone reads it.", moved_to=HELP_PAGE),
            "sensitive": Key(Flag(), "true if the answer is especially private.", required=False),
            "sources": Key(
                _sources(), "Where the facts come from: keys of the list sources below.", required=False
            ),
            **others,
        },
    )


def _chart() -> Key:
    """Return the key for what a factor asked, which a clinician reads."""
    why = "What was asked, for a clinician's note, such as: told by a clinician of a nerve problem."
    return Key(TEXT, why, without="a chart note repeats the question")


def _check_same_day(values: dict[str, Any], node: MapNode, place: Place, reader: Reader) -> None:
    """Check that the signs that need care the same day have a heading that says so, and it has signs."""
    if bool(values.get("same_day")) != bool(values.get("same_day_title")):
        given = "same_day" if values.get("same_day") else "same_day_title"
        what = f"{path(place)}: same_day and same_day_title must be given together"
        reader.add(node.keys.get(given, node), what, "Write both, or remove both")


def _texts(noun: str, make: object, **descriptions: str) -> KeyGroup:
    """Return a group of texts, all of them required."""
    return KeyGroup(noun, make, {name: Key(TEXT, why) for name, why in descriptions.items()})  # type: ignore[arg-type] # a class of the model


def _welcome(noun: str, make: object, **descriptions: str) -> KeyGroup:
    """Return the group of the first page's texts. One of them takes another's place at some clinics."""
    why = f"Shown instead of privacy where clinic, sends_to_chart is true: {SENDS_TO_CHART}."
    keys = {**_texts(noun, make, **descriptions).keys, "privacy_chart": Key(TEXT, why, required=False)}
    return KeyGroup(noun, make, keys)  # type: ignore[arg-type] # a class of the model


def _check_privacy(values: dict[str, Any], node: MapNode, reader: Reader) -> None:
    """Check that a clinic that may send lists has the words that tell patients so."""
    clinic, welcome = values.get("clinic"), values.get("welcome")
    sends = isinstance(clinic, Clinic) and clinic.sends_to_chart
    if sends and isinstance(welcome, Welcome) and welcome.privacy_chart is None:
        what = f"clinic: sends_to_chart is true, but welcome has no privacy_chart ({SENDS_TO_CHART})"
        reader.add(node.keys["welcome"], what, "Write privacy_chart below privacy, in every language")


def _check_file(values: dict[str, Any], node: MapNode, place: Place, reader: Reader) -> None:
    """Check what depends on several parts of the file."""
    _check_word_lists(values, node, place, reader)
    _check_privacy(values, node, reader)


def _answers(**descriptions: str) -> KeyGroup:
    """Return the group of answers."""
    group = _texts("the answers", dict, **descriptions)
    group.check = _check_answers
    return group


def _check_answers(values: dict[str, Any], _: MapNode, place: Place, reader: Reader) -> None:
    """Check that no answer is a number other than that of its key, for symptoms or for factors."""
    for codes in (SYMPTOM_ANSWERS, FACTOR_ANSWERS):
        check_numbers([values.get(code, {}).values() for code in codes], place, reader)


def _readable(lists: dict[str, tuple[Any, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the lists without entries that could not be read; cut, because every phrase takes time."""
    return {
        language: tuple([phrase for phrase in phrases if phrase])[:MAX_PHRASES]
        for language, phrases in lists.items()
    }


def _check_word_lists(values: dict[str, Any], node: MapNode, _: Place, reader: Reader) -> None:
    """Give the lists to the reader. A list for a language that the file does not have would do nothing."""
    reader.never_say = _readable(values.get("never_say", {}))
    reader.exempt_terms = _readable(values.get("exempt_terms", {}))
    for name in ("never_say", "exempt_terms"):
        lists = node.entries.get(name)
        for language, key in lists.keys.items() if isinstance(lists, MapNode) and reader.languages else ():
            if language not in reader.languages:
                what = f"{name}: has a list for {quoted(language)}, which is not in languages"
                reader.add(key, what, f"Correct the code, or add {language} to languages")


FILE = KeyGroup(
    "a questionnaire",
    dict,
    {
        "format": Key(Constant("1", "Write format: 1"), "The version of this file format: 1."),
        "id": Key(NewId("file", "file"), "Identifies the questionnaire."),
        "version": Key(VERSION, "The version of the wording. Bump it whenever the wording changes."),
        "url": Key(
            Https(is_canonical=True),
            "The clinic's own web address for this questionnaire; saved records name it.",
        ),
        "languages": Key(
            Languages(LANGUAGE, SingleLine(), "language", max_entries=MAX_LANGUAGES, needs_one=True),
            "The code of each language and its name in that language. The first is the default.",
        ),
        "title": Key(TEXT, "The questionnaire's name, on paper and in chart notes.", required=False),
        "clinic": Key(CLINIC, "The clinic's name and how to reach it."),
        "approval": Key(
            APPROVAL, "Who approved the wording, and when. Empty until it is approved.", required=False
        ),
        "safety": Key(
            KeyGroup(
                "the safety notice",
                Safety,
                {
                    "title": Key(TEXT, "The heading of the notice."),
                    "emergency": Key(
                        ListOf(TEXT, "line", needs_one=True), "Signs that mean call 911, one per line."
                    ),
                    "crisis": Key(TEXT, "Where to call or text in a crisis."),
                    "no_triage": Key(TEXT, "Says that the answers are not watched for emergencies."),
                    "sources": Key(_sources(), "Where the signs come from.", required=False),
                },
            ),
            "The safety notice, the same for everyone.",
        ),
        "get_help": Key(
            KeyGroup(
                "the help page",
                GetHelp,
                {
                    "emergency": Key(
                        ListOf(TEXT, "line"), "Signs that follow those of the safety notice.", required=False
                    ),
                    "same_day_title": Key(TEXT, "The heading of the next list.", required=False),
                    "same_day": Key(
                        ListOf(TEXT, "line"), "Signs that need care the same day.", required=False
                    ),
                    "also": Key(
                        ListOf(TEXT, "paragraph"), "What follows the line about a crisis.", required=False
                    ),
                    "sources": Key(_sources(), "Where the signs come from.", required=False),
                },
                check=_check_same_day,
            ),
            "When to get help right away, after the safety notice. The same for everyone.",
            without="the help page has little more than the safety notice",
        ),
        "welcome": Key(
            _welcome(
                "the welcome page",
                Welcome,
                title="The heading of the page.",
                purpose="What a visit is.",
                not_a_diagnosis="Says that this is not a diagnosis.",
                privacy="What happens to the answers.",
            ),
            "What a patient reads before the first question.",
        ),
        "answers": Key(
            _answers(
                **{
                    MOST_DAYS: "Answer to a symptom.",
                    SOMETIMES: "Answer to a symptom.",
                    YES: "Answer to a factor.",
                    NO: "Answer to a symptom or a factor.",
                    NOT_SURE: "Answer to a symptom or a factor.",
                },
            ),
            "The words of the answers.",
        ),
        "symptoms": Key(
            ListOf(_item(SYMPTOM), "symptom", needs_one=True), "The symptoms, in the order of asking."
        ),
        "follow_ups": Key(
            ListOf(FollowUpQuestion(), "follow-up question"),
            "Questions asked when enough is marked.",
            required=False,
        ),
        "factors": Key(
            ListOf(_item(FACTOR, chart=_chart()), "factor"),
            "Possible contributing factors, in the order of asking.",
            required=False,
        ),
        "about": Key(
            KeyGroup(
                "a passage",
                Passage,
                {
                    "title": Key(TEXT, "The heading of the page."),
                    "other_conditions": Key(
                        TEXT,
                        "That other conditions have the same symptoms: the first words here, and above what "
                        "a patient reads about the symptoms they marked.",
                        without="nothing says that other conditions have the same symptoms",
                    ),
                    "paragraphs": Key(
                        ListOf(TEXT, "paragraph", needs_one=True), "The page, one entry for each paragraph."
                    ),
                    "sources": Key(_sources(), "Where the facts come from.", required=False),
                },
            ),
            "What fibromyalgia is, the same for everyone.",
        ),
        "faq_title": Key(TEXT, "The heading of the questions people ask."),
        "faq": Key(
            ListOf(
                KeyGroup(
                    "a question people ask",
                    Faq,
                    {
                        "id": Key(NewId(FAQ, FAQ), "Identifies it."),
                        "question": Key(TEXT, "The question."),
                        "answer": Key(TEXT, "The answer."),
                        "related": Key(
                            ListOf(Reference(QUESTION, (SYMPTOM, FACTOR)), "item", unique=True),
                            "The ids of the symptoms and factors it is about.",
                            required=False,
                        ),
                        "sources": Key(_sources(), "Where the facts come from.", required=False),
                    },
                ),
                "question",
            ),
            "Questions people ask.",
            required=False,
        ),
        "care": Key(
            KeyGroup(
                "the care page",
                Care,
                {
                    "title": Key(TEXT, "The heading of the page."),
                    "lead": Key(TEXT, "What treatment aims for."),
                    "individual": Key(TEXT, "Says that every plan is made for one person."),
                    "steps": Key(
                        ListOf(
                            _texts("a step", CareStep, title="The step.", covers="What it covers."),
                            "step",
                            needs_one=True,
                        ),
                        "The steps, in order.",
                    ),
                    "sources": Key(_sources(), "Where the facts come from.", required=False),
                },
            ),
            "How the clinic works with a patient.",
        ),
        "next_step": Key(
            KeyGroup(
                "the next step",
                NextStep,
                {
                    "title": Key(TEXT, "The heading of the advice."),
                    "advice": Key(TEXT, "The one piece of advice, the same for everyone."),
                    "bring": Key(TEXT, "That the list is to be brought."),
                    "bring_too": Key(TEXT, "What else to bring.", without="nothing says what else to bring"),
                    "ask_at_desk": Key(TEXT, "Shown if the clinic gave no phone, address or link."),
                },
            ),
            "The one piece of advice.",
        ),
        "questions_to_ask": Key(
            KeyGroup(
                "the questions to ask",
                QuestionsToAsk,
                {
                    "title": Key(TEXT, "The heading of the list."),
                    "questions": Key(
                        ListOf(TEXT, "question", needs_one=True), "The questions, the same for everyone."
                    ),
                },
            ),
            "Questions that a patient could ask at the visit.",
            without="no questions to ask are suggested",
        ),
        "words": Key(PROGRAM_WORDS, "The program's own words."),
        "sources": Key(
            MapOf(
                NewId(SOURCE, SOURCE, SOURCE_ID),
                KeyGroup(
                    "a source",
                    dict,
                    {
                        "title": Key(SingleLine(), "Its name and year."),
                        "title_in": Key(
                            MapOf(LANGUAGE, SingleLine(), "language"),
                            "The same in other languages, if words of it are yours: not the title of a work.",
                            required=False,
                        ),
                        "url": Key(
                            Https(may_be_empty=True),
                            "Its address, if the page itself was seen.",
                            required=False,
                        ),
                    },
                ),
                "source",
            ),
            "Where facts come from.",
            required=False,
        ),
        "never_say": Key(
            MapOf(
                LANGUAGE,
                ListOf(SingleLine(may_be_anything=True), "phrase", max_items=MAX_PHRASES),
                "language",
            ),
            "For each language, words that no text may contain. Fibrocheck always refuses some others.",
            required=False,
        ),
        "exempt_terms": Key(
            MapOf(
                LANGUAGE, ListOf(SingleLine(may_be_anything=True), "term", max_items=MAX_PHRASES), "language"
            ),
            "For each language, the clinic's own terms, which do not count in reading grades.",
            required=False,
        ),
    },
    check=_check_file,
)
