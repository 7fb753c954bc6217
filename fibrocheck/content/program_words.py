"""The program's own words, in every language: those of a visit and those of the front desk.

In questions.yaml they stand in one list, `words`; there the names of the desk's begin with `desk_`.
"""

from fibrocheck.content.desk_words import DeskWords
from fibrocheck.content.many_names import ManyNames
from fibrocheck.content.text import Text

DESK_PREFIX = "desk_"
"""How the names of the desk's words begin in questions.yaml."""


class Words(ManyNames):
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
    page_before: Text
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
    plain_choose_to_change: Text  # on the page with all answers, where 1 is the way on
    plain_choose_many: Text
    plain_go_on: Text
    plain_back: Text
    plain_why: Text
    plain_why_short: Text  # after the first time
    plain_skip: Text
    plain_stop: Text
    plain_not_a_choice: Text  # "{typed}", one of several things that were typed
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
    no_mark: Text
    not_asked_yet: Text
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
    private_take_off: Text
    private_put_back: Text
    private_elsewhere: Text
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
    not_taken_back_changed: Text
    closes_in: Text  # {seconds}
    closes_in_one: Text
    desk: DeskWords


NAMES = (
    *(name for name in Words._fields if name != "desk"),
    *(DESK_PREFIX + name for name in DeskWords._fields),
)
"""The name of each text in questions.yaml, in the order in which they are read."""


def program_words(**texts: Text) -> Words:
    """Return the words by their names in questions.yaml, of which none may be missing."""
    desk = {name: texts.pop(DESK_PREFIX + name) for name in DeskWords._fields}
    return Words(**texts, desk=DeskWords(**desk))


def by_name(words: Words) -> dict[str, Text]:
    """Return each text by its name in questions.yaml."""
    desk = {DESK_PREFIX + name: text for name, text in words.desk._asdict().items()}
    return {name: text for name, text in words._asdict().items() if name != "desk"} | desk
