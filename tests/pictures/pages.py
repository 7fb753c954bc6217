"""The page that the pictures show: a shipped question in each language, reached as a patient reaches it."""

import tempfile
from functools import cache
from pathlib import Path

from fibrocheck.content.loader import load
from fibrocheck.content.model import Content
from fibrocheck.content.source_file import shipped_path
from tests.pictures.drawing import Sign, drawn
from tests.program.terminal import Size, Terminal

HERE = Path(__file__).parent
LANGUAGES = ("en", "es")
QUESTION = "fatigue"
SIZE = Size(80, 24)


@cache
def shipped() -> Content:
    """Return the questionnaire that comes with the program: the README shows what its reader gets."""
    return load(Path(shipped_path()))


def pictures() -> dict[Path, str]:
    """Return each picture by its file."""
    return {HERE / f"question-{language}.svg": picture(language) for language in LANGUAGES}


def picture(language: str) -> str:
    """Return the question in a language as an SVG: the real program, asked in a terminal."""
    content = shipped()
    asked = content.question(QUESTION).ask[language]
    with (
        tempfile.TemporaryDirectory() as folder,
        Terminal("--language", language, folder=Path(folder), size=SIZE, shipped=True) as seat,
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
