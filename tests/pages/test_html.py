"""The HTML handout: values are always text, nothing is loaded, and the page is accessible."""

import re
from base64 import b64encode
from hashlib import sha256
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.pages.handout import NORMAL_FITS, with_fit
from fibrocheck.pages.html import render_html
from fibrocheck.pages.paper import Fact
from fibrocheck.questions import Answers
from tests.pages.parsed import Parsed
from tests.pages.visits import ADDRESSED, ALL, CONTENT, FEW, LINK, NONE, hostile_clinic, page, visit

ATTACKS = (
    "<script>alert(1)</script>",
    "</style><style>*{display:none}</style>",
    "</title><base href=//x>",
    "]]>",
    "<!--",
    "-->",
    '"\' onload=alert(1) x="',
    "{{ 7*7 }}{% raw %}{#",
    "&lt;b&gt;&amp;&#60;",
    "javascript:alert(1)",
    "\u202eevil\u2066",
    "\x1b[31m\x00",
    "<svg/onload=alert(1)>",
    "a" * 10_000,
)
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "div"),
    *("h1", "h2", "h3", "p", "ul", "li", "dl", "dt", "dd", "a", "bdi", "strong", "article", "span"),
    *("figure", "figcaption", "svg", "path", "g", "text"),
    *("table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    *(
        "xmlns",
        "xml:lang",
        "lang",
        "dir",
        "class",
        "charset",
        "http-equiv",
        "content",
        "name",
        "href",
        "rel",
        "id",
    ),
    *("aria-labelledby", "aria-label", "role", "viewbox", "shape-rendering", "d"),
    *("transform", "x", "y", "text-anchor", "scope", "colspan"),
}


@pytest.mark.parametrize("words", ATTACKS)
@pytest.mark.parametrize("answers", [ALL, FEW, NONE])
def test_hostile_words_change_nothing_about_the_page(words: str, answers: Answers) -> None:
    """It has the same tags and attributes as with harmless words, and every tag is closed."""
    details = visit(answers, reference="Words"), "", NORMAL_FITS[0]
    harmless = Parsed(render_html(with_fit(hostile_clinic("Words"), *details)))
    hostile = Parsed(
        render_html(with_fit(hostile_clinic(words), visit(answers, reference=words), *details[1:]))
    )
    assert hostile.tags == harmless.tags
    assert [(tag, name) for tag, name, _ in hostile.attributes] == [
        (tag, name) for tag, name, _ in harmless.attributes
    ]
    assert hostile.texts["style"] == harmless.texts["style"]
    assert hostile.every("href") == [LINK]


@given(words=st.text(min_size=1), language=st.sampled_from(["en", "es"]))
def test_any_words_are_read_back_unchanged(words: str, language: str) -> None:
    """A browser reads exactly what was written, except for hidden characters."""
    made = page(FEW, language, hostile_clinic(words), reference=words)
    parsed = Parsed(render_html(made))
    assert set(parsed.tags) <= TAGS
    assert {name for _, name, _ in parsed.attributes} <= ATTRIBUTES
    if made.clinician.title:
        assert parsed.texts["h1"][0] == made.clinician.title
        assert parsed.texts["bdi"][0] == made.clinician.clinic


@pytest.mark.parametrize("language", CONTENT.languages)
@pytest.mark.parametrize("large_print", [False, True])
@pytest.mark.parametrize("answers", [NONE, FEW, ALL])
def test_nothing_is_loaded_and_only_the_booking_link_leads_anywhere(
    language: str, answers: Answers, *, large_print: bool
) -> None:
    """No script, picture, font or import; one link, the clinic's own."""
    html = render_html(page(answers, language, large_print=large_print))
    parsed = Parsed(html)
    assert set(parsed.tags) <= TAGS
    assert {name for _, name, _ in parsed.attributes} <= ATTRIBUTES
    assert parsed.every("href") == [LINK]
    assert not re.search(r"url\(|@import|@font-face|expression", parsed.texts["style"][0])
    addresses = re.findall(r"[a-z]+:/+[^\s\"<]+", html)
    assert set(addresses) == {LINK, *parsed.every("xmlns")}


@given(
    words=st.text(min_size=1) | st.sampled_from(ATTACKS),
    language=st.sampled_from(["en", "es"]),
    answers=st.sampled_from([ALL, FEW, NONE]),
    other=st.booleans(),
    large_print=st.booleans(),
)
def test_the_page_is_the_same_as_html_and_as_xml(
    words: str, language: str, answers: Answers, *, other: bool, large_print: bool
) -> None:
    """Some systems take strict XHTML only. Two parsers find the same tags, attributes and words."""
    content, details = hostile_clinic(words), {"reference": words, "is_other_version": other}
    html = render_html(page(answers, language, content, large_print=large_print, **details))
    as_html = Parsed(html)
    as_xml = list(ET.fromstring(html).iter())  # noqa: S314 - our own page
    assert [each.tag.rpartition("}")[2] for each in as_xml] == as_html.tags
    assert {each.tag.partition("}")[0] for each in as_xml} == {f"{{{url}" for url in as_html.every("xmlns")}
    attributes = [
        (name.rpartition("}")[2].lower(), value) for each in as_xml for name, value in each.attrib.items()
    ]
    found = [(name.rpartition(":")[2], value) for _, name, value in as_html.attributes if name != "xmlns"]
    assert sorted(attributes) == sorted((name, " ".join(value.split("\n"))) for name, value in found)
    style = as_html.texts["style"][0]
    assert "".join(as_xml[0].itertext()).replace(style, "").split() == as_html.in_order.split()


def test_the_policy_allows_only_the_style_of_the_page() -> None:
    """The fingerprint in the page is that of its style, and precedes it."""
    html = render_html(page(FEW))
    style = Parsed(html).texts["style"][0]
    fingerprint = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{fingerprint}'; base-uri 'none'; form-action 'none'"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}"/>' in html
    assert html.index("Content-Security-Policy") < html.index("<style>")
    assert "\r" not in html


def test_the_style_is_the_same_for_everyone() -> None:
    """It does not depend on the visit, the language or the size."""
    pages = [render_html(page(FEW)), render_html(page(ALL, "es", CONTENT, large_print=True))]
    first, second = (Parsed(html).texts["style"] for html in pages)
    assert first == second


@pytest.mark.parametrize("language", CONTENT.languages)
@pytest.mark.parametrize("answers", [NONE, FEW, ALL])
def test_the_page_has_a_language_a_title_landmarks_and_headings_in_order(
    language: str, answers: Answers
) -> None:
    """Screen readers navigate by them."""
    made = page(answers, language)
    parsed = Parsed(render_html(made))
    assert parsed.declarations == ["DOCTYPE html"]
    sheets = ["es", "en"] if language == "es" else ["en"]
    assert parsed.every("lang") == sheets
    assert parsed.every("dir") == ["ltr"] * len(sheets)
    assert parsed.texts["title"] == [f"{made.clinician.title} - {made.clinician.clinic}"]
    counts = [parsed.tags.count(tag) for tag in ("main", "article", "header", "footer", "h1")]
    assert counts == [1, *[len(sheets) + 1] * 4]
    levels = [int(tag[1]) for tag in parsed.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(below <= above + 1 for above, below in zip([0, *levels], levels, strict=False))
    assert sorted(parsed.every("aria-labelledby")) == sorted(parsed.every("id"))


def test_a_right_to_left_language_sets_the_direction_of_the_page() -> None:
    """The direction follows from the language code."""
    made = page(FEW)
    html = render_html(made._replace(patient=made.patient._replace(language="ar-EG")))
    assert 'lang="ar-EG" xml:lang="ar-EG" dir="rtl"' in html


def test_the_colours_contrast_at_least_seven_to_one() -> None:
    """Every text colour, on white."""
    style = Parsed(render_html(page(FEW))).texts["style"][0]
    colours = {
        *re.findall(r"--(?:ink|quiet|accent): (#\w+)", style),
        *re.findall(r"[; {]color: (#\w+)", style),
    }
    assert len(colours) >= 3
    assert min(map(_contrast_with_white, colours)) >= 7


def test_large_print_is_eighteen_points_and_sixteen_in_tables() -> None:
    """On both pages; only tables and the facts beside the figure are smaller, and nothing inside them is."""
    html = render_html(page(ALL, "es", large_print=True))
    style = Parsed(html).texts["style"][0]
    sheets = re.findall(r'class="sheet ([^"]*)"', html)
    assert sheets == ["s18 large answers", "s18 large tight", "s95"]
    assert "  .s18 { font-size: 18pt }" in style.splitlines()
    smaller = re.findall(r"([^{}]+) \{[^}]*font-size: (\.\d+)em", style)
    in_large = {rule.strip(): float(size) for rule, size in smaller if ".large" in rule}
    assert in_large == {".large .facts": 0.89, ".large table": 0.89}
    assert 18 * 0.89 >= 16
    undone = re.findall(r"\.large :is\((.*)\) \{ font-size: 1em", style)[0]
    names = {rule.split()[-1].removeprefix(".") for rule, _ in smaller if ".large" not in rule}
    assert {name for name in names if name not in undone} == set()


@pytest.mark.parametrize(
    "link", ["", "http://book.example.org", "javascript:alert(1)", "https://a@b.example.org"]
)
def test_a_link_that_is_not_plain_https_cannot_be_followed(link: str) -> None:
    """It is printed as text, without a code."""
    made = page(FEW)
    patient = made.patient._replace(booking=Fact("Book online", link))
    parsed = Parsed(render_html(made._replace(patient=patient)))
    assert parsed.every("href") == []
    assert parsed.tags.count("svg") == 1  # the figure


def test_the_code_has_a_text_alternative() -> None:
    """Its name says its purpose and its address."""
    assert f"Book online: {LINK}" in Parsed(render_html(page(FEW, content=ADDRESSED))).every("aria-label")


def _contrast_with_white(colour: str) -> float:
    digits = colour[1:] if len(colour) > 4 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
