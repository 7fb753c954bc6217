"""Print, chart text and page of a list: the pages that lead to each, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.asking.contract import GO_ON, Chosen, Option
from fibrocheck.desk.log import Action
from fibrocheck.reception import pages
from fibrocheck.visit.end_pages import LARGE, NORMAL

if TYPE_CHECKING:
    from collections.abc import Callable

    from fibrocheck.copies.visit_copy import VisitCopy
    from fibrocheck.reception.place import Place


def print_list(place: Place, make: Callable[[], VisitCopy]) -> bool:
    """Print a list in normal or large print; return whether staff say that all of it came out."""
    words, say = place.content.words, place.say
    asked = pages.page(place.voice, "desk-print-size", words.print_list, say(words.print_size))
    options = [Option(NORMAL, say(words.print_normal)), Option(LARGE, say(words.print_large))]
    size = place.asker.ask(asked, options)
    if not isinstance(size, Chosen):
        return False
    place.asker.busy(say(words.one_moment))
    job = place.tried(lambda: place.print(make(), large=size.ids == (LARGE,)))
    return job is not None and _came_out(place, job)


def _came_out(place: Place, job: str) -> bool:
    from fibrocheck.copies.printer import cancel

    words, say = place.content.words, place.say
    asked = pages.page(place.voice, "desk-printed", words.print_list, say(words.desk.did_it_print))
    options = [Option(GO_ON, say(words.desk.it_printed)), Option(pages.NO, say(words.nothing_came))]
    if place.asker.ask(asked, options) == Chosen((GO_ON,)):
        return True
    cancel(job)
    place.tell(words.desk.print_stopped)
    return False


def show_chart_text(place: Place, make: Callable[[], VisitCopy], title: str, name: str = "") -> None:
    """Show the text for the chart."""

    def text() -> str:
        made = place.chart_text(make())
        place.logged(Action.CHART_TEXT_SHOWN, name)
        return made

    shown = place.tried(text)
    if shown is not None:
        place.asker.read(pages.chart_page(shown, place.voice, title))


def save_page(place: Place, make: Callable[[], VisitCopy], name: str = "") -> None:
    """Save a list as a page, after asking whether it may lie there."""
    words, folder = place.content.words, place.tried(place.save_folder)
    if folder is None:
        return
    ask = place.say(words.desk.save_ask, folder=folder)
    asked = pages.yes_or_no(place.voice, "desk-save", words.desk.save, ask, words.desk.save_yes)
    if not place.agrees(asked):
        return

    def saved() -> str:
        copy = make()
        place.logged(Action.SAVED, name)
        return place.save(copy)

    file = place.tried(saved)
    if file is not None:
        place.tell(place.content.words.saved, file=file)


def show_loose(place: Place, copy: VisitCopy, title: str) -> None:
    """Show what can be done with a list that is not in a folder."""
    words, say = place.content.words, place.say
    offers = [
        *([Option(pages.PRINT, say(words.print_list))] if place.printer else []),
        Option(pages.CHART, say(words.desk.chart)),
        Option(pages.SAVE, say(words.desk.save)),
        Option(GO_ON, say(words.desk.next), is_apart=True),
    ]
    while True:
        shown = pages.page(place.voice, "desk-loose", words.desk.title, say(words.desk.not_kept))
        reply = place.asker.ask(shown._replace(section=title), offers)
        match reply.ids[0] if isinstance(reply, Chosen) else GO_ON:
            case pages.PRINT:
                print_list(place, lambda: copy)
            case pages.CHART:
                show_chart_text(place, lambda: copy, title)
            case pages.SAVE:
                save_page(place, lambda: copy)
            case _:
                return
