"""Records damaged at random: each is refused, or still matches its questionnaire."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from fibrocheck.questions import labels
from fibrocheck.records.addresses import answer_system
from fibrocheck.records.elements import to_json
from fibrocheck.records.questionnaire import questionnaire
from fibrocheck.records.reading import SavedRecord, read_saved
from fibrocheck.records.record import Record, RecordError
from fibrocheck.records.response import write_response
from tests.sampling import few

from .cross_check import contradictions
from .samples import FIXTURE, Json, Resource
from .written import WRITTEN, at, places, read_response

QUESTIONNAIRE = questionnaire(FIXTURE)
PLACES = list(places(json.loads(WRITTEN)))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.sampled_from(["no", "sleep", "symptoms", "most-days", "es", answer_system(FIXTURE)]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["linkId", "item", "code"]), inner)
    ),
    max_leaves=6,
)


@settings(max_examples=few(400))
@given(st.data())
def test_a_damaged_record_is_refused_or_still_matches_its_questionnaire(
    data: st.DataObject,
) -> None:
    """An independent reader of the Questionnaire accepts whatever is accepted here."""
    record = json.loads(WRITTEN)
    for _ in range(data.draw(st.integers(1, 2))):
        change(record, data)
    read = attempt(json.dumps(record))
    if isinstance(read, str):
        assert read.isprintable()
        return
    saved = read_saved(json.dumps(record), FIXTURE)
    if saved.is_other_version:
        assert_in_its_own_words(saved)
        return
    assert contradictions(without_empties(record), QUESTIONNAIRE, verbatim=False) == []
    assert read_response(to_json(write_response(read, FIXTURE)), FIXTURE).answers == read.answers


def assert_in_its_own_words(saved: SavedRecord) -> None:
    """Every question with an answer is shown, in the words of the record if it has any."""
    for item in (item for group in saved.resource["item"] for item in group.get("item") or []):
        if item.get("answer"):
            question = saved.content.question(item["linkId"])
            assert item.get("text") in (None, "", *question.ask.values())
            displays = {text for label in labels(question, saved.content).values() for text in label.values()}
            assert {each["valueCoding"].get("display") for each in item["answer"]} <= {None, "", *displays}


def without_empties(value: Json) -> Json:
    """Return a JSON value without members that are null or empty."""
    if isinstance(value, list):
        return [without_empties(each) for each in value]
    if isinstance(value, dict):
        kept = {key: without_empties(each) for key, each in value.items() if each not in (None, "", [], {})}
        return {key: each for key, each in kept.items() if each not in ([], {})}
    return value


def change(record: Resource, data: st.DataObject) -> None:
    """Replace, remove, copy or repeat a random part of a record."""
    path = data.draw(st.sampled_from(PLACES))
    try:
        holder = at(record, path[:-1])
        match data.draw(st.sampled_from(["replace", "drop", "copy", "repeat"])):
            case "replace":
                holder[path[-1]] = data.draw(VALUES)
            case "drop":
                del holder[path[-1]]
            case "copy":
                holder[path[-1]] = at(json.loads(WRITTEN), data.draw(st.sampled_from(PLACES)))
            case "repeat" if isinstance(holder, list):
                holder.append(holder[int(path[-1])])
    except (KeyError, IndexError, TypeError):
        return  # the change before this one took the place away


@settings(max_examples=few(300))
@given(st.data())
def test_no_input_crashes_the_reader(data: st.DataObject) -> None:
    """Random bytes, and random bytes in the middle of a record."""
    whole = WRITTEN.encode()
    start = data.draw(st.integers(0, len(whole)))
    end = start + data.draw(st.integers(0, 40))
    spoilt = whole[:start] + data.draw(st.binary(max_size=12)) + whole[end:]
    for some in (spoilt, data.draw(st.binary(max_size=60))):
        read = attempt(some)
        assert isinstance(read, Record) or read.isprintable()


def attempt(data: bytes | str) -> Record | str:
    """Return the record, or the sentence that refuses it."""
    try:
        return read_response(data, FIXTURE)
    except RecordError as error:
        return str(error)
