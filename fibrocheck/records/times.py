"""Times as FHIR allows them: with an offset of whole minutes, at most 14 hours."""

from datetime import UTC, datetime, timedelta

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
