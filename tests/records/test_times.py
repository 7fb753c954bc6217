"""A record that we write we can read: whatever the time zone, language and reference."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fibrocheck.records.elements import to_json
from fibrocheck.records.record import DEVICES, MAX_REFERENCE_LENGTH, SOURCES, Record
from fibrocheck.records.response import write_response
from fibrocheck.records.times import day_of, in_allowed_zone, local_now

from .samples import ANSWERS, AUTHORED, CONTENTS, FIXTURE, IDENTIFIER
from .validators import complaints
from .written import read_response

OFFSETS = st.builds(
    "{}{}{:02}:{:02}:{:02}".format,
    st.sampled_from(["XYZ", "UTC", "<+15>", "<A9>"]),
    st.sampled_from("+-"),
    st.integers(0, 24),
    st.integers(0, 59),
    st.integers(0, 59),
)
NAMES = (
    *("", "UTC", "UTC-15", "UTC+14", "UTC-24:59:59", "UTC+24", "EST5EDT"),
    *("Asia/Kathmandu", "Pacific/Kiritimati", "Africa/Monrovia", "Europe/Dublin", "right/UTC"),
    *("No/Where", ":", "\u00fc", "/etc/passwd"),
)
ZONES = OFFSETS | st.sampled_from(NAMES)
PRINTABLE = (
    st.text(
        st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=MAX_REFERENCE_LENGTH
    )
    .map(str.strip)
    .filter(lambda text: text and text.isprintable())
)


@contextmanager
def zone(name: str) -> Iterator[None]:
    """Run with a value of TZ."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


@given(
    name=ZONES,
    content=st.sampled_from(list(CONTENTS.values())),
    reference=st.just("") | PRINTABLE,
    status=st.sampled_from(["completed", "amended"]),
    device=st.sampled_from(["", *DEVICES]),
    source=st.sampled_from(["", *SOURCES]),
    data=st.data(),
)
@example("UTC-15", FIXTURE, "A-17", "completed", "", "", None)
@example("XYZ-00:19:32", FIXTURE, '"\\u0000" {x} & <b> \u00e9 \u4e2d \U0001f600', "completed", "", "", None)
def test_a_record_that_we_write_we_can_read(
    name: str,
    content: object,
    reference: str,
    status: str,
    device: str,
    source: str,
    data: st.DataObject | None,
) -> None:
    """It comes back unchanged, and the validators have nothing to complain about."""
    assert isinstance(content, type(FIXTURE))
    language = data.draw(st.sampled_from(list(content.languages))) if data else "en"
    with zone(name):
        now = local_now().replace(microsecond=0)
    record = Record({}, language, now, IDENTIFIER, reference, status, device, source)
    resource = write_response(record, content)
    assert complaints(resource) == []
    read = read_response(to_json(resource).encode("utf-8"), content)
    assert read == record
    assert isinstance(read.authored, datetime)
    assert read.authored.utcoffset() == now.utcoffset()


def test_a_day_alone_is_written_and_read_as_a_day() -> None:
    """The time of a list that came as a code is not known, and none is made up."""
    record = Record(ANSWERS, "es", date(2026, 11, 30), IDENTIFIER)
    resource = write_response(record, FIXTURE)
    assert complaints(resource) == []
    assert resource["authored"] == "2026-11-30"
    assert "<p>2026-11-30</p>" in resource["text"]["div"]
    assert read_response(to_json(resource), FIXTURE) == record


@pytest.mark.parametrize("name", ["UTC-15", "XYZ-00:19:32", "UTC-24:59:59", "UTC+23:59"])
def test_a_time_zone_that_fhir_does_not_allow_gives_utc(name: str) -> None:
    """On the page and in the record alike."""
    with zone(name):
        now = local_now()
    assert now.tzname() == "UTC"
    assert abs(now.timestamp() - time.time()) < 3600
    assert in_allowed_zone(now) is now


@given(reference=PRINTABLE)
def test_the_page_and_the_record_have_the_same_reference(reference: str) -> None:
    """Whatever was typed, byte for byte."""
    record = Record(ANSWERS, "es", local_now(), IDENTIFIER, reference)
    assert read_response(to_json(write_response(record, FIXTURE)), FIXTURE).reference == reference


def test_the_day_of_a_moment_is_a_day() -> None:
    """As it was where it was written, and without a time."""
    assert day_of(AUTHORED) == day_of(date(2026, 11, 30)) == date(2026, 11, 30)


@pytest.mark.parametrize("minutes", [345, -210, 1, 0, 14 * 60])
def test_an_offset_of_whole_minutes_is_kept(minutes: int) -> None:
    """Also an odd one."""
    moment = AUTHORED.astimezone(timezone(timedelta(minutes=minutes)))
    assert in_allowed_zone(moment).utcoffset() == timedelta(minutes=minutes)


def test_a_time_without_a_zone_says_what_it_needs() -> None:
    """It could be any of a day's times."""
    with pytest.raises(ValueError, match=r"^the time of a record needs its time zone$"):
        in_allowed_zone(AUTHORED.replace(tzinfo=None))
