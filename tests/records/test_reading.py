"""Reading a record back: what was written comes back unchanged, whatever other systems added."""

import json
import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fibrocheck.records.addresses import address
from fibrocheck.records.elements import to_json
from fibrocheck.records.narrative import language_of
from fibrocheck.records.reading import read_head, read_saved
from fibrocheck.records.record import (
    COMPLETED,
    IN_PROGRESS,
    MAX_REFERENCE_LENGTH,
    Record,
    RecordError,
    not_asked_yet,
)
from fibrocheck.records.response import with_narrative_in, write_response
from tests.sampling import few

from .samples import AUTHORED, CONTENTS, FIXTURE, IDENTIFIER, interviews
from .written import (
    AUTHOR,
    ENCOUNTER,
    PAIN_AREAS,
    SLEEP,
    SLEEP_ANSWER,
    SLEEP_CODING,
    WHOLE,
    WRITTEN,
    Edit,
    at,
    drop,
    put,
    read_response,
    swap,
)


def test_a_record_comes_back_whole() -> None:
    """From text and from bytes."""
    assert read_response(WRITTEN, FIXTURE) == WHOLE
    assert read_response(WRITTEN.encode(), FIXTURE) == WHOLE


def test_a_skip_is_told_from_a_question_that_was_not_asked_only_while_a_record_is_not_finished() -> None:
    """In any other, all that have no answer were skipped."""
    begun = WHOLE._replace(status=IN_PROGRESS, skipped=("fatigue", "stress-trauma"))
    assert read_response(to_json(write_response(begun, FIXTURE)), FIXTURE) == begun
    left = {each.id for each in FIXTURE.questions} - {*WHOLE.answers, *begun.skipped}
    assert {*not_asked_yet(begun, FIXTURE)} == left
    finished = begun._replace(status=COMPLETED)
    assert not_asked_yet(finished, FIXTURE) == frozenset()
    assert read_response(to_json(write_response(finished, FIXTURE)), FIXTURE).skipped == ()


@pytest.mark.parametrize("name", CONTENTS)
@settings(max_examples=few(25))
@given(data=st.data())
def test_the_answers_of_any_interview_come_back_unchanged(name: str, data: st.DataObject) -> None:
    """With skipped and changed answers, in every language, at any time."""
    content = CONTENTS[name]
    answers = data.draw(interviews(content))
    zone = timezone(timedelta(minutes=data.draw(st.integers(-14 * 60, 14 * 60))))
    moment = data.draw(st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30)))  # noqa: DTZ001 - its zone follows
    written = Record(
        answers,
        data.draw(st.sampled_from(list(content.languages))),
        moment.replace(tzinfo=zone, microsecond=0),
        data.draw(st.uuids()),
        data.draw(st.sampled_from(["", "A-17", "Núñez 3"])),
    )
    assert read_response(to_json(write_response(written, content)), content) == written


TOLERATED: dict[str, Edit] = {
    "an id": put("id", "4711"),
    "meta": put("meta", {"versionId": "2", "lastUpdated": "2026-12-01T00:00:00Z"}),
    "an extension": put("extension", [{"url": "urn:x", "valueDecimal": 1.5}]),
    "an extension of a single value": put("_status", {"extension": [{"url": "urn:x", "valueInteger": 3}]}),
    "a large number": put("extension", [{"url": "urn:x", "valueDecimal": 10**17}]),
    "contained resources": put("contained", [{"resourceType": "Patient", "id": "p"}]),
    "no narrative": drop("text"),
    "another narrative": put("text", {"status": "empty", "div": "<div/>"}),
    "no words": drop(*SLEEP, "text"),
    "words in another language": put(*SLEEP, "text", FIXTURE.question("sleep").ask["es"]),
    "no display": drop(*SLEEP_CODING, "display"),
    "a display in another language": put(*SLEEP_CODING, "display", "A veces"),
    "ids of items and answers": put(*SLEEP_ANSWER, "id", "a1"),
    "a code system's version": put(*SLEEP_CODING, "version", "1"),
    "several answers in another order": swap(*PAIN_AREAS, "answer"),
    "a skipped question without an answer": lambda r: at(r, ("item", 0, "item")).insert(
        1, {"linkId": "fatigue"}
    ),
    "the patient": put("subject", {"reference": "Patient/17", "display": "Somebody"}),
    "the patient's own number": put("subject", {"identifier": {"system": "urn:mrn", "value": "0017" * 40}}),
    "the patient's own number, by its type": put(
        "subject", {"identifier": {"type": {"text": "MR"}, "value": "0017"}}
    ),
    "the encounter": put(*ENCOUNTER, "reference", "Encounter/3"),
    "the device": put(*AUTHOR, "reference", "Device/3"),
    "who answered, by reference": put("source", {"reference": "Patient/17"}),
    "several identifiers": lambda r: r.update(
        identifier=[{"system": "urn:server", "value": "77" * 200}, r["identifier"]]
    ),
    "an identifier in capital letters": lambda r: r["identifier"].update(
        value=r["identifier"]["value"].upper().replace("URN:UUID", "urn:uuid")
    ),
    "an empty list": put("basedOn", []),
    "null": put("partOf", None),
    "an empty list of answers": lambda r: at(r, ("item", 0, "item")).append(
        {"linkId": "fatigue", "text": FIXTURE.question("fatigue").ask["en"], "answer": [], "item": []}
    ),
    "sections in another order": swap("item"),
    "questions in another order": swap("item", 0, "item"),
    "our extension alone says the language": lambda r: r.pop("text") and put("language", "es")(r),
    "the narrative alone says the language": lambda r: r.pop("extension") and put("language", "es")(r),
    "a narrative in another language": lambda r: r["text"].update(div='<div lang="es">Hola</div>'),
    "the language of a country": lambda r: r["extension"][0].update(valueCode="en-US"),
}


@pytest.mark.parametrize("edit", TOLERATED.values(), ids=TOLERATED.keys())
def test_additions_and_omissions_of_other_systems_change_nothing(edit: Edit) -> None:
    """A chart system may return the record with its own ids, and without some of our elements."""
    record = json.loads(WRITTEN)
    edit(record)
    assert read_response(json.dumps(record), FIXTURE) == WHOLE


def test_a_record_of_a_million_bytes_is_still_read() -> None:
    """The limit itself is allowed."""
    assert read_response(WRITTEN.encode().ljust(1_000_000), FIXTURE) == WHOLE


def test_every_choice_of_a_question_may_be_chosen_together() -> None:
    """All marked symptoms, and every choice beside them."""
    content = CONTENTS["odd follow-ups"]
    chosen = ("sleep", *(choice.id for choice in content.follow_ups[0].choices))
    written = Record({"sleep": "sometimes", "which-ones": chosen}, "en", AUTHORED, IDENTIFIER, "")
    assert read_response(to_json(write_response(written, content)), content) == written


@pytest.mark.parametrize("dropped", ["text", "extension"])
@pytest.mark.parametrize("tag", ["es", "es-US", "ES", "es_MX", "es-419-x-clinic"])
def test_the_language_of_a_country_is_the_language(tag: str, dropped: str) -> None:
    """As servers and editors write it, in our extension or in the narrative."""
    record = json.loads(WRITTEN)
    record["extension"][0]["valueCode"] = tag
    record["text"]["div"] = f'<div xmlns="http://www.w3.org/1999/xhtml" xml:lang="{tag}"/>'
    del record[dropped]
    assert read_response(json.dumps(record), FIXTURE).language == "es"


def test_a_record_in_an_unknown_language_is_shown_in_the_first_one() -> None:
    """The clinic may have dropped a language since."""
    record = json.loads(WRITTEN) | {"language": "fr"}
    record["extension"][0]["valueCode"] = record["text"]["div"] = "fr"
    assert read_response(json.dumps(record), FIXTURE).language == "en"


@pytest.mark.parametrize(
    ("value", "shown"),
    [("0017" * 40, "0017" * 24 + "0..."), ("\x1b]0;9\x07", "<U+001B>]0;9<U+0007>"), ("  A-17 ", "A-17")],
)
def test_another_systems_number_of_the_visit_is_shown_as_far_as_it_is_safe(value: str, shown: str) -> None:
    """It cannot be typed again by hand, so it is no reason to refuse the record."""
    record = json.loads(WRITTEN)
    record["encounter"]["identifier"]["value"] = value
    assert read_response(json.dumps(record), FIXTURE).reference == shown[:100]


def test_another_systems_identifier_always_gives_the_same_uuid() -> None:
    """A server may put its own in place of ours."""
    record = json.loads(WRITTEN) | {"identifier": {"system": "urn:server", "value": "77"}}
    first, second = (read_response(json.dumps(record), FIXTURE).identifier for _ in range(2))
    record["identifier"]["value"] = "78"
    assert first == second != read_response(json.dumps(record), FIXTURE).identifier


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf" + WRITTEN.encode(), WRITTEN.replace("\n", "\r\n").encode()])
def test_a_text_editor_may_add_a_mark_or_change_the_line_ends(data: bytes) -> None:
    """Notepad does both."""
    assert read_response(data, FIXTURE) == WHOLE


def test_everything_that_was_read_is_kept_for_json() -> None:
    """Additions of other systems, the digits of numbers, and hidden characters, which are escaped."""
    record = json.loads(WRITTEN)
    for edit in TOLERATED.values():
        spoilt = json.loads(WRITTEN)
        edit(spoilt)
        assert json.loads(to_json(read_saved(json.dumps(spoilt), FIXTURE).resource)) == spoilt
    record["extension"].append({"url": "urn:x", "valueDecimal": "PRICE", "valueString": "\x7f\x9b\u202e"})
    read = read_saved(json.dumps(record).replace('"PRICE"', "1.500"), FIXTURE)
    assert '"valueDecimal": 1.500,' in to_json(read.resource)
    assert '"\\u007f\\u009b\\u202e"' in to_json(read.resource)


def test_another_language_changes_the_narrative_alone() -> None:
    """The language of the interview is a fact of the visit."""
    saved = read_saved(WRITTEN, FIXTURE)
    spanish = with_narrative_in("es", saved.resource, saved.record, FIXTURE)
    assert spanish.keys() == saved.resource.keys()
    assert [key for key in spanish if spanish[key] != saved.resource[key]] == ["text"]
    assert "A veces" in spanish["text"]["div"]
    assert with_narrative_in("en", saved.resource, saved.record, FIXTURE) is saved.resource
    assert read_response(to_json(spanish), FIXTURE) == WHOLE


@pytest.mark.parametrize(
    ("authored", "moment"),
    [
        ("2026-11-30T09:15:30Z", datetime(2026, 11, 30, 9, 15, 30, tzinfo=UTC)),
        ("2026-11-30T09:15:30.123Z", datetime(2026, 11, 30, 9, 15, 30, 123000, tzinfo=UTC)),
        (
            "2026-11-30T09:15:30.5+14:00",
            datetime(2026, 11, 30, 9, 15, 30, 500000, timezone(timedelta(hours=14))),
        ),
    ],
)
def test_times_are_read_as_fhir_writes_them(authored: str, moment: datetime) -> None:
    """Z, offsets, and parts of a second."""
    record = json.loads(WRITTEN) | {"authored": authored}
    read = read_response(json.dumps(record), FIXTURE).authored
    assert isinstance(read, datetime)
    assert (read, read.utcoffset()) == (moment, moment.utcoffset())


@pytest.mark.parametrize(
    ("identifier", "name"),
    [
        ({"system": "urn:server", "value": "77"}, "urn:server|77"),
        ({"value": "77"}, "|77"),
        ({"system": "urn:server", "value": IDENTIFIER.urn}, ""),
    ],
)
def test_an_identifier_that_is_no_uuid_becomes_one(identifier: dict[str, str], name: str) -> None:
    """By its system and value (UUID version 5), so that it is the same each time and everywhere."""
    record = json.loads(WRITTEN) | {"identifier": identifier}
    expected = uuid.uuid5(uuid.NAMESPACE_URL, name) if name else IDENTIFIER
    assert read_response(json.dumps(record), FIXTURE).identifier == expected


@pytest.mark.parametrize("identifier", [{"system": "urn:server"}, {"system": "urn:server", "value": ""}])
def test_an_identifier_without_a_value_is_refused(identifier: dict[str, str]) -> None:
    """All such records would be the same."""
    record = json.loads(WRITTEN) | {"identifier": identifier}
    with pytest.raises(RecordError, match="identifier"):
        read_response(json.dumps(record), FIXTURE)


@pytest.mark.parametrize("known", ["system", "type", ""])
def test_the_patients_own_number_is_never_the_appointment(known: str) -> None:
    """Only where it has neither system nor type, as fibrocheck 0.1 wrote the number of the appointment."""
    record = json.loads(WRITTEN)
    del record["encounter"]
    described = {"system": "urn:mrn", "type": {"text": "MR"}}
    subject = {"value": "0017", **({known: described[known]} if known else {})}
    record["subject"] = {"identifier": subject}
    assert read_response(json.dumps(record), FIXTURE).reference == ("" if known else "0017")


def test_a_long_number_of_a_visit_is_shortened() -> None:
    """It is another system's: ours are refused when they are typed."""
    record = json.loads(WRITTEN)
    record["encounter"]["identifier"]["value"] = "7" * 5000
    shown = read_response(json.dumps(record), FIXTURE).reference
    assert len(shown) <= MAX_REFERENCE_LENGTH + len("...")


def test_the_language_of_a_record_of_the_first_version_is_its_own() -> None:
    """It has neither our extension nor a narrative with a language."""
    record = json.loads(WRITTEN) | {"language": "es"}
    del record["extension"], record["text"]
    assert read_response(json.dumps(record), FIXTURE).language == "es"


def test_a_narrative_without_a_language_has_none() -> None:
    """Then the record is in the first language of the questionnaire."""
    assert language_of({}) == language_of({"div": "<div>No language</div>"}) == ""
    record = json.loads(WRITTEN)
    del record["extension"], record["language"]
    record["text"] = {"status": "generated", "div": "<div>No language</div>"}
    assert read_response(json.dumps(record), FIXTURE).language == "en"


def test_who_answered_is_known_by_a_reference_to_a_version_too() -> None:
    """Only its first part is looked at."""
    record = json.loads(WRITTEN) | {"source": {"reference": "Patient/17/_history/2"}}
    assert read_response(json.dumps(record), FIXTURE).source == "Patient"


def test_every_answer_of_a_question_at_once_is_todays_too() -> None:
    """Such as pain in all places."""
    places = tuple(each.id for each in FIXTURE.question("pain-areas").choices)
    everywhere = WHOLE._replace(answers={**WHOLE.answers, "pain-areas": places})
    saved = read_saved(to_json(write_response(everywhere, FIXTURE)), FIXTURE)
    assert (saved.record.answers["pain-areas"], saved.is_other_version) == (places, False)


def test_a_record_that_names_no_version_has_none() -> None:
    head = read_head({**json.loads(WRITTEN), "questionnaire": address(FIXTURE)}, FIXTURE)
    assert head.version == ""


def test_an_address_with_a_bar_has_its_version_after_the_last_one() -> None:
    """A version has none."""
    content = FIXTURE._replace(url="https://clinic.org/a|b")
    written = to_json(write_response(WHOLE, content))
    assert f'"https://clinic.org/a|b|{FIXTURE.version}"' in written
    assert read_saved(written, content).record == WHOLE
    assert not read_saved(written, content).is_other_version


def test_a_question_that_this_version_lacks_is_noticed_though_it_was_skipped() -> None:
    """Somebody was asked something else than stands here, so the page says so."""
    record = json.loads(WRITTEN)
    record["item"][0]["item"].append({"linkId": "appetite", "text": "Do you eat well?"})
    saved = read_saved(json.dumps(record), FIXTURE)
    assert saved.is_other_version
    assert saved.record.answers == WHOLE.answers
