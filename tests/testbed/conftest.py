"""A running test bed, and a plain client that shares no code with launchready."""

import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from http.cookies import SimpleCookie
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, sync_playwright

from launchready_testbed import Bed
from launchready_testbed.looks import missed
from launchready_testbed.portal.passwords import password_of
from launchready_testbed.portal.totp import code, step_at

PATIENCE = 10.0


class _ToBed(HTTPSConnection):
    """Connects to loopback whatever the name, and checks the certificate against the name."""

    def __init__(self, host: str, port: int, context: ssl.SSLContext) -> None:
        super().__init__(host, port, context=context, timeout=PATIENCE)
        self._bed_context = context

    def connect(self) -> None:
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        self.sock = self._bed_context.wrap_socket(raw, server_hostname=self.host)


class _PlainToBed(HTTPConnection):
    def connect(self) -> None:
        self.sock = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]

    def header(self, name: str) -> str:
        return ", ".join(self.all(name))

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def csrf(self) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.text)
        assert found
        return found[1]


class Visitor:
    """One browser's worth of cookies."""

    def __init__(self, bed: Bed) -> None:
        self.bed = bed
        self.cookies: dict[str, str] = {}

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        host: str = "portal.lab.test",
        plain: bool = False,
    ) -> Answer:
        connection: HTTPConnection
        if plain:
            connection = _PlainToBed(host, self.bed.http_port, timeout=PATIENCE)
        else:
            context = ssl.create_default_context(cafile=self.bed.ca_file)
            connection = _ToBed(host, self.bed.https_port, context)
        sent = dict(headers or {})
        if self.cookies and not plain:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            fields = tuple((name.lower(), value) for name, value in response.getheaders())
            answer = Answer(response.status, fields, response.read())
        finally:
            connection.close()
        if not plain:
            self._keep(answer)
        return answer

    def get(self, path: str, **options: object) -> Answer:
        return self.ask("GET", path, **options)  # type: ignore[arg-type]  # handed on as they came

    def post(self, path: str, form: Mapping[str, str]) -> Answer:
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(form).encode(), kind)

    def sign_in(self, email: str) -> Answer:
        answer = self.give_password(email)
        name = email.partition("@")[0]
        return self.give_code(name) if answer.header("location").startswith("/login/code") else answer

    def give_password(self, email: str, password: str | None = None, wanted: str = "") -> Answer:
        token = self.get("/login").csrf
        form = {"email": email, "password": password or password_of(email), "csrf": token, "next": wanted}
        return self.post("/login", form)

    def give_code(self, name: str, ahead: int = 0) -> Answer:
        """The second step, with the code `ahead` steps from now."""
        secret = self.bed.secret_file(name, "totp").read_text()
        token = self.get("/login/code").csrf
        return self.post("/login/code", {"code": code(secret, step_at() + ahead), "csrf": token, "next": ""})

    def _keep(self, answer: Answer) -> None:
        for line in answer.all("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value


@pytest.fixture
def bed(running_bed: Bed) -> Iterator[Bed]:
    """A sound bed, and sound again afterwards."""
    yield running_bed
    running_bed.outage(None)
    running_bed.switch(())


@pytest.fixture(scope="module")
def browser(running_bed: Bed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser that trusts the bed's root through a store of its own, and finds the bed's names."""
    chromium = shutil.which("chromium")
    if not (chromium and shutil.which("certutil")):
        pytest.skip("needs Chromium and certutil")
    home = tmp_path_factory.mktemp("home")
    store = home / ".pki" / "nssdb"
    store.mkdir(parents=True)
    trust = ("-A", "-t", "C,,", "-n", "lab", "-i", str(running_bed.ca_file))
    for arguments in (("-N", "--empty-password"), trust):
        command = ["certutil", "-d", f"sql:{store}", *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
    names = "MAP *.lab.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    options = ["--no-sandbox", "--disable-quic", f"--host-resolver-rules={names}"]
    with sync_playwright() as play:
        started = play.chromium.launch(
            executable_path=chromium, args=options, env={**os.environ, "HOME": str(home)}
        )
        yield started
        started.close()


@pytest.fixture
def visitor(bed: Bed) -> Visitor:
    return Visitor(bed)


@pytest.fixture
def new_visitor(bed: Bed) -> Callable[[], Visitor]:
    return lambda: Visitor(bed)


@pytest.fixture
def client(visitor: Visitor) -> Visitor:
    """A person of the first client, signed in."""
    visitor.sign_in("nora@northwind.test")
    return visitor


Look = Callable[[str], str]


@pytest.fixture
def look(bed: Bed, tmp_path: Path) -> Look:
    """Runs the commands of a look and returns what was missing of what it says was seen; empty: nothing."""

    def run(words: str) -> str:
        return missed(bed, words, Path(mkdtemp(dir=tmp_path)))

    return run
