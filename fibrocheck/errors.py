"""How a command can end other than by finishing. The way in turns each into an exit code."""

import os


class StaffError(Exception):
    """Something for staff to mend; its words say where, what, and what to do."""

    exit_code = 1


class WrongUsage(StaffError):  # noqa: N818 - it is the person at the keyboard who is mistaken
    """The command line asks for something that there is not."""

    exit_code = 2


LEFT = 130
"""The exit code of a visit that the person left before its end (128 and the number of SIGINT)."""


IDLE_TOO_LONG, STAFF_LEFT = 75, 76
"""How a visit in the kiosk can end besides: nobody was there any more, or staff typed their code."""


class VisitEnded(Exception):  # noqa: N818 - an ordinary ending, not an error
    """The visit is over before its end; `exit_code` says how (130 left, 143 and 129 by a signal)."""

    def __init__(self, exit_code: int = LEFT) -> None:
        """Remember how the visit ended, and nothing else."""
        super().__init__(f"the visit ended ({exit_code})")
        self.exit_code = exit_code


def place_of(error: BaseException) -> str:
    """What kind of error it was and where in the program, without any value: `KeyError at visit.py:41`."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    file = os.path.basename(trace.tb_frame.f_code.co_filename) if trace else "?"
    return f"{type(error).__name__} at {file}:{trace.tb_lineno if trace else 0}"
