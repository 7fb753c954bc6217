"""Named tuples with hundreds of names, made in a tenth of the time that `typing.NamedTuple` takes.

That compiles a function with an argument for each name, which takes longer than reading the questionnaire.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

__all__ = ["ManyNames"]

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NamedTuple as ManyNames
else:
    from collections import _tuplegetter as item  # what `namedtuple` uses

    class ManyNames(tuple):
        """A tuple with a name for each of its items: the names that a subclass annotates, in order."""

        __slots__ = ()
        _fields = ()

        def __init_subclass__(cls) -> None:
            """Give a class its names."""
            cls._fields = tuple(cls.__annotations__)
            for at, name in enumerate(cls._fields):
                setattr(cls, name, item(at, None))

        def __new__(cls, *values: Any, **named: Any) -> Self:
            """Return a tuple of items in order or by their names; `TypeError` unless each is given once."""
            try:
                whole = (*values, *[named.pop(name) for name in cls._fields[len(values) :]])
            except KeyError as missing:
                raise TypeError(f"{cls.__name__} lacks {missing}") from None
            if named or len(whole) != len(cls._fields):
                raise TypeError(f"{cls.__name__} has no {', '.join(named) or 'so many items'}")
            return tuple.__new__(cls, whole)

        def __getnewargs__(self) -> tuple[Any, ...]:
            """Return what makes a copy."""
            return tuple(self)

        @classmethod
        def _make(cls, items: Iterable[Any]) -> Self:
            return cls(*items)

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def _replace(self, **named: Any) -> Self:
            return type(self)(**(self._asdict() | named))
