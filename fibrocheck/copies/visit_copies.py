"""The copies of one visit: what was confirmed, what was made of it, and what could not be made."""

from typing import TYPE_CHECKING

from fibrocheck.copies.copier import Copier, Version
from fibrocheck.errors import StaffError
from fibrocheck.questions import Answers

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from fibrocheck.copies.formats import Format

_MAX_PRINTS_EACH, _MAX_PRINTS = 2, 6
"""Pages for one version of the answers, one of which may come out badly; and for a whole visit."""

_NO_PLACE = "There is no folder here that a copy can be saved in. Start with --save FILE."


class VisitCopies:
    """What one visit's copies are made from, and what became of them.

    All copies have one identifier, and the time of the confirmation that changed the answers last. The
    identifier is made from the list's code. Both are made anew if the answers or the language change before
    the first copy is taken along, and never afterwards: somebody may have them. A file of `--save` is not
    taken along; it is rewritten.
    """

    def __init__(self, copier: Copier) -> None:
        self._copier = copier
        self._version: Version | None = None
        self._written: dict[Path, tuple[Version, os.stat_result]] = {}
        self._unmet: dict[Path, StaffError] = {}
        self._refused: StaffError | None = None
        self._taken: list[Path] = []
        self._prints: list[Version] = []
        self._coded: Version | None = None
        self._code_taken = False

    @property
    def may_save(self) -> bool:
        """Whether the person may save a copy here."""
        return self._copier.may_save

    @property
    def may_print(self) -> bool:
        """Whether there is a printer."""
        return bool(self._copier.printer)

    @property
    def may_print_again(self) -> bool:
        """Whether another page is still within what a visit needs."""
        of_these_answers = self._prints.count(self._current)
        return of_these_answers < _MAX_PRINTS_EACH and len(self._prints) < _MAX_PRINTS

    @property
    def saved(self) -> "tuple[Path, ...]":
        """The files that hold answers of this visit: those of `--save` first."""
        return (*self._written, *self._taken)

    @property
    def unmet(self) -> tuple[StaffError, ...]:
        """Why something that was wanted was not made.

        That is every file of `--save` that is missing or old; and what the person asked for last on a
        page, unless something else was made for them instead.
        """
        refused = None if self._is_taken_along else self._refused
        return (*self._unmet.values(), *([refused] if refused else []))

    def confirm(self, answers: Answers, language: str) -> None:
        """Keep the answers that the person confirmed, for all copies from now on."""
        before = self._version
        if before is None or _differs(before, answers, language):
            code = before.stamp.code if before and self._is_taken_along else ""
            stamp = self._copier.stamp(answers, language, code)
            self._version = Version(dict(answers), language, stamp)
            if not code:
                self._coded = self._version

    @property
    def code(self) -> str:
        """The code of the confirmed answers, without dashes.

        Empty if they were corrected after the first copy was taken along: the code stays that copy's.
        """
        version = self._current
        is_its_own = self._coded is not None and not _differs(self._coded, version.answers, version.language)
        return version.stamp.code if is_its_own else ""

    def take_code(self) -> str:
        """Return the code for the person to take along, which counts as a copy; empty if there is none."""
        code = self.code
        self._code_taken = self._code_taken or bool(code)
        return code

    def write_requested(self) -> tuple[StaffError, ...]:
        """Write the files of `--save` that do not hold the confirmed answers yet; return what failed."""
        for path in self._copier.save_to:
            try:
                self._write(path)
            except StaffError as error:
                self._unmet[path] = error
            else:
                self._unmet.pop(path, None)
        return tuple(self._unmet.values())

    def places(self, form: "Format") -> "list[Path]":
        """Return free file names for a copy; `StaffError` if there is no folder for one."""
        found = list(self._copier.places(form))
        if not found:
            self._refused = StaffError(_NO_PLACE)
            raise self._refused
        return found

    def save(self, path: "Path") -> "Path":
        """Save a copy for the person and return its path; `SaveError` if that cannot be done."""
        try:
            path = self._copier.save_new(path, self._current)
        except StaffError as error:
            self._refused = error
            raise
        self._taken.append(path)
        return path

    def print(self) -> None:
        """Print the page; `PrintError` if the printer did not accept it."""
        try:
            self._copier.print(self._current)
        except StaffError as error:
            self._refused = error
            raise
        self._prints.append(self._current)

    @property
    def _is_taken_along(self) -> bool:
        """Whether somebody may have the code or the identifier."""
        return bool(self._taken or self._prints or self._code_taken)

    @property
    def _current(self) -> Version:
        if self._version is None:
            raise ValueError("no copy is made before the answers are confirmed")
        return self._version

    def _write(self, path: "Path") -> None:
        """Write a file of `--save`, unless it holds these answers already."""
        version, found = self._written.get(path, (None, None))
        is_ours = found is not None and _is_same(path, found)
        if is_ours and version == self._current:
            return
        self._copier.save(path, self._current, force=is_ours or self._copier.force)
        self._written[path] = self._current, path.lstat()


def _differs(version: Version, answers: Answers, language: str) -> bool:
    return (version.answers, version.language) != (answers, language)


def _is_same(path: "Path", found: "os.stat_result") -> bool:
    """Return whether a file is still the one that was found there, with the same contents."""
    try:
        now = path.lstat()
    except OSError:
        return False
    return _identity(now) == _identity(found)


def _identity(status: "os.stat_result") -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
