"""The page of settings: what was changed keeps the pointer, and every choice has its sign."""

from collections.abc import Sequence

import pytest

from fibrocheck.asking.contract import Chosen, GoBack, Looks, Option, OtherWay, Page, Reply
from fibrocheck.asking.screen.page_layout import Glyphs, Size, SoFar
from fibrocheck.asking.settings import change_settings, rows_of, text_size
from fibrocheck.asking.switching import layout_for
from fibrocheck.pages.voice import Voice
from tests.asking.test_pages import CONTENT, plain

VOICE = Voice(CONTENT, "en")


def test_the_pointer_is_on_what_was_changed() -> None:
    """Also where nothing else than the text can be changed; the page gives no answer, so it has no sign."""
    looks = Looks()
    replies: list[Reply] = [*map(Chosen, [("text",), ("large",), ("text",)]), GoBack(), GoBack()]
    seen: list[tuple[str, str | None, bool]] = []

    def choose(page: Page, _options: Sequence[Option], current: str | None) -> Reply | OtherWay:
        seen.append((page.id, current, page.acts))
        return replies.pop(0)

    change_settings(choose, VOICE, lambda: rows_of([text_size], VOICE, looks))
    assert looks.large
    assert seen == [
        ("settings", None, True),
        ("setting", "normal", False),
        ("settings", "text", True),
        ("setting", "large", False),
        ("settings", "text", True),
    ]


@pytest.mark.parametrize("size", [Size(80, 24), Size(100, 30)], ids=str)
def test_each_choice_has_a_sign_beside_that_of_the_one_in_use(size: Size) -> None:
    """Filled and empty, as on a question."""
    setting = text_size(VOICE, Looks())
    assert setting is not None
    layout = layout_for(CONTENT, "en", size, Glyphs())
    page = layout.question(Page("", ask=setting.title), setting.choices, SoFar(setting.current))
    rows = "\n".join(plain(line) for line in [*page.drawn] or [each.lines[0] for each in page.options])
    assert rows.count("●") == rows.count("○") == 1
    assert rows.index("●") < rows.index("○")
