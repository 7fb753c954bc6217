"""`python -m tests.pictures`: remake the pictures of the README."""

from tests.pictures.pages import pictures

for file, text in pictures().items():
    file.write_text(text, encoding="utf-8")
    print(file.name)  # noqa: T201 - a tool
