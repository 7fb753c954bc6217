"""The whole suite with the oldest and the newest libraries that `pyproject.toml` allows, on each Python.

It tests the built wheel, in a tree that has no other copy of the package. Needs uv and a network, and
takes about ten minutes for each of the ten runs (tests/README.md).
"""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

pytestmark = pytest.mark.ranges

ROOT = Path(__file__).parents[2]
PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.15")
LAST_LINES = 60


@pytest.fixture(scope="session")
def uv() -> str:
    """The path of the program `uv`."""
    found = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        pytest.skip("uv is not installed; it is in the extra 'ranges'")
    return found


@pytest.fixture(scope="session")
def sdist(uv: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive built from this tree."""
    return built(uv, "--sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="session")
def wheel(uv: str, sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from the source archive."""
    return built(uv, "--wheel", sdist, tmp_path_factory.mktemp("wheel"))


def test_the_wheel_is_the_same_from_the_source_archive_and_from_the_tree(
    uv: str, wheel: Path, tmp_path: Path
) -> None:
    """The same files with the same bytes: the source archive lacks nothing."""
    from_tree = built(uv, "--wheel", ROOT, tmp_path)
    assert from_tree.name == wheel.name
    assert contents(from_tree) == contents(wheel)
    assert b"CONTENT = " in contents(wheel)["fibrocheck/content/baked.py"]


@pytest.mark.parametrize("resolution", ["lowest-direct", "highest"])
@pytest.mark.parametrize("python", PYTHONS)
def test_the_suite_passes(
    python: str, resolution: str, uv: str, sdist: Path, wheel: Path, tmp_path: Path
) -> None:
    """With the lowest versions that are allowed of what we name, and with the newest of everything."""
    interpreter = installed(python)
    if interpreter is None:
        pytest.skip(f"Python {python} is not installed")
    tree = unpacked(sdist, tmp_path)
    leave_only_guides(tree / "fibrocheck")  # only the wheel has the package
    environment = tmp_path / "environment"
    own = environment / "bin" / "python"
    steps: list[list[str | Path]] = [
        [uv, "venv", "--python", interpreter, environment],
        [uv, "pip", "install", "--python", own, "--resolution", resolution, f"{wheel}[test]"],
        [own, "-m", "pytest", "-n", "2"],
    ]
    for step in steps:
        ended = run(step, folder=tree)
        assert ended.returncode == 0, last_lines(ended)
    print(ended.stdout.splitlines()[-1])  # noqa: T201 - pytest -rP shows how many tests passed


def installed(python: str) -> Path | None:
    """A Python of this version: on the path or kept by pyenv, whose commands on the path may refuse."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    on_path = shutil.which(f"python{python}")
    for each in (*pyenv.glob(f"versions/{python}.*/bin/python"), *([Path(on_path)] if on_path else [])):
        if run([each, "-c", ""]).returncode == 0:
            return each
    return None


def built(uv: str, kind: str, source: Path, folder: Path) -> Path:
    """The one file that `uv build` makes of a source."""
    ended = run([uv, "build", kind, "--python", sys.executable, "--out-dir", folder, source])
    assert ended.returncode == 0, last_lines(ended)
    (path,) = (each for each in folder.iterdir() if not each.name.startswith("."))
    return path


def contents(wheel: Path) -> dict[str, bytes]:
    """Each file in a wheel, by its name."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def unpacked(sdist: Path, folder: Path) -> Path:
    """The tree in a source archive."""
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    return folder / sdist.name.removesuffix(".tar.gz")


def leave_only_guides(package: Path) -> None:
    """Remove all files but the guides, which the README leads to: without modules it is no package."""
    for each in package.rglob("*"):
        if each.is_file() and each.suffix != ".md":
            each.unlink()


def run(command: Sequence[str | Path], folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a command without the settings of the pytest and the environment around it."""
    ours = ("PYTEST_", "VIRTUAL_ENV", "PYTHONPATH")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        command,
        capture_output=True,
        check=False,
        encoding="utf-8",
        cwd=folder,
        env={**kept, "UV_PYTHON_DOWNLOADS": "never"},
    )


def last_lines(ended: subprocess.CompletedProcess[str]) -> str:
    """The end of what a command wrote."""
    return "\n".join((ended.stdout + ended.stderr).splitlines()[-LAST_LINES:])
