"""What waits in a terminal's keyboard queue."""

import sys
from contextlib import suppress


def drop_typed_ahead(terminal: int) -> None:
    """Forget the keys typed at a terminal before now."""
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            msvcrt.getwch()
    else:
        import termios

        with suppress(termios.error):  # the terminal may be gone
            termios.tcflush(terminal, termios.TCIFLUSH)
