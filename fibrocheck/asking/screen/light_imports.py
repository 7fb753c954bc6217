"""Loads the libraries of the screen without the parts of them that a visit never uses.

prompt_toolkit and questionary import all they have, down to dialogs, progress bars and an XML parser, and
asyncio imports `ssl` and `logging`: together a third of what a start executes, and 14 MB. While they are
loaded here, such parts are only postponed: a module of `_POSTPONED` is made but not executed, and a class
or function that another module takes from it is stood for. So are the patterns that libraries compile, and
the enumerations of `socket`. Whoever really uses one of them, now or later, gets the real one. If anything
goes wrong, all is imported plainly.

What is postponed depends on private parts of the libraries; `tests/asking/test_light_imports.py` notices
when a name is gone, or when something postponed is used after all.
"""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager, suppress
from enum import EnumType
from functools import partial
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any

from fibrocheck.errors import VisitEnded
from fibrocheck.pages.text_layout import is_narrow
from fibrocheck.postponing import In, later, loaded, postponing, stand_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LIBRARIES = ("prompt_toolkit", "questionary")

_USED = (
    "asyncio",
    "prompt_toolkit.application",
    "prompt_toolkit.formatted_text",
    "prompt_toolkit.key_binding.bindings.mouse",
    "prompt_toolkit.layout",
    "prompt_toolkit.output.vt100",
    "prompt_toolkit.styles",
    "questionary.prompts.common",
)
"""What the screen imports, and what these need."""


_compile = re.compile
_ENUMERATIONS: Any = EnumType  # what makes them is not in its documented interface


class _Pattern:
    """A regular expression that is compiled when it is first used; most of a library's never are."""

    def __init__(self, *given: Any, **options: Any) -> None:
        self._given, self._options = given, options

    def __getattr__(self, name: str) -> Any:
        found = getattr(_compile(*self._given, **self._options), name)
        vars(self)[name] = found
        return found


class _Enumerations:
    """Enumerations of a module's numbers that are made when they are first used."""

    def __init__(self, make: Callable[[], object], module: str) -> None:
        self._make, self._module = make, module

    def __getattr__(self, name: str) -> Any:
        self._make()
        return getattr(sys.modules[self._module], name)


class _Logger:
    """A logger that need not exist until there is something to report: nobody sees debug messages."""

    def __init__(self, name: str) -> None:
        self._name = name

    def debug(self, *_arguments: object, **_options: object) -> None:
        """Do nothing, as a logger does by default."""

    def __getattr__(self, name: str) -> Any:
        return getattr(sys.modules["logging"].getLogger(self._name), name)


def _is_awaitable(value: object) -> bool:
    """Return whether what a key's handler returned can be awaited; ours return nothing."""
    return value is not None and bool(sys.modules["inspect"].isawaitable(value))


def _is_coroutine_function(value: Any) -> bool:
    """Return what `inspect` says of a function: asyncio asks it of the one that notes a new window size."""
    if type(value) in {FunctionType, MethodType} and not hasattr(value, "_is_coroutine_mark"):
        return bool(value.__code__.co_flags & CO_COROUTINE)
    inspect = sys.modules["inspect"]
    if inspect.iscoroutinefunction is _is_coroutine_function:
        del inspect.iscoroutinefunction
    return bool(inspect.iscoroutinefunction(value))


CO_COROUTINE = 0x80  # inspect's


def _width(character: str) -> int:
    """Return how many columns a character takes; most need no table for that."""
    if character.isprintable() and is_narrow(character):
        return 1
    return int(sys.modules["wcwidth"].wcwidth(character))


_POSTPONED: dict[str, dict[str, object]] = {
    "prompt_toolkit": later("PromptSession"),
    "prompt_toolkit.completion.deduplicate": later("DeduplicateCompleter"),
    "prompt_toolkit.completion.filesystem": later("ExecutableCompleter", "PathCompleter"),
    "prompt_toolkit.completion.fuzzy_completer": later("FuzzyCompleter", "FuzzyWordCompleter"),
    "prompt_toolkit.completion.nested": later("NestedCompleter"),
    "prompt_toolkit.completion.word_completer": later("WordCompleter"),
    "prompt_toolkit.formatted_text.html": later("HTML"),
    "prompt_toolkit.formatted_text.pygments": later("PygmentsTokens"),
    "prompt_toolkit.key_binding.defaults": later("load_key_bindings"),
    "prompt_toolkit.layout.menus": later("CompletionsMenu", "MultiColumnCompletionsMenu"),
    "prompt_toolkit.layout.scrollable_pane": later("ScrollablePane"),
    "prompt_toolkit.lexers.pygments": later("PygmentsLexer", "RegexSync", "SyncFromStart", "SyntaxSync"),
    "wcwidth": {"wcwidth": _width},
    "questionary": {"Style": In("prompt_toolkit.styles")},
    "questionary.prompts": {},
    # Python's own
    "asyncio.sslproto": {},
    "asyncio.staggered": {},
    "concurrent.futures": {name: name for name in ("FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED")},
    "datetime": {},
    "inspect": {"isawaitable": _is_awaitable},
    "linecache": {},
    "logging": {"DEBUG": 10, "getLogger": _Logger},
    "shlex": {},
    "shutil": {},
    "subprocess": {"PIPE": -1, "STDOUT": -2, "DEVNULL": -3, **later("Popen")},
    "tempfile": {},
    "traceback": later("extract_stack", "format_tb"),
}
"""The modules that are not executed until something of theirs is used, with the names taken from them."""

if sys.version_info >= (3, 14):
    _GRAPH = ("capture_call_graph", "format_call_graph", "print_call_graph")
    _GRAPH += ("FrameCallGraphEntry", "FutureCallGraph")
    _POSTPONED["asyncio.graph"] = {"__all__": _GRAPH, **later(*_GRAPH)}

_UNTIL_THEN: dict[str, dict[str, object]] = {"inspect": {"iscoroutinefunction": _is_coroutine_function}}
"""What a module has as long as it is not executed."""


def load_screen_libraries() -> None:
    """Import what the screen needs, if nothing has imported it yet."""
    if any(name in sys.modules for name in _LIBRARIES):
        return
    try:
        with postponing(_POSTPONED, _UNTIL_THEN), without_ssl(), _patterns_later(), _numbers_later():
            for name in _USED:
                loaded(name)
    except VisitEnded:  # a signal
        raise
    except Exception:  # noqa: BLE001 - another version of a library; the plain imports are always right
        for name in [each for each in sys.modules if each.partition(".")[0] in _LIBRARIES]:
            del sys.modules[name]


@contextmanager
def _patterns_later() -> Iterator[None]:
    """Have `re.compile` compile nothing until it is used."""
    re.compile = _Pattern  # type: ignore[assignment] # it is used like one
    try:
        yield
    finally:
        re.compile = _compile


@contextmanager
def _numbers_later() -> Iterator[None]:
    """Have `socket` make no enumerations of its numbers until they are used: asyncio needs the numbers."""
    at_once = _ENUMERATIONS._convert_

    def convert(cls: Any, name: str, module: str, *others: Any, **options: Any) -> Any:
        make = partial(at_once, cls, name, module, *others, **options)
        if module != "socket":
            return make()
        return vars(sys.modules[module]).setdefault(name, stand_in(_Enumerations(make, module), name))

    _ENUMERATIONS._convert_ = convert
    try:
        yield
    finally:
        _ENUMERATIONS._convert_ = at_once


@contextmanager
def without_ssl() -> Iterator[None]:
    """Have asyncio find no `ssl`, as where Python is built without it: a visit opens no connection."""
    if "ssl" in sys.modules:
        yield
        return
    sys.modules["ssl"] = None  # type: ignore[assignment] # as the import system's reference says
    try:
        yield
    finally:
        with suppress(KeyError):
            del sys.modules["ssl"]
