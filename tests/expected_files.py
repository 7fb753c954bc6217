"""Output compared with a file, for tests that assert a whole document."""

from pathlib import Path


def assert_as_in_file(text: str, file: Path) -> None:
    """Fail unless the file contains exactly this text.

    To accept a change, delete the file and run the test: it writes the file anew, and fails once so that
    the file is read before it is committed.
    """
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        message = f"{file.name} was missing and has been written: read it, then run the test again"
        raise AssertionError(message)
    assert text == file.read_text(encoding="utf-8")
