"""The front desk's day, without its pages: nothing here draws or asks.

    in_tray     rows of one day: `InTray(folder, content).rows(day)`, again for a refresh
    finding     `meaning` of what was typed; `by_number`, `by_appointment`, `by_code`
    lists       `Lists(folder, content, log, who)`: open, link, copy, mark, correct, remove
    keeping     `keep_call`, half done or finished; `keep_code`; `call_record` without a folder
    removing    `due` for staff to see, `remove_due` after a yes, `tidy` at the start
    caller      the page with all questions: `press`, `choose`, `move`, `done`, `confirm`
    scanner     `Pace` for keys as they arrive, `is_burst`, and the code that `scanned` finds in one
    staff       initials, PIN, and when the screen and the answers hide
    log         a line for each action; `entries` of a day and `as_text` for `desk --log DAY`

Under them: `states` (what staff did, a file each), `versions` (of a list, none lost), `changes` (of a
record), `glance` (a quick look at a file), `day_files`. Everything that can fail raises a `StaffError`.
"""
