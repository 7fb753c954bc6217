"""Templates of HTML pages that need nothing else: every value is escaped, no style but the page's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    import jinja2

_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"})
"""Languages usually written from right to left."""


def html_template(package: str, name: str, **filters: Callable[..., Any]) -> jinja2.Template:
    """Return a template that lies in a package, with these filters and `fingerprint`, the mark of a style."""
    from importlib.resources import files

    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"fingerprint": _fingerprint, **filters}
    return environment.from_string(files(package).joinpath(name).read_text(encoding="utf-8"))


def direction(language: str) -> str:
    """Return the direction in which a language is written, as HTML names it."""
    return "rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


def _fingerprint(style: str) -> str:
    """Return the style's SHA-256 in the form of a Content-Security-Policy, which allows no other style."""
    from base64 import b64encode
    from hashlib import sha256

    return "sha256-" + b64encode(sha256(style.encode()).digest()).decode()
