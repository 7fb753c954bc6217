"""What a technician asks for: which kind of kiosk, on which machine."""

from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

ROOT = Path("/")
DEFAULT_PROGRAM = "/opt/fibrocheck/bin/fibrocheck"
QUESTIONS = "/etc/fibrocheck/questions.yaml"
"""Where a clinic's own words are put, so that the kiosk's account can read them."""


class Way(StrEnum):
    """How the kiosk gets to its screen."""

    console = "console"
    autologin = "autologin"
    touch = "touch"


class Wish(NamedTuple):
    """A kiosk to install. `root` is where the system's files are: `/`, or an image of another system.

    `speech` are the options for reading aloud, such as `--headphones`.
    `questions` is the text of the clinic's own questions.yaml, if there is one. `more` are options of this
    kiosk alone, and `code` is its staff code; without them, the technician writes them down afterwards.
    """

    way: Way
    program: str = DEFAULT_PROGRAM
    printer: str = ""
    records: str = ""
    language: str = ""
    large: bool = False
    ways: str = ""
    root: Path = ROOT
    speech: tuple[str, ...] = ()
    questions: str = ""
    more: str = ""
    code: str = ""

    @property
    def is_here(self) -> bool:
        """Whether this is the running system, not an image of one."""
        return self.root == ROOT

    def inside(self, path: str) -> Path:
        """Return where a path of the kiosk is seen from here."""
        return self.root / path.lstrip("/")

    @property
    def options(self) -> list[str]:
        """The options that `fibrocheck kiosk` is started with."""
        given = {
            "--language": self.language,
            "--printer": self.printer,
            "--records": self.records,
            "--ways": self.ways,
            "--questions": QUESTIONS if self.questions else "",
        }
        named = [part for name, value in given.items() if value for part in (name, value)]
        flags = {"--large": self.large, "--touch": self.way is Way.touch}
        return [*named, *(name for name, is_set in flags.items() if is_set), *self.speech]
