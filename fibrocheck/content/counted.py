"""Numbers of symptoms, factors and questions in texts: counted by the program, not by hand."""

import re
from collections.abc import Iterator

from fibrocheck.content.model import FACTOR, SYMPTOM
from fibrocheck.content.problems import WARNING, Problem
from fibrocheck.content.reader import QUESTION, Reader, language_name, path
from fibrocheck.text_safety import quoted

_NUMBERS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|"
    "diecis[eé]is|diecisiete|dieciocho|diecinueve|veinte"
)
_BETWEEN = "possible|common|main|other|different|posibles|comunes|principales|otros|distintos"
_HAND_COUNTED = re.compile(
    rf"\b(?:[2-9]|\d\d+|{_NUMBERS})\s+(?:(?:{_BETWEEN})\s+)?"
    r"(factors|symptoms|questions|factores|s[ií]ntomas|preguntas)\b",
    re.IGNORECASE,
)
_FILLED_IN = {"{symptoms}": SYMPTOM, "{factors}": FACTOR}


def counted_wrongly(reader: Reader) -> Iterator[Problem]:
    """Yield a warning for each number that is wrong, or would be once a symptom or factor is added."""
    numbers = {key: len(reader.declared(QUESTION, part)) for key, part in _FILLED_IN.items()}
    for language, words, node, place in reader.texts:
        where = f"{path(place)}, {language_name(language)}"
        if found := _HAND_COUNTED.search(words):
            what = f"{where}: {quoted(found[0])} is counted by hand"
            yield Problem(node.line, node.column, what, _remedy(found[1].casefold()), WARNING)
        for key, number in numbers.items():
            if number == 1 and key in words:
                what = f"{where}: {key} is 1 here, so the words after it may not agree"
                remedy = f"Write the text for one, without {key}"
                yield Problem(node.line, node.column, what, remedy, WARNING)


def _remedy(noun: str) -> str:
    if noun in {"questions", "preguntas"}:
        return 'Say "some questions": how many there are depends on the answers'
    key = "{factors}" if noun.startswith("fact") else "{symptoms}"
    return f"Write {key} instead of the number; fibrocheck fills it in"
