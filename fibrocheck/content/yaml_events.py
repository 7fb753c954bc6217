"""PyYAML's events, by its C parser alone: all of PyYAML takes three times as long to load.

The parser is not in PyYAML's documented interface. Where it cannot be had in this way, and where PyYAML has
no C parser, the loader that `yaml` has is used. `tests/content/test_yaml_events.py` notices changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fibrocheck.errors import VisitEnded
from fibrocheck.postponing import later, loaded, postponing

if TYPE_CHECKING:
    from collections.abc import Iterator

_USED = ("yaml.error", "yaml.tokens", "yaml.events", "yaml.nodes")
_POSTPONED = {
    "yaml": later(),
    "yaml.composer": later("ComposerError"),
    "yaml.constructor": later("ConstructorError"),
    "yaml.emitter": later("EmitterError"),
    "yaml.parser": later("ParserError"),
    "yaml.reader": later("ReaderError"),
    "yaml.representer": later("RepresenterError"),
    "yaml.resolver": later(),
    "yaml.scanner": later("ScannerError"),
    "yaml.serializer": later("SerializerError"),
}


def _fastest() -> Any:
    """Return the fastest parser there is."""
    try:
        with postponing(_POSTPONED):
            for name in (*_USED, *_POSTPONED):
                loaded(name)
            return loaded("yaml._yaml").CParser
    except VisitEnded:  # a signal
        raise
    except Exception:  # noqa: BLE001 - another version of PyYAML, or one without a C parser
        import yaml

        return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


FASTEST = _fastest()


def events(text: str, loader: Any = None) -> Iterator[Any]:
    """Return the events of a text, as `yaml.parse` yields them; raises `yaml.error.YAMLError` meanwhile."""
    return iter((loader or FASTEST)(text).get_event, None)  # None after the last one
