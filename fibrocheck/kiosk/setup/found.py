"""What a check returns."""

from collections.abc import Callable

from fibrocheck.kiosk.setup.machine import Machine
from fibrocheck.kiosk.setup.state import State

OK, FIX, UNKNOWN = "ok", "fix", "?"

Found = tuple[str, str, str]
"""`OK`, `FIX` or `UNKNOWN`, what is so, and what to do."""

Check = Callable[[Machine, State | None], Found]
