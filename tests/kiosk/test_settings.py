"""The settings of a kiosk: options of its command, passed whole to a visit in another process."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import get_args, get_type_hints
from unittest.mock import patch

import pytest
from hypothesis import given

from fibrocheck.kiosk import commands
from fibrocheck.kiosk.serving import read_plainly
from fibrocheck.kiosk.settings import Settings, from_json, to_json
from tests.command_lines import by_library, command_lines, environments
from tests.kiosk.start import start_kiosk

NOT_DEFAULT = Settings(
    language="es",
    questions=Path("folder/questions.yaml"),
    plain=True,
    large=True,
    touch=True,
    idle=120,
    warning=30,
    longest=900,
    printer="desk",
    records=Path("/srv/lists"),
)


@pytest.mark.parametrize("settings", [Settings(), NOT_DEFAULT])
def test_settings_survive_the_way_to_another_process(settings: Settings) -> None:
    """With the same values, of the same types."""
    restored = from_json(to_json(settings))
    assert restored == settings
    assert [type(value) for value in restored] == [type(value) for value in settings]


def test_every_field_has_a_type_that_can_be_passed() -> None:
    """A new setting of another type needs a way through JSON first."""
    hints = get_type_hints(Settings, localns={"Path": Path}).values()
    kinds = {kind for hint in hints for kind in get_args(hint) or (hint,)}
    assert kinds <= {str, int, float, bool, Path, type(None)}


def test_every_setting_is_an_option() -> None:
    """In the same order, with the same default."""
    assert commands.Serving._fields == Settings._fields
    assert commands.Serving._field_defaults == Settings._field_defaults


TEXTS = ("--language", "--printer", "--ways", "--questions", "--records", "--idle", "--warning", "--longest")
FLAGS = ("--plain", "--large", "--touch", "--speak", "--no-speech", "--headphones", "--loudspeaker")
VALUES = ("en", "desk", "./a//b.yaml", "-", "--plain", "", "60", "0", "007", "3601", "1e3", "٣", "q/", "=")
OTHERS = ("-h", "--help", "--", "check", "--save", "--plain=1")


def by_typer(arguments: Sequence[str]) -> Settings | None:
    """Return the settings of the kiosk that the command-line library starts; `None` if it starts none."""
    settings: Settings | None = by_library(commands, "serve", "kiosk", *arguments)
    return settings


@given(command_lines(TEXTS, FLAGS, VALUES, OTHERS), environments())
def test_what_is_read_plainly_is_what_the_library_reads(
    arguments: list[str], environment: dict[str, str]
) -> None:
    """Or it is left to the library."""
    read = read_plainly(arguments, environment)
    if read is not None:
        with patch.dict(os.environ, environment):
            assert read == by_typer(arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--language", "es", "--idle", "60", "--warning=20", "--longest", "900", "--large", "--touch"],
        ["--questions", "q.yaml", "--records=lists", "--printer", "desk", "--ways", "desk,print"],
        ["--plain", "--speak", "--headphones", "--loudspeaker"],
        ["--no-speech"],
    ],
)
def test_usual_settings_are_read_plainly(arguments: list[str]) -> None:
    """Each option once at least, so that the property above is not empty."""
    assert read_plainly(arguments, {}) is not None


@pytest.mark.parametrize(
    ("option", "seconds"),
    [
        *(("--idle", each) for each in ("0", "-5", "nan", "inf", "1e9", "3601", "soon")),
        ("--warning", "nan"),
        ("--longest", "0"),
    ],
)
def test_times_that_would_keep_answers_are_refused(option: str, seconds: str, tmp_path: Path) -> None:
    """They are whole seconds, from one to an hour."""
    with start_kiosk(tmp_path, option, seconds) as terminal:
        assert terminal.exit_code == 2
        assert option in terminal.words
        # However it is broken into lines, also within a word.
        shown = "".join(terminal.words.replace("│", "").split())
        assert "Enter a whole number of seconds from 1 to 3600, such as 180.".replace(" ", "") in shown
