"""The copies of one visit: what was confirmed, what was made of it, and what could not be made."""

from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.copies.copier import CODE, DESK, PRINT, ROADS, SAVE, Copier, Version
from fibrocheck.errors import StaffError
from fibrocheck.questions import Answers

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from pathlib import Path

    from fibrocheck.copies.folder.desk_folder import Given
    from fibrocheck.copies.formats import Format

_MAX_PRINTS_EACH, _MAX_PRINTS = 2, 6
"""Pages for one version of the answers, one of which may come out badly; and for a whole visit."""

_MAX_CODES = 20
"""As often another code is drawn if some other list got the same one a moment before."""

_NO_PLACE = "There is no folder here that a copy can be saved in. Start with --save FILE."


class Delivered(NamedTuple):
    """What became of a list: the number that the front desk has it under, its code, its copies, or paper.

    `written` are the files of `--save`, which whoever started the program asked for, not the person.
    """

    number: str = ""
    code: str = ""
    files: tuple[str, ...] = ()
    is_printed: bool = False
    written: tuple[str, ...] = ()

    @property
    def is_taken_along(self) -> bool:
        """Whether the person has taken the list along in some way."""
        return bool(self.number or self.code or self.files or self.is_printed)

    @property
    def is_anywhere(self) -> bool:
        """Whether anybody or anything has the list."""
        return self.is_taken_along or bool(self.written)


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
        self._given: Given | None = None
        self._given_version: Version | None = None
        self._job, self._cancelled = "", 0

    @property
    def is_kiosk(self) -> bool:
        """Whether the next person comes to the same screen."""
        return self._copier.is_kiosk

    def tell_staff(self, error: StaffError) -> None:
        """Have staff of a kiosk told what they have to mend; it names no answer."""
        self._copier.tell_staff(str(error))

    @property
    def roads(self) -> tuple[str, ...]:
        """The ways in which the person can take the list along here, the best first."""
        copier = self._copier
        possible = {
            DESK: copier.folder is not None and not self._is_given,
            PRINT: bool(copier.printer),
            CODE: bool(self.code),
            SAVE: copier.may_save,
        }
        return tuple(road for road in ROADS if possible[road] and road in copier.ways)

    @property
    def delivered(self) -> Delivered:
        """Where the list is by now."""
        number = self._given.number if self._given else ""
        code = self.code if self._code_taken else ""
        return Delivered(number, code, _names(self._taken), bool(self._prints), _names(self._written))

    @property
    def may_print_again(self) -> bool:
        """Whether another page is still within what a visit needs."""
        of_these_answers = self._prints.count(self._current)
        all_prints = len(self._prints) + self._cancelled
        return of_these_answers + self._cancelled < _MAX_PRINTS_EACH and all_prints < _MAX_PRINTS

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
        refused = None if self._is_taken_along or self._code_taken else self._refused
        return (*self._unmet.values(), *([refused] if refused else []))

    def confirm(self, answers: Answers, language: str) -> None:
        """Keep the answers that the person confirmed, for all copies from now on."""
        before = self._version
        if before is None or _differs(before, answers, language):
            code = before.stamp.code if before and self._is_taken_along else ""
            stamp = self._copier.stamp(answers, language, code)
            self._version = Version(dict(answers), language, stamp)
            if not code:
                self._coded, self._code_taken = self._version, False

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
        """Write the files of `--save` that do not hold the confirmed answers yet; return what failed.

        So is the front desk's list, if it was given.
        """
        for path in self._copier.save_to:
            try:
                self._write(path)
            except StaffError as error:
                self._unmet[path] = error
            else:
                self._unmet.pop(path, None)
        return (*self._unmet.values(), *self._update_given())

    def _update_given(self) -> tuple[StaffError, ...]:
        if self._given is None or self._is_given:
            return ()
        try:
            self.give()
        except StaffError as error:
            return (error,)
        return ()

    def give(self) -> None:
        """Give the list to the front desk, or its new version after a change; the number stays.

        `FolderError` if that cannot be done.
        """
        try:
            self._given = self._give()
        except StaffError as error:
            self._refused = error
            raise
        self._given_version = self._current

    def _give(self) -> "Given":
        from fibrocheck.copies.folder.desk_folder import IdentifierTaken  # not before a list is given

        folder = self._copier.folder
        if folder is None:
            raise ValueError("there is no folder for the front desk")
        for tries_left in reversed(range(_MAX_CODES)):
            version = self._current
            record = self._copier.record(version)
            if self._given is not None:
                return folder.give_again(self._given, record)
            is_fixed = self._is_taken_along or not tries_left
            try:
                return folder.give(record, version.stamp.identifier, is_fixed=is_fixed)
            except IdentifierTaken:
                self._version = self._coded = None
                self.confirm(version.answers, version.language)  # with another code
        raise AssertionError  # the last try takes any identifier

    def take_back(self) -> None:
        """Take the list back from the front desk; `FolderError` if that cannot be done."""
        if self._copier.folder is not None and self._given is not None:
            self._copier.folder.take_back(self._given)
            self._given = self._given_version = None

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

    def print(self, *, large: bool = False) -> None:
        """Print the page; `PrintError` if the printer did not accept it."""
        try:
            number = self._given.number if self._given else ""
            self._job = self._copier.print(self._current, large=large, number=number, code=self.code)
        except StaffError as error:
            self._refused = error
            raise
        self._prints.append(self._current)

    def cancel_print(self) -> None:
        """Have the printer drop the page that did not come out; it is no copy."""
        self._copier.cancel_print(self._job)
        self._prints.pop()
        self._cancelled += 1

    @property
    def _is_given(self) -> bool:
        """Whether the front desk has these answers."""
        return self._given is not None and self._given_version == self._current

    @property
    def _is_taken_along(self) -> bool:
        """Whether a copy with the identifier is somewhere.

        A code that was only shown is not: after a change there is another one, and both are the person's.
        """
        return bool(self._taken or self._prints or self._given)

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


def _names(paths: "Iterable[Path]") -> tuple[str, ...]:
    return tuple(map(str, paths))


def _is_same(path: "Path", found: "os.stat_result") -> bool:
    """Return whether a file is still the one that was found there, with the same contents."""
    try:
        now = path.lstat()
    except OSError:
        return False
    return _identity(now) == _identity(found)


def _identity(status: "os.stat_result") -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
