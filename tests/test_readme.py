"""The README and the guides beside the code: their links lead somewhere, and their commands exist."""

import re
import shlex
from pathlib import Path

import pytest

from fibrocheck.cli import run_command

TOP = Path(__file__).parents[1]
GUIDES = [
    TOP / "README.md",
    *sorted(TOP.glob("fibrocheck/**/README.md")),
    *sorted(TOP.glob("tests/**/README.md")),
]
NAMES = pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: str(guide.relative_to(TOP)))

LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```\w*\n(.*?)^```$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
PROGRAM = re.compile(r"(?:^|&& |^\S*/bin/)fibrocheck(?= |$)(.*)")
NOT_ARGUMENTS = re.compile(r" (?:[<>|&#].*|\u2026.*)$")


def text_of(guide: Path) -> str:
    """Return what is in a guide."""
    return guide.read_text(encoding="utf-8")


def anchors(guide: Path) -> set[str]:
    """Return the headings of a guide as links name them."""
    headings = re.findall(r"^#+ (.*)$", FENCE.sub("", text_of(guide)), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(guide: Path) -> list[str]:
    """Return the arguments of every command line of the program that a guide shows."""
    text = text_of(guide)
    lines = [line for block in FENCE.findall(text) for line in block.replace("\\\n", " ").splitlines()]
    spans = CODE.findall(FENCE.sub("", text))
    found = [match[1] for line in (*lines, *spans) if (match := PROGRAM.search(line))]
    return sorted({NOT_ARGUMENTS.sub("", f" {each.strip()}").strip() for each in found})


@NAMES
def test_every_link_leads_somewhere(guide: Path) -> None:
    """To a file of this repository, and to a heading that it has; or to a page by https."""
    for link in LINK.findall(FENCE.sub("", text_of(guide))):
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        target = (guide.parent / name).resolve() if name else guide
        assert target.is_file(), link
        assert not anchor or anchor in anchors(target), link


@NAMES
def test_every_command_that_is_shown_exists(guide: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the options that it is shown with."""
    for shown in commands(guide):
        assert run_command([*shlex.split(shown), "--help"]) == 0, shown
    capsys.readouterr()


def test_the_readme_shows_every_command() -> None:
    """Not each subcommand, but what there is."""
    shown = {line.split(" ")[0] for line in commands(TOP / "README.md")}
    assert shown >= {"", "content", "kiosk", "desk", "report", "send", "learn"}


def test_the_readme_is_short_and_has_what_a_project_owes() -> None:
    text = text_of(TOP / "README.md")
    assert len(text.splitlines()) <= 160
    for heading in ("Two commands", "Privacy", "Security", "Contributing", "Changes", "Licence"):
        assert f"\n## {heading}\n" in text
    assert "never diagnoses" in text
    assert all(f"({guide.relative_to(TOP)}" in text for guide in GUIDES[1:] if guide.parent.name != "code")


def test_the_newest_version_is_described() -> None:
    from fibrocheck import __version__

    versions = re.findall(r"^### (\d\S*),", text_of(TOP / "README.md"), re.MULTILINE)
    assert versions[0] == __version__
