"""What the resources for a clinic's server say about themselves: name, status and dates."""

import re

from fibrocheck.content.model import Content
from fibrocheck.records.elements import Resource

_YEAR_AND_MONTH = re.compile(r"([1-9][0-9]{3})\.(0?[1-9]|1[0-2])(?![0-9])")


def computer_name(content: Content, suffix: str = "") -> str:
    """Return a name for programs: FHIR wants a capital letter, then letters, digits and underscores."""
    words = re.findall(r"[a-z0-9]+", content.id)
    name = "".join(word[0].upper() + word[1:] for word in words) + suffix
    return name if name[:1].isalpha() else f"Q{name}"


def status(content: Content) -> str:
    """Return the status, as in the small print of the pages: a draft until the wording is approved."""
    return "active" if content.approval.approved_by else "draft"


def dates(content: Content) -> Resource:
    """Return when the wording was approved, and when it last changed as far as that is known.

    That is the day of approval; before that, the year and month in a version such as 2026.11.0.
    """
    approved = content.approval.approved_on
    if approved:
        return {"date": approved, "approvalDate": approved}
    found = _YEAR_AND_MONTH.match(content.version)
    return {"date": f"{found[1]}-{found[2]:0>2}"} if found else {}
