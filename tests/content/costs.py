"""What reading costs, in CPU time of this process: a busy machine changes it little."""

import time
from collections.abc import Callable


def cpu(work: Callable[[], object]) -> float:
    """Return the least CPU time of three runs, in seconds."""
    times = []
    for _ in range(3):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def is_linear(work: Callable[[int], object], size: int) -> bool:
    """Return whether four times the size costs nowhere near the sixteen times of quadratic work.

    Below 10 ms, other things than the size decide the time.
    """
    return cpu(lambda: work(4 * size)) <= 10 * max(cpu(lambda: work(size)), 0.01)
