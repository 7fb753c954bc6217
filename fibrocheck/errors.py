"""Errors and endings: how a command can end other than by finishing, and with which exit code."""

import os


class StaffError(Exception):
    """An error that staff can fix. Its message says where, what happened, and what to do."""

    exit_code = 1

    @property
    def on_page(self) -> str:
        """The message without the place of a file: a patient may see the page."""
        return str(self)


class WrongUsage(StaffError):  # noqa: N818 - the command line is wrong, not the program
    """Invalid command line."""

    exit_code = 2


def refuse(is_so: bool, option: str, why: str) -> None:  # noqa: FBT001 - reads as a sentence
    """Raise `WrongUsage` for an option that would have no effect, if that is so."""
    if is_so:
        raise WrongUsage(f"{option} {why}, or leave out {option}.")


def refuse_on_lines(option: str, *, is_given: bool, plain: bool) -> None:
    """Raise `WrongUsage` for an option of the full screen that is given together with `--plain`."""
    refuse(is_given and plain, option, "has no effect on numbered lines: leave out --plain")


LEFT = 130
"""The exit code of a visit that the person left before its end: 128 and the number of SIGINT."""


IDLE_TOO_LONG, STAFF_LEFT, TIME_IS_UP = 75, 76, 77
"""Exit codes of a kiosk's visit that ended because the person had gone, by the staff code, or because it
took too long."""


class VisitEnded(Exception):  # noqa: N818 - an ordinary ending, not an error
    """The visit ended early. `exit_code` says how: 130 the person left, 143 or 129 by a signal.

    `for_staff` is what staff need to know, such as a copy that could not be saved.
    """

    def __init__(self, exit_code: int = LEFT, for_staff: str = "") -> None:
        """Keep the exit code and the message, and nothing else."""
        super().__init__(f"the visit ended ({exit_code})")
        self.exit_code = exit_code
        self.for_staff = for_staff


def system_words(error: OSError | ValueError, otherwise: str = "this file name is not valid") -> str:
    """Return what the system says about a file, for the middle of a sentence, such as "permission denied".

    A `ValueError` has no words for staff: it is about a null character in a name, or what `otherwise` says.
    """
    return (getattr(error, "strerror", None) or otherwise).lower()


def internal_error(error: BaseException, *, kept: str = "") -> StaffError:
    """Return an error of this program in words for staff; `kept` is what was saved before it.

    A traceback could print answers; its location cannot.
    """
    return StaffError(
        f"fibrocheck: internal error ({location_of(error)}).{kept and f' {kept}.'}"
        " Please start again, and report this to the person who maintains the program."
    )


def location_of(error: BaseException) -> str:
    """Return the type of an error and where it was raised, such as `KeyError at flow.py:41`.

    Its message is left out: it could hold an answer.
    """
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    file = os.path.basename(trace.tb_frame.f_code.co_filename) if trace else "?"
    return f"{type(error).__name__} at {file}:{trace.tb_lineno if trace else 0}"
