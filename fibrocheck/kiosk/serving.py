"""The start of a kiosk. Its options are read without the command-line library where that is possible.

A kiosk keeps what is loaded as long as it runs: the library would take a seventh of its memory.
"""

from collections.abc import Mapping, Sequence

from fibrocheck.errors import refuse_on_lines
from fibrocheck.kiosk.settings import Settings, refuse_silence
from fibrocheck.plain_options import Known, read_options

_KNOWN = Known(
    flags={"--plain", "--large", "--touch", "--speak", "--no-speech", "--headphones", "--loudspeaker"},
    texts={"--language", "--printer", "--ways", "--questions"},  # the library leaves this path as it is typed
    paths={"--records"},
    seconds={"--idle", "--warning", "--longest"},
)


def read_plainly(arguments: Sequence[str], environment: Mapping[str, str]) -> Settings | None:
    """Return the settings after `fibrocheck kiosk`, or `None` if the command-line library must read them."""
    values = read_options(arguments, environment, _KNOWN)
    return None if values is None else Settings(**values)


def serve(settings: Settings) -> None:
    """Check that the settings can have their effect, and serve patients (`supervisor.run`).

    `WrongUsage` for settings that do not go together.
    """
    given = {"--speak": settings.speak, "--no-speech": settings.no_speech}
    refuse_silence([name for name, is_set in given.items() if is_set])
    refuse_on_lines("--touch", is_given=settings.touch, plain=settings.plain)
    from fibrocheck.kiosk.supervisor import run  # what a visit needs, not what a wrong command line does

    run(settings)
