"""Times as FHIR allows them: with an offset of whole minutes, at most 14 hours; or only a day."""

from datetime import UTC, date, datetime, timedelta

Moment = datetime | date
"""A time with a time zone, or a day where no more is known."""

_MAX_OFFSET = timedelta(hours=14)


def local_now() -> datetime:
    """Return the time now, in the computer's time zone if FHIR allows that, otherwise in UTC."""
    now = datetime.now(UTC)
    try:
        return in_allowed_zone(now.astimezone())
    except (ValueError, OverflowError):  # TZ is 24 hours or more away, which Python has no zone for
        return now


def in_allowed_zone(moment: datetime) -> datetime:
    """Return the same moment, in UTC if FHIR does not allow its offset; `ValueError` if it has none."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("the time of a record needs its time zone")
    allowed = abs(offset) <= _MAX_OFFSET and offset % timedelta(minutes=1) == timedelta(0)
    return moment if allowed else moment.astimezone(UTC)


def kept_as(moment: Moment) -> Moment:
    """Return a moment as a record keeps it; `ValueError` for a time without a time zone."""
    return in_allowed_zone(moment) if isinstance(moment, datetime) else moment


def written(moment: Moment) -> str:
    """Return a moment as FHIR's dateTime, to the second."""
    return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()


def for_people(moment: Moment) -> str:
    """Return a moment as people read it, to the minute, with its offset."""
    return moment.isoformat(" ", "minutes") if isinstance(moment, datetime) else moment.isoformat()


def day_of(moment: Moment) -> date:
    """Return the day of a moment, where it was."""
    return moment.date() if isinstance(moment, datetime) else moment
