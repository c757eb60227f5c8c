"""Servers as distributions ship them: sound ones are not accused, and what they really accept is named."""

import asyncio
import io
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from launchready.checks.https.certificate import CHECK as CERTIFICATE
from launchready.checks.https.tls import CHECK as TLS
from launchready.collect.tls import tls as collect
from launchready.site import Site
from launchready.verdict import Fail, Pass
from launchready.wire.gate import Gate
from launchready.wire.tls import TlsWire
from launchready_testbed.tlslab.issuing import authorities, issue

HOST = "portal.lab.test"
NGINX = """daemon off; pid {0}/pid; error_log {0}/log; events {{}}
http {{ access_log off; client_body_temp_path {0}/a; proxy_temp_path {0}/b; fastcgi_temp_path {0}/c;
uwsgi_temp_path {0}/d; scgi_temp_path {0}/e; {1}
server {{ listen 127.0.0.1:{2} ssl; ssl_certificate {0}/chain.pem; ssl_certificate_key {0}/key.pem;
return 200 ok; }} }}
"""
DEBIAN = "ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers on;"
"""What Debian's nginx.conf says; its OpenSSL refuses the old versions all the same."""

pytestmark = pytest.mark.slow


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        chosen: int = free.getsockname()[1]
        return chosen


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    by = authorities()
    leaf = issue(by.private_issuer, HOST, kind="RSA-2048")
    (tmp_path / "chain.pem").write_bytes(leaf.pem + by.private_issuer.pem)
    (tmp_path / "key.pem").write_bytes(leaf.key_pem)
    (tmp_path / "root.pem").write_bytes(by.private.pem)
    return tmp_path


class _Server:
    def __init__(self, command: list[str], port: int) -> None:
        if shutil.which(command[0]) is None:
            pytest.skip(f"{command[0]} is not installed")
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        self.stop()
        pytest.fail(f"{command[0]} does not start")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)


class _Wire:
    def __init__(self, site: Site, root: Path) -> None:
        self.tls = TlsWire(Gate(site, io.StringIO()), extra_ca=[root])
        self.dns = self

    async def addresses(self, _host: str) -> tuple[str, ...]:
        return ("127.0.0.1",)

    def now(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture
def nginx(folder: Path, port: int, request: pytest.FixtureRequest) -> Iterator[None]:
    (folder / "conf").write_text(NGINX.format(folder, request.param, port))
    server = _Server(["nginx", "-c", str(folder / "conf"), "-e", str(folder / "log")], port)
    yield
    server.stop()


@pytest.fixture
def gnutls(folder: Path, port: int) -> Iterator[None]:
    key, chain = str(folder / "key.pem"), str(folder / "chain.pem")
    files = ["--x509keyfile", key, "--x509certfile", chain]
    priority = "NORMAL:+VERS-TLS1.0:+VERS-TLS1.1:+3DES-CBC:+ARCFOUR-128:%VERIFY_ALLOW_SIGN_WITH_SHA1"
    server = _Server(["gnutls-serv", "--quiet", "--port", str(port), "--priority", priority, *files], port)
    yield
    server.stop()


def look(folder: Path, port: int) -> tuple[object, object]:
    portal = {"name": "Lab", "url": f"https://{HOST}:{port}/", "owner": "Portal Owner <owner@lab.test>"}
    site = Site.model_validate({"portal": portal, "scope": {"addresses": ["127.0.0.0/8"]}})
    fact = asyncio.run(collect(_Wire(site, folder / "root.pem"), site))
    return CERTIFICATE.judge(fact), TLS.judge(fact)


@pytest.mark.parametrize("nginx", ["", DEBIAN], indirect=True)
@pytest.mark.usefixtures("nginx")
def test_nginx_as_shipped_is_not_accused(folder: Path, port: int) -> None:
    certificate, settings = look(folder, port)
    assert isinstance(certificate, Pass)
    assert isinstance(settings, Pass), settings


@pytest.mark.parametrize("nginx", [DEBIAN + " ssl_ciphers DEFAULT:@SECLEVEL=0;"], indirect=True)
@pytest.mark.usefixtures("nginx")
def test_nginx_with_old_versions_is_named(folder: Path, port: int) -> None:
    certificate, settings = look(folder, port)
    assert isinstance(certificate, Pass)
    assert isinstance(settings, Fail)
    assert "TLS 1.0, TLS 1.1" in settings.findings[0].detail


@pytest.mark.usefixtures("gnutls")
def test_another_library_is_read_as_well(folder: Path, port: int) -> None:
    _, settings = look(folder, port)
    assert isinstance(settings, Fail)
    for each in ("TLS 1.0", "RC4", "3DES"):
        assert each in settings.findings[0].detail
