"""Starts the desk in this terminal, and leaves nothing of it there, however it ends."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from fibrocheck.asking.ascii_text import readable
from fibrocheck.asking.keyboard import ended_by_signals
from fibrocheck.content.loader import load_for
from fibrocheck.copies.folder.desk_folder import ClockError, Folder
from fibrocheck.copies.printer import check_printer
from fibrocheck.desk.in_tray import InTray, Limits
from fibrocheck.desk.lists import Lists
from fibrocheck.desk.log import Action, Log, as_text, entries
from fibrocheck.desk.removing import tidy
from fibrocheck.desk.staff import Staff, initials_of, is_pin, this_computer
from fibrocheck.desk.states import Who
from fibrocheck.errors import LEFT, StaffError, VisitEnded, WrongUsage, internal_error
from fibrocheck.pages.voice import Voice
from fibrocheck.process import protect_memory
from fibrocheck.reception import pages
from fibrocheck.reception.asker import SwitchingDesk
from fibrocheck.reception.contract import Typed
from fibrocheck.reception.finding_page import why_no_code
from fibrocheck.reception.lock import DeskTimer, Lock
from fibrocheck.reception.place import Place
from fibrocheck.reception.start import StartPage
from fibrocheck.visit.terminal import CLEAR

if TYPE_CHECKING:
    from fibrocheck.content.model import Content
    from fibrocheck.reception.sender import Sender
    from fibrocheck.reception.settings import Settings


def show_log(settings: Settings) -> str:
    """Return what was done on a day; `WrongUsage` without a folder."""
    if settings.records is None or settings.log is None:
        raise WrongUsage("--log needs --records FOLDER: add it, or leave out --log.")
    return as_text(entries(Folder(settings.records), settings.log))


def run(settings: Settings) -> None:
    """Lead staff through a day; it ends when they leave. `StaffError` for a folder that cannot be used."""
    protect_memory()
    content = readable(load_for(settings.questions, settings.language))
    folder = Folder(settings.records) if settings.records is not None else None
    sender = _sender(settings, content)
    wrong_clock = _ready(folder)
    language = settings.language or content.clinic_language
    timer = DeskTimer()
    lock = Lock(lambda: place.logged_if_possible(Action.UNLOCKED))
    with ended_by_signals():
        asker = SwitchingDesk(
            content,
            language,
            plain=settings.plain,
            large=settings.large,
            timer=timer,
            lock=lock,
            is_scan=lambda text: place.is_code(text),  # noqa: PLW0108 - made below
            why_no_code=lambda burst: why_no_code(place, burst),
        )
        voice = Voice(content, language)
        place = Place(content, voice, asker, timer, lock, printer=settings.printer, folder=folder)
        place.sender = sender
        _lead(place, asker, settings, wrong_clock)


def _sender(settings: Settings, content: Content) -> Sender | None:
    """Return the clinic's server where it is set up; `SendError` for settings that cannot be used."""
    if settings.send_config is None:
        return None
    from fibrocheck.reception.sender import Sender  # nobody else needs what it needs
    from fibrocheck.sending.settings import read_settings

    return Sender(read_settings(settings.send_config), content)


def _ready(folder: Folder | None) -> ClockError | None:
    """Raise `FolderError` for a folder that cannot be used; a wrong clock is only told."""
    try:
        if folder is not None:
            folder.check_ready()
            tidy(folder)
    except ClockError as error:
        return error
    return None


def _lead(place: Place, asker: SwitchingDesk, settings: Settings, wrong_clock: ClockError | None) -> None:
    try:
        with asker:
            _day(place, asker, settings, wrong_clock)
    except VisitEnded as ended:
        place.logged_if_possible(Action.ENDED)
        if ended.exit_code != LEFT:
            raise
    except OSError as error:
        if error.errno not in {errno.EPIPE, errno.EIO}:
            raise
    except StaffError:
        raise
    except Exception as error:  # noqa: BLE001 - a traceback could print answers
        raise internal_error(error, kept="What was kept is in the folder") from None
    finally:
        _clear(asker)


def _day(place: Place, asker: SwitchingDesk, settings: Settings, wrong_clock: ClockError | None) -> None:
    """Ask who is there, and show the start page until they leave."""
    limits = Limits(settings.unclaimed, settings.in_chart)
    place.lock.staff = _who(place)
    if place.folder is not None:
        _use_folder(place, place.folder, limits)
    if wrong_clock is not None:
        place.fail(wrong_clock)
    if place.sender is not None:
        place.tried(place.sender.check_clinic)
    if place.printer:
        place.tried(lambda: check_printer(place.printer))
    StartPage(place, lambda: _show_patient(place, asker, settings), limits).run()


def _use_folder(place: Place, folder: Folder, limits: Limits) -> None:
    staff = place.lock.staff
    who = staff.who if staff else Who("", this_computer())
    log = Log(folder, who.computer)
    log.write(Action.STARTED, who)
    place.lists = Lists(folder, place.content, log, lambda: who)
    place.tray = InTray(folder, place.content, limits)


def _who(place: Place) -> Staff:
    """Have initials and a PIN typed."""
    words, typed = place.content.words, ""
    while True:
        reply = place.asker.write(pages.initials_page(place.voice), text=typed, is_selected=True)
        typed = reply.text if isinstance(reply, Typed) else ""
        initials = initials_of(typed)
        if not initials:
            place.problem(words.desk.initials_how)
            continue
        pin = _pin(place)
        if pin is not None:
            return Staff(initials, pin, time.monotonic(), computer=this_computer())


def _pin(place: Place) -> str | None:
    """Return a PIN as it is typed, empty for none; `None` to go back."""
    page = pages.pin_page(place.voice, for_patient=place.lock.staff is not None)  # staff have one by now
    while True:
        reply = place.asker.write(page, is_hidden=True)
        if not isinstance(reply, Typed):
            return None
        if not reply.text or is_pin(reply.text):
            return reply.text
        place.problem(place.content.words.desk.pin_how)


def _has_pin(place: Place) -> bool:
    """Return whether the screen comes back only with a PIN; have one typed if it does not."""
    staff = place.lock.staff
    if staff is None or place.lock.has_pin:
        return staff is not None
    pin = _pin(place)
    if pin:
        place.lock.staff = Staff(staff.who.initials, pin, time.monotonic(), computer=staff.who.computer)
    elif pin is not None:
        place.problem(place.content.words.desk.pin_needed)
    return place.lock.has_pin


def _show_patient(place: Place, asker: SwitchingDesk, settings: Settings) -> None:
    """Let a patient answer here, in a process that knows nothing of the desk; come back hidden.

    The patient is alone with the screen, so it needs a PIN.
    """
    if not _has_pin(place):
        return
    command = [sys.executable, "-m", "fibrocheck"]
    for name, value in (("--questions", settings.questions), ("--records", settings.records)):
        command += [name, str(value)] if value is not None else []
    command += ["--printer", settings.printer] if settings.printer else []
    command += [name for name, is_so in (("--plain", asker.is_plain), ("--large", settings.large)) if is_so]
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # the patient's pages answer it
    try:
        with asker.suspended(), suppress(OSError):
            subprocess.run(command, check=False)  # noqa: S603 - this program itself
    finally:
        signal.signal(signal.SIGINT, before)
    place.lock.hide()
    asker.come_back()


def _clear(asker: SwitchingDesk) -> None:
    """Clear what plain mode wrote on a terminal: it may have shown answers."""
    with suppress(OSError):
        if asker.wrote_lines and sys.stdin.isatty() and sys.stdout.isatty():
            sys.stdout.write(CLEAR)
            sys.stdout.flush()
