"""The pictures of the README are what the program shows."""

from xml.etree import ElementTree as ET

import pytest

from tests.pictures.pages import HERE, LANGUAGES, QUESTION, picture, shipped


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_is_what_the_program_shows(language: str) -> None:
    """If not, `python -m tests.pictures` remakes it."""
    stored = (HERE / f"question-{language}.svg").read_text(encoding="utf-8")
    assert picture(language) == stored
    root = ET.fromstring(stored)  # noqa: S314 - it is our own
    assert shipped().question(QUESTION).ask[language] == root[0].text
    assert "href" not in stored
