"""The page on which a person chooses who gets their list, and what each choice leads to."""

from typing import TYPE_CHECKING

from fibrocheck.asking.contract import GO_ON, Chosen, GoBack
from fibrocheck.content.text import Text
from fibrocheck.copies.copier import CODE, DESK, PRINT, SAVE
from fibrocheck.copies.visit_copies import VisitCopies
from fibrocheck.errors import StaffError
from fibrocheck.pages.voice import Voice
from fibrocheck.questions import Answers, has_sensitive, without_sensitive
from fibrocheck.visit.conversation import Conversation
from fibrocheck.visit.end_pages import (
    LARGE,
    NO_ONE,
    PRIVATE,
    code_page,
    list_page,
    print_size_page,
    printed_page,
    save_form_page,
    save_place_page,
)
from fibrocheck.visit.pages import ChoicePage

if TYPE_CHECKING:
    from pathlib import Path  # not before a copy is saved


class TakeList:
    """Gives one person's list where they want it; `run` may be called again, as after a change."""

    def __init__(self, conversation: Conversation, copies: VisitCopies) -> None:
        self._conversation = conversation
        self._copies = copies
        self._content = conversation.voice.content
        self._words = self._content.words
        self._with_private = True
        self._failed: list[str] = []

    def confirm(self, answers: Answers) -> None:
        """Have the copies hold these answers, without the private ones if the person left them off.

        Files of `--save` are written at once, so that they are kept however the visit ends, and the
        front desk's list is kept up to date.
        """
        self._answers = answers
        shared = answers if self._with_private else without_sensitive(self._content, answers)
        copies = self._copies
        copies.confirm(shared, self._conversation.voice.language)
        was_at_desk = copies.is_at_desk
        for error in copies.write_requested():
            self.tell_failure(self._words.not_saved, error)
        if copies.is_at_desk and not was_at_desk:
            self._conversation.tell(self._say(self._words.desk_has_change))

    def run(self) -> bool:
        """Show the page until the person goes on (true) or back (false)."""
        does = {DESK: self._give, PRINT: self._print, CODE: self._show_code, SAVE: self._save}
        while True:
            reply = self._conversation.choose(self._page)
            if isinstance(reply, GoBack):
                return False
            (chosen,) = reply.ids
            self.confirm(self._answers)  # in the language in which the person chose
            if chosen in {GO_ON, NO_ONE}:
                return True
            if chosen == PRIVATE:
                self._turn_private()
            elif does[chosen]():
                return True

    def _turn_private(self) -> None:
        """Leave private answers off the list, or put them on it again."""
        self._with_private = not self._with_private
        before = self._copies.delivered
        self.confirm(self._answers)
        if not self._with_private and (before.code or before.is_printed):
            self._conversation.tell(self._say(self._words.private_elsewhere))

    def _page(self, voice: Voice) -> ChoicePage:
        copies = self._copies
        private = self._with_private if has_sensitive(self._content) else None
        usable = copies.roads
        failed = [road for road in self._failed if road in usable]
        roads = [road for road in usable if road not in failed]
        delivered = copies.delivered
        nobody = [] if delivered.is_anywhere else [NO_ONE]
        return list_page(voice, [*roads, *failed, *nobody], delivered, private=private)

    # Where the list goes; each returns whether the person goes on from there

    def _give(self) -> bool:
        self._conversation.busy(self._say(self._words.one_moment))
        try:
            self._copies.give()
        except StaffError as error:
            self._failed_road(DESK, self._words.not_given, error)
        return False

    def _print(self) -> bool:
        if not self._copies.may_print_again:
            self._conversation.tell(self._say(self._words.printed_enough))
            return False
        size = self._conversation.choose(print_size_page)
        if isinstance(size, GoBack):
            return False
        self._conversation.busy(self._say(self._words.one_moment))
        try:
            self._copies.print(large=size.ids == (LARGE,))
        except StaffError as error:
            self._failed_road(PRINT, self._words.not_printed, error)
            return False
        if self._conversation.choose(printed_page) == Chosen((PRINT,)):
            self._copies.cancel_print()
            self._failed_road(PRINT, self._words.print_stopped)
        return False

    def _show_code(self) -> bool:
        code = self._copies.take_code()
        reply = self._conversation.read(lambda voice: code_page(voice, code))
        return reply == Chosen((GO_ON,))

    def _save(self) -> bool:
        """Let the person choose a format and a place. If saving fails, they can choose again."""
        from fibrocheck.copies.formats import named, page_choices

        choices = page_choices(self._words)
        form = self._conversation.choose(lambda voice: save_form_page(voice, choices))
        if isinstance(form, GoBack):
            return False
        try:
            places = self._copies.places(named(form.ids[0]))
        except StaffError as error:
            self._failed_road(SAVE, self._words.not_saved, error)
            return False
        while True:
            place = self._conversation.choose(lambda voice: save_place_page(voice, places))
            if isinstance(place, GoBack) or self._save_as(places[int(place.ids[0])]):
                return False

    def _save_as(self, path: "Path") -> bool:
        self._conversation.busy(self._say(self._words.one_moment))
        try:
            self._copies.save(path)
        except StaffError as error:
            self.tell_failure(self._words.not_saved, error)
            return False
        return True

    # What did not work

    def _failed_road(self, road: str, failure: Text, reason: StaffError | None = None) -> None:
        """Say that a road did not work; it is offered after the others from now on."""
        self._failed = [*(each for each in self._failed if each != road), road]
        self.tell_failure(failure, reason)

    def tell_failure(self, failure: Text, reason: StaffError | None) -> None:
        """Say what it means for the person, then what staff need to know to fix it.

        At a kiosk, where nobody of them stands beside the person, staff find that elsewhere.
        """
        message = self._say(failure)
        if reason is not None:
            self._copies.tell_staff(reason)
            if not self._copies.is_kiosk:
                message = f"{message} {self._say(self._words.for_staff, reason=reason.on_page)}"
        self._conversation.tell(message)

    def _say(self, text: Text, **values: object) -> str:
        return self._conversation.say(text, **values)
