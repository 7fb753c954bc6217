"""A strict parser for HTML pages: every tag must be closed in its place."""

from html.parser import HTMLParser

VOID = {"meta", "br", "col"}


class Parsed(HTMLParser):
    """The parts of a page. Fails on unbalanced tags, comments and declarations."""

    def __init__(self, page: str) -> None:
        """Parse the whole page."""
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: dict[str, list[str]] = {}
        self.in_order = ""
        """All text except the style, in reading order."""
        self.declarations: list[str] = []
        self._open: list[str] = []
        self._read: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == [], f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record a tag as open."""
        self._text_ends()
        self.tags.append(tag)
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute of {tag} twice: {names}"
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record a self-closing tag, which only SVG and tags without content may have."""
        assert "svg" in self._open or tag in VOID, tag
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Check that a tag closes the last one that is open."""
        self._text_ends()
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect text, which may come in several pieces."""
        self._read.append(data)

    def handle_comment(self, data: str) -> None:
        """Fail: pages have no comments."""
        message = f"a comment: {data}"
        raise AssertionError(message)

    def handle_decl(self, decl: str) -> None:
        """Record the document type."""
        self.declarations.append(decl)

    def handle_pi(self, data: str) -> None:
        """Fail: pages have no processing instructions."""
        message = f"a processing instruction: {data}"
        raise AssertionError(message)

    def unknown_decl(self, data: str) -> None:
        """Fail: pages have no marked sections."""
        message = f"a marked section: {data}"
        raise AssertionError(message)

    def every(self, attribute: str) -> list[str]:
        """Return the values of an attribute on all elements."""
        return [value for _, name, value in self.attributes if name == attribute]

    def _text_ends(self) -> None:
        text, self._read = "".join(self._read), []
        if text.strip():
            self.texts.setdefault(self._open[-1], []).append(text)
        if self._open[-1:] != ["style"]:
            self.in_order += text
