"""Connections: certificates that do not hold, names that lead nowhere, replies that never end."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from fibrocheck.sending import transport
from fibrocheck.sending.connection import Connection
from fibrocheck.sending.deadline import Deadline
from fibrocheck.sending.problems import NoReply
from fibrocheck.sending.replies import Reply
from fibrocheck.sending.transport import Request, Transport

from .lists import IMPATIENT, refused
from .stub import served


def certificate(folder: Path, name: str = "localhost", days: int = 9) -> tuple[str, str]:
    """Make a certificate that signs itself; return its file and that of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=20))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / f"{name}.crt", folder / f"{name}.key"
    files[0].write_bytes(made.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return str(files[0]), str(files[1])


@pytest.mark.parametrize(
    ("name", "days", "is_trusted", "said"),
    [
        ("localhost", 9, False, "self-signed"),
        ("localhost", -1, True, "expired"),
        ("other.org", 9, True, "mismatch"),
    ],
)
def test_a_certificate_that_does_not_hold_is_refused(
    tmp_path: Path, name: str, days: int, is_trusted: bool, said: str
) -> None:
    files = certificate(tmp_path, name, days)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    with served(context) as stub, refused("the certificate of localhost", said, "ca_file"):
        Transport(files[0] if is_trusted else "", IMPATIENT)(Request("GET", f"{stub.base}/metadata"))


def test_the_clinics_own_certificate_can_be_trusted(tmp_path: Path) -> None:
    files = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    with served(context) as stub:
        reply = Transport(files[0])(Request("GET", f"{stub.base}/metadata"))
    assert reply.status == 200
    assert b"CapabilityStatement" in reply.body


def test_certificates_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with refused("cannot be read as certificates"):
        Transport(str(tmp_path / "none"))


def test_no_server_is_no_reply_and_nothing_arrived() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    for host in (f"127.0.0.1:{port}", "nowhere.invalid"):
        with pytest.raises(NoReply) as caught:
            Transport()(Request("GET", f"http://{host}/"))
        assert not caught.value.may_have_arrived


def test_a_reply_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "MAX_REPLY", 100)
    with served() as stub, refused("too long"):
        Transport()(Request("GET", f"{stub.base}/metadata"))


def test_a_reply_that_drips_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "WHOLE_SECONDS", -1)
    with served() as stub, pytest.raises(NoReply, match="too slowly"):
        Transport()(Request("GET", f"{stub.base}/metadata"))


def test_connections_are_used_again_and_survive_their_end() -> None:
    with served() as stub:
        send = Transport()
        for _ in range(3):
            assert send(Request("GET", f"{stub.base}/Patient/p1")).status == 200
        assert send(Request("GET", f"{stub.base}/Patient/p2")).status == 404
        assert stub.connections == 1


def test_after_the_deadline_nothing_is_asked_and_nothing_waited_for() -> None:
    """Somebody stands at the counter: what a server says about pauses is for the next try of staff."""
    deadline, pauses, asked = Deadline(), list[float](), list[str]()
    deadline.start(0)
    with served() as stub, pytest.raises(NoReply) as caught:
        Transport(deadline=deadline)(Request("GET", f"{stub.base}/metadata"))
    assert not caught.value.may_have_arrived
    assert not stub.asked

    def busy(request: Request) -> Reply:
        asked.append(request.method)
        return Reply(503, {"retry-after": "5"}, b"")

    deadline.start(4)
    server = Connection("https://clinic.test", busy, sleep=pauses.append, deadline=deadline)
    with refused("the server answered 503", exit_code=75):
        server.ask(Request("GET", "https://clinic.test/metadata"))
    assert (asked, pauses) == (["GET"], [])
