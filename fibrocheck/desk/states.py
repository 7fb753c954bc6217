"""What staff did with a list, kept beside it: linked, printed, put into the chart, put aside.

Each is a file of its own, `273.4-3fa9c1.state`, written once and never changed: two desks never overwrite
what the other did, and no lock is needed. The number says after how many others it was done, whatever the
clocks; what was done at the same moment has the same number, and the random digits decide. It says who,
when and on which computer, and never an answer.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from fibrocheck.records.record import DESK
from fibrocheck.records.times import written
from fibrocheck.text_safety import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from fibrocheck.desk.day_files import DayFiles
    from fibrocheck.records.record import Record

LINKED, UNLINKED = "linked", "unlinked"
PRINTED, IN_CHART, OUT_OF_CHART = "printed", "in-chart", "out-of-chart"
PUT_ASIDE, TAKEN_UP = "put-aside", "taken-up"
CORRECTED = "corrected"
SENT, WITHDRAWN = "sent", "withdrawn"
NAMED, UNNAMED = "patient-named", "patient-undone"
CALL_OPEN, CALL_LEFT = "call-open", "call-left"

_NAME = re.compile(r"(?P<list>.+)\.(?P<place>[0-9]{1,9})-(?P<chance>[0-9a-f]{6})\.state", re.DOTALL)


_TO_DO_AGAIN: dict[str, Any] = {"printed": None, "in_chart": None}
_NOT_IN_CHART: dict[str, Any] = {"in_chart": None, "charted": None, "sent": None}


class Who(NamedTuple):
    """Who does something, and where."""

    initials: str
    computer: str


class Event(NamedTuple):
    """Something that staff did with a list. `appointment` and `appointment_date` are only of `LINKED`."""

    action: str
    at: str
    by: str = ""
    computer: str = ""
    appointment: str = ""
    appointment_date: str = ""
    """A day as YYYY-MM-DD, or empty."""
    why: str = ""
    """Of `CORRECTED`: one of `records.record.CORRECTIONS`."""
    process: str = ""
    """Of `CALL_OPEN` and `CALL_LEFT`: which running desk it was (see `presence.this_process`)."""

    @property
    def desk(self) -> tuple[str, str, str]:
        """Who it was, and at which running desk."""
        return self.by, self.computer, self.process


class State(NamedTuple):
    """What became of a list, by everything that was done with it."""

    linked: Event | None = None
    """How it was linked; `None` if it was not, or that was undone."""
    printed: Event | None = None
    """Since it was linked or corrected last."""
    in_chart: Event | None = None
    """As above, by sending it too."""
    charted: Event | None = None
    """How it came into a chart last, also if it was linked anew or corrected since: the chart has another
    version then, or it is another person's. `None` if that was undone."""
    sent: Event | None = None
    """As above, at the clinic's server."""
    put_aside: Event | None = None
    in_call: tuple[Event, ...] = ()
    """Who has not said that they left the call. See `presence.is_open` for a desk that was killed."""
    history: tuple[Event, ...] = ()
    unreadable: int = 0
    """How many files could not be read. What they said is not known."""


def by_list(names: Iterable[str]) -> dict[str, list[str]]:
    """Return the state files among a day's names, by list, in the order in which things were done."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    for name in names:
        match = _NAME.fullmatch(name)
        if match:
            order = (int(match["place"]), match["chance"], name)
            found.setdefault(match["list"], []).append(order)
    return {each: [name for *_, name in sorted(orders)] for each, orders in found.items()}


def of_list(number: str, names: Iterable[str]) -> list[str]:
    """Return the state files of one list among a day's names, in the order in which things were done."""
    return by_list(name for name in names if name.startswith(f"{number}.")).get(number, [])


def state_of(day: DayFiles, names: Sequence[str]) -> State:
    """Return the state that these files of one list add up to, given in their order."""
    events, unreadable = [], 0
    for name in names:
        event = _read(day, name)
        events += [event] if event else []
        unreadable += event is None
    return folded(events)._replace(unreadable=unreadable)


def folded(events: Iterable[Event]) -> State:
    """Return the state after these events, in their order."""
    state = State()
    for event in events:
        state = _after(state, event)._replace(history=(*state.history, event))
    return state


def note(day: DayFiles, number: str, event: Event) -> None:
    """Keep an event. It is there when this returns; `FolderError` if that cannot be done."""
    earlier = of_list(number, day.names())
    places = [int(match["place"]) for each in earlier if (match := _NAME.fullmatch(each))]
    name = f"{number}.{max(places, default=0) + 1}-{os.urandom(3).hex()}.state"
    kept = {key: value for key, value in event._asdict().items() if value}
    day.put(name, json.dumps(kept, ensure_ascii=False).encode())


def event(action: str, who: Who, now: datetime, **more: str) -> Event:
    """Return an event of this moment."""
    return Event(action, written(now), who.initials, who.computer, **more)


def is_of_another(state: State) -> bool:
    """Return whether whose list it is was changed after it came into a chart."""
    since = state.history[state.history.index(state.charted) + 1 :] if state.charted else ()
    return any(each.action in {LINKED, UNLINKED, UNNAMED} for each in since)


def is_patient_undone(state: State) -> bool:
    """Return whether a patient named at the desk no longer counts: undone, or linked anew since."""
    acts = [each.action for each in state.history if each.action in {LINKED, UNLINKED, NAMED, UNNAMED}]
    return bool({NAMED, UNNAMED} & set(acts)) and acts[-1] != NAMED


def is_linked(state: State, record: Record) -> bool:
    """Return whether staff know whose a list is. A caller is known, unless that was undone."""
    undone = any(each.action == UNLINKED for each in state.history)
    return state.linked is not None or (record.device == DESK and not undone)


def day_of(at: str) -> date | None:
    """Return the day of a time as an event has it; `None` if it cannot be read."""
    try:
        return date.fromisoformat(at[:10])
    except ValueError:
        return None


def _after(state: State, event: Event) -> State:
    """Return the state after one more event, without its history."""
    others = tuple(each for each in state.in_call if each.desk != event.desk)
    changes: Mapping[str, Mapping[str, Any]] = {
        # What is on paper and in a chart until then may be somebody else's.
        LINKED: {"linked": event} | _TO_DO_AGAIN,
        UNLINKED: {"linked": None} | _TO_DO_AGAIN,
        PRINTED: {"printed": event},
        IN_CHART: {"in_chart": event, "charted": event},
        SENT: {"in_chart": event, "charted": event, "sent": event},
        OUT_OF_CHART: _NOT_IN_CHART,
        WITHDRAWN: _NOT_IN_CHART,
        UNNAMED: {"in_chart": None},
        PUT_ASIDE: {"put_aside": event},
        TAKEN_UP: {"put_aside": None},
        CALL_OPEN: {"in_call": (*others, event)},
        CALL_LEFT: {"in_call": others},
        # It is no longer what the list says.
        CORRECTED: _TO_DO_AGAIN,
    }
    return state._replace(**changes.get(event.action, {}))


def _read(day: DayFiles, name: str) -> Event | None:
    """Return what a file says; `None` if it cannot be read. A key of a later version is ignored."""
    with suppress(OSError, ValueError, RecursionError):
        value = json.loads(day.read(name))
        if isinstance(value, dict) and isinstance(value.get("action"), str):
            fields = ((key, value.get(key, "")) for key in Event._fields)
            return Event(**{key: printable(text) if isinstance(text, str) else "" for key, text in fields})
    return None
