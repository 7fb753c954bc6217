"""Collects what several kiosks need into one folder: packages, their hashes, settings and a script."""

import hashlib
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from fibrocheck.copies.files import reason_of
from fibrocheck.kiosk.setup.kiosk_file import read_kiosk_file
from fibrocheck.kiosk.setup.state import SetupError
from fibrocheck.text_safety import printable

LOCK, SETTINGS, SCRIPT = "requirements.txt", "kiosk.yaml", "install.sh"
_LIBC = ("2_36", "2_34", "2_31", "2_28", "2_17", "2_12", "2_5")
"""The GNU libraries (PEP 600) that Debian 12, the oldest system for kiosks, can stand in for."""


class Target(NamedTuple):
    """What the kiosks are: their version of Python, and their processor as `uname -m` names it."""

    python: str = "{}.{}".format(*sys.version_info)
    machine: str = platform.machine()

    @property
    def options(self) -> list[str]:
        """The options that tell pip to collect for it."""
        platforms = [f"manylinux_{version}_{self.machine}" for version in _LIBC]
        platforms += [f"manylinux2014_{self.machine}", f"linux_{self.machine}"]
        named = [part for each in platforms for part in ("--platform", each)]
        return ["--python-version", self.python, *named]


def pack(
    source: Path, output: Path, settings: Path | None, target: Target, say: Callable[[str], None]
) -> None:
    """Make the folder `output`, completely or not at all. `SetupError` says why it cannot be made."""
    if not _is_source(source):
        what = f"{printable(str(source))}: is not the source of fibrocheck"
        raise SetupError(f"{what}. Run it in a clone of the repository, or name the clone with --source.")
    if output.exists() or not output.parent.is_dir():
        what = "is there already" if output.exists() else "the folder around it does not exist"
        raise SetupError(f"{printable(str(output))}: {what}. Name another folder.")
    questions = _questions(settings)
    work = _new_folder(output)
    try:
        _collect(source, work / "wheels", target)
        _write(work, target)
        if settings:
            shutil.copyfile(settings, work / SETTINGS)
            (work / SETTINGS).chmod(0o600)  # it can have the staff code
        if questions:
            shutil.copyfile(questions, work / questions.name)
        work.chmod(0o755)
        work.rename(output)
    except OSError as error:
        raise _refused(output, error) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)
    say(f"{printable(str(output))}: for Python {target.python} on {target.machine}.")
    say(f"Copy it to each kiosk, and run there as root: sh {output.name}/{SCRIPT}")


def _new_folder(output: Path) -> Path:
    """Return an empty folder beside the one that is made; nobody else can read it."""
    try:
        return Path(tempfile.mkdtemp(prefix=".fibrocheck-", dir=output.parent))
    except OSError as error:
        raise _refused(output, error) from None


def _refused(output: Path, error: OSError) -> SetupError:
    what, remedy = reason_of(error)
    return SetupError(f"{printable(str(output))}: {what}. {remedy}.")


def _is_source(folder: Path) -> bool:
    try:
        return 'name = "fibrocheck"' in (folder / "pyproject.toml").read_text(encoding="utf-8")
    except OSError:
        return False


def _collect(source: Path, wheels: Path, target: Target) -> None:
    """Build our own wheel, and download those of the pinned libraries."""
    _pip("wheel", "--no-deps", "--wheel-dir", str(wheels), str(source.resolve()))
    lock = str(files(__package__) / LOCK)
    pinned = ("--no-deps", "--only-binary", ":all:", "--require-hashes", "--requirement", lock)
    _pip("download", *target.options, *pinned, "--dest", str(wheels))


def _pip(command: str, *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603 - a list and no shell
        [sys.executable, "-m", "pip", command, "--quiet", "--disable-pip-version-check", *arguments],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        why = printable(said[-1] if said else done.stderr.strip()[-200:])
        raise SetupError(f"pip {command}: {why}. Nothing was made.")


def _questions(settings: Path | None) -> Path | None:
    """Return the words that a settings file names. They must lie beside it, as they will in the folder."""
    named: Path | None = read_kiosk_file(settings).get("questions") if settings else None
    if settings and named and named.parent != settings.parent:
        raise SetupError(f"{printable(str(named))}: is elsewhere. Put it beside {printable(str(settings))}.")
    return named


def _write(folder: Path, target: Target) -> None:
    """Write what stands beside the packages."""
    own = next((folder / "wheels").glob("fibrocheck-*.whl"))
    version, mark = own.name.split("-")[1], hashlib.sha256(own.read_bytes()).hexdigest()
    lock = files(__package__).joinpath(LOCK).read_text(encoding="utf-8")
    own_line = f"fibrocheck=={version} \\\n    --hash=sha256:{mark}\n"
    (folder / LOCK).write_text(lock + own_line, encoding="utf-8")
    script = files(__package__).joinpath("files", SCRIPT).read_text(encoding="utf-8")
    script = script.replace("@PYTHON@", target.python).replace("@MACHINE@", target.machine)
    (folder / SCRIPT).write_text(script, encoding="utf-8")
    (folder / SCRIPT).chmod(0o755)
