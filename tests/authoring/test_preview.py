"""The preview: every text, every source and a place to sign, in one file that needs nothing else."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from fibrocheck.content.editing import approve
from fibrocheck.content.fingerprint import fingerprints
from fibrocheck.content.parsing import parse
from fibrocheck.content.preview.hedges import FILLED_IN, HEDGE, is_hedged, parts_of
from fibrocheck.content.preview.page import approved_copy, preview
from fibrocheck.content.problems import ContentError
from tests.content.examples import SMALLEST, completed
from tests.fixture import FIXTURE, questionnaire

REFERRING = {"href", "src", "style", "onclick"}


class Reader(HTMLParser):
    """Collects the words of a page, its tags, and what they refer to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.references: list[str] = []
        self.words = ""
        self.feed(page)
        self.words = " ".join(self.words.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.references += [str(value) for name, value in attrs if name in REFERRING]

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture(scope="module")
def page() -> str:
    """The preview of the fixture."""
    return preview(FIXTURE)


def test_every_text_in_every_language_is_on_the_page(page: str) -> None:
    reader = parse(FIXTURE.read_bytes()).reader
    assert reader is not None
    words = Reader(page).words
    assert [text for _, text, *_ in reader.texts if " ".join(text.split()) not in words] == []


def test_every_source_is_on_the_page_with_its_address(page: str) -> None:
    words = Reader(page).words
    for source in questionnaire().sources.values():
        assert source.title in words
        assert source.url in words
        assert all(title in words for title in source.title_in.values())
    assert words.count("No address.") == sum(not each.url for each in questionnaire().sources.values())


def test_words_stand_where_it_is_said_who_reads_them(page: str) -> None:
    """Patients' words are not among those for staff, whatever their names begin with."""
    words, patients = Reader(page).words, questionnaire().words
    staff = words[words.rindex("Words for staff") : words.rindex("Sources")]
    assert patients.desk.script["en"] in staff
    assert patients.desk_keeps["en"] not in staff
    assert patients.desk_has_change["en"] not in staff


def test_entries_are_called_by_their_words_and_not_by_their_ids(page: str) -> None:
    words, content = Reader(page).words, questionnaire()
    for question in content.questions:
        assert f": {question.term['en']}" in words
    for asked in content.faq:
        assert f"Question: {asked.question['en']}" in words
    assert "Answer (" in words
    assert "label (" not in words


def test_it_can_be_signed_and_says_what_was_signed(page: str) -> None:
    """The marks on the paper are those that `content approve` writes."""
    reader = parse(FIXTURE.read_bytes()).reader
    assert reader is not None
    words = Reader(page).words
    signed = words[words.rindex("Sign ") :]
    assert all(mark in signed for mark in fingerprints(reader).values())
    for each in ("Name and role", "Signature", "Date", "not yet, because", "content approve fixture.yaml"):
        assert each in signed


def test_it_needs_nothing_else(page: str) -> None:
    """No script, image or connection; the links lead to its own parts, and each of them is there."""
    found = Reader(page)
    assert not {"script", "img", "iframe", "link", "form"} & set(found.tags)
    assert found.references
    assert all(reference.startswith("#") for reference in found.references)
    assert all(f'id="{reference[1:]}"' in page for reference in found.references)
    assert "default-src 'none'" in page


def test_it_says_what_the_check_says(page: str) -> None:
    assert "the wording has not been approved" in Reader(page).words
    assert "Not approved yet." in page


def test_words_of_a_file_are_shown_and_not_obeyed(tmp_path: Path) -> None:
    file = tmp_path / "q.yaml"
    file.write_bytes(completed(b'clinic: {name: "<script>alert(1)</script> & Co"}\n'))
    shown = preview(file)
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_a_file_with_errors_has_no_preview(tmp_path: Path) -> None:
    file = tmp_path / "q.yaml"
    file.write_bytes(SMALLEST.replace(b"symptoms:", b"symptons:"))
    with pytest.raises(ContentError):
        preview(file)


@pytest.fixture
def approved_file(tmp_path: Path) -> tuple[Path, str]:
    """A file that was approved, and its text."""
    text = SMALLEST.decode()
    text = approve(text, parse(text.encode()), "Dr. A", "2026-11-20").text
    file = tmp_path / "q.yaml"
    file.write_text(text, encoding="utf-8")
    return file, text


def changed(text: str) -> str:
    """Return the text with other words in one place and one language."""
    after = re.sub(r'(  start: \{en: ")[^"]*', r"\1Other words", text)
    assert after != text
    return after


def test_what_was_approved_is_said(approved_file: tuple[Path, str]) -> None:
    file, text = approved_file
    assert "These are the words that were approved." in preview(file)
    file.write_text(changed(text), encoding="utf-8")
    assert "The words changed after that: English. To see which, compare" in preview(file)


def test_what_changed_is_marked_beside_what_was_approved(approved_file: tuple[Path, str]) -> None:
    """With the copy that was kept, or with a file that is named."""
    file, text = approved_file
    file.write_text(changed(text), encoding="utf-8")
    old = file.with_name("old.yaml")
    old.write_text(text, encoding="utf-8")
    shown = preview(file, since=old)
    assert shown.count('<tr class="changed">') == 1
    assert "Approved: <s>start</s>" in shown
    old.rename(approved_copy(file))
    assert preview(file) == shown


def test_a_copy_of_other_words_is_not_compared_with(approved_file: tuple[Path, str]) -> None:
    file, text = approved_file
    Path(approved_copy(file)).write_text(changed(text), encoding="utf-8")
    assert '<tr class="changed">' not in preview(file)


def test_hedges_and_what_is_filled_in_are_marked() -> None:
    parts = parts_of("It may help some. {answer}", "en", hedged=True)
    assert [part.words for part in parts if part.kind == HEDGE] == ["may", "some"]
    assert [part.words for part in parts if part.kind == FILLED_IN] == ["{answer}"]
    assert "".join(part.words for part in parts) == "It may help some. {answer}"
    assert is_hedged("A menudo duele", "es-MX")
    assert not is_hedged("It helps", "en")
    assert not is_hedged("Peut-être", "fr")


def test_a_hedge_that_is_missing_in_one_language_is_said(tmp_path: Path) -> None:
    file = tmp_path / "q.yaml"
    text = SMALLEST.decode()
    assert re.search(r"learn: \{", text)
    text = re.sub(r"learn: \{.*?\}", 'learn: {en: "It may help.", es: "Ayuda."}', text, count=1)
    file.write_text(text, encoding="utf-8")
    assert "was found in: Spanish" in preview(file)
