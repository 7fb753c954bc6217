"""Reading a record back: what was written comes back unchanged, whatever other systems added."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fibrocheck.records.elements import to_json
from fibrocheck.records.reading import read_response
from fibrocheck.records.record import Record
from fibrocheck.records.response import write_response

from .samples import AUTHORED, CONTENTS, FIXTURE, IDENTIFIER, interviews
from .written import PAIN_AREAS, SLEEP, SLEEP_ANSWER, SLEEP_CODING, WHOLE, WRITTEN, Edit, at, drop, put, swap


def test_a_record_comes_back_whole() -> None:
    """From text and from bytes."""
    assert read_response(WRITTEN, FIXTURE) == WHOLE
    assert read_response(WRITTEN.encode(), FIXTURE) == WHOLE


@pytest.mark.parametrize("name", CONTENTS)
@settings(max_examples=25)
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
    "who wrote it": put("author", {"reference": "Device/kiosk"}),
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
    "the patient beside our reference": put("subject", "reference", "Patient/17"),
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


def test_a_subject_without_our_identifier_has_no_reference() -> None:
    """A chart system may put its own patient there."""
    record = json.loads(WRITTEN)
    record["subject"] = {"reference": "Patient/17", "display": "Somebody"}
    assert read_response(json.dumps(record), FIXTURE).reference == ""


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
    assert (read, read.utcoffset()) == (moment, moment.utcoffset())
