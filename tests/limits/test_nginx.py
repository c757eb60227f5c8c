"""Debian's nginx with limit_req in front of a portal: refusing, queueing slowly, queueing fast, and believing a header."""

import asyncio
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trustme

from launchready.checks.auth._guesses import read
from launchready.checks.auth.brute_force import CHECK
from launchready.collect.login_limit import login_limit
from launchready.collect.people import People
from launchready.verdict import Fail, Pass, Verdict
from launchready_testbed.desk import Desk
from launchready_testbed.listener import Listener

from .conftest import Portals

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(400),
    pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed"),
]

CONFIGURATION = """daemon off; pid {folder}/pid; error_log {folder}/log; worker_processes 1; events {{}}
http {{ access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
limit_req_zone {key} zone=login:1m rate={rate}; {more}
server {{ listen 127.0.0.1:{port} ssl; ssl_certificate {folder}/chain.pem; ssl_certificate_key {folder}/key.pem;
proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $http_host;
location = /api/login {{ {limit} proxy_pass http://127.0.0.1:{behind}; }}
location / {{ proxy_pass http://127.0.0.1:{behind}; }} }} }}
"""
REALIP = "set_real_ip_from 0.0.0.0/0; real_ip_header X-Forwarded-For;"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@asynccontextmanager
async def nginx(folder: Path, authority: trustme.CA, **changes: str) -> AsyncIterator[int]:
    """The server in front of a portal without a limit of its own; gives its port."""
    behind = Listener(Desk("json").app, "127.0.0.1")
    await behind.become("open")
    leaf = authority.issue_cert("127.0.0.1")
    (folder / "chain.pem").write_bytes(b"".join(blob.bytes() for blob in leaf.cert_chain_pems))
    (folder / "key.pem").write_bytes(leaf.private_key_pem.bytes())
    port = free_port()
    words = {"key": "$binary_remote_addr", "more": "", **changes}
    (folder / "conf").write_text(CONFIGURATION.format(folder=folder, port=port, behind=behind.port, **words))
    command = ["nginx", "-c", str(folder / "conf"), "-e", str(folder / "log")]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)  # noqa: ASYNC220 -- it begins at once
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            await asyncio.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait(10)
        behind.close()


async def told(
    portals: Portals, folder: Path, authority: trustme.CA, **changes: str
) -> tuple[str, str, Verdict]:
    async with nginx(folder, authority, **changes) as port, portals.wired(port) as served:
        fact = await login_limit(served.wire, served.site, People(served.wire, served.site))
    reading = read(fact)
    return reading.kind, ", ".join(reading.falls_to), CHECK.judge(fact)


CASES = {
    "refuses": ({"rate": "10r/m", "limit": "limit_req zone=login burst=12 nodelay;"}, "refusal", "", Pass),
    "refuses-429": (
        {"rate": "10r/m", "limit": "limit_req zone=login burst=12 nodelay; limit_req_status 429;"},
        "refusal",
        "",
        Pass,
    ),
    "queues-slowly": ({"rate": "30r/m", "limit": "limit_req zone=login burst=20;"}, "slowed", "", Pass),
    "queues-and-refuses": ({"rate": "30r/m", "limit": "limit_req zone=login burst=2;"}, "refusal", "", Pass),
    "queues-fast": ({"rate": "10r/s", "limit": "limit_req zone=login burst=20;"}, "none", "", Fail),
    "lets-through": ({"rate": "10r/s", "limit": "limit_req zone=login burst=3 nodelay;"}, "leaks", "", Fail),
    "believes": (
        {"rate": "10r/m", "limit": "limit_req zone=login burst=12 nodelay;", "more": REALIP},
        "refusal",
        "x-forwarded-for",
        Fail,
    ),
}


@pytest.mark.parametrize("name", sorted(CASES))
async def test_nginx_is_told_rightly_three_times(
    portals: Portals, tmp_path: Path, authority: trustme.CA, name: str
) -> None:
    changes, kind, falls_to, verdict = CASES[name]
    folders = [tmp_path / str(turn) for turn in range(3)]
    for folder in folders:
        folder.mkdir()
    # Each has an nginx of its own, and nearly all of it is waiting.
    for found in await asyncio.gather(*(told(portals, each, authority, **changes) for each in folders)):
        assert found[:2] == (kind, falls_to), found[2]
        assert isinstance(found[2], verdict)
