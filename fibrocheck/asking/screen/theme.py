"""The styles of every page: two colours, and weight for the rest."""

from fibrocheck.pages.palette import ACCENT_COLOUR, QUIET_COLOUR

STYLES = {
    "text": "",
    "strong": "bold",
    "again": "bold",
    "quiet": QUIET_COLOUR,
    "accent": ACCENT_COLOUR,
    "pointer": f"bold {ACCENT_COLOUR}",
    "separator": f"bold {ACCENT_COLOUR}",
    "cursor-line": "nounderline bold",
    "scroll": "bold",
    "picture": "",  # its colours are set where it is drawn
}
"""prompt_toolkit styles by the style names that spans carry."""
