"""Ways through a visit that several tests take, and what to look for on the way."""

from fibrocheck.content.model import Content
from tests.program.terminal import RIGHT, Terminal

MOST_TURNS = 150

TO_CHECK = "\n" + "1\n" * 11 + "\n" + "1\n" * 7
"""Lines that answer everything in plain mode, up to the check page."""

READ_ON = "\n" * 2
"""A line for the next step, and one for what was marked."""

TO_THE_LIST = TO_CHECK + "1\n" + READ_ON
"""Lines that confirm those answers and read on, up to the choice of who gets the list."""

FINISH = "1\n" * 3
"""Lines that finish once somebody has the list: there, on the page with all there is to read, and goodbye."""


def choose_first_everywhere(terminal: Terminal) -> list[str]:
    """Press `1` on every page, and → where that marks one of several; every page on the way."""
    pages = [terminal.words]
    while terminal.is_full_screen:
        assert len(pages) < MOST_TURNS, "the first choice leads round in circles"
        pages.append(terminal.turn(RIGHT if "[x]" in terminal.text else "1"))
    return pages


def start_asking(terminal: Terminal, content: Content) -> None:
    """From the welcome page to the first question."""
    terminal.wait_for(content.words.start["en"])
    terminal.turn("1")
    terminal.wait_for(content.symptoms[0].ask["en"])


def skip_to_next_step(terminal: Terminal, content: Content) -> None:
    """From the first question to the first page of the end, answering nothing."""
    skip_to_check(terminal, content)
    terminal.turn("1")


def skip_to_check(terminal: Terminal, content: Content) -> None:
    """From the first question to the page that shows all answers, answering nothing."""
    skip, check = content.words.skip["en"], content.words.check["en"]
    while check not in terminal.words:
        key = next((key for key in "45" if f"{key} {skip}" in terminal.words), "1")
        terminal.turn(key)


def terms(content: Content, language: str) -> list[str]:
    """The clinic's terms for the symptoms and factors."""
    return [item.term[language] for item in content.items]
