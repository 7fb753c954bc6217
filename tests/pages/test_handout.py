"""The words of a handout, for any answers and any content."""

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fibrocheck.content.model import Content
from fibrocheck.pages.clinician_page import answered_by, typed_on
from fibrocheck.pages.handout import LARGE_FITS, NORMAL_FITS, Handout, fits_on_paper, handout, with_fit
from fibrocheck.pages.handout_text import render_text_handout
from fibrocheck.pages.html import render_html
from fibrocheck.pages.paper_room import lines
from fibrocheck.pages.patient_height import height
from fibrocheck.pages.patient_page import (
    NARROWEST,
    NO_TIPS,
    NORMAL,
    SHORT_SOURCES,
    SMALLEST,
    SOURCES_IN_A_LINE,
    Fit,
    patient_page,
)
from fibrocheck.pages.text_layout import cells
from fibrocheck.pages.voice import Voice
from fibrocheck.questions import Answers, takes_several
from fibrocheck.records.record import DEVICES, SOURCES
from fibrocheck.summary import summarise
from fibrocheck.text_safety import is_hidden
from tests.pages.parsed import Parsed
from tests.pages.visits import ADDRESSED, ALL, CONTENT, FEW, LINK, NONE, hostile_clinic, page, visit

WIDEST = 72
LANGUAGES = st.sampled_from(sorted(CONTENT.languages))
HIDDEN = "\x00\x1b[31m\x07\x9b\u202e\u2066\u200f\ufeff\ud800\U000e0041"


def every_answer() -> st.SearchStrategy[Answers]:
    """Return a strategy for answers that an interview could give."""
    choices = {}
    for question in CONTENT.questions:
        codes = [choice.id for choice in question.choices]
        if takes_several(question):
            choices[question.id] = st.sets(st.sampled_from(codes), min_size=1).map(
                lambda ids: tuple(sorted(ids))
            )
        else:
            choices[question.id] = st.sampled_from(codes)
    return st.fixed_dictionaries({}, optional=choices)


@given(answers=every_answer(), language=LANGUAGES)
def test_every_answer_has_its_column_and_its_place(answers: Answers, language: str) -> None:
    """Each question has the same row for everyone; a skip is in the last column, and nothing is left out."""
    made, nothing = page(answers, language).clinician, page(NONE, language).clinician
    for table, empty, items in zip(
        made.tables, nothing.tables, (CONTENT.symptoms, CONTENT.factors), strict=True
    ):
        assert [row.label for row in table.rows] == [row.label for row in empty.rows]
        assert [row.label for row in table.rows] == [item.term[language] for item in items]
        columns = [[choice.id for choice in item.choices] for item in items]
        for row, item, codes in zip(table.rows, items, columns, strict=True):
            answer = answers.get(item.id)
            assert row.column == (codes.index(str(answer)) if answer else len(codes))
            assert row.is_bold is (answer == "most-days")
            assert row.question == (item.ask[language] if item in CONTENT.factors else "")


@given(answers=every_answer(), language=LANGUAGES)
def test_nothing_is_counted_and_everything_is_read_back(answers: Answers, language: str) -> None:
    """All terms and questions, the follow-ups with their answers, and what nobody asked."""
    voice, summary = Voice(CONTENT, language), summarise(CONTENT, answers)
    said = [
        *(voice.say(item.term) for item in CONTENT.items),
        *(voice.say(item.ask) for item in CONTENT.factors),
        *(voice.answer(each.question, each.answer) for each in summary.follow_ups),
        *(
            voice.say(CONTENT.words._asdict()[name])
            for name in ("factors_note", "own_answers", "last_month", "never_asked", "not_a_diagnosis")
        ),
        voice.say(CONTENT.words.awaiting_review),
        voice.say(CONTENT.next_step.advice),
    ]
    made = page(answers, language, CONTENT)
    for form in (_words(render_text_handout(made)), _words(_read(render_html(made)))):
        assert [words for words in said if _words(words) not in form] == []
        assert not re.search(r"\d+ (?:of|de|/) \d+|%", form)


@given(answers=every_answer(), language=LANGUAGES, large_print=st.booleans())
def test_help_and_the_next_step_are_the_same_for_everyone_and_never_shortened(
    answers: Answers, language: str, *, large_print: bool
) -> None:
    """Whatever was marked and in every size, each line once on the patient's page."""
    made, nothing = page(answers, language, large_print=large_print), page(NONE, language)
    fixed = ("help_title", "help_lists", "help_texts", "step_title", "advice", "bring", "contact", "booking")
    for name in fixed:
        assert getattr(made.patient, name) == getattr(nothing.patient, name)
    lines = [entry for each in made.patient.help_lists for entry in (each.title, *each.entries)]
    lines += [*made.patient.help_texts, *made.patient.bring]
    for form in (_words(render_text_handout(made)), _words(_read(render_html(made)))):
        assert [form.count(_words(line)) for line in lines] == [1] * len(lines)


@pytest.mark.parametrize("fits", [NORMAL_FITS, LARGE_FITS])
@pytest.mark.parametrize("language", CONTENT.languages)
def test_a_page_that_is_too_long_loses_first_sources_then_tips_then_what_to_tell(
    fits: tuple[Fit, ...], language: str
) -> None:
    """Each step leaves out more than the one before, and never an item but in large print, which says so."""
    pages = [with_fit(ADDRESSED, visit(ALL, language), "", fit).patient for fit in fits]
    lengths = [len(str(each._replace(sources=None))) for each in pages]
    assert lengths == sorted(lengths, reverse=True)
    sources = [len(each.sources.value) if each.sources else 0 for each in pages[:3]]
    assert sources == sorted(sources, reverse=True)
    assert [fit.level for fit in fits] == sorted(fit.level for fit in fits)
    for fit, each in zip(fits, pages, strict=True):
        terms = [item.term[language] for item in CONTENT.items]
        if not each.telling_rest:
            assert [entry.term for entry in each.telling] == terms
        assert len(each.telling) == min(len(terms), len(terms) if fit.most is None else fit.most)
        assert bool(each.telling_rest) is (len(each.telling) < len(terms))
        assert all(entry.tell for entry in each.telling) or not any(entry.tip for entry in each.telling)
        assert all(entry.tell for entry in each.telling) or not fit.is_large
    assert any(entry.tip for entry in pages[1].telling)
    assert not any(entry.tell for entry in pages[-1].telling)


@pytest.mark.parametrize("language", CONTENT.languages)
def test_large_print_tells_first_what_is_most_in_the_way(language: str) -> None:
    """The others in the order of the page, and last where the rest is."""
    fit = next(fit for fit in LARGE_FITS if fit.most == 3)
    made = with_fit(ADDRESSED, visit(ALL, language), "", fit)
    first = CONTENT.question("brain-fog")
    names = [first, *(item for item in CONTENT.items if item != first)][:3]
    assert [entry.term for entry in made.patient.telling] == [item.term[language] for item in names]
    rest = CONTENT.words.rest_in_normal_print[language]
    assert rest in render_text_handout(made)
    assert rest in render_html(made)
    assert rest not in render_html(page(FEW, language, large_print=True))


@pytest.mark.parametrize("fits", [NORMAL_FITS, LARGE_FITS])
def test_gaps_and_type_are_smaller_before_anything_worth_telling_is_left_out(fits: tuple[Fit, ...]) -> None:
    """And sources are in a line and tips are gone before that."""
    at = [fit.level for fit in fits].index(NO_TIPS + 1)
    last = fits[at - 1]
    assert last.level == NO_TIPS
    assert last.is_tight
    assert last.size == min(fit.size for fit in fits)
    assert all(fit.level >= SOURCES_IN_A_LINE for fit in fits if fit.size < fits[0].size or fit.is_tight)


@pytest.mark.parametrize("language", ["en", "es"])
def test_all_that_is_worth_telling_is_whole_in_normal_print(shipped: Content, language: str) -> None:
    """Also with everything marked, as a browser prints it; sources and tips make room for it."""
    clinic = shipped.clinic._replace(
        phone="(555) 555-0100", address=ADDRESSED.clinic.address, booking_url=LINK
    )
    content = shipped._replace(clinic=clinic)
    answers = {item.id: "not-sure" for item in content.items}
    made = handout(content, visit(answers, language, number="273", reference="A-10427"))
    told = [each.tell for each in made.patient.telling]
    assert told == [item.tell_your_clinician[language] for item in content.items]


@pytest.mark.parametrize("large_print", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_shipped_page_fits_with_any_marks(shipped: Content, language: str, *, large_print: bool) -> None:
    """One with fewer marks is never longer at the same level, so it is enough to try those with the most.

    With all marked, and with all but one, at the last level at most.
    """
    clinic = shipped.clinic._replace(
        phone="(555) 555-0100", address=ADDRESSED.clinic.address, booking_url=LINK
    )
    content = shipped._replace(clinic=clinic)
    everything = {item.id: "not-sure" for item in content.items}
    for left_out in ("", *everything):
        answers = {name: answer for name, answer in everything.items() if name != left_out}
        made = handout(content, visit(answers, language, number="273"), large_print=large_print)
        assert fits_on_paper(made.patient, made.fit)


@given(
    answers=every_answer(),
    more=every_answer(),
    language=LANGUAGES,
    fit=st.sampled_from([fit for fit in LARGE_FITS if not fit.most]),
)
def test_a_page_with_fewer_marks_is_never_longer(
    answers: Answers, more: Answers, language: str, fit: Fit
) -> None:
    """At the same level, so that a page with everything marked is the longest."""
    some = with_fit(ADDRESSED, visit(answers, language), "", fit).patient
    all_of_both = with_fit(ADDRESSED, visit({**more, **answers}, language), "", fit).patient
    heights = [height(each, fit, NARROWEST) for each in (some, all_of_both)]
    assert heights == sorted(heights)


@given(answers=every_answer(), language=LANGUAGES)
def test_short_sources_stand_once_each_by_their_publisher(answers: Answers, language: str) -> None:
    """A page for a patient has no room for a list of articles; `learn` names them."""
    fit = Fit(NORMAL, SHORT_SOURCES)
    sources = patient_page(visit(answers, language), Voice(CONTENT, language), fit).sources
    assert sources
    publishers = sources.value.split("; ")
    assert sources.label == CONTENT.words.sources[language]
    assert len(publishers) == len({*publishers})
    used = {each for item in summarise(CONTENT, answers).education for each in item.item.sources}
    for each in (*used, *CONTENT.safety.sources, *CONTENT.get_help.sources):
        assert CONTENT.sources[each].title.split(",")[0] in publishers


@given(answers=every_answer(), language=LANGUAGES, size=st.sampled_from([NORMAL, SMALLEST, 18.0]))
def test_sources_in_a_line_are_one_line_that_says_if_there_are_more(
    answers: Answers, language: str, size: float
) -> None:
    """The first publishers, and an ellipsis for the others."""
    pages = [
        patient_page(visit(answers, language), Voice(CONTENT, language), Fit(size, level))
        for level in (SHORT_SOURCES, SOURCES_IN_A_LINE)
    ]
    whole, short = (page.sources.value if page.sources else "" for page in pages)
    assert whole.startswith(short.removesuffix("; …"))
    assert short == whole or short.endswith("; …")
    scale = 1.0 if size == 18 else 0.85
    assert lines(f"{CONTENT.words.sources[language]}: {short}", NARROWEST, size * scale) == 1


@given(answers=every_answer(), language=LANGUAGES)
def test_only_marked_and_not_sure_items_are_worth_telling(answers: Answers, language: str) -> None:
    """Each once, and no others."""
    made = page(answers, language)
    expected = [
        item.term[language]
        for item in CONTENT.items
        if answers.get(item.id) in {"most-days", "sometimes", "yes", "not-sure"}
    ]
    assert [each.term for each in made.patient.telling] == expected


def test_a_patient_who_read_another_language_has_the_clinicians_page_in_the_clinics_too() -> None:
    """The answers are the same; without another language there is none."""
    made = page(FEW, "es")
    assert page(FEW, "en").in_clinic_language is None
    assert made.in_clinic_language
    assert (made.clinician.language, made.in_clinic_language.language) == ("es", "en")
    said = CONTENT.words.clinic_copy["en"]
    assert (made.clinician.copy_of, made.in_clinic_language.copy_of) == ("", said)
    assert [form.count(said) for form in (render_text_handout(made), render_html(made))] == [1, 1]
    assert said not in render_html(page(FEW, "en"))
    columns = [[row.column for row in table.rows] for table in made.clinician.tables]
    assert [[row.column for row in table.rows] for table in made.in_clinic_language.tables] == columns


def test_the_clinic_may_read_another_language_than_the_first() -> None:
    """`clinic.language` says which."""
    spanish = CONTENT._replace(clinic=CONTENT.clinic._replace(language="es"))
    assert page(FEW, "es", spanish).in_clinic_language is None
    assert page(FEW, "en", spanish).in_clinic_language


def test_numbers_and_who_answered_stand_at_the_top() -> None:
    """On both pages the numbers; on the clinician's page who answered, on what and in which language."""
    code = "7KQ2M-9XW4T"
    made = page(FEW, "es", number="273", reference="A-17", code=code, source="Patient", device="kiosk")
    assert [fact.value for fact in made.patient.numbers] == ["273", "A-17"]
    assert made.patient.numbers == made.clinician.numbers
    words = CONTENT.words
    assert [fact.value for fact in made.clinician.about] == [
        words.by_patient["es"],
        words.on_kiosk["es"],
        CONTENT.languages["es"],
        "",
    ]
    assert made.clinician.code == (CONTENT.words.code["es"], code)
    assert page(FEW).clinician.code is None


def test_every_source_and_device_of_a_record_has_words() -> None:
    """A record may have been made by anyone and on anything that it can name."""
    assert None not in [answered_by(source, CONTENT.words) for source in SOURCES]
    assert None not in [typed_on(device, CONTENT.words) for device in DEVICES]
    assert answered_by("", CONTENT.words) is typed_on("", CONTENT.words) is None


def test_a_follow_up_that_was_not_asked_is_not_one_that_was_not_answered() -> None:
    """A clinician can tell the two apart."""
    words = CONTENT.words
    not_asked = page(NONE, "en").clinician
    skipped = page({"muscle-pain": "most-days", "sleep": "most-days"}, "en").clinician
    assert {fact.value for fact in (*not_asked.facts, *not_asked.areas)} == {words.not_asked["en"]}
    assert {fact.value for fact in (*skipped.facts, *skipped.areas)} == {words.not_answered["en"]}


@pytest.mark.parametrize(
    ("areas", "has_sides"),
    [
        ((), False),
        (("all-over",), False),
        (("head", "neck", "lower-back"), False),
        (("arms",), True),
        (("belly", "hands"), True),
        (("all-over", "hips"), True),
    ],
)
def test_a_side_is_circled_only_where_an_area_with_two_is_marked(
    areas: tuple[str, ...], *, has_sides: bool
) -> None:
    """Not beside "Not asked", nor for the head or all over."""
    made = page({"muscle-pain": "most-days", **({"pain-areas": areas} if areas else {})}, "es")
    words = CONTENT.words.circle_sides["es"]
    assert made.clinician.circle_sides == (words if has_sides else "")
    assert (words in render_html(made)) is has_sides
    assert words not in render_html(page(NONE, "es"))


def test_an_unfinished_list_says_so() -> None:
    """On the clinician's page, in capitals."""
    assert page(FEW, is_finished=False).clinician.not_finished == CONTENT.words.not_finished["en"]
    assert page(FEW).clinician.not_finished == ""


@pytest.mark.parametrize(
    ("language", "said"), [("en", "November 30, 2026"), ("es", "30 de noviembre de 2026")]
)
def test_the_date_is_in_words(language: str, said: str) -> None:
    """Its month cannot be read as its day."""
    assert page(FEW, language).clinician.date == page(FEW, language).patient.date == said


def test_a_language_without_twelve_months_has_the_date_in_digits() -> None:
    """As in the record."""
    words = CONTENT.words._replace(months={"en": "January, February", "es": "enero"})
    assert page(FEW, content=CONTENT._replace(words=words)).clinician.date == "2026-11-30"


@given(answers=every_answer(), language=LANGUAGES)
def test_a_text_handout_has_at_most_72_columns_and_no_control_codes(answers: Answers, language: str) -> None:
    """Only newlines move the paper."""
    text = render_text_handout(page(answers, language))
    assert max(map(cells, filter(None, text.split("\n")))) <= WIDEST
    assert {c for c in text if is_hidden(c)} == {"\n"}


@given(words=st.text(min_size=1), language=LANGUAGES)
@example(words="00000\u2e800000\ua880", language="en")  # a mark begins a row
def test_no_words_add_hidden_characters_or_wider_lines(words: str, language: str) -> None:
    """Hidden characters are made visible, and the layout stays the same."""
    made = page(ALL, language, hostile_clinic(words), reference=words)
    text = render_text_handout(made)
    assert {c for c in text if is_hidden(c)} == {"\n"}
    assert max((cells(line) for line in text.split("\n") if line), default=0) <= WIDEST
    assert not any(is_hidden(c) and c != "\n" for c in render_html(made))


@pytest.mark.parametrize("words", ["x" * 10_000, "word " * 2_000, "\u0627\u0644\u0645 " * 2_000])
def test_long_values_are_not_cut(words: str) -> None:
    """They take more lines."""
    text = render_text_handout(page(FEW, content=ADDRESSED, reference=words))
    assert "".join(words.split()) in "".join(text.split())


def test_hidden_characters_of_a_reference_are_made_visible() -> None:
    """A reference may be pasted with escapes or bidirectional marks."""
    made = page(NONE, reference=f"A{HIDDEN}1\n2")
    assert (
        made.clinician.numbers[0].value
        == "A" + "".join("\ufffd" if is_hidden(c) else c for c in HIDDEN) + "1 2"
    )


@pytest.mark.parametrize("reference", ["", "  ", "\n"])
def test_without_a_reference_there_is_no_label_for_it(reference: str) -> None:
    """Only the date is there."""
    assert page(NONE, reference=reference).clinician.numbers == ()


@pytest.mark.parametrize("language", CONTENT.languages)
def test_the_clinics_contact_details_are_in_the_next_step(language: str) -> None:
    """With them, patients are not sent to the front desk."""
    text = render_text_handout(page(FEW, language))
    assert "(555) 555-0100" in text
    assert f"\n  {LINK}\n" in text
    assert CONTENT.next_step.ask_at_desk[language] not in text


@pytest.mark.parametrize("language", CONTENT.languages)
def test_without_contact_details_patients_are_sent_to_the_front_desk(language: str) -> None:
    """No number or link is invented."""
    made = page(FEW, language, CONTENT)
    assert made.patient.contact == ()
    assert made.patient.booking is None
    assert CONTENT.next_step.ask_at_desk[language] in render_text_handout(made)


def test_approved_wording_names_who_approved_it() -> None:
    """The page then no longer says that it awaits review."""
    content = hostile_clinic("Dr. Sample")
    assert page(NONE, content=content).clinician.foot == "Dr. Sample. Dr. Sample"
    assert "awaiting" in page(NONE, content=CONTENT).clinician.foot


def test_the_same_visit_gives_the_same_page() -> None:
    """It does not depend on the clock or on chance."""
    assert _both(page(FEW)) == _both(page(FEW))
    assert _both(page(FEW)) != _both(handout(ADDRESSED, visit(FEW)._replace(date=date(2027, 1, 2))))


def _both(made: Handout) -> tuple[str, str]:
    return render_text_handout(made), render_html(made)


def _read(html: str) -> str:
    return Parsed(html).in_order


def _words(text: str) -> str:
    return " ".join(text.split())
