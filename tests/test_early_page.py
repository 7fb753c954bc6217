"""The first page, painted when the program was built: the same as the one that is painted later, or none."""

import os
import random
import re
import sys
from collections.abc import Callable
from functools import cache
from itertools import product
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

if sys.platform == "win32":
    pytest.skip("needs a POSIX terminal", allow_module_level=True)

from fibrocheck import early_page, surroundings
from fibrocheck.asking.ascii_text import in_ascii
from fibrocheck.asking.screen.first_paint import painted
from fibrocheck.asking.screen.page_layout import Size
from fibrocheck.asking.switching import GLYPHS, layout_for
from fibrocheck.content.source_file import PACKAGE, shipped_path
from fibrocheck.visit import painting
from fibrocheck.visit.terminal import laid_out
from tests.fixture import FIXTURE, questionnaire
from tests.fresh_python import printed_by
from tests.sampling import few

LANGUAGES = ("", "en", "es")
WIDE = range(90, 260)


@cache
def module(folder: Path) -> ModuleType:
    """Return what is painted for the fixture."""
    file = folder / "painted_pages.py"
    painting.paint(str(FIXTURE), str(file), os.path.dirname(PACKAGE))
    made = ModuleType("painted_pages")
    exec(compile(file.read_text(), file, "exec"), vars(made))  # noqa: S102 - it was just made here
    return made


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return module(tmp_path_factory.mktemp("painted"))


@cache
def painted_later(language: str, signs: str, size: Size, *, coloured: bool) -> bytes:
    """Return what `first_paint` writes for a terminal."""
    content = in_ascii(questionnaire()) if signs == surroundings.ASCII else questionnaire()
    first = language or next(iter(content.languages))
    builder = layout_for(content, first, size, GLYPHS[signs], listens=True)
    page = laid_out(content, language or None)(builder)
    return str(painted(page, GLYPHS[signs], coloured=coloured)).encode()


@pytest.mark.parametrize("signs", GLYPHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_the_one_that_is_painted_later_at_every_size(
    language: str, signs: str, pages: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the last byte, at both ends of all heights that have blank rows in common, and at any other size."""
    ends = [
        (random.choice(WIDE) if is_wide else 80, rows)
        for is_wide in (False, True)
        for height in pages.PAGES[language, signs, is_wide]
        for rows in height[:2]
    ]
    others = random.sample([(columns, rows) for columns in WIDE for rows in range(25, 101)], few(40))
    monkeypatch.setattr(surroundings, "signs", lambda: signs)
    for size in map(Size._make, [*ends, *others]):
        monkeypatch.setattr(surroundings, "columns_and_rows", lambda: size)  # noqa: B023
        page = early_page.page_for(pages.PAGES, language)
        assert page == painted_later(language, signs, size, coloured=True)
    assert page is not None
    uncoloured = early_page.without(pages.COLOURS, page)
    assert uncoloured == painted_later(language, signs, size, coloured=False)


def test_there_is_a_page_for_terminals_as_wide_as_the_usual_one_and_for_wide_ones(
    pages: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All others have to wait a little longer."""
    monkeypatch.setattr(surroundings, "signs", lambda: "usual")
    for columns, rows in product(range(30, 120), range(8, 110)):
        monkeypatch.setattr(surroundings, "columns_and_rows", lambda: (columns, rows))  # noqa: B023
        is_painted = (columns == 80 and 24 <= rows <= 100) or (columns >= 90 and 25 <= rows <= 100)
        assert (early_page.page_for(pages.PAGES, "en") is not None) is is_painted


def test_all_modules_that_a_page_depends_on_are_named() -> None:
    """A change of one of them in a checkout is noticed. Those that read the questionnaire have a sum too."""
    program = (
        "import sys; from fibrocheck.visit.terminal import laid_out; "
        "from fibrocheck.content.loader import load; "
        "from fibrocheck.asking.screen.first_paint import painted; "
        "from fibrocheck.asking.switching import GLYPHS, layout_for; "
        "from fibrocheck.asking.screen.page_layout import Size; content = load()\n"
        "for size in (Size(80, 24), Size(160, 50)):\n"
        "    for language in (None, 'en'):\n"
        "        builder = layout_for(content, 'en', size, GLYPHS['usual'], listens=True)\n"
        "        painted(laid_out(content, language)(builder), GLYPHS['usual'])\n"
        "print(*(each for name, each in sys.modules.items() if name.startswith('fibrocheck.')))"
    )
    found = re.findall(r"fibrocheck/(\S+)\.py'", printed_by(program))
    code = {name for name in found if not name.endswith("__init__") and not name.startswith("content/")}
    assert code - set(painting.LAYS_OUT) == {
        *("asking/aloud", "asking/keyboard", "errors", "file_reading", "questions", "summary", "text_safety"),
    }


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, pages: ModuleType, folder: Path) -> None:
    """Have everything as where the page is shown early."""
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", *early_page._OTHERWISE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(early_page, "_has_terminal", lambda: True)
    monkeypatch.setattr(surroundings, "columns_and_rows", lambda: (80, 24))
    monkeypatch.setattr(surroundings, "signs", lambda: "usual")
    monkeypatch.setitem(sys.modules, "fibrocheck.painted_pages", pages)
    (folder / "questions.yaml").write_bytes(FIXTURE.read_bytes())
    monkeypatch.setattr(early_page, "_PACKAGE", str(folder))


@pytest.mark.parametrize(
    ("arguments", "page"),
    [
        ([], ""),
        (["--language", "en"], "en"),
        (["--language=es"], "es"),
        (["--language", "fr"], None),
        (["--language"], None),
        (["--language", ""], None),
        (["--language", "en", "--large"], None),
        (["--language", "en", "--reference", "A-17"], None),
        (["--language", "--plain"], None),
        (["kiosk"], None),
        (["--help"], None),
        (["--show"], None),
    ],
    ids=str,
)
def test_it_is_shown_early_where_the_command_line_is_only_a_language(
    arguments: list[str],
    page: str | None,
    pages: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Whatever must be checked before, or has another first page, is left to the program."""
    at_a_terminal(monkeypatch, pages, tmp_path)
    shown: list[bytes] = []
    monkeypatch.setattr(early_page, "EarlyPage", shown.append)
    early_page.show_early(arguments)
    expected = [] if page is None else [painted_later(page, "usual", Size(80, 24), coloured=True)]
    assert shown == expected


def one_byte_more(monkeypatch: pytest.MonkeyPatch, pages: ModuleType, folder: Path) -> None:
    del monkeypatch, pages
    (folder / "questions.yaml").write_bytes(FIXTURE.read_bytes() + b"\n")


def no_file(monkeypatch: pytest.MonkeyPatch, pages: ModuleType, folder: Path) -> None:
    del monkeypatch, pages
    (folder / "questions.yaml").unlink()


def nothing_painted(monkeypatch: pytest.MonkeyPatch, pages: ModuleType, folder: Path) -> None:
    del pages, folder
    monkeypatch.setitem(sys.modules, "fibrocheck.painted_pages", None)


def painted_by_another_version(monkeypatch: pytest.MonkeyPatch, pages: ModuleType, folder: Path) -> None:
    del folder
    other = SimpleNamespace(**{**vars(pages), "PAGES": {}})
    monkeypatch.setitem(sys.modules, "fibrocheck.painted_pages", other)


def another_width(monkeypatch: pytest.MonkeyPatch, pages: ModuleType, folder: Path) -> None:
    del pages, folder
    monkeypatch.setattr(surroundings, "columns_and_rows", lambda: (81, 24))


def no_terminal(monkeypatch: pytest.MonkeyPatch, pages: ModuleType, folder: Path) -> None:
    del pages, folder
    monkeypatch.setattr(early_page, "_has_terminal", lambda: False)


def own_questions(monkeypatch: pytest.MonkeyPatch, pages: ModuleType, folder: Path) -> None:
    del pages
    monkeypatch.setenv("FIBROCHECK_QUESTIONS", str(folder / "questions.yaml"))


def a_records_folder(monkeypatch: pytest.MonkeyPatch, pages: ModuleType, folder: Path) -> None:
    del pages
    monkeypatch.setenv("FIBROCHECK_RECORDS", str(folder))


def other_code(monkeypatch: pytest.MonkeyPatch, pages: ModuleType, folder: Path) -> None:
    """In a checkout, where the questionnaire is beside the package."""
    package = folder / "fibrocheck"
    for name in pages.FILES:
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_bytes(Path(PACKAGE, name).read_bytes())
    monkeypatch.setattr(early_page, "_PACKAGE", str(package))
    assert early_page.is_as_painted(pages)
    (package / "pages" / "text_layout.py").write_bytes(b"")


@pytest.mark.parametrize(
    "change",
    [
        one_byte_more,
        no_file,
        nothing_painted,
        painted_by_another_version,
        another_width,
        no_terminal,
        own_questions,
        a_records_folder,
        other_code,
    ],
)
def test_where_anything_is_otherwise_the_page_is_painted_later(
    change: Callable[[pytest.MonkeyPatch, ModuleType, Path], None],
    pages: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """And nothing happens to the terminal."""
    at_a_terminal(monkeypatch, pages, tmp_path)
    monkeypatch.setattr(early_page, "EarlyPage", lambda _: pytest.fail("a page was shown"))
    change(monkeypatch, pages, tmp_path)
    assert early_page.show_early(["--language", "en"]) is None


def test_the_questionnaire_is_the_one_that_the_program_reads() -> None:
    assert early_page.questionnaire() == shipped_path()
