"""One visit's copies: one identifier, the answers as they were confirmed, and what could not be made."""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fibrocheck.copies.code import packing
from fibrocheck.copies.code.codes import read_code
from fibrocheck.copies.code.identity import identifier_of
from fibrocheck.copies.copier import Copier, Version
from fibrocheck.copies.files import SaveError
from fibrocheck.copies.folder.claims import Claims
from fibrocheck.copies.folder.desk_folder import Folder
from fibrocheck.copies.formats import SUFFIXES
from fibrocheck.copies.printer import PrintError
from fibrocheck.copies.visit_copies import VisitCopies
from fibrocheck.questions import Answers
from fibrocheck.records.record import Record
from fibrocheck.records.times import local_now
from tests.fixture import questionnaire
from tests.records.written import read_response
from tests.sampling import few

CONTENT = questionnaire()
NO: Answers = {"sleep": "no"}
YES: Answers = {"sleep": "sometimes"}


def record_in(path: Path) -> Record:
    """Return the record in a file."""
    return read_response(path.read_bytes(), CONTENT)


def copies(*files: Path, force: bool = False, printer: str = "") -> VisitCopies:
    """Return the copies of a visit with these files of `--save`."""
    return VisitCopies(Copier(CONTENT, save_to=files, force=force, printer=printer))


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[Version]:
    """Record what is printed, instead of printing it."""
    pages: list[Version] = []

    def print_page(_copier: Copier, version: Version, **_how: object) -> str:
        pages.append(version)
        return f"desk-{len(pages)}"

    monkeypatch.setattr(Copier, "print", print_page)
    return pages


def test_every_file_is_written_when_the_answers_are_confirmed(tmp_path: Path) -> None:
    """One for each suffix, whatever their number."""
    files = [tmp_path / f"visit{suffix}" for suffix in SUFFIXES]
    visit = copies(*files)
    visit.confirm(YES, "es")
    assert visit.write_requested() == ()
    assert all(file.stat().st_size for file in files)
    assert visit.saved == tuple(files)
    assert visit.unmet == ()


ROADS: dict[str, Callable[[VisitCopies, Path], object]] = {
    "nothing": lambda _visit, _folder: None,
    "a file of --save": lambda visit, _folder: visit.write_requested(),
    "a copy": lambda visit, folder: visit.save(folder / "copy.html"),
    "a page": lambda visit, _folder: visit.print(),
    "a code": lambda visit, _folder: visit.take_code(),
}
TAKEN_ALONG = {"a copy", "a page"}
"""A code that was only shown is not among them: after a change there is another one."""
STEPS = st.tuples(
    st.sampled_from(["en", "es"]), st.sampled_from(["no", "sometimes"]), st.sampled_from([*ROADS])
)


@settings(max_examples=few(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=1, max_size=6))
def test_a_list_has_one_code_once_a_copy_is_taken_along(
    steps: list[tuple[str, str, str]], tmp_path: Path, printed: list[Version]
) -> None:
    """Before that, every change makes it anew. It is shown only while it holds the answers."""
    assert printed is not None
    visit = copies(tmp_path / "own.html", force=True, printer="desk")
    is_taken = False
    before: Version | None = None
    for language, answer, road in steps:
        visit.confirm({"sleep": answer}, language)
        now = visit._current
        changed = before is None or (before.answers, before.language) != (now.answers, now.language)
        assert (now == before) is not changed
        if before is not None and is_taken:
            assert now.stamp.code == before.stamp.code
        held = read_code(now.stamp.code, CONTENT, now.stamp.authored.date())
        own = (held.answers, held.language) == (now.answers, now.language)
        assert own or is_taken
        assert visit.code == (now.stamp.code if own else "")
        assert held.day <= now.stamp.authored.date()
        ROADS[road](visit, tmp_path)
        is_taken = is_taken or road in TAKEN_ALONG
        assert visit._is_taken_along is is_taken
        before = now


def test_the_identifier_is_that_of_the_first_code(tmp_path: Path) -> None:
    """In every record of the visit, corrected or not, and in one that is read from the code."""
    visit = copies()
    visit.confirm(NO, "en")
    first, code = record_in(visit.save(tmp_path / "a.json")), visit.code
    visit.confirm(YES, "es")
    corrected = record_in(visit.save(tmp_path / "b.json"))
    assert first.identifier == corrected.identifier == identifier_of(code)
    assert visit.take_code() == ""
    visit.confirm(NO, "en")
    assert visit.take_code() == code


def test_a_change_before_anything_is_taken_along_makes_another_list(tmp_path: Path) -> None:
    """The file of `--save` is rewritten with the new identifier. Other answers never have the old code."""
    visit = copies(tmp_path / "own.json")
    found = []
    for answers in (NO, YES):
        visit.confirm(answers, "en")
        visit.write_requested()
        found.append((visit.code, record_in(tmp_path / "own.json").identifier))
    assert [identifier_of(code) for code, _ in found] == [identifier for _, identifier in found]
    assert found[0] != found[1]


def test_two_visits_have_two_identifiers() -> None:
    """They are two lists, even with the same answers: all but once in 1,024 times."""
    visits = [copies() for _ in range(5)]
    for visit in visits:
        visit.confirm(NO, "en")
    assert len({visit.code for visit in visits}) > 1


def test_a_file_and_a_copy_from_the_menu_are_the_same_record(tmp_path: Path) -> None:
    """Byte for byte."""
    visit = copies(tmp_path / "a.json")
    visit.confirm(YES, "en")
    visit.write_requested()
    saved = visit.save(tmp_path / "b.json")
    assert saved.read_bytes() == (tmp_path / "a.json").read_bytes()


def test_a_changed_answer_rewrites_the_file_of_this_visit(tmp_path: Path) -> None:
    """Without `--force`: it is this visit's own."""
    file = tmp_path / "visit.json"
    visit = copies(file)
    visit.confirm(NO, "en")
    visit.write_requested()
    before = record_in(file)
    answers = dict(NO)
    visit.confirm(answers, "en")
    written = file.stat().st_mtime_ns
    assert visit.write_requested() == ()
    assert file.stat().st_mtime_ns == written, "the same answers are not written again"
    visit.confirm(YES, "en")
    assert visit.write_requested() == ()
    after = record_in(file)
    assert (before.answers, after.answers) == (NO, YES)


@pytest.mark.parametrize(
    "change",
    [
        lambda file: file.write_text("another"),
        lambda file: os.replace(_other(file), file),
        lambda file: (file.unlink(), file.symlink_to("elsewhere")),
        lambda file: (file.unlink(), file.mkdir()),
    ],
    ids=["written", "replaced", "link", "folder"],
)
def test_a_file_that_someone_else_changed_is_not_this_visits_own(
    change: Callable[[Path], object], tmp_path: Path
) -> None:
    """It stays as it is, and the failure is kept for the end."""
    file = tmp_path / "visit.json"
    visit = copies(file)
    visit.confirm(NO, "en")
    visit.write_requested()
    change(file)
    found = file.lstat()
    visit.confirm(YES, "en")
    (error,) = visit.write_requested()
    assert isinstance(error, SaveError)
    assert visit.unmet == (error,)
    assert file.lstat() == found


def test_a_file_that_was_removed_is_written_again(tmp_path: Path) -> None:
    """The wish is still there."""
    file = tmp_path / "visit.json"
    visit = copies(file)
    visit.confirm(NO, "en")
    visit.write_requested()
    file.unlink()
    assert visit.write_requested() == ()
    assert record_in(file).answers == NO


def test_a_file_that_could_not_be_written_is_tried_again(tmp_path: Path) -> None:
    """The others are written meanwhile, and once it works nothing is unmet."""
    late, now = tmp_path / "later" / "a.json", tmp_path / "b.html"
    visit = copies(late, now)
    visit.confirm(NO, "en")
    assert [type(error) for error in visit.write_requested()] == [SaveError]
    assert visit.saved == (now,)
    assert len(visit.unmet) == 1
    late.parent.mkdir()
    assert visit.write_requested() == ()
    assert not visit.unmet
    assert json.loads(late.read_text())["resourceType"] == "QuestionnaireResponse"


def test_what_was_asked_for_on_a_page_counts_unless_something_else_was_taken(
    tmp_path: Path, printed: list[Version]
) -> None:
    """A copy elsewhere or a page; a file of `--save` is no substitute, and no substitute for it."""
    for instead in ("nothing", "a copy", "a page", "--save"):
        visit = copies(*([tmp_path / "own.json"] if instead == "--save" else []))
        visit.confirm(NO, "en")
        visit.write_requested()
        with pytest.raises(SaveError):
            visit.save(tmp_path / "nowhere" / "a.json")
        if instead == "a copy":
            visit.save(tmp_path / "a.json")
        if instead == "a page":
            visit.print()
        assert bool(visit.unmet) is (instead in {"nothing", "--save"}), instead
    assert len(printed) == 1


def test_a_missing_file_of_save_counts_whatever_else_was_taken(tmp_path: Path) -> None:
    """It was asked for on the command line."""
    visit = copies(tmp_path / "nowhere" / "a.json")
    visit.confirm(NO, "en")
    visit.write_requested()
    visit.save(tmp_path / "b.json")
    assert len(visit.unmet) == 1


def test_a_visit_prints_as_often_as_it_needs(printed: list[Version]) -> None:
    """Twice for the same answers, again after a change, and six times in all."""
    visit = copies(printer="desk")
    allowed = []
    for answer in ("no", "sometimes", "not-sure", "most-days"):
        visit.confirm({"sleep": answer}, "en")
        for _ in range(3):
            allowed.append(visit.may_print_again)
            if allowed[-1]:
                visit.print()
    assert allowed == [True, True, False] * 3 + [False] * 3
    assert len(printed) == 6


def test_a_page_that_was_not_accepted_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not count as printed."""

    def refuse(_copier: Copier, _version: Version, **_how: object) -> str:
        raise PrintError("desk", "it is off", "Turn it on")

    monkeypatch.setattr(Copier, "print", refuse)
    visit = copies(printer="desk")
    visit.confirm(NO, "en")
    for _ in range(10):
        with pytest.raises(PrintError):
            visit.print()
    assert visit.may_print_again
    assert len(visit.unmet) == 1


def test_no_copy_is_made_of_unconfirmed_answers(tmp_path: Path) -> None:
    """There is nothing to make it of."""
    with pytest.raises(ValueError, match="confirmed"):
        copies().save(tmp_path / "a.json")


def _other(file: Path) -> Path:
    """Return another file with the same contents."""
    other = file.with_name("other")
    other.write_bytes(file.read_bytes())
    return other


def test_a_code_is_drawn_again_until_no_list_in_the_folder_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anybody sees it, so that the code and the identifier of the list given are one."""
    tmp_path.chmod(0o700)
    monkeypatch.setattr("fibrocheck.copies.code.codes.os.urandom", bytes)
    codes = []
    for _ in range(3):
        visit = VisitCopies(Copier(CONTENT, folder=Folder(tmp_path)))
        visit.confirm(NO, "en")
        codes.append(visit.take_code())
        visit.give()
        assert visit.take_code() == codes[-1]
    assert len(set(codes)) == 3
    records = [record_in(path) for path in tmp_path.glob("*/*.json")]
    assert {each.identifier for each in records} == {*map(identifier_of, codes)}


def test_after_every_code_of_a_day_a_list_is_given_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More lists with the same answers on one day than codes: better twice an identifier than none.

    There are 1,024; here, as many as make no test long.
    """
    tmp_path.chmod(0o700)
    monkeypatch.setattr(packing, "CHANCES", 16)
    monkeypatch.setattr(Claims, "is_new", lambda _claims, _identifier: False)
    monkeypatch.setattr("fibrocheck.copies.copier.Copier._is_taken", lambda _copier, _code: True)
    visit = VisitCopies(Copier(CONTENT, folder=Folder(tmp_path)))
    visit.confirm(NO, "en")
    visit.give()
    assert visit.delivered.number
    assert len([*tmp_path.glob("*/*.json")]) == 1


def test_the_front_desk_is_offered_while_it_does_not_have_these_answers(tmp_path: Path) -> None:
    """Giving the same again would do nothing; a change is passed on, and offered if that failed."""
    tmp_path.chmod(0o700)
    visit = VisitCopies(Copier(CONTENT, folder=Folder(tmp_path)))
    visit.confirm(NO, "en")
    assert visit.roads[0] == "desk"
    visit.give()
    number = visit.delivered.number
    assert "desk" not in visit.roads
    lists = tmp_path / "elsewhere"
    (day,) = tmp_path.iterdir()
    day.rename(lists)
    visit.confirm(YES, "en")
    assert len(visit.write_requested()) == 1
    assert visit.roads[0] == "desk"
    lists.rename(day)
    visit.give()
    assert (visit.delivered.number, "desk" in visit.roads) == (number, False)
    assert record_in(next(tmp_path.glob("*/*.json"))).answers == YES
    visit.take_back()
    assert visit.roads[0] == "desk"
    assert (
        read_code(visit.code, CONTENT, local_now().date()).answers == YES
    )  # nobody has the first code any more


def test_a_change_reaches_the_copies_that_were_taken_along(tmp_path: Path) -> None:
    """Each in the language in which it was saved, unless somebody changed the file."""
    visit = copies()
    visit.confirm(NO, "es")
    own = visit.save(tmp_path / "own.json")
    edited = visit.save(tmp_path / "edited.json")
    edited.write_text("mine")
    visit.confirm(NO, "en")
    before = own.read_bytes()
    assert (visit.write_requested(), own.read_bytes()) == ((), before)
    visit.confirm(YES, "en")
    assert visit.write_requested() == ()
    record = record_in(own)
    assert (record.answers, record.language, edited.read_text()) == (YES, "es", "mine")


def test_a_copy_that_cannot_be_changed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It still has the answers from before."""
    visit = copies()
    visit.confirm(NO, "en")
    visit.save(tmp_path / "own.json")

    def refuse(*_: object, **__: object) -> None:
        raise SaveError(tmp_path / "own.json", "the disk is full", "Free some space")

    monkeypatch.setattr(Copier, "save", refuse)
    visit.confirm(YES, "en")
    assert [type(error) for error in visit.write_requested()] == [SaveError]


def test_giving_a_list_makes_its_identifier_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is slow on purpose: whether it is new, the record and the claim share it."""
    runs: list[bytes] = []
    scrypt = hashlib.scrypt

    def counted(password: bytes, **how: Any) -> bytes:
        runs.append(password)
        return scrypt(password, **how)

    monkeypatch.setattr(hashlib, "scrypt", counted)
    tmp_path.chmod(0o700)
    visit = VisitCopies(Copier(CONTENT, folder=Folder(tmp_path)))
    visit.confirm({"fatigue": "most-days"}, "en")
    visit.give()
    assert len(runs) == 1
