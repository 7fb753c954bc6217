"""The handout in real tools: a browser, A4 and Letter paper, validators, a QR reader.

Slow. Needs tools that are not part of the program; a test is skipped if its tool is missing:

    npm install --prefix FOLDER puppeteer-core axe-core vnu-jar
    FIBROCHECK_BROWSER_TOOLS=FOLDER pytest -m browser tests/pages/test_browser.py

`FIBROCHECK_BROWSER_PAGES=FOLDER` keeps the pages, pictures and PDFs in FOLDER.
"""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from fibrocheck.content.model import Content
from fibrocheck.pages.html import render_html
from fibrocheck.pages.qr import qr_code
from fibrocheck.questions import Answers
from tests.browser_tools import node_modules, run, tool
from tests.pages.printed import places_of_rows, read
from tests.pages.visits import ADDRESSED, ALL, CONTENT, FEW, LINK, NONE, hostile_clinic, page

pytestmark = pytest.mark.browser

SOME = ("sleep", "hormonal", "autoimmune", "tenderness", "immune-changes")
VISITS: Mapping[str, tuple[Answers, Content]] = {
    "all": (ALL, ADDRESSED),
    "ten": ({**ALL, **dict.fromkeys(SOME, "no")}, ADDRESSED),
    "few": (FEW, ADDRESSED),
    "few-unaddressed": (FEW, CONTENT),
    "none": (NONE, CONTENT),
    "hostile": (FEW, hostile_clinic("<script>alert(1)</script>\"' onload=x ]]> {{7*7}} \u202e" + "W" * 90)),
}
BLOCKS = {" ": "00", "▄": "01", "▀": "10", "█": "11"}
DOTS = range(6)
"""The pixels of one square of a code."""
HASH_NOT_COMPUTED = "Inline style violates Content Security Policy"
"""The validator applies the policy before it reads the style, so it cannot compute the fingerprint. The
browser does, and would log a mismatch."""
SLASH_FOR_XML = "Trailing slash on void elements has no effect"
"""A note, not a warning: the page is XML as well, which needs the slash."""
ZBAR_FOUND_IN_SOME = {0, 4}
"""Exit code 4 means that one of the pictures contains no code."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the handout of each visit, in each language, in normal and large print."""
    kept = os.environ.get("FIBROCHECK_BROWSER_PAGES")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("pages")
    for name, (answers, content) in VISITS.items():
        for language in CONTENT.languages:
            for size in ("normal", "large"):
                large = size == "large"
                made = page(answers, language, content, large_print=large, reference="A-10427", number="273")
                html = render_html(made)
                (folder / f"{name}-{language}-{size}.html").write_text(html, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def seen(pages: Path) -> dict[str, Any]:
    """Return what the browser and the accessibility checker found on each page."""
    command = [
        tool("node"),
        str(Path(__file__).with_name("browser.cjs")),
        str(pages),
        tool("chromium", "chromium-browser", "google-chrome"),
    ]
    environment = {**os.environ, "NODE_PATH": str(node_modules("puppeteer-core", "axe-core"))}
    found: dict[str, Any] = json.loads(run(command, environment).stdout)
    assert len(found) == len(VISITS) * len(CONTENT.languages) * 2
    return found


def test_the_browser_logs_nothing_and_loads_only_the_page(seen: dict[str, Any]) -> None:
    """A style that the policy refuses would be logged."""
    for name, found in seen.items():
        assert found["messages"] == [], name
        assert len(found["requests"]) == 1, name


def test_the_accessibility_checker_finds_nothing(seen: dict[str, Any]) -> None:
    """All rules up to AAA, with contrast of 7 to 1."""
    ours = {
        name: found["axe"] for name, found in seen.items() if "hostile" not in name
    }  # there, all titles are one
    assert {name: found for name, found in ours.items() if found} == {}
    assert min(found["passes"] for found in seen.values()) > 20


def test_a_phone_does_not_scroll_sideways(seen: dict[str, Any]) -> None:
    """At 320 pixels, also in large print, with any words."""
    assert {name: found["overflow"] for name, found in seen.items() if found["overflow"] > 0} == {}


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize(("size", "sides"), [("normal", 2), ("large", 4)])
def test_a_handout_is_one_sheet_and_two_in_large_print(pages: Path, size: str, sides: int) -> None:
    """On both papers, whatever is marked; and one more for the clinic if the patient read Spanish."""
    tool("pdfinfo")
    counts = {
        path.name: page_count(path) for path in pages.glob(f"*-{size}.*.pdf") if "hostile" not in path.name
    }
    assert len(counts) == 4 * (len(VISITS) - 1)
    assert counts == {name: sides + ("-es-" in name) for name in counts}


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize("language", CONTENT.languages)
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_row_stands_in_the_same_place_whatever_was_answered(pages: Path, language: str, paper: str) -> None:
    """In normal print, as in the PDF."""
    made = page(ALL, language)
    places = [
        places_of_rows(made, read((pages / f"{name}-{language}-normal.{paper}.pdf").read_bytes()))
        for name in VISITS
        if name != "hostile"
    ]
    assert places == [places[0]] * len(places)


@pytest.mark.usefixtures("seen")
def test_large_print_is_eighteen_points_and_sixteen_in_tables(pages: Path) -> None:
    """No text for a patient is smaller; the clinic's own page in its language is a third sheet."""
    program = tool("pdftohtml")
    for path in pages.glob("*-large.*.pdf"):
        if path.name.startswith("hostile-es"):  # nobody knows where the clinic's own page in English begins
            continue
        last = page_count(path) - ("-es-" in path.name)
        patients = () if "hostile" in path.name else ((3, 18),)  # there, page 1 takes more sides
        for first, least in ((1, 16), *patients):
            command = [program, "-xml", "-stdout", "-i", "-zoom", "1", "-f", str(first), "-l", str(last)]
            xml = run([*command, str(path)]).stdout
            sizes = {int(size) for size in re.findall(r'<fontspec id="\d+" size="(\d+)"', xml)}
            assert min(sizes) >= least, path.name


@pytest.mark.usefixtures("seen")
def test_the_printed_page_has_the_advice_the_notice_and_the_link(pages: Path) -> None:
    """In both languages."""
    program = tool("pdftotext")
    for language in CONTENT.languages:
        path = pages / f"all-{language}-normal.Letter.pdf"
        words = " ".join(run([program, str(path), "-"]).stdout.split())
        notice = (CONTENT.safety.title, CONTENT.words.getting_help)
        for said in (CONTENT.next_step.advice, CONTENT.words.not_a_diagnosis, *notice):
            assert said[language] in words
        assert LINK in words


@pytest.mark.usefixtures("seen")
def test_a_camera_reads_the_link_from_paper(pages: Path, tmp_path: Path) -> None:
    """From the printed page at 100 dots per inch."""
    draw, decode = tool("pdftoppm"), tool("zbarimg")
    for size in ("normal", "large"):
        pdf = pages / f"few-es-{size}.A4.pdf"
        run([draw, "-r", "100", "-png", str(pdf), str(tmp_path / size)])
        pictures = [str(path) for path in tmp_path.glob(f"{size}-*.png")]
        assert run([decode, "-q", "--raw", *pictures], fine=ZBAR_FOUND_IN_SOME).stdout.strip() == LINK


def test_a_camera_reads_the_link_from_a_dark_terminal(tmp_path: Path) -> None:
    """The half blocks as a picture, light on black."""
    decode = tool("zbarimg")
    code = qr_code(LINK)
    assert code is not None
    lines = code.lines
    rows = ["".join(BLOCKS[block][half] for block in line) for line in lines for half in (0, 1)]
    wide = [" ".join("0" if square == "0" else "255" for square in row for _ in DOTS) for row in rows]
    grey = "\n".join(row for row in wide for _ in DOTS)
    picture = tmp_path / "terminal.pgm"
    picture.write_text(f"P2\n{len(rows[0]) * len(DOTS)} {len(rows) * len(DOTS)}\n255\n{grey}\n")
    assert run([decode, "-q", "--raw", str(picture)]).stdout.strip() == LINK


def test_the_html_checker_finds_nothing(pages: Path) -> None:
    """Neither errors nor warnings from the W3C's validator, including style and SVG."""
    jar = node_modules("vnu-jar") / "vnu-jar/build/dist/vnu.jar"
    command = [tool("java"), "-jar", str(jar), "--format", "json", *map(str, sorted(pages.glob("*.html")))]
    messages = json.loads(run(command, fine={0, 1}).stderr)["messages"]
    found = {(each["type"], each["message"]) for each in messages if "hostile" not in each["url"]}
    noted = (HASH_NOT_COMPUTED, SLASH_FOR_XML)
    assert {each for each in found if not any(note in each[1] for note in noted)} == set()
    assert not [each["message"] for each in messages if each["type"] == "error"]


def page_count(pdf: Path) -> int:
    """Return the number of pages of a PDF."""
    found = re.search(r"^Pages:\s+(\d+)$", run([tool("pdfinfo"), str(pdf)]).stdout, re.MULTILINE)
    assert found
    return int(found[1])
