"""Before the first patient, one page is asked where nobody sees it, so that no visit does the same anew."""

import os
import signal
from cProfile import Profile
from pathlib import Path

import pytest

from fibrocheck.asking.screen.asker import ScreenAsker
from fibrocheck.asking.screen.page_layout import Size
from fibrocheck.errors import VisitEnded
from fibrocheck.kiosk import rehearsal
from fibrocheck.kiosk.settings import Settings
from tests.asking.test_pages import CONTENT
from tests.fresh_python import printed_by
from tests.kiosk.start import FIRST_PAGE, leave, start_kiosk


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a terminal of the usual size."""
    monkeypatch.setattr(rehearsal, "screen_size", lambda: Size(80, 24))


def calls_of_one(language: str | None) -> int:
    """Return how many calls a rehearsal takes: making the screen, drawing the first page, and its answer."""
    profile = Profile()
    profile.runcall(rehearsal.rehearse, CONTENT, Settings(language=language))
    return sum(each.callcount for each in profile.getstats())


@pytest.mark.parametrize("language", ["en", None])
def test_it_answers_the_first_page(language: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a key, as a patient does; the page may be the choice of a language."""
    replies: list[object] = []
    for name in ("read", "choose"):
        real = getattr(ScreenAsker, name)
        monkeypatch.setattr(ScreenAsker, name, lambda *given, real=real: replies.append(real(*given)))
    rehearsal.rehearse(CONTENT, Settings(language=language))
    assert len(replies) == 1


@pytest.mark.parametrize(("language", "at_most"), [("en", 14_500), (None, 10_500)])
def test_what_was_rehearsed_takes_few_calls(language: str | None, at_most: int) -> None:
    """13,600, of 17,200 while the library had a binding for each key. Calls are counted, not time."""
    calls_of_one(language)
    assert min(calls_of_one(language) for _ in range(3)) < at_most


def test_the_first_time_takes_more() -> None:
    """In a process that has loaded all that visits need, as a kiosk has: that is what a rehearsal is for."""
    program = (
        "from tests.kiosk import test_rehearsal as t; from fibrocheck.kiosk import visits; "
        "visits.load_before_visits(t.Settings(language='en')); "
        "t.rehearsal.screen_size = lambda: t.Size(80, 24); "
        "first, second = (t.calls_of_one('en') for _ in range(2)); print(first > 1.1 * second)"
    )
    assert printed_by(program).strip() == "True"


def test_it_ends_also_if_the_key_answers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kiosk must start whatever a page does with a key; nothing is left open."""
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    monkeypatch.setattr(rehearsal, "_KEY", "")
    rehearsal.rehearse(CONTENT, Settings(language="en"))
    assert not before or len(os.listdir("/proc/self/fd")) == before


def test_a_signal_meanwhile_ends_the_kiosk(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not taken for the end of the rehearsal."""

    def ended(*_: object) -> None:
        raise VisitEnded(128 + signal.SIGTERM)

    monkeypatch.setattr(ScreenAsker, "read", ended)
    with pytest.raises(VisitEnded):
        rehearsal.rehearse(CONTENT, Settings(language="en"))


def test_lines_are_not_rehearsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor a screen that is too small for pages, which asks by lines."""
    monkeypatch.setattr(rehearsal, "_ask", None)
    rehearsal.rehearse(CONTENT, Settings(language="en", plain=True))
    monkeypatch.setattr(rehearsal, "screen_size", lambda: Size(20, 5))
    rehearsal.rehearse(CONTENT, Settings(language="en"))


def test_a_kiosk_rehearses_and_shows_nothing_of_it(tmp_path: Path) -> None:
    """Its first page comes once."""
    with start_kiosk(tmp_path) as seen:
        seen.wait_for(FIRST_PAGE)
        assert seen.written.count(FIRST_PAGE.encode()) == 1
        assert leave(seen) == 0
    mark = tmp_path / "rehearsed"
    noted = (
        f"import fibrocheck.kiosk.supervisor as k; k.rehearse = lambda *_: open({str(mark)!r}, 'w').close()"
    )
    with start_kiosk(tmp_path, broken_by=noted) as seen:
        seen.wait_for(FIRST_PAGE)
        assert mark.exists()
