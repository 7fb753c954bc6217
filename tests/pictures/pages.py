"""The pages that the pictures show: a question in each language, reached as a patient reaches it."""

import tempfile
from pathlib import Path

from tests.fixture import questionnaire
from tests.pictures.drawing import Sign, drawn
from tests.program.terminal import Size, Terminal

HERE = Path(__file__).parent
QUESTION = "fatigue"
SIZE = Size(80, 24)


def pictures() -> dict[Path, str]:
    """Return each picture by its file."""
    return {HERE / f"question-{language}.svg": picture(language) for language in questionnaire().languages}


def picture(language: str) -> str:
    """Return the question in a language as an SVG: the real program, asked in a terminal."""
    content = questionnaire()
    asked = content.question(QUESTION).ask[language]
    with (
        tempfile.TemporaryDirectory() as folder,
        Terminal("--language", language, folder=Path(folder), size=SIZE) as seat,
    ):
        seat.wait_for(content.welcome.title[language])
        seat.turn("\r")
        for symptom in content.symptoms:
            seat.wait_for(symptom.ask[language])
            if symptom.id == QUESTION:
                break
            seat.turn("3")
        seat.turn("\x1b[B")
        return drawn(_signs(seat), asked)


def _signs(seat: Terminal) -> list[list[Sign]]:
    screen = seat._emulator.screen
    rows = [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]
    return [[(cell.data, cell.fg, cell.bold) for cell in row] for row in rows]
