"""Sending a list to the chart, taking it back, and naming the patient: the pages that lead to each, and back.

Nothing of `fibrocheck.sending` is loaded here: `Place.sender` is there only where it is set up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.desk.states import day_of
from fibrocheck.desk.versions import Newer
from fibrocheck.errors import StaffError
from fibrocheck.pages.paper_dates import date_in_words
from fibrocheck.pages.text_layout import STRONG, Paragraph
from fibrocheck.reception import pages
from fibrocheck.records.record import ENTERED_IN_ERROR, IN_PROGRESS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fibrocheck.asking.contract import Page
    from fibrocheck.content.text import Text
    from fibrocheck.desk.lists import Lists, OpenList
    from fibrocheck.pages.text_layout import Group
    from fibrocheck.reception.place import Place
    from fibrocheck.reception.sender import Sender
    from fibrocheck.sending.people import Named, Patient

SEND, WITHDRAW, NAME, UNNAME = "send", "withdraw", "name-patient", "undo-patient"
_SENDING, _FILED, _OLDER = "sending", "filed", "older"
"""What `Sender.receipt` returns."""

_Offer = tuple[str, "Text"]


# What the page of a list says and offers


def offers(place: Place, shown: OpenList, others: Sequence[_Offer]) -> list[_Offer]:
    """Return what can be done with a list where sending is set up: sending and withdrawing stand first."""
    sender = place.sender
    if sender is None or not sender.is_on:
        return list(others)
    words, receipt = place.content.words, sender.receipt(shown)
    may_go = shown.record.status not in {IN_PROGRESS, ENTERED_IN_ERROR}
    has_patient = sender.patient_of(shown) is not None
    # It is there, and only not marked so: `fibrocheck send FOLDER`, or a desk that was killed.
    send = words.desk.in_chart if receipt == _FILED else words.desk.send
    wanted = (
        (SEND, send, may_go and shown.state.in_chart is None),
        (NAME, words.desk.name_patient, may_go and not has_patient),
        (UNNAME, words.desk.undo_patient, may_go and has_patient),
        (WITHDRAW, words.desk.withdraw, receipt in {_FILED, _OLDER}),
    )
    own = [(name, text) for name, text, is_offered in wanted if is_offered]
    # What was sent is taken back there, and not only said to be away.
    instead = {_FILED: {pages.IN_CHART, pages.OUT_OF_CHART}, _OLDER: {pages.OUT_OF_CHART}}.get(receipt, ())
    first = WITHDRAW if shown.record.status == ENTERED_IN_ERROR else SEND
    found = _with(own, [each for each in others if each[0] not in instead])
    return sorted(found, key=lambda each: each[0] != first)


def _with(own: Sequence[_Offer], others: Sequence[_Offer]) -> list[_Offer]:
    """Return the offers with our own before those that change the link, beside which they belong."""
    links = {pages.LINK, pages.UNLINK}
    at = next((number for number, each in enumerate(others) if each[0] in links), len(others))
    return [*others[:at], *own, *others[at:]]


def facts(place: Place, shown: OpenList) -> list[str]:
    """Return what there is to say about a list and the server."""
    sender = place.sender
    if sender is None or not sender.is_on:
        return []
    words, who = place.content.words, sender.patient_of(shown)
    named = place.say(words.desk.patient, patient=_shown(who)) if who else ""
    said = {_SENDING: words.desk.send_open}
    if shown.state.charted is None:  # `fibrocheck send FOLDER` leaves a receipt, and marks nothing
        said |= {_FILED: words.desk.sent_mark, _OLDER: words.desk.older_in_chart}
    state = sender.receipt(shown)
    return [named, place.say(said[state]) if state in said else ""]


def _shown(who: Named) -> str:
    return who.place or who.identifier.partition("|")[2]


# What is done. Each returns the list as it is afterwards.


def send_list(place: Place, lists: Lists, shown: OpenList) -> OpenList:
    """Send a list to the chart of its one patient, whose year of birth staff type."""
    return _guarded(place, shown, lambda sender: _sent(place, lists, shown, sender))


def name_patient(place: Place, lists: Lists, shown: OpenList) -> OpenList:
    """Keep whose list it is, so that it can be sent later without asking for the number again."""
    return _guarded(place, shown, lambda sender: _named(place, lists, shown, sender))


def undo_patient(place: Place, lists: Lists, shown: OpenList) -> OpenList:
    """Take the patient out of the list."""
    undone = lists.undo_patient(shown)
    place.tell(place.content.words.desk.patient_undone)
    return undone


def withdraw_list(place: Place, lists: Lists, shown: OpenList) -> OpenList:
    """Mark a list in the chart as entered in error, after a yes."""
    words = place.content.words
    asked = pages.yes_or_no(
        place.voice, "desk-withdraw", words.desk.withdraw, place.say(words.desk.withdraw_ask),
        words.desk.withdraw_yes,
    )  # fmt: skip
    if not place.agrees(asked):
        return shown

    def withdrawn(sender: Sender) -> OpenList:
        _busy(place, sender)
        done = lists.withdrawn(shown, lambda: sender.withdraw(shown))
        place.tell(words.desk.withdrawn)
        return done

    return _guarded(place, shown, withdrawn)


def _guarded(place: Place, shown: OpenList, do: Callable[[Sender], OpenList]) -> OpenList:
    """Return what is done, or the list as it was and why it is not done."""
    if place.sender is None:
        return shown
    try:
        return do(place.sender)
    except Newer:
        raise  # there is something to show
    except StaffError as error:
        place.fail(error)
        return shown


def _sent(place: Place, lists: Lists, shown: OpenList, sender: Sender) -> OpenList:
    if sender.receipt(shown) == _FILED:
        return lists.sent(shown, lambda: None)
    sender.check(shown)
    found = _whose(place, shown, sender)
    if found is None or not _confirmed(place, shown, found[1]):
        return shown
    who, patient = found
    named = shown if sender.patient_of(shown) else lists.name_patient(shown, sender.subject_of(who))
    # Whatever happens from here on, the number need not be typed again.
    return _guarded(place, named, lambda _: _filed(place, lists, named, sender, patient))


def _filed(place: Place, lists: Lists, shown: OpenList, sender: Sender, patient: Patient) -> OpenList:
    words, was_there = place.content.words, False

    def send() -> None:
        nonlocal was_there
        was_there = sender.send(shown, patient).was_there

    _busy(place, sender)
    sent = lists.sent(shown, send)
    place.tell(words.desk.sent_before if was_there else words.desk.sent)
    return sent


def _named(place: Place, lists: Lists, shown: OpenList, sender: Sender) -> OpenList:
    found = _whose(place, shown, sender)
    if found is None or not _is_it(place, shown, found[1]):
        return shown
    named = lists.name_patient(shown, sender.subject_of(found[0]))
    place.tell(place.content.words.desk.patient_named)
    return named


# Whose list it is


def _whose(place: Place, shown: OpenList, sender: Sender) -> tuple[Named, Patient] | None:
    """Return the patient of a list, as named before or as staff type it; `None` to go back."""
    if who := sender.patient_of(shown):
        return who, _found(place, shown, sender, who)
    typed: str | None = ""
    while (typed := place.write(_patient_page(place, shown, sender), text=typed or "")) is not None:
        try:
            who = sender.named(typed)
            return who, _found(place, shown, sender, who)
        except StaffError as error:
            place.fail(error)
    return None


def _found(place: Place, shown: OpenList, sender: Sender, who: Named) -> Patient:
    _busy(place, sender)
    return sender.find(shown, who)


def _busy(place: Place, sender: Sender) -> None:
    """Say that it can take a while, and again with each try."""
    words = place.content.words
    sender.tell = lambda _: place.asker.busy(place.say(words.desk.sending_again))
    place.asker.busy(place.say(words.desk.sending))


def _patient_page(place: Place, shown: OpenList, sender: Sender) -> Page:
    words = place.content.words
    ask = place.say(words.desk.patient_ask if sender.takes_numbers else words.desk.patient_ask_system)
    made = pages.page(place.voice, "desk-patient", words.desk.send, ask)
    return made._replace(section=pages.title_of(shown, place.voice))


def _is_it(place: Place, shown: OpenList, patient: Patient) -> bool:
    """Return whether it is the person whose list it is, as staff say."""
    words = place.content.words
    page, options = pages.yes_or_no(
        place.voice, "desk-patient-found", words.desk.name_patient, place.say(words.desk.is_it),
        words.desk.patient_yes,
    )  # fmt: skip
    shown_page = page._replace(section=pages.title_of(shown, place.voice), groups=_about(place, patient))
    return place.agrees((shown_page, options))


def _confirmed(place: Place, shown: OpenList, patient: Patient) -> bool:
    """Show whose chart it is and who may read it; return whether staff typed the right year of birth."""
    if not patient.year:
        what = "the server has no date of birth to confirm the patient by"
        raise StaffError(f"{what}. Look in the chart, and put the list into it by hand.")
    words = place.content.words
    made = pages.page(place.voice, "desk-year", words.desk.send, place.say(words.desk.year_ask))
    about = (*_about(place, patient), (Paragraph(place.say(words.desk.who_reads)),))
    page = made._replace(section=pages.title_of(shown, place.voice), groups=about)
    typed: str | None = ""
    while (typed := place.write(page, text=typed or "")) is not None:
        if typed == patient.year:
            return True
        place.problem(words.desk.year_wrong)
    return False


def _about(place: Place, patient: Patient) -> tuple[Group, ...]:
    born = _day_said(patient.birth_date, place)
    said = place.say(place.content.words.desk.patient_found, name=patient.name, day=born)
    return ((Paragraph(said, STRONG),),)


def _day_said(birth_date: str, place: Place) -> str:
    """Return a date of birth in words; the server may know only the year, or nothing."""
    day = day_of(birth_date)
    return date_in_words(day, place.voice) if day else birth_date or "-"
