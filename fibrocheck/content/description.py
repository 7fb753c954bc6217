"""The one description of questions.yaml, from which reading and JSON Schema are both made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fibrocheck.content.model import (
    FACTOR,
    FOLLOW_UP,
    MOST_DAYS,
    NO,
    NOT_SURE,
    SOMETIMES,
    SYMPTOM,
    YES,
    Approval,
    Care,
    CareStep,
    Choice,
    Clinic,
    Faq,
    FollowUp,
    NextStep,
    Passage,
    Safety,
    Welcome,
    Words,
)
from fibrocheck.content.nodes import Rows, Table
from fibrocheck.content.problems import quoted
from fibrocheck.content.reader import CHOICE, FAQ, QUESTION, SECTION_NAMES, SOURCE, path
from fibrocheck.content.shape import (
    LANGUAGE,
    SOURCE_ID,
    VERSION,
    Count,
    Date,
    Exactly,
    Flag,
    Https,
    Key,
    Languages,
    Line,
    ListOf,
    MapOf,
    Own,
    PointsTo,
    Record,
    Text,
)

if TYPE_CHECKING:
    from typing import Any

    from fibrocheck.content.reader import Place, Reader

MOST_CHOICES = 20
LEAST_CHOICES = 2
MOST_LANGUAGES = 40
MOST_PHRASES = 500

FILLED_IN = {
    "position": ("number", "total"),
    "screenful": ("number", "total"),
    "changed_to": ("answer",),
    "erased_in": ("seconds",),
    "saved": ("file",),
    "for_staff": ("reason",),
    "staff_wait": ("seconds",),
    "plain_choose": ("last",),
    "plain_erased_in": ("seconds",),
    "you_marked": ("answer",),
    "you_chose": ("answer",),
    "approved": ("name", "date"),
}
"""What the program puts into its own words, and what every language must therefore have."""
MAY_BE_FILLED_IN = {"plain_not_understood": ("last",)}
"""What the program would put in, but can do without."""

T = Text()


def _sources() -> ListOf:
    return ListOf(PointsTo(SOURCE, (SOURCE,), SOURCE_ID), "source", once=True)


def _item(kind: str) -> Record:
    return Record(
        f"a {kind}",
        dict,
        {
            "id": Key(
                Own(QUESTION, kind, not_allowed=SECTION_NAMES), "Names it in saved copies. Never change it."
            ),
            "term": Key(T, "The clinic's own term."),
            "ask": Key(T, "The question."),
            "why": Key(T, "Why we ask."),
            "learn": Key(T, "Two or three short sentences about it."),
            "tell_your_clinician": Key(T, 'Stands after "Worth telling your clinician".'),
            "self_care": Key(T, 'Stands after "You could try".', needed=False),
            "get_help": Key(T, 'Stands after "Get help right away".', needed=False),
            "sources": Key(
                _sources(), "Where the facts come from: keys of the list sources below.", needed=False
            ),
        },
    )


CHOICE_RECORD = Record(
    "a choice",
    Choice,
    {
        "id": Key(Own(CHOICE, CHOICE), "Names the choice in saved copies. Never change it."),
        "label": Key(T, "The words of the choice."),
    },
)


def _look_at_follow_up(values: dict[str, Any], node: Table, place: Place, reader: Reader) -> None:
    """What concerns several keys: how many choices there are, and whether it can ever be asked."""
    marked = values.get("if_marked", ())
    if marked and values.get("at_least", 1) > len(marked):
        what = f"{path(place)} wants {values['at_least']} marked, but if_marked names only {len(marked)}"
        reader.add(node.keys["at_least"], what, "Make at_least smaller, or name more symptoms")
    if "choices" in node.entries:
        reader.at_end.append(partial(_look_at_choices, values, node, place, reader))


def _look_at_choices(values: dict[str, Any], node: Table, place: Place, reader: Reader) -> None:
    """Needs the symptoms, which are all known only at the end."""
    own = len(values["choices"])
    offered = _offered(values, reader)
    key = node.keys["choices"]
    together = f" (with the {len(offered)} symptoms it offers)" if offered else ""
    if own + len(offered) < LEAST_CHOICES:
        what = f"{path(place)}.choices has fewer than two choices{together}"
        reader.add(key, what, "A question needs two or more")
    if own + len(offered) > MOST_CHOICES:
        what = f"{path(place)}.choices has {own + len(offered)} choices{together}"
        reader.add(key, what, f"Keep {MOST_CHOICES} or fewer: more do not fit on one page")
    if offered:
        _look_for_clash(offered, node, place, reader)


def _offered(values: dict[str, Any], reader: Reader) -> frozenset[str]:
    """The symptoms that stand before the choices when all of them are marked."""
    if not values.get("offer_marked"):
        return frozenset()
    symptoms = reader.symptoms()
    named = frozenset(values.get("if_marked", ()))
    return symptoms & named if named else symptoms


def _look_for_clash(offered: frozenset[str], node: Table, place: Place, reader: Reader) -> None:
    """A choice must not have the id of a symptom that is offered beside it."""
    choices = node.entries["choices"]
    for choice in choices.items if isinstance(choices, Rows) else ():
        id_ = choice.entries.get("id") if isinstance(choice, Table) else None
        value = getattr(id_, "value", None)
        if id_ is not None and value in offered:
            what = f"{path(place)} has a choice with the id {quoted(value)}, which is a symptom it offers too"
            reader.add(id_, what, "Give the choice another id")


FOLLOW_UP_RECORD = Record(
    "a follow-up question",
    FollowUp,
    {
        "id": Key(
            Own(QUESTION, FOLLOW_UP, not_allowed=SECTION_NAMES), "Names it in saved copies. Never change it."
        ),
        "term": Key(T, "A short label for the page where answers are checked."),
        "ask": Key(T, "The question."),
        "why": Key(T, "Why we ask."),
        "choices": Key(ListOf(CHOICE_RECORD, "choice"), "Two to twenty answers."),
        "several": Key(Flag(), "true when more than one choice can be marked.", needed=False),
        "if_marked": Key(
            ListOf(PointsTo(QUESTION, (SYMPTOM,)), "symptom", once=True),
            "Ask only when one of these symptoms is marked; left out, any symptom.",
            needed=False,
        ),
        "at_least": Key(Count(), "How many of them must be marked; left out, one.", needed=False),
        "offer_marked": Key(Flag(), "true to offer the marked symptoms before the choices.", needed=False),
    },
    after=_look_at_follow_up,
)


def _look_at_approval(values: dict[str, Any], node: Table, place: Place, reader: Reader) -> None:
    """Who without when says nothing, and the other way round."""
    if bool(values.get("approved_by")) != bool(values.get("approved_on")):
        given, lacking = ("by", "on") if values.get("approved_by") else ("on", "by")
        what = f"{path(place)} has approved_{given} but no approved_{lacking}"
        reader.add(node.keys.get(f"approved_{given}", node), what, "Fill in both, or leave both empty")


def _texts(thing: str, make: object, **about: str) -> Record:
    """A group of texts, all of them needed."""
    return Record(thing, make, {name: Key(T, why) for name, why in about.items()})  # type: ignore[arg-type] # a class of the model


def _readable(lists: dict[str, tuple[Any, ...]]) -> dict[str, tuple[str, ...]]:
    """The lists without what could not be read, and no longer than they may be: every phrase takes time."""
    return {
        language: tuple([phrase for phrase in phrases if phrase])[:MOST_PHRASES]
        for language, phrases in lists.items()
    }


def _look_at_word_lists(values: dict[str, Any], node: Table, _: Place, reader: Reader) -> None:
    """Hand the lists on; one under a language that the file does not have would silently do nothing."""
    reader.never_say = _readable(values.get("never_say", {}))
    reader.exempt_terms = _readable(values.get("exempt_terms", {}))
    for name in ("never_say", "exempt_terms"):
        lists = node.entries.get(name)
        for language, key in lists.keys.items() if isinstance(lists, Table) and reader.languages else ():
            if language not in reader.languages:
                what = f"{name} has a list for {quoted(language)}, which languages does not name"
                reader.add(key, what, f"Correct the code, or add {language} to languages")


FILE = Record(
    "a questionnaire",
    dict,
    {
        "format": Key(Exactly("1", "Write format: 1"), "The version of this form of file: 1."),
        "id": Key(Own("file", "file"), "Names the questionnaire."),
        "version": Key(VERSION, "The version of the wording; raise it with every change."),
        "url": Key(Https(), "The clinic's own address for this questionnaire."),
        "languages": Key(
            Languages(LANGUAGE, Line(), "language", least=1, most=MOST_LANGUAGES),
            "The code of every language with its own name for itself; the first is used when none is chosen.",
        ),
        "clinic": Key(
            Record(
                "the clinic",
                Clinic,
                {
                    "name": Key(Line(), "The clinic's name."),
                    "phone": Key(Line(may_be_empty=True), "Shown when given.", needed=False),
                    "address": Key(Line(may_be_empty=True), "Shown when given.", needed=False),
                    "booking_url": Key(
                        Https(may_be_empty=True), "Shown when given, also as a QR code.", needed=False
                    ),
                },
            ),
            "The clinic as it wants to be named and reached.",
        ),
        "approval": Key(
            Record(
                "the approval",
                Approval,
                {
                    "approved_by": Key(Line(may_be_empty=True), "Who approved the wording.", needed=False),
                    "approved_on": Key(Date(), "When, such as 2026-11-30.", needed=False),
                },
                after=_look_at_approval,
            ),
            "Who approved the wording; empty until somebody has.",
            needed=False,
        ),
        "safety": Key(
            Record(
                "the safety notice",
                Safety,
                {
                    "title": Key(T, "Stands over the notice."),
                    "emergency": Key(ListOf(T, "line", least=1), "Signs that mean call 911, one a line."),
                    "crisis": Key(T, "Where to call or text in a crisis."),
                    "no_triage": Key(T, "Says that nobody watches the answers for emergencies."),
                },
            ),
            "The safety notice, the same for everyone.",
        ),
        "welcome": Key(
            _texts(
                "the welcome page",
                Welcome,
                title="Stands over the page.",
                purpose="What a visit is.",
                not_a_diagnosis="Says that this is not a diagnosis.",
                privacy="What happens to the answers.",
            ),
            "What a patient reads before the first question.",
        ),
        "answers": Key(
            _texts(
                "the answers",
                dict,
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
        "symptoms": Key(ListOf(_item(SYMPTOM), "symptom", least=1), "The symptoms, in the order of asking."),
        "follow_ups": Key(
            ListOf(FOLLOW_UP_RECORD, "follow-up question"),
            "Questions asked when enough is marked.",
            needed=False,
        ),
        "factors": Key(
            ListOf(_item(FACTOR), "factor"),
            "Possible contributing factors, in the order of asking.",
            needed=False,
        ),
        "about": Key(
            Record(
                "a passage",
                Passage,
                {
                    "title": Key(T, "Stands over the page."),
                    "paragraphs": Key(ListOf(T, "paragraph", least=1), "The page, a paragraph an entry."),
                    "sources": Key(_sources(), "Where the facts come from.", needed=False),
                },
            ),
            "What fibromyalgia is, the same for everyone.",
        ),
        "faq_title": Key(T, "Stands over the questions people ask."),
        "faq": Key(
            ListOf(
                Record(
                    "a question people ask",
                    Faq,
                    {
                        "id": Key(Own(FAQ, FAQ), "Names it."),
                        "question": Key(T, "The question."),
                        "answer": Key(T, "The answer."),
                        "related": Key(
                            ListOf(PointsTo(QUESTION, (SYMPTOM, FACTOR)), "item", once=True),
                            "The ids of the symptoms and factors it is about.",
                            needed=False,
                        ),
                        "sources": Key(_sources(), "Where the facts come from.", needed=False),
                    },
                ),
                "question",
            ),
            "Questions people ask.",
            needed=False,
        ),
        "care": Key(
            Record(
                "the care page",
                Care,
                {
                    "title": Key(T, "Stands over the page."),
                    "lead": Key(T, "What treatment aims at."),
                    "individual": Key(T, "Says that every plan is made for one person."),
                    "steps": Key(
                        ListOf(
                            _texts("a step", CareStep, title="The step.", covers="What it covers."),
                            "step",
                            least=1,
                        ),
                        "The steps, in order.",
                    ),
                    "sources": Key(_sources(), "Where the facts come from.", needed=False),
                },
            ),
            "How the clinic works with a patient.",
        ),
        "next_step": Key(
            _texts(
                "the next step",
                NextStep,
                title="Stands over the advice.",
                advice="The one piece of advice, the same for everyone.",
                bring="What to bring.",
                ask_at_desk="Shown when the clinic gave no phone, address or link.",
            ),
            "The one piece of advice.",
        ),
        "words": Key(
            Record(
                "the words of the program",
                Words,
                {
                    name: Key(
                        Text(FILLED_IN.get(name, ()), MAY_BE_FILLED_IN.get(name, ())),
                        f"The program's own words: {name.replace('_', ' ')}.",
                    )
                    for name in Words._fields
                },
            ),
            "The program's own words.",
        ),
        "sources": Key(
            MapOf(
                Own(SOURCE, SOURCE, SOURCE_ID),
                Record(
                    "a source",
                    dict,
                    {
                        "title": Key(Line(), "Its name and year."),
                        "url": Key(
                            Https(may_be_empty=True),
                            "Its address, when the page itself was seen.",
                            needed=False,
                        ),
                    },
                ),
                "source",
            ),
            "Where facts come from.",
            needed=False,
        ),
        "never_say": Key(
            MapOf(LANGUAGE, ListOf(Line(), "phrase", most=MOST_PHRASES), "language"),
            "Words that no text may hold, for each language, beside those that fibrocheck refuses anyway.",
            needed=False,
        ),
        "exempt_terms": Key(
            MapOf(LANGUAGE, ListOf(Line(), "term", most=MOST_PHRASES), "language"),
            "The clinic's own terms, for each language, that do not count when reading grades are measured.",
            needed=False,
        ),
    },
    after=_look_at_word_lists,
)
