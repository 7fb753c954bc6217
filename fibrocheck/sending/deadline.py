"""Until when somebody waits for a server. Pure but for the clock."""

import math
import time


class Deadline:
    """When nothing is waited for any longer: somebody stands at the counter. Without a start, never."""

    def __init__(self) -> None:
        self._until = math.inf

    def start(self, seconds: float) -> None:
        """Wait so many seconds for all that follows together."""
        self._until = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left."""
        return max(self._until - time.monotonic(), 0.0)
