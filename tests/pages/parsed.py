"""A strict look at an HTML page: every tag closed in its place, all read as a browser reads it."""

from html.parser import HTMLParser

VOID = {"meta", "br"}


class Parsed(HTMLParser):
    """What a page is made of. Fails on tags that are not balanced, on comments and on declarations."""

    def __init__(self, page: str) -> None:
        """Read the whole page."""
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: dict[str, list[str]] = {}
        self.in_order = ""
        """All text but the style, in the order in which it is read."""
        self.declarations: list[str] = []
        self._open: list[str] = []
        self._read: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == [], f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, and that it is open."""
        self._text_ends()
        self.tags.append(tag)
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute of {tag} twice: {names}"
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Only SVG has tags that close themselves."""
        assert "svg" in self._open, tag
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """A tag may only close the last one that is open."""
        self._text_ends()
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Text, perhaps in several pieces."""
        self._read.append(data)

    def handle_comment(self, data: str) -> None:
        """A page has none."""
        message = f"a comment: {data}"
        raise AssertionError(message)

    def handle_decl(self, decl: str) -> None:
        """Only the document type."""
        self.declarations.append(decl)

    def handle_pi(self, data: str) -> None:
        """A page has no processing instructions."""
        message = f"a processing instruction: {data}"
        raise AssertionError(message)

    def unknown_decl(self, data: str) -> None:
        """A page has no marked sections."""
        message = f"a marked section: {data}"
        raise AssertionError(message)

    def every(self, attribute: str) -> list[str]:
        """The values of an attribute, wherever it stands."""
        return [value for _, name, value in self.attributes if name == attribute]

    def _text_ends(self) -> None:
        text, self._read = "".join(self._read), []
        if text.strip():
            self.texts.setdefault(self._open[-1], []).append(text)
        if self._open[-1:] != ["style"]:
            self.in_order += text
