"""Imports a library without executing the modules that it imports and the program never uses.

A postponed module is made but not executed, and a class or function that another module takes from it
meanwhile is stood for. Whoever really uses one of them, then or later, gets the real one.
"""

from __future__ import annotations

import sys
from _thread import RLock
from contextlib import contextmanager
from importlib.machinery import PathFinder
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from importlib.abc import Loader
    from importlib.machinery import ModuleSpec

    Names = Mapping[str, object]


class Later:
    """Says that a name is a class or function of a postponed module."""


class In(NamedTuple):
    """Says that a name is another module's."""

    module: str


def loaded(name: str) -> ModuleType:
    """Import a module and return it. Unlike `importlib.import_module`, `python -X importtime` shows it."""
    __import__(name)
    return sys.modules[name]


def later(*names: str) -> dict[str, object]:
    """Return these names as classes or functions of a postponed module."""
    return dict.fromkeys(names, Later)


@contextmanager
def postponing(modules: Mapping[str, Names], until_then: Mapping[str, Names] | None = None) -> Iterator[None]:
    """Have these modules only made when something imports them, and not executed until they are used.

    Each comes with the names that others take from it, and what they get: `Later`, `In`, or a value.
    Any other name executes it at once. `until_then` is what a module has as long as it is not executed.
    """
    finder = _Finder(modules, until_then or {})
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        finder.is_over = True


class _Finder:
    """Finds the modules that are postponed."""

    def __init__(self, modules: Mapping[str, Names], until_then: Mapping[str, Names]) -> None:
        self.modules, self.until_then = modules, until_then
        self.is_over = False

    def find_spec(
        self, name: str, path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return how a module is made but not executed; `None` for any other."""
        names = self.modules.get(name)
        spec = PathFinder.find_spec(name, path) if names is not None else None
        if spec is not None and spec.loader is not None and names is not None:
            spec.loader = _Postponer(spec.loader, names, self)  # type: ignore[assignment] # two methods of it
        return spec


class _Postponer:
    """Makes a module without executing it."""

    def __init__(self, loader: Loader, names: Names, finder: _Finder) -> None:
        self._loader, self._names, self._finder = loader, names, finder
        self._lock, self._has_begun = RLock(), False

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return an empty module."""
        return _Postponed(spec.name)

    def exec_module(self, module: _Postponed) -> None:
        """Note how it is executed later."""
        vars(module).update(self._finder.until_then.get(module.__name__, {}), _postponer=self)

    def value(self, module: _Postponed, name: str) -> Any:
        """Return what stands for a name while the libraries load; execute the module for any other."""
        if self._finder.is_over or name not in self._names:
            self._execute(module)
            return ModuleType.__getattribute__(module, name)
        there = self._names[name]
        if isinstance(there, In):
            return getattr(loaded(there.module), name)
        return stand_in(module, name) if there is Later else there

    def _execute(self, module: _Postponed) -> None:
        """Execute a module once; another thread that asks something of it meanwhile waits."""
        with self._lock:
            if self._has_begun:
                return
            self._has_begun = True
            if module.__spec__ is not None:
                module.__spec__.loader = self._loader
            try:
                self._loader.exec_module(module)
            finally:
                del vars(module)["_postponer"]


class _Postponed(ModuleType):
    """A module that is executed when something is asked of it."""

    def __getattr__(self, name: str) -> Any:
        postponer = vars(self).get("_postponer")
        if postponer is None or (name.startswith("__") and name != "__all__"):
            return super().__getattribute__(name)  # an error, unless another thread has just executed it
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


def stand_in(module: object, name: str) -> type:
    """Return what stands for a class or function of a module until it is used."""
    made: type = _StandIn(name, (), {"_of": (module, name)})
    return made


def _real(standing: Any) -> Any:
    module, name = vars(standing)["_of"]
    return getattr(module, name)
