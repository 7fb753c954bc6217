"""The colours of every page: one accent, one quiet grey, weight for the rest.

Each colour was chosen to reach a contrast of 4.5 : 1 on white and on black alike (WCAG 2.2, 1.4.3),
because a terminal does not tell which background it has. Both are in the 256-colour palette.
"""

ACCENT_COLOUR = "#00875f"
QUIET_COLOUR = "#767676"

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
}
"""prompt_toolkit styles by the names that lines carry."""
