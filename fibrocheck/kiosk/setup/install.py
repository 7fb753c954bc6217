"""Makes a computer a kiosk. Nothing is changed before everything was looked at, and each step is kept."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from fibrocheck.kiosk.setup.findings import Finding, check_words, findings
from fibrocheck.kiosk.setup.machine import Machine
from fibrocheck.kiosk.setup.plan import (
    ENVIRONMENT,
    TEMPORARY,
    Plan,
    PlannedFile,
    code_in,
    home_for,
    plan,
    shell_for,
)
from fibrocheck.kiosk.setup.state import (
    STATE,
    SetupError,
    State,
    clean_up,
    known_state,
    link_on_disk,
    mark_of,
    mark_on_disk,
    read_state,
    refused,
    write_file,
    write_state,
)
from fibrocheck.kiosk.setup.wish import QUESTIONS, Way, Wish

ACCOUNT, REACH, READ = "kiosk", "fibrocheck", "fibrocheck-desk"
"""The account of the kiosk, the group that may reach the lists, and the one that may read them."""

BACKUP = ".before-fibrocheck"
NEW, SAME, OURS, KEPT, OTHER = "new", "as it is", "updated", "kept", "differs"
"""What is known of a file that is to be written."""

Say = Callable[[str], None]


class Folder(NamedTuple):
    """A folder that is to be made."""

    path: str
    mode: str
    group: str


class Step(NamedTuple):
    """A file of the plan, and what stands in its place now."""

    file: PlannedFile
    now: str


def show(wish: Wish, say: Say) -> None:
    """Say what an installation would do: findings, then each path with its text. Changes nothing."""
    check_words(wish)
    machine, planned, before = Machine(wish), plan(wish), known_state(wish)
    steps = _steps(planned, wish, before)
    in_the_way = [*_in_any_case(wish, machine, planned, before), *_in_the_way(steps)]
    for finding in in_the_way:
        say(f"warning: {finding}")
    if in_the_way:
        say("Until that is done, an installation changes nothing. It would write:")
    for step in steps:
        say(f"\n--- {step.file.path} ({step.now}, mode {step.file.mode:o})\n{_shown(step.file, wish)}")
    for link in planned.links:
        say(f"\n--- {link.path} -> {link.target}")
    for path in planned.unlinked:
        say(f"\n--- {path} (taken away)")
    for folder in _new_folders(wish, machine) if wish.is_here else ():
        say(f"\n--- {folder.path} (new folder, mode {folder.mode}, group {folder.group})")
    say(f"\n{_next(wish)}")


def install(wish: Wish, say: Say, *, force: bool = False) -> None:
    """Make the computer a kiosk, and say each thing that was done.

    `SetupError` with everything that stands in the way; then nothing was changed. With `force`, files that
    differ are moved aside.
    """
    check_words(wish)
    machine, planned, before = Machine(wish), plan(wish), read_state(wish.root)
    steps = _steps(planned, wish, before)
    in_the_way = _in_any_case(wish, machine, planned, before)
    if not force:
        in_the_way += _in_the_way(steps)
    if in_the_way:
        raise SetupError("\n".join([*map(str, in_the_way), "Nothing was changed."]))
    state = _begun(wish, machine, planned, steps, before)
    clean_up(wish, state.files)
    write_state(wish, state)
    _write(wish, planned, steps, state, say)
    if wish.is_here:
        _on_this_machine(wish, machine, say)
    write_state(wish, state._replace(finished=True))
    say(_next(wish))


def _shown(file: PlannedFile, wish: Wish) -> str:
    """Return the text of a file without the staff code; of the clinic's own words only how much there is."""
    if file.path == QUESTIONS:
        return f"(your questions.yaml, {len(file.text.splitlines())} lines)"
    text = file.text.rstrip()
    return text.replace(f"CODE={wish.code}", "CODE=(yours)") if wish.code else text


def _steps(planned: Plan, wish: Wish, before: State | None) -> list[Step]:
    ours = before.files if before else {}
    return [Step(file, _now(file, wish.inside(file.path), ours.get(file.path, ""))) for file in planned.files]


def _now(file: PlannedFile, path: Path, ours: str) -> str:
    if not os.path.lexists(path):
        return NEW
    if file.kept:
        return KEPT
    on_disk = mark_on_disk(path)
    if on_disk == mark_of(file.text):
        return SAME
    return OURS if on_disk and on_disk == ours else OTHER


def _in_any_case(wish: Wish, machine: Machine, planned: Plan, before: State | None) -> list[Finding]:
    """Return what stands in the way even of `--force`."""
    return [*findings(wish, machine), *_other_way(wish, before), *_taken_links(planned, wish)]


def _in_the_way(steps: list[Step]) -> list[Finding]:
    remedy = f"Look at it, and move it away; or add --force, which keeps it with the ending {BACKUP}"
    return [Finding(f"{step.file.path} is there and differs", remedy) for step in steps if step.now == OTHER]


def _taken_links(planned: Plan, wish: Wish) -> Iterator[Finding]:
    """Yield a finding for each path of a link where something else is."""
    for link in planned.links:
        path = wish.inside(link.path)
        if os.path.lexists(path) and link_on_disk(path) != link.target:
            yield Finding(f"{link.path} is there and differs", "Look at it, and move it away")


def _other_way(wish: Wish, before: State | None) -> Iterator[Finding]:
    if before is not None and before.way != wish.way.value:
        what = f"This computer is a kiosk of another kind already ({before.way})"
        yield Finding(what, "Run first: fibrocheck kiosk remove")


def _begun(wish: Wish, machine: Machine, planned: Plan, steps: list[Step], before: State | None) -> State:
    """Return what is going to be done, with what an earlier run did."""
    files = {step.file.path: mark_of(step.file.text) for step in steps if step.now not in {SAME, KEPT}}
    links = {link.path: link.target for link in planned.links if not machine.has(link.path)}
    gone = {path: target for path in planned.unlinked if (target := link_on_disk(wish.inside(path)))}
    replaced = {step.file.path: step.file.path + BACKUP for step in steps if step.now == OTHER}
    made = [path for path in _parents([*files, *links, STATE]) if not machine.has(path)]
    accounts = [name for name in (ACCOUNT,) if not machine.has_account(name)]
    accounts += [name for name in (REACH, READ) if not machine.has_group(name)]
    options = {"printer": wish.printer, "records": wish.records, "speech": " ".join(wish.speech)}
    if before is None:
        return State(wish.way.value, options, files, links, gone, replaced, made, accounts)
    return State(
        wish.way.value,
        options,
        before.files | files,
        before.links | links,
        before.unlinked | gone,
        replaced | before.replaced,
        list(dict.fromkeys([*before.folders, *made])),
        list(dict.fromkeys([*before.accounts, *accounts])),
    )


def _parents(paths: list[str]) -> list[str]:
    """Return the folders of these paths, outer ones first."""
    found = {str(parent) for path in paths for parent in Path(path).parents if str(parent) != "/"}
    return sorted(found)


def _write(wish: Wish, planned: Plan, steps: list[Step], state: State, say: Say) -> None:
    for step in steps:
        path = wish.inside(step.file.path)
        if step.now == OTHER:
            _move_aside(path, say)
        if step.now in {NEW, OURS, OTHER}:
            write_file(path, step.file.text, step.file.mode)
        say(f"{step.file.path}: {step.now if step.now != OTHER else 'replaced'}")
        if step.now == KEPT and not _has_wish(path, wish):
            say("  It has another staff code or other options. Edit it, or delete it and run this again.")
    for link in planned.links:
        _link(wish.inside(link.path), link.target)
        say(f"{link.path} -> {link.target}")
    for gone in state.unlinked:
        wish.inside(gone).unlink(missing_ok=True)
        say(f"{gone}: taken away")


def _has_wish(path: Path, wish: Wish) -> bool:
    """Return whether the clinic's file has the staff code and options that were asked for, if any were."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    wanted = {f"FIBROCHECK_STAFF_CODE={wish.code}": wish.code, f'FIBROCHECK_OPTIONS="{wish.more}"': wish.more}
    return all(line in lines for line, given in wanted.items() if given)


def _move_aside(path: Path, say: Say) -> None:
    aside = path.with_name(path.name + BACKUP)
    if os.path.lexists(aside):
        raise SetupError(f"{aside}: is there already. Move it away, then run it again.")
    try:
        path.rename(aside)
    except OSError as error:
        raise refused(path, error) from None
    say(f"{aside}: what was there before")


def _link(path: Path, target: str) -> None:
    if link_on_disk(path) == target:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target)
    except OSError as error:
        raise refused(path, error) from None


def _on_this_machine(wish: Wish, machine: Machine, say: Say) -> None:
    """Make the account and the folder, and have systemd read its files again."""
    _must(machine, ["systemd-sysusers"])
    shell, home = shell_for(wish.way), home_for(wish.way)
    if machine.login_of(ACCOUNT) != (home, shell):  # the account was there before
        _must(machine, ["usermod", "--home", home, "--shell", shell, ACCOUNT])
    if wish.way is Way.touch:
        _must(machine, ["systemd-tmpfiles", "--create", TEMPORARY])
    if wish.way is not Way.console:
        _must(machine, ["chown", f"root:{ACCOUNT}", ENVIRONMENT])
        _must(machine, ["chmod", "640", ENVIRONMENT])
    if wish.records:
        _make_folder(wish, machine, say)
    _must(machine, ["systemctl", "daemon-reload"])


def _make_folder(wish: Wish, machine: Machine, say: Say) -> None:
    made = _new_folders(wish, machine)
    for folder in made:
        _must(machine, ["install", "-d", "-m", folder.mode, "-g", folder.group, folder.path])
    say(f"{wish.records}: {'new, for the lists; remove leaves it' if made else 'as it is'}")


def _new_folders(wish: Wish, machine: Machine) -> list[Folder]:
    """Return what is missing for the lists: kiosks may add, the desk may read, no one else gets in."""
    if not wish.records or machine.has(wish.records):
        return []
    parent = str(Path(wish.records).parent)
    outer = [] if machine.has(parent) else [Folder(parent, "750", REACH)]
    return [*outer, Folder(wish.records, "2773", READ)]


def _must(machine: Machine, command: list[str]) -> None:
    code, said = machine.run(command)
    if code:
        reason = said.strip().splitlines()[0] if said.strip() else f"exit code {code}"
        raise SetupError(f"{' '.join(command)}: {reason}. Then run it again, or fibrocheck kiosk remove.")


def _has_code(path: Path) -> bool:
    """Return whether the clinic has written a staff code already; not if this user may not read it."""
    try:
        return bool(code_in(path.read_text(encoding="utf-8", errors="replace")))
    except OSError:
        return False


def _next(wish: Wish) -> str:
    """Return what is left to do."""
    has_code = wish.code or _has_code(wish.inside(ENVIRONMENT))
    lines = [] if has_code else [f"Write the staff code into {ENVIRONMENT}."]
    if wish.is_here:
        lines += ["Restart the computer.", f"Run: {wish.program} kiosk check"]
    else:
        lines += ["At its first start, the system makes the account itself (systemd-sysusers)."]
        if wish.records:
            lines.append(f"There, make the folder: install -d -m 2773 -g {READ} {wish.records}")
    return "\n".join(["Next:", *(f"{number}. {line}" for number, line in enumerate(lines, 1))])
