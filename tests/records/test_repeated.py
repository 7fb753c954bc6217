"""Records that are read together: what they have in common is read once, and nothing else is different."""

import json
import uuid
from cProfile import Profile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fibrocheck.records.elements import to_json
from fibrocheck.records.reading import read_saved
from fibrocheck.records.record import Record, RecordError
from fibrocheck.records.response import write_response
from fibrocheck.records.strict_json import Repeated, Seen, parse
from tests.sampling import few

from .samples import AUTHORED, CONTENTS, FIXTURE, IDENTIFIER, Json, interviews
from .written import SLEEP_CODING, WRITTEN, at

PIECES = [
    "{",
    "}",
    '"',
    "\n        {",
    "\n        }",
    "\n        },",
    '"linkId": 1,',
    "\\u0041",
    ",",
    "\\",
    "]",
    " ",
]


def value_or_sentence(text: str, repeated: Repeated | None = None) -> Json:
    """Return what a text is read as, or why it is not."""
    try:
        return parse(text, repeated)
    except RecordError as error:
        return f"refused: {error}"


@pytest.fixture
def repeated() -> Repeated:
    """What is left of records that were read before."""
    found = Repeated()
    parse(WRITTEN, found)
    return found


@pytest.mark.parametrize("name", CONTENTS)
@settings(max_examples=few(100, 10))  # of three records each, for each questionnaire
@given(data=st.data())
def test_records_that_are_read_together_are_read_as_each_alone(name: str, data: st.DataObject) -> None:
    content = CONTENTS[name]
    repeated = Repeated()
    for _ in range(3):
        language = data.draw(st.sampled_from([*content.languages]))
        record = Record(data.draw(interviews(content)), language, AUTHORED, IDENTIFIER)
        text = to_json(write_response(record, content))
        alone = read_saved(text, content)
        assert read_saved(text, content, repeated=repeated) == alone
        assert to_json(read_saved(text, content, repeated=repeated).resource) == text


@given(
    at=st.integers(0, len(WRITTEN)),
    length=st.integers(0, 30),
    piece=st.sampled_from(PIECES) | st.text(max_size=4),
)
def test_a_damaged_record_is_read_or_refused_in_the_same_words(at: int, length: int, piece: str) -> None:
    """Wherever it is damaged, and whether or not the rest of it was read before."""
    text = WRITTEN[:at] + piece + WRITTEN[at + length :]
    repeated = Repeated()
    parse(WRITTEN, repeated)
    assert value_or_sentence(text, repeated) == value_or_sentence(text)


@pytest.mark.parametrize("key", ["item", "_text"])
def test_a_text_where_questions_belong_is_read_as_it_is(key: str, repeated: Repeated) -> None:
    """It is no place where something was cut out."""
    text = WRITTEN.replace("{\n", f'{{\n  "{key}": "in place of it",\n', 1).replace(
        '  "item": [', '  "items": [', 1
    )
    assert value_or_sentence(text, repeated) == value_or_sentence(text)
    assert '"in place of it"' in json.dumps(value_or_sentence(text))


def test_half_a_character_is_refused_among_others_too(repeated: Repeated) -> None:
    """An escape can stand for one, so such a record is read as a whole."""
    text = WRITTEN.replace("Do your muscles", "\\ud800", 1)
    assert value_or_sentence(text, repeated) == value_or_sentence(text)
    assert "half a character" in str(value_or_sentence(text, repeated))


def test_a_refusal_is_repeated_too(repeated: Repeated) -> None:
    """A wrong answer is refused in each record that has it."""
    text = WRITTEN.replace('"code": "most-days"', '"code": "never"')
    assert text != WRITTEN
    for _ in range(3):
        with pytest.raises(RecordError) as together:
            read_saved(text, FIXTURE, repeated=repeated)
        with pytest.raises(RecordError) as alone:
            read_saved(text, FIXTURE)
        assert str(together.value) == str(alone.value)


def test_what_one_record_allows_another_may_not(repeated: Repeated) -> None:
    """A symptom that only the first marks cannot be the one in the way in the second."""
    read_saved(WRITTEN, FIXTURE, repeated=repeated)
    others = json.loads(WRITTEN)
    headaches = ("item", 0, "item", 2, "answer", 0, "valueCoding")
    for coding, code in ((SLEEP_CODING, "no"), (headaches, "sometimes")):
        at(others, coding)["code"] = code
        del at(others, coding)["display"], at(others, coding)["_display"]
    with pytest.raises(RecordError, match="most-in-the-way is a symptom that is not marked"):
        read_saved(to_json(others), FIXTURE, repeated=repeated)


def test_the_answers_of_a_second_record_are_those_of_the_first(repeated: Repeated) -> None:
    """The test that notices when nothing is found again, as when files are written in another form."""
    read_saved(WRITTEN, FIXTURE, repeated=repeated)
    objects, results = len(repeated._objects), len(repeated._results)
    other = WRITTEN.replace(str(IDENTIFIER), str(uuid.uuid4()))
    again = parse(other, repeated)
    assert isinstance(again, dict)
    questions = [each for section in again["item"] for each in section["item"]]
    assert questions
    assert all(isinstance(each, Seen) for each in questions)
    assert all(isinstance(section["_text"], Seen) for section in again["item"])
    read_saved(WRITTEN, FIXTURE, repeated=repeated)
    assert (len(repeated._objects), len(repeated._results)) == (objects, results)
    assert results >= 2 * len(questions)  # what it says, and how that compares with today


def test_a_record_like_one_before_costs_few_calls(repeated: Repeated) -> None:
    """Counted, as a clock says little here: 975, of 1,133 before a comparison had all that is asked of it."""
    read_saved(WRITTEN, FIXTURE, repeated=repeated)
    other = WRITTEN.replace(str(IDENTIFIER), str(uuid.uuid4()))
    profile = Profile()
    profile.runcall(read_saved, other, FIXTURE, repeated=repeated)
    assert sum(each.callcount for each in profile.getstats()) < 1_020


def test_a_file_in_another_form_is_read_as_a_whole(repeated: Repeated) -> None:
    value = json.loads(WRITTEN)
    for text in (
        json.dumps(value),
        json.dumps(value, indent=4),
        json.dumps(value, indent=2, ensure_ascii=True),
    ):
        assert parse(text, repeated) == parse(text) == value


def test_what_is_remembered_has_a_limit(repeated: Repeated, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fibrocheck.records.strict_json._MOST", 0)
    fresh = Repeated()
    assert read_saved(WRITTEN, FIXTURE, repeated=fresh) == read_saved(WRITTEN, FIXTURE, repeated=repeated)
    assert not fresh._objects
    assert not fresh._results
