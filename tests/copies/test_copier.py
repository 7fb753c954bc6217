"""What a copy holds, and where copies are offered to be saved."""

from datetime import datetime
from pathlib import Path

import pytest

from fibrocheck.copies.code.spelling import grouped
from fibrocheck.copies.copier import Copier, Version
from fibrocheck.copies.formats import HANDOUT_TEXT, HTML, JSON, Format, printed
from fibrocheck.questions import Answers
from tests.copies.folder.killed import NOON
from tests.fixture import questionnaire
from tests.pages.printed import read

CONTENT = questionnaire()
ANSWERS: Answers = {"sleep": "sometimes"}
VERSION = Version(ANSWERS, "en", Copier(CONTENT).stamp(ANSWERS, "en"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder the home folder and the current one; the clock stands, so that no day begins."""
    monkeypatch.setattr("fibrocheck.records.times.local_now", lambda: NOON)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def test_a_copy_carries_what_the_visit_knows() -> None:
    """Answers, language and reference, the time with its zone, and an identifier of its own."""
    copier = Copier(CONTENT, reference="A-17", large_print=True)
    first, *others = (copier.copy({"sleep": "no"}, "es") for _ in range(5))
    assert first.record.answers == {"sleep": "no"}
    assert (first.record.language, first.record.reference) == ("es", "A-17")
    assert isinstance(first.record.authored, datetime)
    assert first.record.authored.utcoffset() is not None
    # Two visits with the same answers on one day have the same code once in 1,024 times.
    assert {first.record.identifier} != {each.record.identifier for each in others}
    assert (first.content, first.large_print) == (CONTENT, True)


@pytest.mark.parametrize("form", [HTML, HANDOUT_TEXT, JSON], ids=lambda form: form.name)
def test_the_reference_is_on_what_is_kept(form: Format) -> None:
    """On the record for the chart, and on the page to hold."""
    document = form.render(Copier(CONTENT, reference="A-17").copy({}, "en"))
    assert isinstance(document, str)
    assert "A-17" in document


def test_large_print_reaches_the_page() -> None:
    """The same answers, in other type."""
    copies = [Copier(CONTENT, large_print=large).copy({}, "en") for large in (False, True)]
    normal, large = (HTML.render(copy) for copy in copies)
    assert normal != large


def test_copies_are_offered_in_folders_that_exist(home: Path) -> None:
    """The current folder first, and each folder once."""
    (home / "Documents").mkdir()
    (home / "Downloads").write_text("not a folder")
    places = list(Copier(CONTENT).places(JSON))
    assert [path.parent for path in places] == [home, home / "Documents"]
    assert {path.suffix for path in places} == {".json"}


def test_a_name_that_is_taken_is_not_offered(home: Path) -> None:
    """It gets a number instead; the name holds the date and nothing about the person."""
    today = NOON.date().isoformat()
    for number in ("", "-2"):
        (home / f"fibrocheck-{today}{number}.html").touch()
    (place,) = Copier(CONTENT).places(HTML)
    assert place.name == f"fibrocheck-{today}-3.html"


def test_any_number_of_copies_a_day_can_be_saved(home: Path) -> None:
    """A link that leads nowhere takes a name too."""
    today = NOON.date().isoformat()
    (home / f"fibrocheck-{today}.html").symlink_to("nowhere")
    for number in range(2, 131):
        (home / f"fibrocheck-{today}-{number}.html").touch()
    (place,) = Copier(CONTENT).places(HTML)
    assert place.name == f"fibrocheck-{today}-131.html"
    place.touch()
    assert Copier(CONTENT).save_new(place, VERSION).name == f"fibrocheck-{today}-131-2.html"


def test_printing_sends_the_printed_format(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the printer that was named, with its media type."""
    sent: list[tuple[object, ...]] = []
    monkeypatch.setattr("fibrocheck.copies.printer.print_document", lambda *args: sent.append(args))
    Copier(CONTENT, printer="desk").print(VERSION)
    ((printer, document, media_type),) = sent
    assert (printer, media_type) == ("desk", printed().media_type)
    assert isinstance(document, bytes)
    assert document.startswith(b"%PDF-")
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("has_extra", [True, False], ids=["pdf", "text"])
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_a_kiosk_pipes_a_pdf_to_the_printer_and_text_of_72_columns_without_the_extra(
    home: Path, monkeypatch: pytest.MonkeyPatch, *, has_extra: bool, large: bool
) -> None:
    """Through `lp`, here a script that keeps what it was given; with the front desk's number and the code."""
    (home / "lp").write_text('#!/bin/sh\n/bin/cat > "$0.document"\necho request id is desk-7\n')
    (home / "lp").chmod(0o755)
    monkeypatch.setenv("PATH", str(home))
    monkeypatch.setattr("fibrocheck.pages.pdf.can_make_pdf", lambda: has_extra)
    job = Copier(CONTENT, printer="desk", is_kiosk=True).print(
        VERSION, large=large, number="273", code=VERSION.stamp.code
    )
    assert job == "desk-7"
    document = (home / "lp.document").read_bytes()
    shown_code = grouped(VERSION.stamp.code)
    if has_extra:
        shown = read(document)
        assert shown.says(f"{CONTENT.words.list_number['en']}273")
        assert shown.says(shown_code)
        assert (max(each.size for each in shown.on(1).letters) >= 23) is large
        return
    pages = document.decode().split("\f")
    assert [shown_code in page for page in pages] == [True, False]
    assert all("Number: 273" in page for page in pages)
    assert max(len(line) for page in pages for line in page.splitlines()) <= 72


def test_no_code_is_printed_where_the_clinic_uses_none(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--ways` leaves it out."""
    sent: list[bytes] = []
    monkeypatch.setattr(
        "fibrocheck.copies.printer.print_document", lambda _, document, __: sent.append(document)
    )
    copier = Copier(CONTENT, printer="desk", ways=("desk", "print"))
    copier.print(VERSION, code=VERSION.stamp.code)
    assert not read(sent[0]).says(grouped(VERSION.stamp.code))
    assert list(home.iterdir()) == []
