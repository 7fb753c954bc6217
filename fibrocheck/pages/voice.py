"""A questionnaire in one of its languages. All words on pages are looked up through it."""

from typing import NamedTuple

from fibrocheck.content.model import Content, Question
from fibrocheck.content.text import Text
from fibrocheck.questions import Answer, chosen, labels
from fibrocheck.text_safety import MAX_PATH, printable

_QUESTION_MARKS = ("?", "？", "؟")


class Voice(NamedTuple):
    """A questionnaire and the language in which to show it."""

    content: Content
    language: str

    @property
    def other_languages(self) -> list[str]:
        """The codes of the languages that the person does not read now."""
        return [code for code in self.content.languages if code != self.language]

    @property
    def language_offer(self) -> str:
        """How the change of language is offered: by the other one's name if there are just two."""
        others = self.other_languages
        return (
            self.content.languages[others[0]] if len(others) == 1 else self.say(self.content.words.language)
        )

    def say(self, text: Text, **values: object) -> str:
        """Return a text in this language, with each `{name}` replaced by its value.

        A value may come from outside, such as a file's name: it is made safe to show.
        """
        said = text[self.language]
        for name, value in values.items():
            said = said.replace(f"{{{name}}}", printable(str(value), MAX_PATH))
        return said

    def say_seconds(self, one: Text, many: Text, seconds: int) -> str:
        """Return the text for one second or the text for several, with `{seconds}` replaced."""
        return self.say(one if seconds == 1 else many, seconds=seconds)

    def title_of(self, source: str) -> str:
        """Return the title of a source by its id, with what is not the work's own in this language."""
        found = self.content.sources[source]
        return found.title_in.get(self.language, found.title)

    def choice(self, question: Question, code: str) -> str:
        """Return the words of one choice of a question. A marked symptom is shown by its term."""
        return self.say(labels(question, self.content)[code])

    def answer(self, question: Question, answer: Answer | None, *, is_open: bool = False) -> str:
        """Return an answer as it is shown beside its question; "Skipped" if there is none.

        If it `is_open`, nobody has asked it yet, which is something else.
        """
        if answer is None:
            words = self.content.words
            return self.say(words.not_asked_yet if is_open else words.skipped)
        return ", ".join(self.choice(question, code) for code in chosen(answer))


def beside(label: str, value: str) -> str:
    """Return a label and its value on one line: a question needs no colon before its answer."""
    return f"{label} {value}" if label.endswith(_QUESTION_MARKS) else f"{label}: {value}"
