"""The identifier of a list depends on its code alone."""

import uuid

import pytest

from fibrocheck.copies.code.identity import identifier_of
from fibrocheck.records.reading import UUID


@pytest.mark.parametrize(
    ("letters", "identifier"),
    [
        ("23456789BCDFGHJKMNPQ", "63c4c48d-0a25-8be8-8b3b-6e0380f976d9"),
        ("23456789BCDFGHJKMNPR", "c6f9af93-02e1-81a4-88b2-f63ca6e7481b"),
    ],
)
def test_a_code_always_gives_the_same_identifier(letters: str, identifier: str) -> None:
    """On every computer, in every version of fibrocheck: saved records have it."""
    assert str(identifier_of(letters)) == identifier


def test_an_identifier_is_a_uuid_of_version_8() -> None:
    """With the variant of RFC 9562, and a URN that our reader takes."""
    for letters in ("22222", "ZZZZZ", "BCDFG"):
        found = identifier_of(letters)
        assert (found.int >> 76) & 0xF == 8
        assert found.variant == uuid.RFC_4122
        assert UUID.fullmatch(found.urn)
