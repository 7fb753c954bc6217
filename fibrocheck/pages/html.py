"""The handout as one HTML page that needs nothing else: no script, no font, no picture, no connection."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from fibrocheck.pages.qr import qr_code

if TYPE_CHECKING:
    import jinja2

    from fibrocheck.pages.handout import Handout

TEMPLATE = "handout.html.j2"

_ONE_SHEET = 10
"""With more items than this, print is half a point smaller: it still fits on the two sides of a sheet."""

_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"})
"""Languages whose usual script is written from right to left."""


def render_html(handout: Handout, *, large_print: bool = False) -> str:
    """The page for a browser and a printer, on A4 or Letter; large print is 18 points or more."""
    link = handout.booking.value if handout.booking else ""
    code = qr_code(link)
    return _template().render(
        page=handout,
        code=code,
        link=link if code else "",  # what is no https link is printed, and leads nowhere
        direction="rtl" if handout.language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr",
        size="large" if large_print else "full" if len(handout.telling) > _ONE_SHEET else "",
    )


@cache  # the template alone: what it was filled with is not remembered
def _template() -> jinja2.Template:
    from importlib.resources import files

    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["fingerprint"] = _fingerprint
    return environment.from_string(files(__package__).joinpath(TEMPLATE).read_text(encoding="utf-8"))


def _fingerprint(style: str) -> str:
    """The style's SHA-256 as a Content-Security-Policy names it: no other style is let in."""
    from base64 import b64encode
    from hashlib import sha256

    return "sha256-" + b64encode(sha256(style.encode()).digest()).decode()
