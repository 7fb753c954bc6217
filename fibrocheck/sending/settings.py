"""What a clinic sets up to send lists: a small YAML file without secrets, or the server's address alone."""

from __future__ import annotations

import ipaddress
import os
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from fibrocheck.sending.problems import SendError
from fibrocheck.settings_file import read_settings_file
from fibrocheck.text_safety import quoted

if TYPE_CHECKING:
    from pathlib import Path

RESPONSE, DOCUMENT = MODES = ("response", "document")
"""A list is filed as a QuestionnaireResponse, or as a DocumentReference with a page of text in it."""

TEXT, XHTML = DOCUMENT_FORMS = ("text", "xhtml")

KEY_VARIABLE = "FIBROCHECK_SEND_KEY"
"""The environment variable that can hold the private key instead of a file."""


class Settings(NamedTuple):
    """How to send. What is not set up is empty."""

    server: str
    """The server's base address, such as https://fhir.clinic.test/r4."""
    client_id: str = ""
    """The name under which the clinic registered this program at its server; empty if it needs none."""
    key_file: str = ""
    """The file with the private key, PEM, which only its owner may read."""
    key_id: str = ""
    """The key's id (`kid`) at the server, if it asks for one."""
    patient_system: str = ""
    """The system of the clinic's patient numbers, for `--patient NUMBER`."""
    mode: str = RESPONSE
    ca_file: str = ""
    """Certificates to trust besides those of the system."""
    profile: str = ""
    """A profile that what is sent is to name."""
    document_type: str = ""
    """The kind of document, as SYSTEM|CODE; without it the kind is a text and "unknown" to machines."""
    document_form: str = TEXT


def read_settings(file: Path | None, server: str = "", mode: str = "") -> Settings:
    """Return the settings of a file, with the address and mode of the command line if they are given.

    `SendError` names what is wrong with the file, or with the address.
    """
    values = {} if file is None else _values(file)
    values |= {key: value for key, value in (("server", server), ("mode", mode)) if value}
    if "server" not in values:
        raise SendError("No server is set up", "Add --server URL, or --config FILE with a line server: URL")
    settings = Settings(**values)
    _check_choice("mode", settings.mode, MODES)
    _check_choice("document_form", settings.document_form, DOCUMENT_FORMS)
    return settings._replace(server=checked_server(settings.server))


def checked_server(address: str) -> str:
    """Return a base address without a slash at its end; `SendError` unless https, or this computer's."""
    shown = quoted(address)
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        parts, host = urlsplit(""), ""
    plain = address.isascii() and address.isprintable() and not set(" \\<>\"'") & set(address)
    if not plain or parts.scheme not in {"http", "https"} or not host:
        raise SendError(
            f"{shown} is not the address of a server", "Write it like https://fhir.clinic.test/r4"
        )
    if parts.query or parts.fragment or parts.username is not None:
        raise SendError(
            f"the address {shown} has more than a base address", "Leave out what follows ? or #, and any name"
        )
    if parts.scheme == "http" and not is_loopback(host):
        raise SendError(f"{shown} would send answers unencrypted", "Use an address that begins with https")
    return address.rstrip("/")


def is_loopback(host: str) -> bool:
    """Return whether a host is this computer: only then may a connection be unencrypted."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise SendError(f"{name} is {quoted(value)}", f"Use {' or '.join(choices)}")


def _values(file: Path) -> dict[str, Any]:
    """Return the keys and texts of a settings file."""
    found = read_settings_file(file, dict.fromkeys(Settings._fields, str), "mode: response", SendError)
    return _with_paths(found, os.path.dirname(os.path.abspath(file)))


def _with_paths(values: dict[str, Any], folder: str) -> dict[str, Any]:
    """Return the settings, with files named from the folder that the settings file is in."""
    files = {key: os.path.join(folder, values[key]) for key in ("key_file", "ca_file") if values.get(key)}
    return values | files
