"""SMART Backend Services: a short token for a signed statement, and nothing secret in any message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from fibrocheck.sending.checking import abilities, check
from fibrocheck.sending.connection import Connection
from fibrocheck.sending.filing import scopes_for, send
from fibrocheck.sending.settings import KEY_VARIABLE, Settings
from fibrocheck.sending.signing_in import SignIn, read_key

from .lists import LINK, Tried, list_in, refused
from .stub import Stub

KEYS: dict[str, Any] = {
    "ES384": ec.generate_private_key(ec.SECP384R1()),
    "RS384": rsa.generate_private_key(65537, 2048),
}


def pem(key: Any) -> bytes:
    return bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def key_file(folder: Path, data: bytes, mode: int = 0o600) -> str:
    path = folder / "key.pem"
    path.write_bytes(data)
    path.chmod(mode)
    return str(path)


def signed_in(stub: Stub, folder: Path, now: datetime | None = None, name: str = "ES384") -> Tried:
    stub.public_key = KEYS[name].public_key()
    settings = Settings(
        stub.base, client_id="fibrocheck", key_file=key_file(folder, pem(KEYS[name])), key_id="k1"
    )
    tried = Tried(stub)
    tried.settings = settings
    clock = (lambda: now) if now else (lambda: datetime.now(UTC))
    tried.server.sign_in = SignIn(settings, read_key(settings), tried.server.ask, clock)
    tried.server.scopes = scopes_for(settings)
    return tried


@pytest.mark.parametrize("name", KEYS)
def test_a_list_is_sent_with_a_token_of_the_least_scope(stub: Stub, tmp_path: Path, name: str) -> None:
    tried = signed_in(stub, tmp_path, name=name)
    send(tried.server, tried.settings, list_in(tmp_path), LINK, abilities(tried.server, "response"))
    assert len(stub.lists()) == 1
    assert stub.scopes == ["system/QuestionnaireResponse.crs system/Patient.rs"]
    [claims] = stub.claims
    assert claims["iss"] == claims["sub"] == "fibrocheck"
    assert claims["exp"] - claims["iat"] <= 300
    assert all("token-" not in path for _, path in stub.asked)


def test_a_token_that_has_ended_is_renewed_once(stub: Stub, tmp_path: Path) -> None:
    tried = signed_in(stub, tmp_path)
    able = abilities(tried.server, "response")
    token = tried.server.sign_in.token(tried.server.scopes) if tried.server.sign_in else ""
    stub.ended.add(token)
    send(tried.server, tried.settings, list_in(tmp_path), LINK, able)
    assert len(stub.lists()) == 1
    assert len(stub.tokens) == 2


def test_a_second_401_is_refused(stub: Stub, tmp_path: Path) -> None:
    tried = signed_in(stub, tmp_path)
    able = abilities(tried.server, "response")
    stub.ended.update(f"token-{number}" for number in range(9))
    with refused("does not accept the sign-in (401)"):
        send(tried.server, tried.settings, list_in(tmp_path), LINK, able)
    assert not stub.lists()
    assert len(stub.tokens) == 2


def test_a_wrong_clock_is_named(stub: Stub, tmp_path: Path) -> None:
    tried = signed_in(stub, tmp_path, now=datetime.now(UTC) - timedelta(minutes=90))
    with refused("90 minutes apart", "Set the clock"):
        check(tried.server, tried.settings)


def test_a_key_that_the_server_does_not_know_is_refused(stub: Stub, tmp_path: Path) -> None:
    tried = signed_in(stub, tmp_path)
    stub.public_key = ec.generate_private_key(ec.SECP384R1()).public_key()
    with refused("did not accept the sign-in (invalid_client)", "Check client_id"):
        check(tried.server, tried.settings)


def test_checking_signs_in_and_writes_nothing(stub: Stub, tmp_path: Path) -> None:
    tried = signed_in(stub, tmp_path)
    checked = check(tried.server, tried.settings)
    assert checked.is_ready
    assert "Signing in: works." in checked.lines
    assert all(method == "GET" or path == "/token" for method, path in stub.asked)


def test_a_token_is_asked_for_over_https_only(stub: Stub, tmp_path: Path) -> None:
    stub_base = stub.base
    tried = signed_in(stub, tmp_path)
    stub.base = "http://elsewhere.com"
    with refused("no secure address"):
        check(tried.server, tried.settings)
    stub.base = stub_base


def test_older_servers_get_older_scopes() -> None:
    key = read_key_of("ES384")
    sign_in = SignIn(Settings("https://h"), key, lambda _: pytest.fail("not asked"))
    sign_in._said = {"capabilities": ["permission-v1"]}
    spelled = sign_in._spelled("system/QuestionnaireResponse.crs system/Patient.rs")
    assert (
        spelled == "system/QuestionnaireResponse.read system/QuestionnaireResponse.write system/Patient.read"
    )


def read_key_of(name: str) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(KEY_VARIABLE, pem(KEYS[name]).decode())
        return read_key(Settings("https://h", client_id="c"))


def test_a_key_may_be_in_the_environment() -> None:
    assert {read_key_of(name).algorithm for name in KEYS} == set(KEYS)


BAD_KEYS = {
    "other users can read": (pem(KEYS["ES384"]), 0o644),
    "not a private key": (b"-----BEGIN NOTHING-----", 0o600),
    "neither of P-384 nor RSA": (pem(ec.generate_private_key(ec.SECP256R1())), 0o600),
}


@pytest.mark.parametrize("said", BAD_KEYS)
def test_a_key_that_cannot_be_used_is_refused(tmp_path: Path, said: str) -> None:
    data, mode = BAD_KEYS[said]
    with refused(said):
        read_key(Settings("https://h", client_id="c", key_file=key_file(tmp_path, data, mode)))


def test_a_key_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with refused("needs a key"):
        read_key(Settings("https://h", client_id="c"))
    with refused("no such file"):
        read_key(Settings("https://h", client_id="c", key_file=str(tmp_path / "none")))


def test_a_connection_without_a_client_does_not_sign_in(stub: Stub) -> None:
    server: Connection = Tried(stub).server
    assert "Signing in: not set up (no client_id)." in check(server, Settings(stub.base)).lines
