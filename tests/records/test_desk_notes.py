"""What the front desk notes on a record: the appointment with its date, and who corrected it."""

from datetime import date
from typing import Any

import pytest

from fibrocheck.copies.formats import CHART, HANDOUT_TEXT, HTML, SUMMARY_TEXT, Format
from fibrocheck.copies.visit_copy import VisitCopy
from fibrocheck.records.addresses import CORRECTION, address
from fibrocheck.records.elements import to_json
from fibrocheck.records.reading import read_saved
from fibrocheck.records.record import (
    CORRECTIONS,
    ENTERED_IN_ERROR,
    IN_PROGRESS,
    SHOWN,
    Correction,
    RecordError,
)
from fibrocheck.records.response import write_response

from .samples import AUTHORED, FIXTURE
from .written import WHOLE, read_response

DAY = date(2026, 12, 3)


def test_the_appointment_has_its_day_as_the_period_of_its_number() -> None:
    """And it is read back."""
    record = WHOLE._replace(appointment_date=DAY)
    resource = write_response(record, FIXTURE)
    identifier = resource["encounter"]["identifier"]
    assert identifier["period"] == {"start": "2026-12-03", "end": "2026-12-03"}
    assert read_response(to_json(resource), FIXTURE) == record


def test_a_period_that_begins_at_a_time_of_day_has_its_day() -> None:
    """As charts write it."""
    resource = write_response(WHOLE, FIXTURE)
    resource["encounter"]["identifier"]["period"] = {"start": "2026-12-03T09:00:00-05:00"}
    assert read_response(to_json(resource), FIXTURE).appointment_date == DAY


def test_a_correction_of_a_day_has_no_time() -> None:
    """Another system may have kept the day alone; a long name is cut."""
    record = WHOLE._replace(correction=Correction("M" * 39, DAY, CORRECTIONS[0]))
    text = to_json(write_response(record, FIXTURE))
    found = read_response(text, FIXTURE).correction
    assert found == record.correction
    assert found is not None
    assert type(found.at) is date
    long = read_response(text.replace("M" * 39, "M" * 5000), FIXTURE).correction
    assert long is not None
    assert len(long.by) < 50


@pytest.mark.parametrize("period", [{}, {"start": 7}, {"start": "soon"}, {"end": "2026-12-03"}])
def test_a_period_that_other_systems_wrote_is_no_reason_to_refuse(period: Any) -> None:
    """The day is then not known."""
    resource = write_response(WHOLE, FIXTURE)
    resource["encounter"]["identifier"]["period"] = period
    assert read_response(to_json(resource), FIXTURE).appointment_date is None


@pytest.mark.parametrize("why", CORRECTIONS)
def test_a_correction_says_who_when_and_why(why: str) -> None:
    """In an extension of our own."""
    record = WHOLE._replace(correction=Correction("MR", AUTHORED, why))
    assert read_response(to_json(write_response(record, FIXTURE)), FIXTURE) == record


@pytest.mark.parametrize(
    "extension",
    [
        {},
        {"extension": []},
        {"extension": "x"},
        {"extension": 7},
        {"extension": {"url": "by"}},
        {"extension": [{"url": "by", "valueString": "MR"}, {"url": "at", "valueDateTime": "2026-13-01"}]},
        {"extension": [7, {"url": ["by"]}]},
    ],
)
def test_a_damaged_correction_is_not_read(extension: Any) -> None:
    """The answers are."""
    resource = write_response(WHOLE, FIXTURE)
    resource["extension"].append({"url": address(FIXTURE, CORRECTION)} | extension)
    assert read_response(to_json(resource), FIXTURE) == WHOLE


def test_what_was_entered_in_error_is_read_only_where_that_is_asked_for() -> None:
    """Nobody may use it; the front desk still has to find it."""
    wrong = to_json(write_response(WHOLE._replace(status=ENTERED_IN_ERROR), FIXTURE))
    with pytest.raises(RecordError, match="another patient's"):
        read_saved(wrong, FIXTURE)
    found = read_saved(wrong, FIXTURE, (*SHOWN, ENTERED_IN_ERROR))
    assert found.record.status == ENTERED_IN_ERROR


@pytest.mark.parametrize("form", [SUMMARY_TEXT, HTML, HANDOUT_TEXT, CHART])
def test_a_call_that_is_not_finished_says_so_on_every_page_and_text(form: Format) -> None:
    """In the language of the page."""
    halfway = WHOLE._replace(status=IN_PROGRESS)
    assert read_response(to_json(write_response(halfway, FIXTURE)), FIXTURE) == halfway
    assert FIXTURE.words.not_finished["en"] in str(form.render(VisitCopy(FIXTURE, halfway)))
    assert FIXTURE.words.not_finished["en"] not in str(form.render(VisitCopy(FIXTURE, WHOLE)))
