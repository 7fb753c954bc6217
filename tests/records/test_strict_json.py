"""Text that is not JSON, and ambiguous JSON, are refused in one sentence."""

import pytest

from fibrocheck.records.strict_json import MAX_BYTES, parse

from .written import WRITTEN, refusal

COPY = "Use an undamaged copy."
OURS = "Use a file that fibrocheck saved."

NOT_RECORDS: dict[str, tuple[bytes | str, str]] = {
    "nothing": (b"", f"the record is not JSON (line 1, column 1). {COPY}"),
    "cut off": ('{\n"status": "compl', f"the record is not JSON (line 2, column 11). {COPY}"),
    "a colon forgotten": (
        '{\n"status" "completed"}',
        f"the record is not JSON (line 2, column 10). {COPY}",
    ),
    "more after the end": (
        WRITTEN + "{}",
        f"the record is not JSON (line {WRITTEN.count(chr(10)) + 1}, column 1). {COPY}",
    ),
    "a byte order mark in the middle": (
        b"{\xef\xbb\xbf" + WRITTEN.encode(),
        f"the record is not JSON (line 1, column 2). {COPY}",
    ),
    "half a character, escaped": (
        WRITTEN.replace("Do your muscles", "\\ud800", 1),
        f"the record has half a character in a text. {COPY}",
    ),
    "half a character, escaped in capital letters": (
        WRITTEN.replace("Do your muscles", "\\uD800", 1),
        f"the record has half a character in a text. {COPY}",
    ),
    "a raw control character": ('{"a": "\x1b"}', f"the record is not JSON (line 1, column 8). {COPY}"),
    "UTF-16": (WRITTEN.encode("utf-16"), f"the record is not UTF-8 text. {COPY}"),
    "Latin-1": ('{"a": "sí"}'.encode("latin-1"), f"the record is not UTF-8 text. {COPY}"),
    "half a character": ('{"a": "\ud800"}', f"the record is not UTF-8 text. {COPY}"),
    "a list": ("[1, 2]", f"the record is not a JSON object. {OURS}"),
    "a text": ('"QuestionnaireResponse"', f"the record is not a JSON object. {OURS}"),
    "null": ("null", f"the record is not a JSON object. {OURS}"),
    "too large": (b" " * 1_000_001, f"the record is larger than 1 MB. {OURS}"),
    "too deep": ("[" * 500_000, f"the record is nested too deeply. {COPY}"),
    "too deep, as objects": ('{"a":' * 100_000, f"the record is nested too deeply. {COPY}"),
    "a key twice": (
        WRITTEN.replace("{", '{"status": "amended",', 1),
        f"the record has the same key twice in one object. {COPY}",
    ),
    "a key twice, deep inside": (
        WRITTEN.replace('"code": "sometimes"', '"code": "sometimes", "code": "no"'),
        f"the record has the same key twice in one object. {COPY}",
    ),
    "1e999": ('{"id": 1e999}', f"the record has a number that is too large. {COPY}"),
    "a million digits": (f'{{"id": {"9" * 900_000}}}', f"the record has a number that is too large. {COPY}"),
    "NaN": ('{"id": NaN}', f"the record has a number that JSON does not allow. {COPY}"),
    "infinity": ('{"id": -Infinity}', f"the record has a number that JSON does not allow. {COPY}"),
}


@pytest.mark.parametrize("number", ["9" * 18, "1e308", "-1.5"])
def test_numbers_of_an_ordinary_size_are_read(number: str) -> None:
    """The limits themselves are allowed."""
    assert parse(f'{{"a": {number}}}') == {"a": float(number) if number[0] != "9" else int(number)}


@pytest.mark.parametrize("number", ["9" * 19, "-" + "9" * 18, "1e309", "-1e309"])
def test_numbers_beyond_that_are_refused(number: str) -> None:
    """One digit more than the limit, or an infinite value."""
    assert refusal(f'{{"a": {number}}}') == f"the record has a number that is too large. {COPY}"


@pytest.mark.parametrize(("data", "sentence"), NOT_RECORDS.values(), ids=NOT_RECORDS.keys())
def test_bad_json_is_refused_in_one_sentence(data: bytes | str, sentence: str) -> None:
    """For its size, encoding, depth or ambiguity."""
    assert refusal(data) == sentence


def test_the_limit_itself_is_allowed() -> None:
    """One byte more is refused, above."""
    assert parse(b"7".ljust(MAX_BYTES)) == 7
    assert parse("7".ljust(MAX_BYTES)) == 7
