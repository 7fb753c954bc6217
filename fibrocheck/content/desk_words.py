"""The words of the front desk, in every language. In questions.yaml their names begin with `desk_`."""

from fibrocheck.content.many_names import ManyNames
from fibrocheck.content.text import Text


class DeskWords(ManyNames):
    """The words of the front desk (`fibrocheck.reception`)."""

    title: Text
    initials: Text
    initials_how: Text
    pin: Text
    pin_how: Text
    pin_needed: Text
    pin_wrong: Text
    locked: Text
    locked_pin: Text
    leave: Text
    leave_ask: Text
    not_understood: Text
    no: Text
    to_do: Text  # with {number}
    done: Text  # with {number}
    unclaimed: Text  # with {number}
    nothing: Text
    head_number: Text
    head_time: Text
    head_visit: Text
    head_from: Text
    new: Text  # with {number}, {language}, {time}
    new_no_time: Text  # with {number}, {language}
    key_new: Text
    key_find: Text
    key_to_do: Text
    key_done: Text
    key_unclaimed: Text
    key_day: Text
    no_earlier: Text
    no_later: Text
    key_patient: Text
    emergency: Text
    from_kiosk: Text
    from_caller: Text
    from_code: Text
    step_link: Text
    step_print: Text
    step_chart: Text
    step_finish: Text
    step_withdraw: Text
    done_mark: Text
    aside_mark: Text
    wrong_patient_mark: Text
    amended: Text
    printed_mark: Text
    in_chart_mark: Text
    sent_mark: Text
    older_in_chart: Text
    still_in_chart: Text
    send_open: Text
    half_written: Text
    damaged: Text
    foreign: Text
    newer_file: Text
    unreadable: Text
    problem_how: Text
    list: Text  # with {number}
    find: Text
    find_ask: Text
    searching: Text  # with {day}
    search_stopped: Text  # with {day}
    not_found: Text
    which: Text
    misheard: Text
    other_day: Text
    no_number: Text
    code_slip: Text
    code_length: Text  # with {number}, {length}
    no_folder: Text
    scan_no_code: Text
    scan_cut_off: Text
    scan_damaged: Text
    scan_several: Text
    scan_layout: Text
    scan_other: Text
    scan_future: Text
    scan_in_call: Text
    code_corrected: Text
    code_held: Text  # with {day}, {language}
    ask_name: Text
    is_it: Text
    yes_link: Text
    answers_hidden: Text
    appointment: Text
    appointment_day: Text  # with {appointment}
    appointment_day_before: Text  # with {appointment}, {day}
    no_day: Text
    today: Text
    tomorrow: Text
    yesterday: Text
    which_day: Text
    far_day: Text  # with {day}
    taken: Text  # with {number}
    taken_yes: Text
    visit: Text  # with {appointment}
    no_visit: Text
    linked_without: Text
    chart_without: Text
    chart_yes: Text
    chart: Text
    in_chart: Text
    out_of_chart: Text
    send: Text
    sending: Text
    sending_again: Text
    sent: Text
    sent_before: Text
    patient_ask: Text
    patient_ask_system: Text
    patient_found: Text  # with {name}, {day}
    patient_yes: Text
    patient: Text  # with {patient}
    who_reads: Text
    year_ask: Text
    year_wrong: Text
    name_patient: Text
    patient_named: Text
    undo_patient: Text
    patient_undone: Text
    withdraw: Text
    withdraw_ask: Text
    withdraw_yes: Text
    withdrawn: Text
    show: Text
    told_marked: Text
    told_not_sure: Text
    told_no: Text
    told_nothing: Text
    hide_answers: Text
    correct: Text
    relink: Text
    unlink: Text
    unlinked: Text
    close_again: Text
    closed_again: Text
    put_aside: Text
    take_up: Text
    list_aside: Text
    list_taken_up: Text
    save: Text
    finish_call: Text
    remove: Text
    remove_ask: Text  # with {number}
    remove_again: Text
    remove_one: Text
    removed: Text  # with {number}
    due: Text  # with {number}
    remove_yes: Text
    removed_number: Text  # with {number}
    nothing_due: Text
    why: Text
    why_visit: Text
    patient_changed: Text
    typed_wrong: Text
    wrong_patient: Text
    wrong_ask: Text
    wrong_yes: Text
    corrected: Text
    not_corrected: Text
    marked_wrong: Text
    changed_meanwhile: Text
    changed_only: Text
    differs: Text  # with {question}, {yours}, {newest}
    did_it_print: Text
    it_printed: Text
    print_stopped: Text
    next: Text
    not_kept: Text
    kept: Text  # with {number}
    kept_aside: Text  # with {number}
    new_caller: Text
    call: Text  # with {number}
    call_open: Text  # with {name}, {time}
    call_open_yes: Text
    open_elsewhere: Text  # with {name}, {time}
    script_staff: Text
    script: Text
    may_i: Text
    not_now: Text
    who: Text
    for_self: Text
    for_other: Text
    who_unknown: Text
    done_line: Text
    skip: Text
    choices: Text
    not_here: Text
    still_open: Text
    open_lines: Text  # with {number}
    digit_on_done: Text
    private_next: Text
    read_back: Text
    keep: Text
    erase_call: Text
    erase_yes: Text
    call_is_aside: Text
    call_is_erased: Text
    changes_dropped: Text
    newer_call: Text
    gone_call: Text
    keep_own: Text
    see_newer: Text
    take_newer: Text
    drop_own: Text
    take_ask: Text
    take_yes: Text
    same_answers: Text
    newer_shown: Text
    kept_beside: Text  # with {number}, {other}
    drop_ask: Text
    drop_yes: Text
    patient_pin: Text
    save_ask: Text  # with {folder}
    save_yes: Text
