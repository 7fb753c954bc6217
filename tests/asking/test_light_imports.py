"""The libraries of the screen are loaded without the parts that a visit never uses; nothing is lost by it."""

from importlib import import_module
from pathlib import Path

import pytest

from fibrocheck.asking.screen import light_imports
from fibrocheck.asking.screen.light_imports import _POSTPONED, _UNTIL_THEN
from fibrocheck.postponing import In, Later
from tests.fresh_python import printed_by

NAMES = [(module, name, there) for module, names in _POSTPONED.items() for name, there in names.items()]
LOAD = "from fibrocheck.asking.screen.light_imports import load_screen_libraries; load_screen_libraries(); "


def ran(program: str) -> str:
    """Return what a program prints in an interpreter of its own."""
    return printed_by(program).strip()


@pytest.mark.parametrize(("module", "name", "there"), NAMES, ids=[f"{each[0]}.{each[1]}" for each in NAMES])
def test_what_is_stood_for_is_in_the_library(module: str, name: str, there: object) -> None:
    """A class or function, the same object in another module, or the same value."""
    real = getattr(import_module(module), name)
    if isinstance(there, In):
        assert real is getattr(import_module(there.module), name)
    elif there is Later or callable(there):
        assert callable(real)
    else:
        assert real == there


def test_a_visit_executes_nothing_that_is_postponed() -> None:
    """Up to the asker of the screen. `tests/test_imports.py` has the first question."""
    program = (
        "import sys; before = {*sys.modules}; import fibrocheck.visit.terminal; "
        f"{LOAD}import fibrocheck.asking.screen.asker; "
        "from fibrocheck.asking.screen.light_imports import _POSTPONED; "
        "print(*(name for name in _POSTPONED if name in sys.modules and name not in before "
        "and '_postponer' not in vars(sys.modules[name])))"
    )
    assert not ran(program)


def test_no_ssl_is_loaded_and_it_can_be_loaded_afterwards() -> None:
    """`send` in the same process needs it."""
    assert ran(f"import sys; {LOAD}print('ssl' in sys.modules, '_ssl' in sys.modules)") == "False False"
    assert ran(f"{LOAD}import ssl; print(ssl.create_default_context().check_hostname)") == "True"


USES = {
    "prompt_toolkit.formatted_text.HTML('<b>x</b>').value": "<b>x</b>",
    "prompt_toolkit.PromptSession.__name__": "PromptSession",
    "isinstance(prompt_toolkit.formatted_text.HTML('x'), prompt_toolkit.formatted_text.HTML)": "True",
    "len(prompt_toolkit.application.application.load_key_bindings().bindings) > 500": "True",
    "type('Mine', (prompt_toolkit.application.application.Popen,), {}).__mro__[1].__name__": "Popen",
    "issubclass(__import__('questionary').ValidationError, Exception)": "True",
    "__import__('questionary').select.__name__": "select",
    "__import__('logging').getLogger('a').name": "a",
    "asyncio.log.logger.name": "asyncio",
    "asyncio.iscoroutinefunction(asyncio.sleep), asyncio.iscoroutinefunction(print)": "True False",
    "__import__('inspect').iscoroutinefunction(asyncio.sleep)": "True",
    "prompt_toolkit.key_binding.key_bindings.isawaitable(asyncio.new_event_loop().create_future())": "True",
    r"prompt_toolkit.utils.get_cwidth('a\u00f1\u4e2d\u2013\u276f\x00')": "6",
    r"__import__('wcwidth').wcswidth('\u4e2d')": "2",
    "asyncio.new_event_loop().run_until_complete(asyncio.wait_for(asyncio.sleep(0, 1), 5))": "1",
    "asyncio.new_event_loop().run_until_complete(asyncio.to_thread(len, 'ab'))": "2",
    "asyncio.wait.__kwdefaults__['return_when']": "ALL_COMPLETED",
    "prompt_toolkit.document._FIND_WORD_RE.findall('ab cd')": "['ab', 'cd']",
    "prompt_toolkit.document._FIND_WORD_RE.pattern[:2]": "([",
    "asyncio.trsock.socket.getaddrinfo('127.0.0.1', 80)[0][0].name": "AF_INET",
    "isinstance(asyncio.trsock.socket.socketpair()[0].type, asyncio.trsock.socket.SocketKind)": "True",
    "asyncio.trsock.socket.AF_INET6.name": "AF_INET6",
    "asyncio.trsock.socket.MsgFlag.MSG_PEEK.value == asyncio.trsock.socket.MSG_PEEK": "True",
    "__import__('re').compile('a').__class__.__name__": "Pattern",
}


def test_whoever_uses_something_postponed_gets_it() -> None:
    """By calling it, by its attributes, as a base, and by an import afterwards."""
    shown = "".join(f"print({use});" for use in USES)
    printed = ran(f"{LOAD}import asyncio, prompt_toolkit.utils; {shown}")
    assert printed.splitlines() == list(USES.values())


def test_patterns_and_enumerations_wait_until_they_are_used() -> None:
    """Those of the library's texts are never compiled, and asyncio needs only the numbers of `socket`."""
    program = (
        f"{LOAD}import re, socket, prompt_toolkit.document as document; from enum import EnumType\n"
        "print(type(document._FIND_WORD_RE).__name__, isinstance(socket.AddressFamily, EnumType)); "
        "socket.socketpair()[0].family, document._FIND_WORD_RE.match; "
        "print(isinstance(socket.AddressFamily, EnumType), type(re.compile('a')).__name__)"
    )
    assert ran(program).split() == ["_Pattern", "False", "True", "Pattern"]


def test_threads_that_use_the_same_at_once_all_get_it(tmp_path: Path) -> None:
    """As the voice and the printer do, each with a program to start."""
    (tmp_path / "slow.py").write_text("for _ in range(200_000): pass\nvalue = 1\n")
    program = (
        "import sys, threading; from fibrocheck.postponing import postponing\n"
        f"sys.path.insert(0, {str(tmp_path)!r}); sys.setswitchinterval(1e-6)\n"
        "with postponing({'slow': {}}): import slow\n"
        "got, together = [], threading.Barrier(8)\n"
        "def use(): together.wait(); got.append(slow.value)\n"
        "threads = [threading.Thread(target=use) for _ in range(8)]\n"
        "for each in threads: each.start()\n"
        "for each in threads: each.join()\n"
        "print(got, hasattr(slow, 'value'), hasattr(slow, 'other'))"
    )
    assert ran(program) == f"{[1] * 8} True False"


def test_a_voice_can_be_started_after_it() -> None:
    """It finds a program, starts it, and talks to it from a thread."""
    program = (
        f"{LOAD}import sys; from fibrocheck.speech import espeak, ssip, speaker, headphones, processes\n"
        "done = processes.start_with_visit([sys.executable, '-c', 'print(1)']).wait()\n"
        "print(done, espeak.shutil.which('sh') is not None, headphones.subprocess.Popen.__module__)"
    )
    assert ran(program).splitlines()[-1] == "0 True subprocess"


def test_where_it_does_not_work_all_is_imported_plainly() -> None:
    """Such as with a version of a library that wants something else of a postponed module."""
    program = (
        "import sys; from fibrocheck.asking.screen import light_imports as light; "
        "light._USED = ('prompt_toolkit.application', 'prompt_toolkit.has_no_such_module'); "
        "light.load_screen_libraries(); print(any(name.startswith('prompt') for name in sys.modules)); "
        "import fibrocheck.asking.screen.asker, questionary; "
        "print('prompt_toolkit.shortcuts.dialogs' in sys.modules)"
    )
    assert ran(program).split() == ["False", "True"]


def test_a_signal_meanwhile_ends_the_visit() -> None:
    """It is not taken for something that is wrong with a library."""
    program = (
        "from fibrocheck.asking.screen import light_imports as light\n"
        "from fibrocheck.errors import VisitEnded\n"
        "def loaded(name): raise VisitEnded(143)\n"
        "light.loaded = loaded\n"
        "try: light.load_screen_libraries()\nexcept VisitEnded as ended: print(ended.exit_code)"
    )
    assert ran(program) == "143"


def test_libraries_that_are_there_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in another program that has imported them."""
    monkeypatch.setattr(light_imports, "loaded", None)
    light_imports.load_screen_libraries()


def test_what_stands_for_a_function_of_python_says_the_same() -> None:
    """Of functions, methods, and what is neither."""
    import asyncio
    import functools
    import inspect

    async def waits() -> None: ...

    (light,) = _UNTIL_THEN["inspect"].values()
    assert callable(light)
    for value in (waits, asyncio.sleep, print, Path.exists, Path().exists, functools.partial(waits), 1, None):
        assert light(value) == inspect.iscoroutinefunction(value)
