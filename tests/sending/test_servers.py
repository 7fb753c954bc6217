"""Real FHIR servers (`pytest -m servers`): SEKMET, with and without signing in, and Medplum's router.

SEKMET is installed into an environment of its own, because it pins other libraries than ours; Medplum's
router needs Node. Both are beta or embedded here, and serve only as outside judges.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import urllib3
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from fibrocheck.content.model import Content
from fibrocheck.sending import receipts
from fibrocheck.sending.checking import abilities, check
from fibrocheck.sending.connection import Connection, connect
from fibrocheck.sending.filing import SavedList, scopes_for, send, withdraw
from fibrocheck.sending.folder import Batch, send_linked
from fibrocheck.sending.people import Named, find
from fibrocheck.sending.replies import Reply
from fibrocheck.sending.resources import Link, kind_of
from fibrocheck.sending.settings import DOCUMENT, MODES, RESPONSE, Settings
from fibrocheck.sending.transport import Request, Transport
from tests.records.validators import complaints

from .lists import CLINIC, Killed, linked_to, list_in, refused
from .stub import PATIENT, Resource

pytestmark = pytest.mark.servers

HERE = Path(__file__).parent
SEKMET = "sekmet-fhir==0.1.1"
MEDPLUM = [f"@medplum/{name}@4.5.2" for name in ("core", "fhir-router", "definitions", "fhirtypes")]
CACHE = Path(os.environ.get("FIBROCHECK_TEST_SERVERS", "~/.cache/fibrocheck-test-servers")).expanduser()
"""Where the servers are installed, once."""

SYSTEM = "https://clinic.test/mrn"


class Running:
    """A server, how to send to it, and how to look into it."""

    def __init__(self, base: str, settings: Settings, admin: Callable[..., Any]) -> None:
        self.base = base
        self.settings = settings
        self.admin = admin

    def connected(self, mode: str = RESPONSE, *, replacing: bool = False) -> Connection:
        """Return a connection as the command makes it."""
        server = connect(self.settings)
        server.scopes = scopes_for(self.settings._replace(mode=mode), replacing=replacing)
        return server

    def new_patient(self) -> str:
        """Put a patient there, and return where."""
        value = uuid.uuid4().hex
        made = {**PATIENT, "identifier": [{"system": SYSTEM, "value": value}]}
        made.pop("id")
        return f"Patient/{self.admin('POST', 'Patient', made)['id']}"

    def stored(self, kind: str, identifier: uuid.UUID) -> list[Resource]:
        """Return every copy of a list that it has, looked for by its patient and read one by one."""
        entries = self.admin("GET", f"{kind}?identifier=urn:ietf:rfc:3986|{identifier.urn}").get("entry", [])
        return [each["resource"] for each in entries]


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def _process(command: list[str], base: str) -> Iterator[None]:
    """Run a server until the tests are done; skip them if it does not answer within two minutes."""
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        until = time.monotonic() + 120
        while running.poll() is None and time.monotonic() < until:
            try:
                if urllib3.request("GET", f"{base}/metadata", retries=False, timeout=5).status == 200:
                    break
            except urllib3.exceptions.HTTPError:
                time.sleep(0.2)
        else:
            pytest.fail(f"{command[0]} did not start: {running.communicate(timeout=5)[1][-2000:]}")
        yield
    finally:
        running.terminate()
        running.communicate()


def _admin(base: str, token: Callable[[], str] | None = None) -> Callable[..., Any]:
    def ask(method: str, path: str, body: Resource | None = None) -> Any:
        headers = {"Content-Type": "application/fhir+json", "Prefer": "return=representation"}
        if token:
            headers["Authorization"] = f"Bearer {token()}"
        data = json.dumps(body).encode() if body else None
        reply = urllib3.request(method, f"{base}/{path}", body=data, headers=headers, retries=False)
        assert reply.status in {200, 201}, (reply.status, reply.data[:500])
        return json.loads(reply.data)

    return ask


def _sekmet_python() -> str:
    python = CACHE / "sekmet" / "bin" / "python"
    if not (CACHE / "sekmet" / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", CACHE / "sekmet"], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", SEKMET], check=True)
        (CACHE / "sekmet" / "ready").touch()
    return str(python)


def _medplum_folder() -> Path:
    if not (node := shutil.which("npm")):
        pytest.skip("needs Node and npm")
    folder = CACHE / "medplum"
    if not (folder / "ready").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"type": "module"}')
        subprocess.run([node, "install", "--silent", *MEDPLUM], cwd=folder, check=True)
        (folder / "ready").touch()
    shutil.copy(HERE / "medplum_server.mjs", folder)
    return folder


@contextmanager
def sekmet(folder: Path) -> Iterator[Running]:
    """Run SEKMET without signing in."""
    with _sekmet(folder, {}) as base:
        yield Running(base, Settings(base), _admin(base))


@contextmanager
def sekmet_with_smart(folder: Path) -> Iterator[Running]:
    """Run SEKMET with SMART Backend Services; the tests look into it with a token of their own."""
    key = ec.generate_private_key(ec.SECP384R1())
    public, private = folder / "client.pub", folder / "client.pem"
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    private.chmod(0o600)
    lists = " ".join(f"system/{kind_of(mode)}.crus" for mode in MODES)
    scopes = {
        "fibrocheck": f"{lists} system/Patient.rs",
        "tests": "system/*.*",
        "reader": "system/Patient.rs",
    }
    clients = [
        {"client_id": name, "public_key_path": str(public), "scopes": scope} for name, scope in scopes.items()
    ]
    auth = {"server_auth": {"types": ["smart"], "smart_clients": clients}}
    with _sekmet(folder, auth) as base:
        settings = Settings(base, client_id="fibrocheck", key_file=str(private))
        tests = connect(settings._replace(client_id="tests"))
        assert tests.sign_in is not None
        sign_in = tests.sign_in
        yield Running(base, settings, _admin(base, lambda: sign_in.token(["system/*.*"])))


@contextmanager
def _sekmet(folder: Path, more: Resource) -> Iterator[str]:
    port = _free_port()
    base = f"http://127.0.0.1:{port}/fhir"
    settings = folder / "sekmet.json"  # JSON is YAML too
    data = {"base_url": base, "host": "127.0.0.1", "port": port, "data_dir": str(folder / "data")}
    settings.write_text(json.dumps(data | {"simulator": {"enabled": False}} | more))
    command = [_sekmet_python(), str(HERE / "sekmet_server.py"), str(settings), str(port)]
    with _process(command, base):
        yield base


@contextmanager
def medplum(_: Path) -> Iterator[Running]:
    """Run Medplum's router."""
    port = _free_port()
    base = f"http://127.0.0.1:{port}/fhir"
    with _process(["node", str(_medplum_folder() / "medplum_server.mjs"), str(port)], base):
        yield Running(base, Settings(base), _admin(base))


SERVERS = {"sekmet": sekmet, "sekmet with smart": sekmet_with_smart, "medplum": medplum}


@pytest.fixture(scope="module", params=SERVERS)
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with SERVERS[request.param](tmp_path_factory.mktemp("server")) as server:
        yield server


def new_list(folder: Path, name: str = "visit.json", **more: Any) -> SavedList:
    return list_in(folder, name, identifier=uuid.uuid4(), **more)


@pytest.mark.parametrize("mode", MODES)
def test_a_list_is_filed_once_read_back_and_withdrawn(running: Running, tmp_path: Path, mode: str) -> None:
    item, patient = new_list(tmp_path), running.new_patient()
    server, settings = running.connected(mode), running.settings._replace(mode=mode)
    able = abilities(server, mode)
    link = Link(find(server, Named("Patient", place=patient)).place)
    filed = send(server, settings, item, link, able)
    again = send(server, settings, item, link, able)
    receipts.path_of(item.path).unlink()
    assert send(server, settings, item, link, able) == again == filed._replace(was_there=True)
    [stored] = running.stored(kind_of(mode), item.saved.record.identifier)
    assert stored["subject"]["reference"] == patient
    assert complaints(stored) == []
    done = withdraw(running.connected(mode, replacing=True), item)
    assert done.location == filed.location
    [stored] = running.stored(kind_of(mode), item.saved.record.identifier)
    assert stored["status"] == "entered-in-error"
    assert complaints(stored) == []
    with refused("withdrawn"):
        send(server, settings, item, link, able)


def test_a_patient_is_found_by_number_and_never_guessed(running: Running) -> None:
    patient = running.new_patient()
    value = running.admin("GET", patient)["identifier"][0]["value"]
    server = running.connected()
    assert find(server, Named("Patient", identifier=f"{SYSTEM}|{value}")).place == patient
    with refused("no patient"):
        find(server, Named("Patient", identifier=f"{SYSTEM}|none"))
    double = {**PATIENT, "identifier": [{"system": SYSTEM, "value": value}]}
    running.admin("POST", "Patient", {key: each for key, each in double.items() if key != "id"})
    with refused("more than one patient"):
        find(server, Named("Patient", identifier=f"{SYSTEM}|{value}"))
    with refused("404"):
        find(server, Named("Patient", place="Patient/none"))


def test_a_check_says_that_everything_is_possible(running: Running) -> None:
    checked = check(running.connected(), running.settings)
    assert checked.is_ready
    assert not [line for line in checked.lines if line.endswith(": no")]


class Steps:
    """A transport that is killed before or after one of its requests, or loses the reply."""

    def __init__(self, kill_at: int) -> None:
        self.kill_at = kill_at
        self.done = 0
        self.send = Transport()

    def __call__(self, request: Request) -> Reply:
        self.step()
        reply = self.send(request)
        self.step()
        return reply

    def step(self) -> None:
        """Count a step, and end here if it is the one."""
        self.done += 1
        if self.done == self.kill_at:
            raise Killed


def test_killed_at_every_step_there_is_one_list(running: Running, tmp_path: Path) -> None:
    patient = running.new_patient()
    for kill_at in range(1, 40):
        item = new_list(tmp_path, f"{kill_at}.json")
        server, steps = running.connected(), Steps(kill_at)
        server._send = steps
        try:
            send(server, running.settings, item, Link(patient), abilities(server, RESPONSE))
        except Killed:
            again = running.connected()
            send(again, running.settings, item, Link(patient), abilities(again, RESPONSE))
        else:
            break
        assert len(running.stored("QuestionnaireResponse", item.saved.record.identifier)) == 1
    assert kill_at > 8


def test_a_client_without_permission_is_told_so(tmp_path: Path) -> None:
    with sekmet_with_smart(tmp_path) as running:
        settings = running.settings._replace(client_id="reader")
        server = connect(settings)
        server.scopes = ["system/Patient.rs"]
        item = new_list(tmp_path)
        with refused("does not permit this (403)"):
            send(server, settings, item, Link("Patient/1"), abilities(server, RESPONSE))
        server.scopes = scopes_for(settings._replace(mode=DOCUMENT))
        assert server.sign_in is not None
        server.sign_in.token(["system/Patient.rs"])
        with refused("sign-in (invalid_client)"):
            check(connect(settings._replace(client_id="nobody")), settings)


def test_a_thousand_lists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Memory stays flat, and each list takes its four requests: patient, search, create, read."""
    number = int(os.environ.get("FIBROCHECK_TEST_LISTS", "1000"))
    with sekmet(tmp_path) as running:
        folder = tmp_path / "2026-11-25"
        folder.mkdir()
        for each in range(number):
            new_list(folder, f"{each:04}.json", change=linked_to(running.new_patient()))
        server = running.connected()
        peaks: list[int] = []
        said: list[str] = []

        def noted(paths: Any) -> Iterator[Path]:
            for path in paths:
                peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
                yield path

        content: Content = CLINIC
        able = abilities(server, RESPONSE)
        batch = Batch(server, running.settings, content, able, lambda *_: None, said.append)
        started, worked = time.monotonic(), time.process_time()
        counts = send_linked(batch, folder, noted)
        seconds, worked = time.monotonic() - started, time.process_time() - worked
        assert counts.filed == number, said[:3]
        assert send_linked(batch, folder).there == number
        assert peaks[-1] - peaks[len(peaks) // 10] < 20_000, "kilobytes"
        with capsys.disabled():
            growth = (peaks[-1] - peaks[len(peaks) // 10]) / 1000
            whole, own = seconds / number * 1000, worked / number * 1000
            line = f"\n{number} lists: {whole:.0f} ms each, {own:.0f} of our processor time, +{growth:.1f} MB"
            print(line)  # noqa: T201 - the figure for the README
