"""Loads the libraries of the screen without the parts of them that a visit never uses.

prompt_toolkit and questionary import all they have, down to dialogs, progress bars and an XML parser, and
asyncio imports `ssl` and `logging`: together a third of what a start executes, and 14 MB. While they are
loaded here, such parts are only postponed: a module of `_POSTPONED` is made but not executed, and a class
or function that another module takes from it is stood for. Whoever really uses one of them, now or later,
gets the real one. If anything goes wrong, all is imported plainly.

What is postponed depends on private parts of the libraries; `tests/asking/test_light_imports.py` notices
when a name is gone, or when something postponed is used after all.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.machinery import PathFinder
from types import FunctionType, MethodType, ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from fibrocheck.errors import VisitEnded
from fibrocheck.pages.text_layout import is_narrow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from importlib.abc import Loader
    from importlib.machinery import ModuleSpec

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


class _Later:
    """Says that a name is a class or function of a postponed module."""


class _In(NamedTuple):
    """Says that a name is another module's."""

    module: str


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


def _later(*names: str) -> dict[str, object]:
    return dict.fromkeys(names, _Later)


_POSTPONED: dict[str, dict[str, object]] = {
    "prompt_toolkit": _later("PromptSession"),
    "prompt_toolkit.completion.deduplicate": _later("DeduplicateCompleter"),
    "prompt_toolkit.completion.filesystem": _later("ExecutableCompleter", "PathCompleter"),
    "prompt_toolkit.completion.fuzzy_completer": _later("FuzzyCompleter", "FuzzyWordCompleter"),
    "prompt_toolkit.completion.nested": _later("NestedCompleter"),
    "prompt_toolkit.completion.word_completer": _later("WordCompleter"),
    "prompt_toolkit.formatted_text.html": _later("HTML"),
    "prompt_toolkit.formatted_text.pygments": _later("PygmentsTokens"),
    "prompt_toolkit.key_binding.defaults": _later("load_key_bindings"),
    "prompt_toolkit.layout.menus": _later("CompletionsMenu", "MultiColumnCompletionsMenu"),
    "prompt_toolkit.layout.scrollable_pane": _later("ScrollablePane"),
    "prompt_toolkit.lexers.pygments": _later("PygmentsLexer", "RegexSync", "SyncFromStart", "SyntaxSync"),
    "wcwidth": {"wcwidth": _width},
    "questionary": {"Style": _In("prompt_toolkit.styles")},
    "questionary.prompts": {},
    # Python's own
    "asyncio.sslproto": {},
    "asyncio.staggered": {},
    "concurrent.futures": {name: name for name in ("FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED")},
    "datetime": {},
    "inspect": {"isawaitable": _is_awaitable},
    "logging": {"DEBUG": 10, "getLogger": _Logger},
    "shlex": {},
    "shutil": {},
    "subprocess": {"PIPE": -1, "STDOUT": -2, "DEVNULL": -3, **_later("Popen")},
    "tempfile": {},
}
"""The modules that are not executed until something of theirs is used, with the names taken from them."""

_UNTIL_THEN: dict[str, dict[str, object]] = {"inspect": {"iscoroutinefunction": _is_coroutine_function}}
"""What a module has as long as it is not executed."""


def load_screen_libraries() -> None:
    """Import what the screen needs, if nothing has imported it yet."""
    if any(name in sys.modules for name in _LIBRARIES):
        return
    try:
        with _postponing(), without_ssl():
            for name in _USED:
                import_module(name)
    except VisitEnded:  # a signal
        raise
    except Exception:  # noqa: BLE001 - another version of a library; the plain imports are always right
        for name in [each for each in sys.modules if each.partition(".")[0] in _LIBRARIES]:
            del sys.modules[name]


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


@contextmanager
def _postponing() -> Iterator[None]:
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        finder.is_over = True


class _Finder:
    """Finds the modules that are postponed."""

    is_over = False

    def find_spec(
        self, name: str, path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return how a module is made but not executed; `None` for any other."""
        names = _POSTPONED.get(name)
        spec = PathFinder.find_spec(name, path) if names is not None else None
        if spec is not None and spec.loader is not None and names is not None:
            spec.loader = _Postponer(spec.loader, names, self)  # type: ignore[assignment] # two methods of it
        return spec


class _Postponer:
    """Makes a module without executing it."""

    def __init__(self, loader: Loader, names: Mapping[str, object], finder: _Finder) -> None:
        self._loader, self._names, self._finder = loader, names, finder

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return an empty module."""
        return _Postponed(spec.name)

    def exec_module(self, module: _Postponed) -> None:
        """Note how it is executed later."""
        vars(module).update(_UNTIL_THEN.get(module.__name__, {}), _postponer=self)

    def value(self, module: _Postponed, name: str) -> Any:
        """Return what stands for a name while the libraries load; execute the module for any other."""
        if self._finder.is_over or name not in self._names:
            self._execute(module)
            return getattr(module, name)
        there = self._names[name]
        if isinstance(there, _In):
            return getattr(import_module(there.module), name)
        return _stand_in(module, name) if there is _Later else there

    def _execute(self, module: _Postponed) -> None:
        del vars(module)["_postponer"]
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        self._loader.exec_module(module)


class _Postponed(ModuleType):
    """A module that is executed when something is asked of it."""

    def __getattr__(self, name: str) -> Any:
        postponer = vars(self).get("_postponer")
        if postponer is None or (name.startswith("__") and name != "__all__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        return postponer.value(self, name)


class _StandIn(type):
    """The type of what stands for a class or function: everything asked of it is asked of the real one."""

    def __new__(cls, name: str, bases: tuple[Any, ...], body: dict[str, Any]) -> Any:
        """Return a stand-in; from a class statement that has one as its base, a class of the real one."""
        if not bases:
            return super().__new__(cls, name, bases, body)
        real = tuple(_real(each) if isinstance(each, _StandIn) else each for each in bases)
        return type(real[0])(name, real, body)

    def __call__(cls, *arguments: Any, **options: Any) -> Any:
        """Call the real one."""
        return _real(cls)(*arguments, **options)

    def __instancecheck__(cls, instance: object) -> bool:
        """Return whether an object is an instance of the real one."""
        return isinstance(instance, _real(cls))

    def __getattr__(cls, name: str) -> Any:
        return getattr(_real(cls), name)


def _stand_in(module: ModuleType, name: str) -> _StandIn:
    stand_in: _StandIn = _StandIn(name, (), {"_of": (module, name)})
    return stand_in


def _real(stand_in: Any) -> Any:
    module, name = vars(stand_in)["_of"]
    return getattr(module, name)
