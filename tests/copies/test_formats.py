"""The table of formats, and every place that reads it."""

from pathlib import Path

import pytest

from fibrocheck.copies.copier import Copier
from fibrocheck.copies.files import SaveError, save
from fibrocheck.copies.formats import (
    FORMATS,
    HANDOUT_TEXT,
    HTML,
    JSON,
    REPORT_NAMES,
    SUFFIXES,
    Format,
    either,
    format_of,
    named,
    page_choices,
    printed,
)
from fibrocheck.errors import StaffError
from tests.fixture import questionnaire
from tests.program.terminal import PROGRAM, piped

CONTENT = questionnaire()
WORDS = CONTENT.words
TITLES = (WORDS.list_title["es"], CONTENT.next_step.title["es"], WORDS.list_title["en"])
"""Of the pages of a patient who read Spanish."""


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@pytest.mark.parametrize("language", CONTENT.languages)
def test_every_format_shows_what_was_answered(form: Format, language: str) -> None:
    """One answer makes a difference, in every language, and so does which answer it was."""
    copy = Copier(CONTENT).copy({}, language)
    documents = {
        form.render(copy._replace(record=copy.record._replace(answers=answers)))
        for answers in ({}, {"sleep": "sometimes"}, {"sleep": "no"})
    }
    assert len(documents) == 3


def test_names_and_suffixes_are_unique() -> None:
    """Otherwise the second of two rows could not be reached."""
    assert len({each.name for each in FORMATS}) == len(FORMATS)
    assert len(set(SUFFIXES)) == len(SUFFIXES)


def test_every_format_is_offered_somewhere() -> None:
    """A suffix begins with a dot and is in small letters; a format on the page can be saved."""
    for form in FORMATS:
        assert form.suffix or form.in_report
        assert not form.suffix or (form.suffix.startswith(".") and form.suffix.islower())
        assert form.suffix or form.label is None
        assert named(form.name) is form


def test_the_page_offers_the_formats_under_words_that_name_their_suffix() -> None:
    """The page to print first, the record for a chart last."""
    choices = page_choices(CONTENT.words)
    offered = [form for form, _ in choices]
    assert {HTML, HANDOUT_TEXT, JSON} <= set(offered)
    assert (offered[0], offered[-1]) == (HTML, JSON)
    for form, label in choices:
        assert all(form.suffix in label[language] for language in CONTENT.languages)


def test_the_printer_gets_a_pdf_and_plain_text_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every print queue takes text. There, each page begins on its own paper."""
    copy = Copier(CONTENT).copy({}, "es")
    assert printed().media_type == "application/pdf"
    monkeypatch.setattr("fibrocheck.pages.pdf.can_make_pdf", lambda: False)
    assert printed().media_type == "text/plain"
    pages = str(printed().render(copy)).split("\f")
    assert [words in page for words, page in zip(TITLES, pages, strict=True)] == [True] * 3


def test_without_the_extra_a_pdf_is_refused_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one sentence."""
    monkeypatch.setattr("fibrocheck.pages.pdf.can_make_pdf", lambda: False)
    with pytest.raises(StaffError, match=r"pip install 'fibrocheck\[pdf\]'"):
        named("pdf").render(Copier(CONTENT).copy({}, "en"))


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.json", "json"), ("a.html", "html"), ("a.b.TXT", "txt"), ("~/x y/.a.txt", "txt"), ("a.txt/", "txt")],
)
def test_the_suffix_selects_the_format(name: str, form: str) -> None:
    """In capital letters too. A path ignores a slash at its end: saving reports the folder."""
    assert format_of(Path(name)).name == form


@pytest.mark.parametrize("name", ["a", "a.doc", "a.txt.gz", ".txt", "a.", "", "a.\x1b[2J"])
def test_an_unknown_suffix_is_reported_with_those_that_work(name: str) -> None:
    """In one line that is safe to show, with an example."""
    with pytest.raises(SaveError) as refusal:
        format_of(Path(name))
    assert str(refusal.value).endswith(f"Use a name that ends in {either(SUFFIXES)}, such as visit.txt.")
    assert str(refusal.value).isprintable()


@pytest.mark.parametrize(
    ("words", "phrase"), [(["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_either_joins_any_number_of_words(words: list[str], phrase: str) -> None:
    """A table may have one row, too."""
    assert either(words) == phrase


def test_the_help_lists_every_format(tmp_path: Path) -> None:
    """Suffixes for `--save`, names for `report --format`."""
    helped = piped(*PROGRAM, "--help", home=tmp_path, COLUMNS="160").stdout
    assert either(SUFFIXES) in helped
    helped = piped(*PROGRAM, "report", "--help", home=tmp_path, COLUMNS="160").stdout
    assert "|".join(REPORT_NAMES) in helped


@pytest.mark.parametrize("name", ["xml", "txt", "HTML", ""])
def test_report_refuses_a_format_that_it_cannot_show(name: str, tmp_path: Path) -> None:
    """Exit 2, with the names that it takes."""
    done = piped(*PROGRAM, "report", "visit.json", "--format", name, home=tmp_path, COLUMNS="120")
    assert done.returncode == 2
    assert f"{name!r} is not one of {', '.join(map(repr, REPORT_NAMES))}" in done.stderr


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_visit_saves_every_format(suffix: str, tmp_path: Path) -> None:
    """The suffix selects it, and it is not empty."""
    ones = "1\n" * 60
    done = piped(*PROGRAM, "--plain", "--save", f"v{suffix}", home=tmp_path, typed=ones)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / f"v{suffix}").stat().st_size > 0


def test_report_shows_a_record_in_every_format(tmp_path: Path) -> None:
    """Each as the format renders it from the record."""
    copy = Copier(CONTENT, reference="A-17").copy({"sleep": "sometimes"}, "es")
    document = JSON.render(copy)
    save(tmp_path / "v.json", document)
    for name in REPORT_NAMES:
        expected = named(name).render(copy)
        file = tmp_path / f"shown-{name}{named(name).suffix or '.txt'}"
        shown = piped(*PROGRAM, "report", "v.json", "--format", name, "--output", file.name, home=tmp_path)
        assert (shown.returncode, shown.stderr) == (0, "")
        assert file.read_bytes() == (expected.encode() if isinstance(expected, str) else expected)
