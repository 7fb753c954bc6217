"""Why a list was not sent. Each message is one sentence with what to do, and holds no answer and no token."""

from fibrocheck.errors import StaffError


class SendError(StaffError):
    """A list was refused, here or by the server: the same again would be refused again."""

    def __init__(self, what: str, remedy: str) -> None:
        """Put the problem and the remedy into one line."""
        super().__init__(f"{what}. {remedy}.")


class TryLater(SendError):  # noqa: N818 - what to do
    """The server could not be reached, or is busy. Nothing is known to be wrong with the list."""

    exit_code = 75


class NoReply(Exception):  # noqa: N818 - what happened
    """A request without a whole reply. `may_have_arrived` is false only if it certainly did not."""

    def __init__(self, reason: str, *, may_have_arrived: bool = True) -> None:
        """Keep the reason, a part of a sentence."""
        super().__init__(reason)
        self.reason = reason
        self.may_have_arrived = may_have_arrived
