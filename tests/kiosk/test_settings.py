"""The settings of a kiosk: options of its command, passed whole to a visit in another process."""

from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from fibrocheck.kiosk.settings import Settings, from_json, to_json
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
    kinds = {kind for hint in get_type_hints(Settings).values() for kind in get_args(hint) or (hint,)}
    assert kinds <= {str, int, float, bool, Path, type(None)}


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
