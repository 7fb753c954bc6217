"""What fibrocheck is measured against, and how each is started."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from fibrocheck.content.loader import load
from fibrocheck.content.source_file import shipped_path

QUESTIONARY = "bare questionary"
FIBROCHECK = "fibrocheck"

_BARE = 'import questionary; questionary.select("?", ["a", "b"]).unsafe_ask()'
_BARE_FOR_EVER = 'import questionary\nwhile True: questionary.select("?", ["a", "b"]).unsafe_ask()'
_NAIVE = """
import questionary, typer, yaml
from rich.console import Console
from rich.panel import Panel

def main(file: str) -> None:
    with open(file, encoding="utf-8") as opened:
        content = yaml.safe_load(opened)
    Console().print(Panel(content["welcome"]["purpose"]["en"], title=content["clinic"]["name"]))
    answers = [content["answers"][code]["en"] for code in ("most-days", "sometimes", "no", "not-sure")]
    questionary.select(content["symptoms"][0]["ask"]["en"], ["bread", *answers]).unsafe_ask()

typer.run(main)
"""
_TEXTUAL = """
from textual.app import App
from textual.widgets import OptionList

class Choose(App):
    def compose(self):
        yield OptionList("apple", "bread")

Choose().run()
"""
_CLACK = """
import { select } from "@clack/prompts"
await select({ message: "?", options: [{ value: "a", label: "apple" }, { value: "b", label: "bread" }] })
"""
_INQUIRER = """
import { select } from "@inquirer/prompts"
await select({ message: "?", choices: [{ value: "a", name: "apple" }, { value: "b", name: "bread" }] })
"""
_PEERS = {"@clack/prompts": _CLACK, "@inquirer/prompts": _INQUIRER}
_BREAD = re.compile("bread")


@dataclass(frozen=True)
class Contender:
    """A program, and the words by which it shows that its first question is there."""

    name: str
    argv: tuple[str, ...]
    words: re.Pattern[str] = _BREAD
    without: str = ""
    """Why it is skipped."""


class Words:
    """What to look for on fibrocheck's pages.

    A redraw leaves out letters that already stand there, so one of several texts is enough.
    """

    def __init__(self) -> None:
        """Read them from the shipped questionnaire."""
        content = load()
        words = content.words
        often = [choice.label["en"] for choice in content.symptoms[0].choices[:2]]  # "No" is in "Nobody"
        self.any = re.compile(r"\S")
        self.welcome = any_of(content.welcome.purpose["en"], content.safety.title["en"])
        self.question = any_of(*often, words.skip["en"])
        self.goodbye = any_of(words.goodbye["en"], words.goodbye_code["en"].partition(" {")[0])
        self.done = any_of(words.done["en"])
        self.box = any_of("[ ]")


@dataclass
class Field:
    """Everybody who takes part."""

    python: str
    folder: str
    """Where programs are started: somewhere that Python imports nothing from."""
    cache: Path
    words: Words = field(default_factory=Words)
    has_others: bool = True
    """Whether the others take part, besides bare questionary."""

    def fibrocheck(self, *arguments: str) -> tuple[str, ...]:
        """The command that a user types."""
        return (os.path.join(os.path.dirname(self.python), "fibrocheck"), *arguments)

    def questionary(self, *, for_ever: bool = False) -> Contender:
        """The baseline."""
        code = _BARE_FOR_EVER if for_ever else _BARE
        return Contender(QUESTIONARY, (self.python, "-c", code), re.compile("arrow keys"))

    def naive(self) -> Contender:
        """What one would build first: typer, questionary, rich and `safe_load`."""
        return Contender("naive stack", (self.python, "-c", _NAIVE, str(shipped_path())))

    def peers(self) -> list[Contender]:
        """Other ways to ask one question, those that are missing with the reason."""
        return [self._whiptail(), *(self._node(name, code) for name, code in _PEERS.items()), self._textual()]

    def _whiptail(self) -> Contender:
        argv = ("whiptail", "--menu", "?", "10", "40", "2", "a", "apple", "b", "bread")
        return Contender("whiptail", argv, without="" if shutil.which("whiptail") else "no whiptail here")

    def _node(self, package: str, code: str) -> Contender:
        script = self.cache / f"{package.partition('/')[0].removeprefix('@')}.mjs"
        without = self._installed(package)
        if not without:
            script.write_text(code, encoding="utf-8")
        return Contender(package, ("node", str(script)), without=without)

    def _installed(self, package: str) -> str:
        """Have npm install a package into the cache; why it could not, if so."""
        if (self.cache / "node_modules" / package).exists():
            return ""
        npm = shutil.which("npm")
        if npm is None:
            return "no npm here"
        try:
            subprocess.run(
                [npm, "install", "--silent", "--no-fund", "--no-audit", "--prefix", self.cache, package],
                check=True,
                capture_output=True,
                timeout=120,
            )
        except (OSError, subprocess.SubprocessError) as error:
            return f"npm cannot install it ({type(error).__name__})"
        return ""

    def _textual(self) -> Contender:
        look = [self.python, "-c", "import textual"]
        missing = subprocess.run(look, check=False, capture_output=True, timeout=60).returncode
        return Contender(
            "textual", (self.python, "-c", _TEXTUAL), without="not in this environment" if missing else ""
        )


def any_of(*texts: str) -> re.Pattern[str]:
    """Return a pattern for any of several texts."""
    return re.compile("|".join(re.escape(text) for text in texts))
