"""What a questionnaire is made of: frozen types that know no file, terminal or clock.

Every word a patient reads is a `Text`: one entry for each language. Values are ids
(`"most-days"`); words appear only where a page is put together.

These are named tuples, not dataclasses, here and in the packages above: Python creates one in a
seventh of the time, and starting a visit needs about forty of them.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from fibrocheck.content.program_words import Words
from fibrocheck.content.text import Text

_Value = TypeVar("_Value")

SYMPTOM, FOLLOW_UP, FACTOR = "symptom", "follow-up", "factor"
"""The parts of a questionnaire."""

SECTION_IDS = {SYMPTOM: "symptoms", FOLLOW_UP: "follow-up", FACTOR: "factors"}
"""What a saved record calls the section of each part. Never change them: every record has them."""

ONE_CHOICE, SEVERAL_CHOICES = "one-choice", "several-choices"
"""Kinds of question; `content.kinds` has them all. Every symptom and factor is of the first."""

MOST_DAYS, SOMETIMES, YES, NO, NOT_SURE = "most-days", "sometimes", "yes", "no", "not-sure"
SYMPTOM_ANSWERS = (MOST_DAYS, SOMETIMES, NO, NOT_SURE)
FACTOR_ANSWERS = (YES, NO, NOT_SURE)
MARKING_ANSWERS = frozenset({MOST_DAYS, SOMETIMES, YES})
"""The answers that mark an item. "Not sure" does not mark it, and a missing answer is not "no"."""


class Choice(NamedTuple):
    """One answer that can be chosen: its code in the record and its words."""

    id: str
    label: Text


class Item(NamedTuple):
    """A symptom or a possible contributing factor, with its question and its education."""

    id: str
    term: Text
    ask: Text
    why: Text
    learn: Text
    tell_your_clinician: Text
    sources: tuple[str, ...] = ()
    self_care: Text | None = None
    chart: Text | None = None
    """What a factor asked, in a clinician's words: its question if the file has none. None for a symptom."""
    sensitive: bool = False
    """Whether the answer is private even among private ones, such as one about trauma."""
    part: str = SYMPTOM
    choices: tuple[Choice, ...] = ()
    kind: str = ONE_CHOICE


class FollowUp(NamedTuple):
    """A question asked only when enough of certain symptoms are marked.

    An empty `if_marked` means any symptom. `offer_marked` puts the marked symptoms before `choices`.
    """

    id: str
    term: Text
    ask: Text
    why: Text
    choices: tuple[Choice, ...]
    kind: str = ONE_CHOICE
    if_marked: tuple[str, ...] = ()
    at_least: int = 1
    offer_marked: bool = False
    part: str = FOLLOW_UP


Question = Item | FollowUp


class Source(NamedTuple):
    """Where a fact comes from. `url` is https, or empty when the page was only seen as a copy.

    The title of a work is the same in every language. `title_in` has, by language, those that are our own
    words for it, or have some of them.
    """

    id: str
    title: str
    url: str = ""
    title_in: Mapping[str, str] = {}


class Clinic(NamedTuple):
    """The clinic's name and how to reach it; what it did not give is empty."""

    name: str
    phone: str = ""
    address: str = ""
    booking_url: str = ""
    language: str = ""
    """The language that clinicians read there; empty means the first of the file."""
    sends_to_chart: bool = False
    """Whether staff may send lists to the clinic's server. Patients then read so on the first page."""


class Approval(NamedTuple):
    """Who approved the wording, and when (ISO date); empty until it is approved."""

    approved_by: str = ""
    approved_on: str = ""


class Safety(NamedTuple):
    """The safety notice: the same for everyone, whatever they answer."""

    title: Text
    emergency: tuple[Text, ...]
    crisis: Text
    no_triage: Text
    sources: tuple[str, ...] = ()


class GetHelp(NamedTuple):
    """What the help page adds to the safety notice: the same for everyone, whatever they answer."""

    emergency: tuple[Text, ...] = ()
    """Signs that follow those of the notice, under its title."""
    same_day_title: Text | None = None
    same_day: tuple[Text, ...] = ()
    also: tuple[Text, ...] = ()
    """Paragraphs after the line about a crisis."""
    sources: tuple[str, ...] = ()


class Welcome(NamedTuple):
    """The page before the first question: what a visit is."""

    title: Text
    purpose: Text
    not_a_diagnosis: Text
    privacy: Text
    """What happens to the answers: if the clinic sends lists to its server, `privacy_chart`."""
    privacy_chart: Text | None = None


class Passage(NamedTuple):
    """A titled run of paragraphs, with the sources of what they say."""

    title: Text
    paragraphs: tuple[Text, ...]
    sources: tuple[str, ...] = ()
    other_conditions: Text | None = None
    """That other conditions have the same symptoms: its first paragraph, and that of what was marked."""


class Faq(NamedTuple):
    """A question people ask, its answer, and the items it is about."""

    id: str
    question: Text
    answer: Text
    related: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class CareStep(NamedTuple):
    """One of the steps in which the clinic treats."""

    title: Text
    covers: Text


class Care(NamedTuple):
    """How the clinic works with a patient."""

    title: Text
    lead: Text
    individual: Text
    steps: tuple[CareStep, ...]
    sources: tuple[str, ...] = ()


class NextStep(NamedTuple):
    """The one piece of advice, the same for everyone."""

    title: Text
    advice: Text
    bring: Text
    ask_at_desk: Text
    bring_too: Text | None = None


class QuestionsToAsk(NamedTuple):
    """Questions that a person could ask at the visit, the same for everyone."""

    title: Text
    questions: tuple[Text, ...]


class Content(NamedTuple):
    """A whole questionnaire: one `questions.yaml`, read without errors."""

    format: str
    id: str
    version: str
    url: str
    languages: Mapping[str, str]
    clinic: Clinic
    approval: Approval
    safety: Safety
    welcome: Welcome
    answers: Mapping[str, Text]
    symptoms: tuple[Item, ...]
    follow_ups: tuple[FollowUp, ...]
    factors: tuple[Item, ...]
    about: Passage
    faq: tuple[Faq, ...]
    faq_title: Text
    care: Care
    next_step: NextStep
    words: Words
    sources: Mapping[str, Source]
    get_help: GetHelp = GetHelp()
    questions_to_ask: QuestionsToAsk | None = None
    title: Text | None = None
    """Its name, on paper and in chart notes."""

    @property
    def clinic_language(self) -> str:
        """The language that clinicians read."""
        return self.clinic.language or next(iter(self.languages))

    @property
    def name(self) -> Text:
        """The questionnaire's name; the title of its first page if it was given none."""
        return self.title or self.welcome.title

    @property
    def items(self) -> tuple[Item, ...]:
        """The symptoms, then the factors, in the order in which they are asked."""
        return self.symptoms + self.factors

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question that can be asked: symptoms, follow-ups, factors."""
        return (*self.symptoms, *self.follow_ups, *self.factors)

    def question(self, question_id: str) -> Question:
        """Return the question with that id; `KeyError` if there is none."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)


def beside_answer(question: Question) -> Text:
    """Return what stands for a question beside its answer.

    A factor is shown by its question: what Yes means depends on what was asked, and its term alone with a
    Yes would read like a diagnosis.
    """
    return question.ask if question.part == FACTOR else question.term


def ways_to_reach(content: Content) -> list[tuple[Text, str]]:
    """Return the ways to reach the clinic that the file has, each with its label."""
    clinic, words = content.clinic, content.words
    ways = ((words.phone, clinic.phone), (words.address, clinic.address), (words.booking, clinic.booking_url))
    return [(label, value) for label, value in ways if value]


def with_words(value: _Value, change: Callable[[str], str]) -> _Value:
    """Return a copy of a questionnaire, or of another named tuple, with every string in it changed."""
    changed: Any = value
    if isinstance(value, str):
        changed = change(value)
    elif isinstance(value, tuple):
        parts = (with_words(each, change) for each in value)
        changed = value._make(parts) if hasattr(value, "_make") else tuple(parts)
    elif isinstance(value, Mapping):
        changed = {key: with_words(each, change) for key, each in value.items()}
    return changed  # type: ignore[no-any-return] # of the type that it was
