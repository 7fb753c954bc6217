"""What a clinic sets up, and what is wrong with it in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from fibrocheck.sending.settings import Settings, checked_server, read_settings

from .lists import refused


@pytest.mark.parametrize(
    "address",
    [
        "https://fhir.clinic.org/r4",
        "http://127.0.0.1:8080/fhir",
        "http://localhost/fhir",
        "http://[::1]:80/x",
    ],
)
def test_a_server_is_named_by_https_or_is_this_computer(address: str) -> None:
    assert checked_server(f"{address}/") == address


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://fhir.clinic.org/r4", "unencrypted"),
        ("http://127.0.0.1.clinic.org/", "unencrypted"),
        ("ftp://clinic.org", "not the address of a server"),
        ("clinic.org", "not the address of a server"),
        ("", "not the address of a server"),
        ("https://", "not the address of a server"),
        ("https://h:port/", "not the address of a server"),
        ("https://h/\x1b[31m", "not the address of a server"),
        ("https://me:secret@clinic.org/", "more than a base address"),
        ("https://clinic.org/?x=1", "more than a base address"),
        ("https://clinic.org/#x", "more than a base address"),
    ],
)
def test_another_address_is_refused(address: str, said: str) -> None:
    with refused(said):
        checked_server(address)


def test_the_file_is_read_with_files_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "send.yaml"
    file.write_text("server: https://h.org/r4/\nclient_id: c\nkey_file: key.pem\nmode: document\n")
    assert read_settings(file) == Settings(
        "https://h.org/r4", "c", key_file=str(tmp_path / "key.pem"), mode="document"
    )
    assert read_settings(file, "https://other.org", "response").mode == "response"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has no settings"),
        ("[", "not YAML"),
        ("- a", "has no settings"),
        ("secret: x", "unknown setting"),
        ("client_id: 12", "not a line of text"),
        ("client_id: c", "No server is set up"),
        ("server: https://h.org\nmode: both", "mode is"),
        ("server: https://h.org\ndocument_form: pdf", "document_form is"),
        ("a: &a [*a]", "unknown setting"),
        ("!!python/object:os.system {}", "not YAML"),
        ("[" * 3000, "not YAML"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "send.yaml"
    file.write_text(text)
    with refused(said):
        read_settings(file)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with refused("no such file"):
        read_settings(tmp_path / "none")
