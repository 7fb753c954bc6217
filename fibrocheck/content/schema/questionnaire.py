"""The one description of questions.yaml, from which reading and JSON Schema are both made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fibrocheck.content.kinds.table import KINDS
from fibrocheck.content.model import (
    FACTOR,
    FOLLOW_UP,
    MOST_DAYS,
    NO,
    NOT_SURE,
    ONE_CHOICE,
    SOMETIMES,
    SYMPTOM,
    YES,
    Approval,
    Care,
    CareStep,
    Clinic,
    Faq,
    FollowUp,
    NextStep,
    Passage,
    Safety,
    Welcome,
    Words,
)
from fibrocheck.content.nodes import MapNode
from fibrocheck.content.reader import FAQ, QUESTION, SECTION_NAMES, SOURCE, path
from fibrocheck.content.values import (
    LANGUAGE,
    SOURCE_ID,
    VERSION,
    Constant,
    Date,
    Https,
    Key,
    KeyGroup,
    Languages,
    ListOf,
    LocalizedText,
    MapOf,
    NewId,
    Reference,
    SingleLine,
    WholeNumber,
)
from fibrocheck.text_safety import quoted

if TYPE_CHECKING:
    from typing import Any

    from fibrocheck.content.kinds.kind import Kind
    from fibrocheck.content.nodes import Node
    from fibrocheck.content.reader import Place, Reader
    from fibrocheck.content.values import Schema

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

T = LocalizedText()


def _sources() -> ListOf:
    return ListOf(Reference(SOURCE, (SOURCE,), SOURCE_ID), "source", once=True)


def _item(kind: str) -> KeyGroup:
    return KeyGroup(
        f"a {kind}",
        dict,
        {
            "id": Key(
                NewId(QUESTION, kind, not_allowed=SECTION_NAMES), "Names it in saved copies. Never change it."
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


class FollowUpQuestion:
    """A follow-up question of any kind."""

    __slots__ = ("groups",)

    def __init__(self) -> None:
        """Each kind has its own keys besides those of every follow-up."""
        self.groups = {
            kind.id: KeyGroup(
                "a follow-up question",
                partial(_follow_up, kind.id),
                _every_follow_up() | kind.keys(),
                after=partial(_check_follow_up, kind),
            )
            for kind in KINDS.values()
        }

    def read(self, node: Node, place: Place, reader: Reader) -> object:
        """The `FollowUp`."""
        fitting = (kind for kind in KINDS.values() if isinstance(node, MapNode) and kind.is_meant(node))
        kind = next(fitting, KINDS[ONE_CHOICE])
        return self.groups[kind.id].read(node, place, reader)

    def schema(self) -> Schema:
        """An object with the keys of any kind; which of them belong together, an editor cannot know."""
        first, *others = [group.schema() for group in self.groups.values()]
        for other in others:
            first["properties"] |= other["properties"]
            first["required"] = [key for key in first["required"] if key in other["required"]]
        return first


def _every_follow_up() -> dict[str, Key]:
    return {
        "id": Key(
            NewId(QUESTION, FOLLOW_UP, not_allowed=SECTION_NAMES),
            "Names it in saved copies. Never change it.",
        ),
        "term": Key(T, "A short label for the page where answers are checked."),
        "ask": Key(T, "The question."),
        "why": Key(T, "Why we ask."),
        "if_marked": Key(
            ListOf(Reference(QUESTION, (SYMPTOM,)), "symptom", once=True),
            "Ask only when one of these symptoms is marked; left out, any symptom.",
            needed=False,
        ),
        "at_least": Key(WholeNumber(), "How many of them must be marked; left out, one.", needed=False),
    }


def _follow_up(kind: str, **values: Any) -> FollowUp:
    return FollowUp(kind=kind, **KINDS[kind].fields(values))


def _check_follow_up(kind: Kind, values: dict[str, Any], node: MapNode, place: Place, reader: Reader) -> None:
    """Check keys together: whether it can ever be asked, then what its kind has to say."""
    marked = values.get("if_marked", ())
    if marked and values.get("at_least", 1) > len(marked):
        what = f"{path(place)} wants {values['at_least']} marked, but if_marked names only {len(marked)}"
        reader.add(node.keys["at_least"], what, "Make at_least smaller, or name more symptoms")
    reader.at_end.append(partial(kind.check, values, node, place, reader))


def _look_at_approval(values: dict[str, Any], node: MapNode, place: Place, reader: Reader) -> None:
    """Who without when says nothing, and the other way round."""
    if bool(values.get("approved_by")) != bool(values.get("approved_on")):
        given, lacking = ("by", "on") if values.get("approved_by") else ("on", "by")
        what = f"{path(place)} has approved_{given} but no approved_{lacking}"
        reader.add(node.keys.get(f"approved_{given}", node), what, "Fill in both, or leave both empty")


def _texts(thing: str, make: object, **about: str) -> KeyGroup:
    """A group of texts, all of them needed."""
    return KeyGroup(thing, make, {name: Key(T, why) for name, why in about.items()})  # type: ignore[arg-type] # a class of the model


def _readable(lists: dict[str, tuple[Any, ...]]) -> dict[str, tuple[str, ...]]:
    """The lists without what could not be read, and no longer than they may be: every phrase takes time."""
    return {
        language: tuple([phrase for phrase in phrases if phrase])[:MOST_PHRASES]
        for language, phrases in lists.items()
    }


def _look_at_word_lists(values: dict[str, Any], node: MapNode, _: Place, reader: Reader) -> None:
    """Hand the lists on; one under a language that the file does not have would silently do nothing."""
    reader.never_say = _readable(values.get("never_say", {}))
    reader.exempt_terms = _readable(values.get("exempt_terms", {}))
    for name in ("never_say", "exempt_terms"):
        lists = node.entries.get(name)
        for language, key in lists.keys.items() if isinstance(lists, MapNode) and reader.languages else ():
            if language not in reader.languages:
                what = f"{name} has a list for {quoted(language)}, which languages does not name"
                reader.add(key, what, f"Correct the code, or add {language} to languages")


FILE = KeyGroup(
    "a questionnaire",
    dict,
    {
        "format": Key(Constant("1", "Write format: 1"), "The version of this form of file: 1."),
        "id": Key(NewId("file", "file"), "Names the questionnaire."),
        "version": Key(VERSION, "The version of the wording; raise it with every change."),
        "url": Key(Https(), "The clinic's own address for this questionnaire."),
        "languages": Key(
            Languages(LANGUAGE, SingleLine(), "language", least=1, most=MOST_LANGUAGES),
            "The code of every language with its own name for itself; the first is used when none is chosen.",
        ),
        "clinic": Key(
            KeyGroup(
                "the clinic",
                Clinic,
                {
                    "name": Key(SingleLine(), "The clinic's name."),
                    "phone": Key(SingleLine(may_be_empty=True), "Shown when given.", needed=False),
                    "address": Key(SingleLine(may_be_empty=True), "Shown when given.", needed=False),
                    "booking_url": Key(
                        Https(may_be_empty=True), "Shown when given, also as a QR code.", needed=False
                    ),
                },
            ),
            "The clinic as it wants to be named and reached.",
        ),
        "approval": Key(
            KeyGroup(
                "the approval",
                Approval,
                {
                    "approved_by": Key(
                        SingleLine(may_be_empty=True), "Who approved the wording.", needed=False
                    ),
                    "approved_on": Key(Date(), "When, such as 2026-11-30.", needed=False),
                },
                after=_look_at_approval,
            ),
            "Who approved the wording; empty until somebody has.",
            needed=False,
        ),
        "safety": Key(
            KeyGroup(
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
            ListOf(FollowUpQuestion(), "follow-up question"),
            "Questions asked when enough is marked.",
            needed=False,
        ),
        "factors": Key(
            ListOf(_item(FACTOR), "factor"),
            "Possible contributing factors, in the order of asking.",
            needed=False,
        ),
        "about": Key(
            KeyGroup(
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
                KeyGroup(
                    "a question people ask",
                    Faq,
                    {
                        "id": Key(NewId(FAQ, FAQ), "Names it."),
                        "question": Key(T, "The question."),
                        "answer": Key(T, "The answer."),
                        "related": Key(
                            ListOf(Reference(QUESTION, (SYMPTOM, FACTOR)), "item", once=True),
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
            KeyGroup(
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
            KeyGroup(
                "the words of the program",
                Words,
                {
                    name: Key(
                        LocalizedText(FILLED_IN.get(name, ()), MAY_BE_FILLED_IN.get(name, ())),
                        f"The program's own words: {name.replace('_', ' ')}.",
                    )
                    for name in Words._fields
                },
            ),
            "The program's own words.",
        ),
        "sources": Key(
            MapOf(
                NewId(SOURCE, SOURCE, SOURCE_ID),
                KeyGroup(
                    "a source",
                    dict,
                    {
                        "title": Key(SingleLine(), "Its name and year."),
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
            MapOf(LANGUAGE, ListOf(SingleLine(), "phrase", most=MOST_PHRASES), "language"),
            "Words that no text may hold, for each language, beside those that fibrocheck refuses anyway.",
            needed=False,
        ),
        "exempt_terms": Key(
            MapOf(LANGUAGE, ListOf(SingleLine(), "term", most=MOST_PHRASES), "language"),
            "The clinic's own terms, for each language, that do not count when reading grades are measured.",
            needed=False,
        ),
    },
    after=_look_at_word_lists,
)
