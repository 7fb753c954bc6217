"""Undoes an installation: takes away what it wrote, and nothing that was changed since."""

import os
from contextlib import suppress
from pathlib import Path

from fibrocheck.kiosk.setup.install import ACCOUNT, Say
from fibrocheck.kiosk.setup.machine import Machine
from fibrocheck.kiosk.setup.state import (
    STATE,
    SetupError,
    State,
    clean_up,
    link_on_disk,
    mark_on_disk,
    read_state,
    refused,
)
from fibrocheck.kiosk.setup.wish import Wish

OWN_FOLDER = "/usr/local/lib/fibrocheck"
"""Nobody else's: it goes if it is empty, also if a run that was killed made it and could not say so."""


def remove(wish: Wish, say: Say, *, dry_run: bool = False) -> None:
    """Undo what `install` did, and say each thing; `SetupError` if there is nothing to undo."""
    machine, state = Machine(wish), read_state(wish.root)
    if state is None:
        _clean(wish, dry_run=dry_run)
        raise SetupError(
            "There is nothing to remove: no kiosk was installed here by fibrocheck kiosk install."
        )
    if wish.is_here and not machine.is_root and not dry_run:
        raise SetupError(
            "Only root can remove a kiosk. Run it as root, such as with sudo. Nothing was changed."
        )
    if wish.is_here and not dry_run:
        machine.run(["systemctl", "stop", "fibrocheck.service"])
    try:
        _files(wish, state, say, dry_run=dry_run)
    except OSError as error:
        raise refused(wish.root, error) from None
    if dry_run:
        return
    if wish.is_here:
        machine.run(["systemctl", "daemon-reload"])
        _accounts(machine, state, say)
    clean_up(wish, state.files)
    _folders(wish, [*state.folders, OWN_FOLDER])
    # Last: a run that stops before this knows what is left to do.
    wish.inside(STATE).unlink(missing_ok=True)
    _folders(wish, [*state.folders, os.path.dirname(STATE)])
    say("Restart the computer: some settings stay until then.")


def _clean(wish: Wish, *, dry_run: bool) -> None:
    """Remove what a run that was killed at its very beginning left: it did not come to say what it does."""
    if dry_run:
        return
    clean_up(wish, ())
    with suppress(OSError):  # not root
        _folders(wish, [os.path.dirname(STATE)])


def _files(wish: Wish, state: State, say: Say, *, dry_run: bool) -> None:
    for path, mark in state.files.items():
        _file(wish.inside(path), path, mark, say, dry_run=dry_run)
    for path, target in state.links.items():
        if link_on_disk(wish.inside(path)) == target:
            _unlink(wish.inside(path), dry_run=dry_run)
            say(f"{path}: removed")
    for path, kept in state.replaced.items():
        if os.path.lexists(wish.inside(kept)) and not os.path.lexists(wish.inside(path)):
            if not dry_run:
                wish.inside(kept).rename(wish.inside(path))
            say(f"{path}: as it was before")
    for path, target in state.unlinked.items():
        if not os.path.lexists(wish.inside(path)):
            if not dry_run:
                wish.inside(path).symlink_to(target)
            say(f"{path}: back")


def _file(path: Path, shown: str, mark: str, say: Say, *, dry_run: bool) -> None:
    if not os.path.lexists(path):
        return
    if mark_on_disk(path) != mark:
        say(f"{shown}: was changed since, and stays")
        return
    _unlink(path, dry_run=dry_run)
    say(f"{shown}: removed")


def _unlink(path: Path, *, dry_run: bool) -> None:
    if not dry_run:
        path.unlink()


def _accounts(machine: Machine, state: State, say: Say) -> None:
    """Remove the account and the groups that were made; the groups stay while lists belong to them."""
    if ACCOUNT in state.accounts and machine.has_account(ACCOUNT):
        machine.run(["loginctl", "terminate-user", ACCOUNT])
        code, said = machine.run(["userdel", ACCOUNT])
        later = f"{said.strip()}. After the restart, run: userdel {ACCOUNT}"
        say(f"account {ACCOUNT}: {'removed' if code == 0 else later}")
    groups = [name for name in state.accounts if name != ACCOUNT and machine.has_group(name)]
    records = state.options.get("records", "")
    if records and machine.has(records):
        say(f"{records}: stays with the lists in it, and so do its groups")
        return
    for name in groups:
        code, said = machine.run(["groupdel", name])
        say(f"group {name}: {'removed' if code == 0 else said.strip()}")


def _folders(wish: Wish, folders: list[str]) -> None:
    """Remove the folders that were made, if nothing else is in them; inner ones first."""
    for folder in sorted(folders, key=len, reverse=True):
        path = wish.inside(folder)
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
