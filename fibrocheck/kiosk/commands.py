"""The commands `fibrocheck kiosk …`: serve patients, and for the technician install, check and remove."""

import os
import sys
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from fibrocheck.errors import WrongUsage, refuse
from fibrocheck.kiosk.serving import serve
from fibrocheck.kiosk.settings import Settings, refuse_silence
from fibrocheck.kiosk.setup.wish import DEFAULT_PROGRAM, ROOT, Way, Wish
from fibrocheck.options import (
    Command,
    Force,
    Headphones,
    Language,
    Large,
    Loudspeaker,
    NoSpeech,
    Plain,
    Printer,
    Questions,
    Records,
    Speak,
    Ways,
    takes,
)
from fibrocheck.plain_options import MAX_SECONDS, are_seconds

app = typer.Typer()

_SILENCE = "--no-speech"

Root = Annotated[
    Path, typer.Option("--root", metavar="DIR", help="Work on the system in DIR, such as an image of a card.")
]
KioskFile = Annotated[
    Path | None,
    typer.Option("--settings", metavar="FILE", help="Take the kiosk's settings from FILE (its README)."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and change nothing.")]


def _seconds(text: object) -> int:
    """Return whole seconds; see `are_seconds`."""
    if not are_seconds(str(text)):
        raise typer.BadParameter(f"Enter a whole number of seconds from 1 to {MAX_SECONDS}, such as 180.")
    return int(str(text))


def _seconds_option(text: str) -> Any:
    """Return an option that takes seconds, with this text in `--help`."""
    return typer.Option(parser=_seconds, metavar="SECONDS", help=text)


class Serving(NamedTuple):
    """The options of `fibrocheck kiosk`: a kiosk's settings."""

    language: Language = None
    questions: Questions = None
    plain: Plain = False
    large: Large = False
    touch: Annotated[
        bool,
        typer.Option("--touch", help="Staff hold the upper left corner for 2 seconds, then type their code."),
    ] = False
    idle: Annotated[int, _seconds_option("Warn after this many seconds without input.")] = 180
    warning: Annotated[int, _seconds_option("Erase this many seconds after the warning.")] = 45
    longest: Annotated[int, _seconds_option("End a visit after this many seconds at most.")] = 1800
    printer: Printer = ""
    records: Records = None
    ways: Ways = ""
    speak: Speak = False
    no_speech: NoSpeech = False
    headphones: Headphones = False
    loudspeaker: Loudspeaker = False


@app.callback(invoke_without_command=True, epilog="Example: fibrocheck kiosk --language es --idle 120")
@takes(Serving, in_group=True)
def kiosk(given: Serving) -> None:
    """Serve one patient after another in a waiting room. Staff leave with F12 and their code."""
    serve(Settings(*given))


class Installing(NamedTuple):
    """The options of `fibrocheck kiosk install`."""

    way: Annotated[Way | None, typer.Option("--way", help="How the kiosk gets to its screen.")] = None
    settings: KioskFile = None
    printer: Printer = ""
    records: Records = None
    language: Language = None
    large: Large = False
    ways: Ways = ""
    questions: Questions = None
    speak: Speak = False
    no_speech: NoSpeech = False
    headphones: Headphones = False
    loudspeaker: Loudspeaker = False
    root: Root = ROOT
    dry_run: DryRun = False
    force: Force = False

    @property
    def speech(self) -> tuple[str, ...]:
        """The options for reading aloud that are given."""
        given = {
            "--speak": self.speak,
            "--headphones": self.headphones,
            "--loudspeaker": self.loudspeaker,
            _SILENCE: self.no_speech,
        }
        return tuple(name for name, is_set in given.items() if is_set)

    @property
    def given(self) -> dict[str, Any]:
        """What is to be in the kiosk's settings, by the names that a settings file has for them."""
        names = ("way", "printer", "language", "large", "ways", "questions", "speech")
        return {name: getattr(self, name) for name in names} | {"records": str(self.records or "")}


@app.command(cls=Command, epilog="Example: fibrocheck kiosk install --way console --printer desk --dry-run")
@takes(Installing)
def install(wanted: Installing) -> None:
    """Make this computer a kiosk: write the files it needs, and say each of them."""
    from fibrocheck.kiosk.setup.install import install as make
    from fibrocheck.kiosk.setup.install import show

    refuse_silence(wanted.speech)
    refuse(wanted.force and wanted.dry_run, "--force", "has no effect on --dry-run: leave it out")
    wish = _wish(wanted.given, wanted.settings, _program(wanted.root), wanted.root)
    if wanted.dry_run:
        show(wish, typer.echo)
    else:
        make(wish, typer.echo, force=wanted.force)


@app.command(cls=Command, epilog="Example: fibrocheck kiosk pack --output kiosks --settings kiosk.yaml")
def pack(
    *,
    output: Annotated[Path, typer.Option("--output", metavar="FOLDER", help="The folder to make.")],
    settings: KioskFile = None,
    python: Annotated[
        str, typer.Option("--python", metavar="VERSION", help="The kiosks' Python, such as 3.13.")
    ] = "",
    machine: Annotated[
        str, typer.Option("--machine", metavar="NAME", help="Their processor, such as x86_64 or aarch64.")
    ] = "",
    source: Annotated[
        Path, typer.Option("--source", metavar="DIR", help="A clone of fibrocheck; this folder by default.")
    ] = Path(),
) -> None:
    """Collect the packages and settings of several kiosks into a folder, to install without a network."""
    from fibrocheck.kiosk.setup.pack import Target
    from fibrocheck.kiosk.setup.pack import pack as collect

    if settings is not None:
        _wish({}, settings, DEFAULT_PROGRAM, ROOT)
    here = Target()
    collect(source, output, settings, Target(python or here.python, machine or here.machine), typer.echo)


@app.command(cls=Command, epilog="Example: fibrocheck kiosk check")
def check(*, root: Root = ROOT) -> None:
    """Look at this computer as a careful technician would; say what to do where something is wrong."""
    from fibrocheck.kiosk.setup.checks import look
    from fibrocheck.kiosk.setup.found import FIX
    from fibrocheck.kiosk.setup.machine import Machine
    from fibrocheck.kiosk.setup.state import read_state

    wish = Wish(Way.console, root=root)
    if not root.is_dir():
        raise WrongUsage(f"--root {root}: there is no such folder.")
    results = list(look(Machine(wish), read_state(root)))
    for result in results:
        typer.echo(str(result))
    raise typer.Exit(int(any(result.state == FIX for result in results)))


@app.command("test", cls=Command, epilog="Example: fibrocheck kiosk test --printer desk")
def self_test(*, printer: Printer = "") -> None:
    """Try the kiosk's keys, screen, touch, sound, printer and staff code with the person before it."""
    from fibrocheck.kiosk.setup.self_test import run

    raise typer.Exit(int(not run(Wish(Way.console, printer=printer), typer.echo)))


@app.command(cls=Command, epilog="Example: fibrocheck kiosk remove --dry-run")
def remove(*, root: Root = ROOT, dry_run: DryRun = False) -> None:
    """Undo what kiosk install did. What was changed since, and all lists, stay."""
    from fibrocheck.kiosk.setup.remove import remove as undo

    undo(Wish(Way.console, root=root), typer.echo, dry_run=dry_run)


def _wish(given: dict[str, Any], file: Path | None, program: str, root: Path) -> Wish:
    """Return the kiosk that is asked for, all of it checked; `StaffError` for what cannot be."""
    from fibrocheck.kiosk.setup.findings import check_words
    from fibrocheck.kiosk.setup.kiosk_file import wish_of

    wish = wish_of(given, file, program, root)
    check_words(wish)
    options, kiosk = wish.more.split(), typer.main.get_command(app)
    context = kiosk.make_context("kiosk", [*options])
    left = kiosk.make_parser(context).parse_args([*options])[1]
    refuse(bool(left), f"options {' '.join(left)}", "is no option of fibrocheck kiosk: add the option's name")
    return wish


def _program(root: Path) -> str:
    """Return how the kiosk will start this program: as it was started now, or where an image has it."""
    if root != ROOT:
        return DEFAULT_PROGRAM
    beside = os.path.join(os.path.dirname(sys.executable), "fibrocheck")
    return beside if os.path.exists(beside) else os.path.abspath(sys.argv[0])
