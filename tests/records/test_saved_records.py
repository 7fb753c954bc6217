"""Records of earlier versions: of fibrocheck, and of the questionnaire. All are shown again.

`saved` has three records written by fibrocheck 0.1, exactly as it saved them.
"""

import json
import uuid
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.content.model import FACTOR, SYMPTOM, Content
from fibrocheck.copies.formats import HANDOUT_TEXT, HTML, JSON, SUMMARY_TEXT, Format
from fibrocheck.copies.report import as_written, copy_of
from fibrocheck.copies.sources import read_list
from fibrocheck.records.addresses import ANSWERS as ANSWERS_NAME
from fibrocheck.records.addresses import _uuid5, address, answer_system, canonical, is_address
from fibrocheck.records.elements import to_json
from fibrocheck.records.reading import read_saved
from fibrocheck.records.record import COMPLETED, RecordError
from fibrocheck.records.response import write_response

from .samples import ANSWERS, FIXTURE, Json
from .written import SLEEP, SLEEP_CODING, WHOLE, WRITTEN, at

SAVED = sorted(Path(__file__).with_name("saved").glob("*.json"))
RAISED = FIXTURE._replace(version="2027.1.0")
NOTE = FIXTURE.words.other_version
every_form = pytest.mark.parametrize("form", [SUMMARY_TEXT, HANDOUT_TEXT, HTML], ids=lambda form: form.name)


@pytest.mark.parametrize("file", SAVED, ids=lambda file: file.stem)
def test_a_record_of_fibrocheck_0_1_is_read(file: Path) -> None:
    """Its language, its reference and each of its answers, with today's words."""
    saved = read_saved(file.read_bytes(), FIXTURE)
    language = file.stem.rpartition("-")[2]
    assert (saved.record.language, saved.record.status) == (language, COMPLETED)
    assert saved.record.reference == ("A-17" if "every" in file.name else "")
    assert not saved.is_other_version
    codes = {
        item["linkId"]: [answer["valueCoding"]["code"] for answer in item["answer"]]
        for group in saved.resource["item"]
        for item in group["item"]
    }
    answers = saved.record.answers.items()
    assert {key: [each] if isinstance(each, str) else list(each) for key, each in answers} == codes
    assert shown(file, FIXTURE, JSON) == file.read_bytes()


@pytest.mark.parametrize("file", SAVED, ids=lambda file: file.stem)
def test_a_record_from_before_the_clinic_had_an_address_is_read(file: Path) -> None:
    """Of fibrocheck 0.1, with an example address; and of today, with a URN."""
    content = FIXTURE._replace(url="https://clinic.example-hospital.org/fibrocheck")
    old = read_saved(file.read_bytes(), content).record
    today = to_json(write_response(old, FIXTURE))
    assert read_saved(today, content).record == old
    assert content.url not in today
    assert content.url in to_json(write_response(old, content))


def test_another_questionnaire_with_an_address_of_its_own_is_refused() -> None:
    """Only example addresses, which nobody has, may stand for this one."""
    other = to_json(write_response(WHOLE, FIXTURE._replace(url="https://clinic.org/other")))
    for content in (FIXTURE, FIXTURE._replace(url="https://clinic.org/this")):
        with pytest.raises(RecordError, match="belongs to the questionnaire"):
            read_saved(other, content)


# Versions of the questionnaire: what has changed since the record was written


def without(*ids: str) -> Callable[[Content], Content]:
    """Return an edit that takes questions out."""
    return lambda content: content._replace(
        symptoms=tuple(each for each in content.symptoms if each.id not in ids),
        follow_ups=tuple(each for each in content.follow_ups if each.id not in ids),
        factors=tuple(each for each in content.factors if each.id not in ids),
    )


def reworded(*ids: str) -> Callable[[Content], Content]:
    """Return an edit that asks these questions, and calls their answers, otherwise."""

    def edit(content: Content) -> Content:
        def words(each: Json) -> Json:
            if each.id not in ids:
                return each
            choices = tuple(
                choice._replace(label={key: f"New {text}" for key, text in choice.label.items()})
                for choice in each.choices
            )
            ask = {key: f"New {text}" for key, text in each.ask.items()}
            return each._replace(ask=ask, choices=choices)

        return content._replace(
            symptoms=tuple(map(words, content.symptoms)),
            follow_ups=tuple(map(words, content.follow_ups)),
            factors=tuple(map(words, content.factors)),
        )

    return edit


def moved(content: Content) -> Content:
    """Return the questionnaire with a symptom among the factors, and the questions in another order."""
    first, *others = content.symptoms
    factors = (*content.factors[::-1], first._replace(part=FACTOR))
    return content._replace(symptoms=tuple(others[::-1]), factors=factors)


def stricter(content: Content) -> Content:
    """Return the questionnaire with follow-ups that need more marked symptoms, and take one choice."""
    strict = tuple(each._replace(at_least=8, kind="one-choice") for each in content.follow_ups)
    return content._replace(follow_ups=strict)


def in_one_language(content: Content) -> Content:
    """Return the questionnaire without Spanish."""
    return content._replace(languages={"en": "English"})


CHANGES: dict[str, Callable[[Content], Content]] = {
    "nothing": lambda content: content,
    "a factor removed": without("viral-illness"),
    "a symptom removed": without("sleep"),
    "a follow-up removed": without("duration"),
    "all factors removed": lambda content: content._replace(factors=()),
    "all symptoms but one removed": lambda content: content._replace(symptoms=content.symptoms[-1:]),
    "a symptom reworded": reworded("sleep"),
    "everything reworded": reworded(*(each.id for each in FIXTURE.questions)),
    "a choice removed": lambda content: content._replace(
        follow_ups=tuple(each._replace(choices=each.choices[:1]) for each in content.follow_ups)
    ),
    "moved": moved,
    "stricter": stricter,
    "a language removed": in_one_language,
}


@every_form
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_record_of_an_earlier_version_is_shown_with_its_own_words(
    change: Callable[[Content], Content], language: str, form: Format, tmp_path: Path
) -> None:
    """Whatever changed since: each answer in the words that the person read, and a line that says so."""
    file = tmp_path / "visit.json"
    file.write_text(to_json(write_response(WHOLE._replace(language=language), FIXTURE)), encoding="utf-8")
    today = change(RAISED)
    shown_in = language if language in today.languages else "en"
    page = "".join(unescape(words(shown(file, today, form))).split())
    saved = read_saved(file.read_bytes(), today)
    assert saved.is_other_version
    assert saved.record.answers == ANSWERS | _several(saved.record.answers)
    assert "".join(NOTE[shown_in].split()) in page
    for question_id, answer in ANSWERS.items():
        question = FIXTURE.question(question_id)
        its_own = saved.content.question(question_id)
        assert its_own.ask[language if shown_in == language else "en"] == question.ask[shown_in]
        labels = {each.id: each.label for each in its_own.choices}
        for code in (answer,) if isinstance(answer, str) else answer:
            expected = {each.id: each.label for each in question.choices}.get(code) or FIXTURE.question(
                code
            ).term
            assert labels[code][shown_in] == expected[shown_in]
        assert "".join(its_own.term[shown_in].split()) in page
    assert json.loads(shown(file, today, JSON)) == saved.resource


def shown(file: Path, content: Content, form: Format) -> str | bytes:
    """Return a record in a format, as `report` shows it."""
    return as_written(form, copy_of(read_list(str(file), content).saved, None))


def words(document: str | bytes) -> str:
    """Return a document as text."""
    return document if isinstance(document, str) else document.decode("utf-8")


def _several(answers: Json) -> Json:
    """Return the answers that are now a tuple because the question takes several."""
    return {
        key: each
        for key, each in answers.items()
        if isinstance(each, tuple) and set(each) == set(ANSWERS[key])
    }


def test_a_question_that_was_never_asked_is_not_called_skipped() -> None:
    """Nobody knows what else an earlier version asked."""
    saved = read_saved(WRITTEN, RAISED)
    assert {each.id for each in saved.content.questions} == ANSWERS.keys()


def test_known_items_keep_their_place_and_their_education() -> None:
    """Education is today's; the record has none."""
    saved = read_saved(WRITTEN, reworded("sleep")(RAISED))
    sleep = saved.content.question("sleep")
    assert sleep.part == SYMPTOM
    assert sleep in saved.content.symptoms
    assert sleep.term == FIXTURE.question("sleep").ask  # the record has no term for it
    assert saved.content.question("headaches").term == FIXTURE.question("headaches").term


def test_what_a_record_has_no_words_for_is_shown_in_todays() -> None:
    """Other systems may leave them out: FHIR asks for codes alone."""
    record = json.loads(WRITTEN)
    sleep = at(record, SLEEP)
    del sleep["text"], sleep["_text"]
    coding = at(record, SLEEP_CODING)
    del coding["display"], coding["_display"]
    shown = read_saved(json.dumps(record), RAISED).content.question("sleep")
    today = FIXTURE.question("sleep")
    assert (shown.ask, shown.term) == (today.ask, today.term)
    assert [each for each in today.choices if each.id == coding["code"]] == list(shown.choices)


@pytest.mark.parametrize("missing", ["lang", "content"])
def test_a_translation_that_lacks_a_part_is_none(missing: str) -> None:
    """The words in the language of the record are shown instead."""
    record = json.loads(WRITTEN)
    sleep = at(record, SLEEP)
    sleep["text"] = "How do you sleep?"
    parts = sleep["_text"]["extension"][0]["extension"]
    parts.remove(next(part for part in parts if part["url"] == missing))
    shown = read_saved(json.dumps(record), RAISED).content.question("sleep")
    assert shown.ask == dict.fromkeys(FIXTURE.languages, "How do you sleep?")


def test_of_an_old_example_address_the_name_under_it_counts() -> None:
    """Codes of something else are not answers, though the clinic has an address of its own now."""
    content = FIXTURE._replace(url="https://clinic.example-hospital.org/fibrocheck")
    assert is_address(f"{FIXTURE.url}/{ANSWERS_NAME}", content, ANSWERS_NAME)
    assert not is_address(f"{FIXTURE.url}/devices", content, ANSWERS_NAME)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_urn_is_made_as_the_standard_says(name: str) -> None:
    """A UUIDv5 of RFC 9562, as Python's own, which loads OpenSSL for it."""
    assert _uuid5(name) == uuid.uuid5(uuid.NAMESPACE_URL, name)


def test_the_words_of_another_question_are_refused_in_another_version_too() -> None:
    """Nobody can know which of the two the person answered."""
    record = json.loads(WRITTEN)
    at(record, SLEEP)["text"] = FIXTURE.question("headaches").ask["en"]
    with pytest.raises(RecordError, match="the question sleep has the words of another question"):
        read_saved(json.dumps(record), RAISED)


def test_todays_words_complete_the_languages_of_a_record() -> None:
    """If it has the same words in one language, it is today's question, in all of them."""
    record = json.loads(WRITTEN)
    del at(record, SLEEP)["_text"], at(record, SLEEP_CODING)["_display"]
    shown = read_saved(json.dumps(record), RAISED).content.question("sleep")
    today = FIXTURE.question("sleep")
    assert shown.ask == today.ask
    assert {each.label["es"] for each in shown.choices} <= {each.label["es"] for each in today.choices}


@pytest.mark.parametrize(
    "change", [CHANGES[name] for name in ("a factor removed", "everything reworded", "a choice removed")]
)
def test_a_change_without_another_version_is_no_damage(change: Callable[[Content], Content]) -> None:
    """Somebody forgot to raise the version."""
    saved = read_saved(WRITTEN, change(FIXTURE))
    assert saved.is_other_version
    assert saved.record.answers.keys() == ANSWERS.keys()


@pytest.mark.parametrize("named", [address(FIXTURE), FIXTURE.url, f"{FIXTURE.url}|{FIXTURE.version}"])
def test_a_canonical_may_lack_its_version_or_be_an_old_one(named: str) -> None:
    """Some servers cut the version off."""
    saved = read_saved(json.dumps(json.loads(WRITTEN) | {"questionnaire": named}), FIXTURE)
    assert saved.record == WHOLE
    assert saved.is_other_version is ("|" not in named)


def test_translations_are_read_for_languages_of_today() -> None:
    """A question that is gone is shown in Spanish, too."""
    saved = read_saved(WRITTEN, without("viral-illness")(RAISED))
    assert saved.content.question("viral-illness").ask == FIXTURE.question("viral-illness").ask


@pytest.mark.parametrize("beside", [None, {}, {"extension": 7}, {"extension": [7, {"url": "urn:x"}]}])
def test_strange_extensions_beside_the_words_are_ignored(beside: Json) -> None:
    """Other systems have their own."""
    record = json.loads(WRITTEN)
    record["questionnaire"] = f"{address(FIXTURE)}|1"
    at(record, SLEEP)["text"] = "Did you sleep?"
    at(record, SLEEP)["_text"] = beside
    assert read_saved(json.dumps(record), FIXTURE).content.question("sleep").ask["es"] == "Did you sleep?"


def test_an_answer_that_today_does_not_have_is_shown_and_not_lost() -> None:
    """The summary knows no place for it, so it stands with its question."""
    record = json.loads(WRITTEN) | {"questionnaire": f"{address(FIXTURE)}|1"}
    at(record, SLEEP_CODING).update(code="always", display="Every single day")
    del at(record, SLEEP_CODING)["_display"]
    saved = read_saved(json.dumps(record), FIXTURE)
    assert saved.record.answers["sleep"] == "always"
    assert saved.content.question("sleep").choices[0].label["es"] == "Every single day"
    assert "sleep" in {each.id for each in saved.content.follow_ups}


def test_an_address_is_the_clinics_own_or_a_urn_that_never_changes() -> None:
    """A URN depends on the id alone: not on the version, the computer, or the example address."""
    assert canonical(FIXTURE) == f"urn:uuid:e11fea24-4fa9-50ff-a8af-545c4ea2d27a|{FIXTURE.version}"
    other = FIXTURE._replace(url="https://other.example/x", version="9")
    assert (address(other), answer_system(other)) == (address(FIXTURE), answer_system(FIXTURE))
    assert address(FIXTURE._replace(id="low-back")) != address(FIXTURE)
    own = FIXTURE._replace(url="https://clinic.org/q")
    assert (canonical(own), answer_system(own)) == (
        f"https://clinic.org/q|{own.version}",
        "https://clinic.org/q/answers",
    )
