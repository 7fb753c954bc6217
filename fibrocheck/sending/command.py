"""The command `fibrocheck send`: what it asks staff, and what it tells them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.content.loader import load_for
from fibrocheck.errors import WrongUsage
from fibrocheck.sending.connecting import connected
from fibrocheck.sending.people import PATIENT, Named, named
from fibrocheck.sending.problems import SendError
from fibrocheck.sending.settings import checked_server, read_settings
from fibrocheck.text_safety import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from fibrocheck.content.model import Content
    from fibrocheck.sending.connection import Connection
    from fibrocheck.sending.filing import SavedList
    from fibrocheck.sending.people import Patient
    from fibrocheck.sending.settings import Settings

WHO_READS = "The patient, and whoever can see their patient portal, may be able to read this list."
_MAX_LINE = 10_000


class Wish(NamedTuple):
    """What the command line asks for."""

    source: Path | None = None
    server: str = ""
    patient: str = ""
    encounter: str = ""
    mode: str = ""
    config: Path | None = None
    questions: Path | None = None
    yes: bool = False
    allow_draft: bool = False
    check: bool = False
    withdraw: bool = False


def run(wish: Wish) -> int:
    """Do what the command line asks for, and return the exit code: 0, 1 or 75.

    `WrongUsage` if it is not valid; `SendError` or `TryLater` if one list was not sent.
    """
    _check_usage(wish)
    settings = read_settings(wish.config, wish.server, wish.mode)
    server = connected(settings, _tell)
    if wish.source is None:
        return _check(server, settings)
    content = load_for(wish.questions)
    if wish.withdraw:
        return _withdraw(server, settings, wish, wish.source, content)
    do = _send_folder if wish.source.is_dir() else _send_one
    return do(server, settings, wish, wish.source, content)


def _check_usage(wish: Wish) -> None:
    """Raise `WrongUsage` for what cannot be meant together."""
    see = "See: fibrocheck send --help"
    if wish.server:
        try:
            checked_server(wish.server)
        except SendError as error:
            raise WrongUsage(f"--server: {error}") from None
    if wish.check and (wish.source or wish.patient or wish.encounter or wish.withdraw):
        raise WrongUsage(f"--check takes no record and no patient. {see}")
    _check_effect(wish)
    if wish.check:
        return
    if wish.source is None:
        raise WrongUsage(f"Missing argument: a saved record, or a folder of them. {see}")
    is_folder = wish.source.is_dir()
    if is_folder and (wish.patient or wish.encounter):
        raise WrongUsage(
            "--patient and --encounter take one record: lists in a folder have their own. Leave them out."
        )
    if wish.withdraw and (is_folder or wish.patient or wish.encounter):
        raise WrongUsage(f"--withdraw takes one record, and no patient. {see}")
    if not (is_folder or wish.withdraw or wish.patient):
        raise WrongUsage(f"Missing option --patient Patient/ID, or --patient 'SYSTEM|VALUE'. {see}")


def _check_effect(wish: Wish) -> None:
    """Raise `WrongUsage` for an option that would have no effect."""
    action = "--check" if wish.check else "--withdraw" if wish.withdraw else ""
    idle = {"--allow-draft": wish.allow_draft, "--yes": wish.check and wish.yes}
    idle["--mode"] = wish.withdraw and bool(wish.mode)
    for option, is_given in idle.items():
        if action and is_given:
            raise WrongUsage(f"{option} has no effect with {action}. Leave out {option}.")


def _check(server: Connection, settings: Settings) -> int:
    from fibrocheck.sending.checking import check
    from fibrocheck.sending.filing import scopes_for

    server.scopes = scopes_for(settings)
    checked = check(server, settings)
    sys.stdout.write("".join(f"{line}\n" for line in checked.lines))
    return 0 if checked.is_ready else 1


def _send_one(server: Connection, settings: Settings, wish: Wish, file: Path, content: Content) -> int:
    from fibrocheck.sending.checking import abilities
    from fibrocheck.sending.filing import (
        check_content,
        check_wording,
        open_list,
        scopes_for,
        send,
    )
    from fibrocheck.sending.people import ENCOUNTER, check_own, find, find_visit
    from fibrocheck.sending.resources import Link

    who = _named("--patient", wish.patient, PATIENT, settings.patient_system)
    which = _named("--encounter", wish.encounter, ENCOUNTER) if wish.encounter else None
    check_content(content)
    item = open_list(file, content)
    check_wording(item, allow_draft=wish.allow_draft)
    server.scopes = scopes_for(settings, visit=which is not None, replacing=_is_correction(item))
    able = abilities(server, settings.mode)
    patient = find(server, who)
    check_own(server, item.saved.resource, patient)
    encounter = find_visit(server, which, patient) if which else ""
    _confirm(file, who, patient, yes=wish.yes)
    link = Link(patient.place, encounter)
    filed = send(server, settings, item, link, able, allow_draft=wish.allow_draft)
    what = "The server had it already, unchanged" if filed.was_there else "Filed, and read back"
    sys.stdout.write(f"{what}: {server.base}/{filed.location}\n")
    return 0


def _send_folder(server: Connection, settings: Settings, wish: Wish, folder: Path, content: Content) -> int:
    from fibrocheck.sending.checking import abilities
    from fibrocheck.sending.filing import check_content, scopes_for
    from fibrocheck.sending.folder import Batch, send_linked

    check_content(content)
    server.scopes = scopes_for(settings)
    able = abilities(server, settings.mode)

    def confirm(path: Path, who: Named, patient: Patient) -> None:
        _confirm(path, who, patient, yes=wish.yes)

    batch = Batch(server, settings, content, able, confirm, _tell, wish.allow_draft)
    counts = send_linked(batch, folder, _with_progress if wish.yes else iter)
    sys.stdout.write(
        f"Filed: {counts.filed}. There already: {counts.there}. Not sent: {counts.refused}."
        f" Try again later: {counts.later}.\n"
    )
    return counts.exit_code


def _withdraw(server: Connection, settings: Settings, wish: Wish, file: Path, content: Content) -> int:
    from fibrocheck.records.record import ENTERED_IN_ERROR
    from fibrocheck.sending.filing import SENDABLE, open_list, scopes_for, withdraw

    # The desk marks a list as another patient's: it is just then that it must go from the chart.
    item = open_list(file, content, (*SENDABLE, ENTERED_IN_ERROR))
    server.scopes = scopes_for(settings, replacing=True)
    if not wish.yes and _asked("Mark this list in the chart as entered in error? (y/N) ").lower() != "y":
        raise SendError("not withdrawn", "Answer y, or add --yes")
    done = withdraw(server, item)
    what = "It was withdrawn before" if done.was_there else "Withdrawn (entered in error)"
    sys.stdout.write(f"{what}: {server.base}/{done.location}\n")
    return 0


def _named(option: str, text: str, kind: str, system: str = "") -> Named:
    try:
        return named(text, kind, system)
    except WrongUsage as error:
        raise WrongUsage(f"{option} {error}") from None


def _is_correction(item: SavedList) -> bool:
    from fibrocheck.records.record import AMENDED

    return item.saved.record.status == AMENDED


def _confirm(file: Path, who: Named, patient: Patient, *, yes: bool) -> None:
    """Show staff whose chart it is, and have them type the year of birth.

    `--yes` answers only for a patient who was named by their exact place. `SendError` for a wrong year.
    """
    if yes and who.place:
        return
    if not patient.year:
        raise SendError(
            f"{printable(str(file))}: the server has no date of birth to confirm the patient by",
            "Look in the chart; add --yes with --patient Patient/ID",
        )
    gender = f", {patient.gender}" if patient.gender else ""
    sys.stderr.write(
        f"List: {printable(str(file))}\n"
        f"Patient: {patient.name}, born {patient.birth_date}{gender} ({patient.place})\n{WHO_READS}\n"
    )
    if _asked("Type the patient's year of birth to send it: ") != patient.year:
        raise SendError(
            f"{printable(str(file))}: not sent, the year of birth was not confirmed",
            "Check whose list it is, and start again",
        )


def _asked(question: str) -> str:
    """Return the line that staff type; empty at the end of input."""
    sys.stderr.write(question)
    sys.stderr.flush()
    typed = sys.stdin.readline().strip()
    if not sys.stdin.isatty():  # no one has pressed Enter on the screen
        sys.stderr.write("\n")
    return typed


def _tell(line: str) -> None:
    sys.stderr.write(f"{printable(line, _MAX_LINE)}\n")
    sys.stderr.flush()


def _with_progress(paths: Sequence[Path]) -> Iterable[Path]:
    """Return the paths, with a bar on standard error while they are worked on, if it is a terminal."""
    if not sys.stderr.isatty():
        return paths
    from rich.console import Console  # not before there is a bar
    from rich.progress import track

    return track(paths, "", console=Console(stderr=True), transient=True)
