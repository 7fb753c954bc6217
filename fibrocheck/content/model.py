"""What a questionnaire is made of: frozen types that know no file, terminal or clock.

Every word a patient reads is a `Text`: one entry for each language. Values are ids
(`"most-days"`); words appear only where a page is put together.

These are named tuples, not dataclasses, here and in the packages above: Python creates one in a
seventh of the time, and starting a visit needs about forty of them.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

_Value = TypeVar("_Value")

Text = Mapping[str, str]
"""The same words in every language of the file: `{"en": "Fatigue", "es": "Fatiga"}`."""

SYMPTOM, FOLLOW_UP, FACTOR = "symptom", "follow-up", "factor"
"""The parts of a questionnaire."""

SECTION_IDS = {SYMPTOM: "symptoms", FOLLOW_UP: "follow-up", FACTOR: "factors"}
"""What a saved record calls the section of each part. Never change them: every record has them."""

ONE_CHOICE, SEVERAL_CHOICES = "one-choice", "several-choices"
"""Kinds of question; `content.kinds` has them all. Every symptom and factor is of the first."""

MOST_DAYS, SOMETIMES, YES, NO, NOT_SURE = "most-days", "sometimes", "yes", "no", "not-sure"
SYMPTOM_ANSWERS = (MOST_DAYS, SOMETIMES, NO, NOT_SURE)
FACTOR_ANSWERS = (YES, NO, NOT_SURE)
MARKING_ANSWERS = frozenset({MOST_DAYS, SOMETIMES, YES})
"""The answers that mark an item. "Not sure" does not mark it, and a missing answer is not "no"."""


class Choice(NamedTuple):
    """One answer that can be chosen: its code in the record and its words."""

    id: str
    label: Text


class Item(NamedTuple):
    """A symptom or a possible contributing factor, with its question and its education."""

    id: str
    term: Text
    ask: Text
    why: Text
    learn: Text
    tell_your_clinician: Text
    sources: tuple[str, ...] = ()
    self_care: Text | None = None
    chart: Text | None = None
    """What a factor asked, in a clinician's words: its question if the file has none. None for a symptom."""
    sensitive: bool = False
    """Whether the answer is private even among private ones, such as one about trauma."""
    part: str = SYMPTOM
    choices: tuple[Choice, ...] = ()
    kind: str = ONE_CHOICE


class FollowUp(NamedTuple):
    """A question asked only when enough of certain symptoms are marked.

    An empty `if_marked` means any symptom. `offer_marked` puts the marked symptoms before `choices`.
    """

    id: str
    term: Text
    ask: Text
    why: Text
    choices: tuple[Choice, ...]
    kind: str = ONE_CHOICE
    if_marked: tuple[str, ...] = ()
    at_least: int = 1
    offer_marked: bool = False
    part: str = FOLLOW_UP


Question = Item | FollowUp


class Source(NamedTuple):
    """Where a fact comes from. `url` is https, or empty when the page was only seen as a copy."""

    id: str
    title: str
    url: str = ""


class Clinic(NamedTuple):
    """The clinic's name and how to reach it; what it did not give is empty."""

    name: str
    phone: str = ""
    address: str = ""
    booking_url: str = ""
    language: str = ""
    """The language that clinicians read there; empty means the first of the file."""
    sends_to_chart: bool = False
    """Whether staff may send lists to the clinic's server. Patients then read so on the first page."""


class Approval(NamedTuple):
    """Who approved the wording, and when (ISO date); empty until it is approved."""

    approved_by: str = ""
    approved_on: str = ""


class Safety(NamedTuple):
    """The safety notice: the same for everyone, whatever they answer."""

    title: Text
    emergency: tuple[Text, ...]
    crisis: Text
    no_triage: Text
    sources: tuple[str, ...] = ()


class GetHelp(NamedTuple):
    """What the help page adds to the safety notice: the same for everyone, whatever they answer."""

    emergency: tuple[Text, ...] = ()
    """Signs that follow those of the notice, under its title."""
    same_day_title: Text | None = None
    same_day: tuple[Text, ...] = ()
    also: tuple[Text, ...] = ()
    """Paragraphs after the line about a crisis."""
    sources: tuple[str, ...] = ()


class Welcome(NamedTuple):
    """The page before the first question: what a visit is."""

    title: Text
    purpose: Text
    not_a_diagnosis: Text
    privacy: Text
    """What happens to the answers: if the clinic sends lists to its server, `privacy_chart`."""
    privacy_chart: Text | None = None


class Passage(NamedTuple):
    """A titled run of paragraphs, with the sources of what they say."""

    title: Text
    paragraphs: tuple[Text, ...]
    sources: tuple[str, ...] = ()
    other_conditions: Text | None = None
    """That other conditions have the same symptoms: its first paragraph, and that of what was marked."""


class Faq(NamedTuple):
    """A question people ask, its answer, and the items it is about."""

    id: str
    question: Text
    answer: Text
    related: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class CareStep(NamedTuple):
    """One of the steps in which the clinic treats."""

    title: Text
    covers: Text


class Care(NamedTuple):
    """How the clinic works with a patient."""

    title: Text
    lead: Text
    individual: Text
    steps: tuple[CareStep, ...]
    sources: tuple[str, ...] = ()


class NextStep(NamedTuple):
    """The one piece of advice, the same for everyone."""

    title: Text
    advice: Text
    bring: Text
    ask_at_desk: Text
    bring_too: Text | None = None


class QuestionsToAsk(NamedTuple):
    """Questions that a person could ask at the visit, the same for everyone."""

    title: Text
    questions: tuple[Text, ...]


class Words(NamedTuple):
    """The program's own words. It fills in what is in `{braces}`."""

    # The frame around every page
    language: Text
    choose_language: Text
    symptoms: Text
    follow_ups: Text
    factors: Text
    position: Text  # "{number} of {total}", after the section's name
    question_place: Text  # "Question {number} of {total} · {part}", on a wide screen
    screenful: Text  # "Page {number} of {total}", if a text needs more than one screen
    # Choices that lead to another page
    start: Text
    go_on: Text
    back: Text
    skip: Text
    why: Text
    hide: Text
    stop_ask: Text
    stop_no: Text
    stop_yes: Text
    hidden_how: Text
    to_the_page: Text
    choose_or_skip: Text
    more_below: Text  # "{number} more below"
    more_above: Text  # "{number} more above"
    keys_needed: Text
    plain_language: Text  # "l: {language}"
    plain_range: Text  # "1 to {last}"
    number_words: Text
    settings: Text
    settings_ask: Text
    text_size: Text
    text_normal: Text
    text_large: Text
    colours: Text
    colours_own: Text
    colours_light: Text
    colours_dark: Text
    colours_high_contrast: Text
    stop_and_erase: Text
    more: Text
    line_by_line: Text
    # Names of the keys, at the foot of the page
    enter_key: Text
    escape_key: Text
    key_choose: Text
    key_choose_at_once: Text
    key_mark: Text
    rather_talk: Text
    # Short messages to the patient
    hidden: Text
    skipped: Text
    changed_to: Text  # "{answer}": the question and its new answer
    too_small: Text
    factors_intro: Text
    factors_note: Text  # what Yes means; over the factors, wherever they are read
    goodbye: Text
    erased: Text
    trouble: Text
    still_there: Text
    erased_in: Text  # "{seconds}", until everything is erased
    resting: Text
    erased_in_one: Text  # as `erased_in`, for one second
    plain_erased_in_one: Text
    staff_wait_one: Text
    time_is_short: Text
    time_ends_in: Text  # "{seconds}", until the longest visit ends
    time_ends_in_one: Text
    more_time: Text
    plain_more_time: Text
    erased_while_away: Text
    erased_time_was_up: Text
    # For staff at a kiosk
    staff_code: Text
    staff_wrong: Text
    staff_wait: Text  # "{seconds}", before the next try
    # Plain mode, line by line
    plain_choose: Text  # "Type a number from 1 to {last}, then press Enter."
    plain_choose_only: Text
    plain_choose_many: Text
    plain_go_on: Text
    plain_back: Text
    plain_why: Text
    plain_skip: Text
    plain_stop: Text
    plain_not_understood: Text  # may have "{last}" too
    plain_marked: Text  # "(marked now)", after a choice that is the answer so far
    plain_switched: Text
    plain_erased_in: Text  # "{seconds}", until everything is erased
    # Read aloud
    aloud: Text
    aloud_listen: Text
    aloud_plug_in: Text
    aloud_no_headphones: Text
    aloud_invite: Text
    aloud_intro: Text  # "{key}", which reads it again
    aloud_intro_lines: Text  # the same line by line
    aloud_unplug: Text
    aloud_keys: Text
    aloud_pad: Text
    aloud_again_key: Text
    aloud_question: Text  # "{position}", such as 4 of 8
    aloud_key: Text  # "{label}" and "{key}" of a choice
    aloud_key_short: Text  # the same, once the person knows it: "{label}", "{key}"
    aloud_marked: Text
    aloud_not_marked: Text
    aloud_several: Text
    aloud_rows: Text  # "{number}" of rows
    aloud_rows_lines: Text  # "{number}" of rows, line by line
    aloud_forward: Text  # after a first mark, where there may be several
    aloud_picture: Text
    aloud_picture_hidden: Text  # the same while the screen is hidden
    aloud_go_on: Text
    aloud_again: Text
    aloud_slower: Text
    aloud_faster: Text
    aloud_softer: Text
    aloud_louder: Text
    aloud_hide: Text
    aloud_show: Text
    aloud_turn_off: Text
    aloud_how: Text
    aloud_blank: Text
    aloud_speed: Text
    aloud_volume: Text
    aloud_screen: Text
    aloud_shown: Text
    aloud_hidden: Text
    aloud_now_hidden: Text
    aloud_now_shown: Text
    aloud_trouble: Text
    aloud_no_language: Text
    plain_aloud: Text
    plain_settings: Text
    # The education pages, for reading only
    topics: Text
    # Check your answers
    check: Text
    all_right: Text
    choose_to_change: Text
    # The summary
    believed: Text  # the first line of the summary
    told_us: Text
    told_marked: Text
    told_not_sure: Text
    told_no: Text
    told_skipped: Text
    told_nothing: Text
    about_marked: Text
    about_not_sure: Text  # the same page, when nothing was marked for certain
    about_none: Text
    you_marked: Text  # "You marked: {answer}"
    you_chose: Text  # "You chose: {answer}", over an item answered "not sure"
    worth_telling: Text
    could_try: Text
    getting_help: Text  # the title of the help page
    sources: Text
    not_a_diagnosis: Text
    awaiting_review: Text
    approved: Text  # "Wording approved by {name}, {date}"
    phone: Text
    address: Text
    booking: Text
    # On the page to take home
    reference: Text
    other_version: Text  # over the answers in a record of another version
    scan: Text
    rest_in_normal_print: Text  # in large print, for what it has no room for
    # On paper and in a chart note, for the clinician
    list_title: Text
    own_answers: Text
    reported: Text  # the first line of a document in the clinic's chart system
    clinic_copy: Text  # over page 1 once more, in the language of the clinic
    list_number: Text
    code: Text
    name_blank: Text
    birth_blank: Text
    date_in_words: Text  # "{day}", "{month}", "{year}"
    months: Text  # the twelve names, separated by commas
    answered_by: Text
    by_patient: Text
    by_other: Text
    by_staff: Text
    typed_on: Text
    on_kiosk: Text
    on_desk: Text
    on_computer: Text
    visit_day: Text
    corrected_by: Text
    interpreter: Text
    last_month: Text
    circle_sides: Text
    front: Text
    back_view: Text
    not_answered: Text
    not_asked: Text
    never_asked: Text
    medicines: Text
    want_to_ask: Text
    changed_at_visit: Text
    seen_by: Text
    wording_version: Text  # "{version}"
    not_finished: Text
    # What now
    what_now: Text
    finish: Text
    common_question: Text
    choose_question: Text
    save_form: Text
    form_html: Text
    form_text: Text
    form_record: Text
    save_place: Text
    saved: Text  # "{file}", where the copy is now
    left_early: Text
    plain_clear: Text
    printed_enough: Text
    one_moment: Text
    not_saved: Text
    for_staff: Text  # "{reason}", after what could not be saved or printed
    not_printed: Text
    # Take your list with you
    take_list: Text
    who_gets_list: Text
    give_to_desk: Text
    give_to_desk_how: Text
    print_list: Text
    print_list_how: Text
    show_code: Text
    show_code_how: Text
    save_list: Text
    save_list_how: Text
    give_to_no_one: Text
    give_to_no_one_how: Text
    private_on_list: Text
    private_left_off: Text
    read_later: Text
    list_erased_in: Text  # {seconds}
    list_erased_in_one: Text
    not_given: Text
    another_way: Text
    your_code: Text
    code_explained: Text
    print_normal: Text
    print_large: Text
    print_size: Text
    did_it_print: Text
    all_pages: Text
    nothing_came: Text
    print_stopped: Text
    # The end
    skip_to_end: Text
    what_now_topics: Text
    read_topic: Text
    choose_topic: Text
    my_list: Text
    goodbye_desk: Text
    tell_number: Text  # {number}
    goodbye_paper: Text
    goodbye_code: Text  # {code}
    goodbye_no_one: Text
    done: Text
    need_more_time: Text
    take_back: Text
    desk_has_change: Text
    desk_keeps: Text
    taken_back: Text
    not_taken_back: Text
    closes_in: Text  # {seconds}
    closes_in_one: Text
    # The front desk (`fibrocheck.reception`)
    desk_title: Text
    desk_initials: Text
    desk_initials_how: Text
    desk_pin: Text
    desk_pin_how: Text
    desk_pin_wrong: Text
    desk_locked: Text
    desk_locked_pin: Text
    desk_leave: Text
    desk_leave_ask: Text
    desk_not_understood: Text
    desk_no: Text
    desk_to_do: Text  # with {number}
    desk_done: Text  # with {number}
    desk_unclaimed: Text  # with {number}
    desk_nothing: Text
    desk_new: Text  # with {number}, {language}, {time}
    desk_key_new: Text
    desk_key_find: Text
    desk_key_to_do: Text
    desk_key_done: Text
    desk_key_unclaimed: Text
    desk_key_day: Text
    desk_key_patient: Text
    desk_emergency: Text
    desk_from_kiosk: Text
    desk_from_caller: Text
    desk_step_link: Text
    desk_step_print: Text
    desk_step_chart: Text
    desk_step_finish: Text
    desk_step_withdraw: Text
    desk_done_mark: Text
    desk_aside_mark: Text
    desk_wrong_patient_mark: Text
    desk_amended: Text
    desk_printed_mark: Text
    desk_in_chart_mark: Text
    desk_sent_mark: Text
    desk_older_in_chart: Text
    desk_still_in_chart: Text
    desk_send_open: Text
    desk_half_written: Text
    desk_damaged: Text
    desk_foreign: Text
    desk_newer_file: Text
    desk_unreadable: Text
    desk_list: Text  # with {number}
    desk_find: Text
    desk_find_ask: Text
    desk_searching: Text  # with {day}
    desk_search_stopped: Text  # with {day}
    desk_not_found: Text
    desk_which: Text
    desk_misheard: Text
    desk_other_day: Text
    desk_no_number: Text
    desk_no_folder: Text
    desk_scan_no_code: Text
    desk_scan_cut_off: Text
    desk_scan_damaged: Text
    desk_scan_several: Text
    desk_scan_layout: Text
    desk_scan_other: Text
    desk_scan_future: Text
    desk_scan_in_call: Text
    desk_code_corrected: Text
    desk_code_held: Text  # with {day}, {language}
    desk_ask_name: Text
    desk_is_it: Text
    desk_yes_link: Text
    desk_answers_hidden: Text
    desk_appointment: Text
    desk_appointment_day: Text  # with {appointment}
    desk_no_day: Text
    desk_taken: Text  # with {number}
    desk_taken_yes: Text
    desk_visit: Text  # with {appointment}
    desk_chart: Text
    desk_in_chart: Text
    desk_out_of_chart: Text
    desk_send: Text
    desk_sending: Text
    desk_sending_again: Text
    desk_sent: Text
    desk_sent_before: Text
    desk_patient_ask: Text
    desk_patient_ask_system: Text
    desk_patient_found: Text  # with {name}, {day}
    desk_patient_yes: Text
    desk_patient: Text  # with {patient}
    desk_who_reads: Text
    desk_year_ask: Text
    desk_year_wrong: Text
    desk_name_patient: Text
    desk_patient_named: Text
    desk_undo_patient: Text
    desk_patient_undone: Text
    desk_withdraw: Text
    desk_withdraw_ask: Text
    desk_withdraw_yes: Text
    desk_withdrawn: Text
    desk_show: Text
    desk_hide_answers: Text
    desk_correct: Text
    desk_relink: Text
    desk_unlink: Text
    desk_unlinked: Text
    desk_put_aside: Text
    desk_take_up: Text
    desk_save: Text
    desk_finish_call: Text
    desk_remove: Text
    desk_remove_ask: Text  # with {number}
    desk_remove_again: Text
    desk_remove_one: Text
    desk_removed: Text  # with {number}
    desk_due: Text  # with {number}
    desk_remove_yes: Text
    desk_removed_number: Text  # with {number}
    desk_nothing_due: Text
    desk_why: Text
    desk_patient_changed: Text
    desk_typed_wrong: Text
    desk_wrong_patient: Text
    desk_wrong_ask: Text
    desk_wrong_yes: Text
    desk_corrected: Text
    desk_changed_meanwhile: Text
    desk_differs: Text  # with {question}, {yours}, {newest}
    desk_did_it_print: Text
    desk_it_printed: Text
    desk_print_stopped: Text
    desk_next: Text
    desk_not_kept: Text
    desk_kept: Text  # with {number}
    desk_kept_aside: Text  # with {number}
    desk_new_caller: Text
    desk_script_staff: Text
    desk_script: Text
    desk_may_i: Text
    desk_not_now: Text
    desk_who: Text
    desk_for_self: Text
    desk_for_other: Text
    desk_who_unknown: Text
    desk_done_line: Text
    desk_skip: Text
    desk_choices: Text
    desk_not_here: Text
    desk_still_open: Text
    desk_private_next: Text
    desk_read_back: Text
    desk_keep: Text
    desk_erase_call: Text
    desk_erase_yes: Text
    desk_call_is_aside: Text
    desk_call_is_erased: Text
    desk_changes_dropped: Text
    desk_drop_yes: Text
    desk_patient_pin: Text
    desk_save_ask: Text  # with {folder}
    desk_save_yes: Text


class Content(NamedTuple):
    """A whole questionnaire: one `questions.yaml`, read without errors."""

    format: str
    id: str
    version: str
    url: str
    languages: Mapping[str, str]
    clinic: Clinic
    approval: Approval
    safety: Safety
    welcome: Welcome
    answers: Mapping[str, Text]
    symptoms: tuple[Item, ...]
    follow_ups: tuple[FollowUp, ...]
    factors: tuple[Item, ...]
    about: Passage
    faq: tuple[Faq, ...]
    faq_title: Text
    care: Care
    next_step: NextStep
    words: Words
    sources: Mapping[str, Source]
    get_help: GetHelp = GetHelp()
    questions_to_ask: QuestionsToAsk | None = None
    title: Text | None = None
    """Its name, on paper and in chart notes."""

    @property
    def clinic_language(self) -> str:
        """The language that clinicians read."""
        return self.clinic.language or next(iter(self.languages))

    @property
    def name(self) -> Text:
        """The questionnaire's name; the title of its first page if it was given none."""
        return self.title or self.welcome.title

    @property
    def items(self) -> tuple[Item, ...]:
        """The symptoms, then the factors, in the order in which they are asked."""
        return self.symptoms + self.factors

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question that can be asked: symptoms, follow-ups, factors."""
        return (*self.symptoms, *self.follow_ups, *self.factors)

    def question(self, question_id: str) -> Question:
        """Return the question with that id; `KeyError` if there is none."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)


def beside_answer(question: Question) -> Text:
    """Return what stands for a question beside its answer.

    A factor is shown by its question: what Yes means depends on what was asked, and its term alone with a
    Yes would read like a diagnosis.
    """
    return question.ask if question.part == FACTOR else question.term


def ways_to_reach(content: Content) -> list[tuple[Text, str]]:
    """Return the ways to reach the clinic that the file has, each with its label."""
    clinic, words = content.clinic, content.words
    ways = ((words.phone, clinic.phone), (words.address, clinic.address), (words.booking, clinic.booking_url))
    return [(label, value) for label, value in ways if value]


def with_words(value: _Value, change: Callable[[str], str]) -> _Value:
    """Return a copy of a questionnaire, or of another named tuple, with every string in it changed."""
    changed: Any = value
    if isinstance(value, str):
        changed = change(value)
    elif isinstance(value, tuple):
        parts = (with_words(each, change) for each in value)
        changed = value._make(parts) if hasattr(value, "_make") else tuple(parts)
    elif isinstance(value, Mapping):
        changed = {key: with_words(each, change) for key, each in value.items()}
    return changed  # type: ignore[no-any-return] # of the type that it was
