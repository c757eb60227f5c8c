"""Does a bed start, change, fail and end as told?"""

import os
import re
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from launchready_testbed import Bed, BedError

SILENCE = 0.3  # seconds without an answer that count as silence


def test_ports_and_files_are_there_when_start_returns(visitor: Any) -> None:
    assert visitor.get("/").status == 200
    assert visitor.get("/", plain=True).status == 308
    assert b"BEGIN CERTIFICATE" in visitor.bed.ca_file.read_bytes()


def test_the_portal_file_says_where_everything_is(bed: Bed) -> None:
    told = tomllib.loads(bed.portal_file())
    assert told["portal"]["url"] == f"https://portal.lab.test:{bed.https_port}/"
    assert told["portal"]["hosts"] == ["www.lab.test", "lab.test"]
    assert told["portal"]["plain_http_port"] == bed.http_port
    assert told["portal"]["redirects"] == [
        {"from": f"https://old-portal.test:{bed.https_port}/", "to": bed.url},
    ]
    assert told["resolver"]["nameservers"] == [bed.nameserver]
    assert told["tls"]["extra_ca"] == [str(bed.ca_file)]


def test_the_portal_file_names_a_host_only_while_the_world_has_it(bed: Bed) -> None:
    bed.switch(("https/mixed-content",))
    assert "assets.lab.test" in bed.hosts
    bed.switch(())
    assert "assets.lab.test" not in bed.hosts


def test_switching_back_gives_the_same_page_again(visitor: Any) -> None:
    def home() -> str:
        return re.sub(r'nonce="[^"]+"', "", visitor.get("/").text)

    sound = home()
    visitor.bed.switch(("https/mixed-content", "https/hsts"))
    assert home() != sound
    visitor.bed.switch(())
    assert home() == sound
    assert visitor.get("/").all("strict-transport-security") == ["max-age=31536000; includeSubDomains"]


def test_an_unknown_fault_is_refused_and_changes_nothing(visitor: Any) -> None:
    visitor.bed.switch(("https/hsts",))
    with pytest.raises(BedError, match="https/nothing-like-it"):
        visitor.bed.switch(("https/nothing-like-it",))
    assert not visitor.get("/").all("strict-transport-security")


def test_a_bed_cannot_start_with_an_unknown_fault() -> None:
    with pytest.raises(BedError, match="no/such"):
        Bed.start(("no/such",))


@pytest.mark.parametrize("wire", ["https", "http"])
def test_an_outage_accepts_and_never_answers(bed: Bed, visitor: Any, wire: str) -> None:
    bed.outage(wire)
    port = bed.https_port if wire == "https" else bed.http_port
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nhost: portal.lab.test\r\n\r\n")
        connection.settimeout(SILENCE)
        with pytest.raises(TimeoutError):
            connection.recv(1)
    bed.outage(None)
    assert visitor.get("/").status == 200
    assert visitor.get("/", plain=True).status == 308


def test_an_outage_cuts_connections_that_were_open_before(bed: Bed) -> None:
    with socket.create_connection(("127.0.0.1", bed.http_port), timeout=5) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nhost: portal.lab.test\r\n\r\n")
        assert connection.recv(65536).startswith(b"HTTP/1.1 308")
        bed.outage("http")
        try:
            rest = connection.recv(65536)
        except ConnectionResetError:
            rest = b""
        assert rest == b""


def test_the_plain_port_can_be_closed_and_opened_again(bed: Bed, visitor: Any) -> None:
    bed.switch(("https/http-closed",))
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", bed.http_port), timeout=5)
    bed.switch(())
    assert visitor.get("/", plain=True).status == 308


def test_an_unknown_wire_is_refused(bed: Bed) -> None:
    with pytest.raises(BedError, match="carrier pigeon"):
        bed.outage("carrier pigeon")


def test_closing_ends_the_child_and_removes_its_folder() -> None:
    before = len(list(Path("/dev/fd").iterdir()))
    with Bed.start() as bed:
        pid, folder = bed.pid, bed.ca_file.parent
        assert folder.is_dir()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not folder.exists()
    assert len(list(Path("/dev/fd").iterdir())) == before


def test_the_child_ends_when_its_parent_dies() -> None:
    script = (
        "import os; from launchready_testbed import Bed; bed = Bed.start();"
        "print(bed.pid, bed.ca_file, flush=True); os._exit(9)"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 9
    folder = Path(done.stdout.split()[1]).parent
    deadline = time.monotonic() + 10
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not folder.exists()


def test_further_pages_are_public_distinct_and_linked() -> None:
    from urllib.parse import urlsplit

    with Bed.start(pages=120) as bed:
        visitor = _visitor_of(bed)
        map_of_site = visitor("/sitemap.xml")
        notes = [
            urlsplit(url).path
            for url in re.findall(r"<loc>(.*?)</loc>", map_of_site)
            if "harbour-note" in url
        ]
        assert len(set(notes)) == 120
        first, second = visitor(notes[0]), visitor(notes[1])
        assert first != second
        assert 7000 < len(first.encode()) < 12000
        assert notes[1] in first
        assert "/help?page=2" in visitor("/help")


def _visitor_of(bed: Bed) -> Callable[[str], str]:
    def get(path: str) -> str:
        url = bed.url.rstrip("/") + path
        command = ["curl", "-s", "--cacert", str(bed.ca_file), "--connect-to", "::127.0.0.1:", url]
        return subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout

    return get


def test_the_portal_file_names_people_and_mailboxes_and_no_secret(bed: Bed) -> None:
    text = bed.portal_file()
    told = tomllib.loads(text)
    assert [each["name"] for each in told["identity"]] == ["ada", "sam", "nora", "sol"]
    assert [each["name"] for each in told["identity"] if each["admin"] and each["mfa"]] == ["ada"]
    assert all(each["test"] and each["mailbox"] in ("ada", "sam", "nora", "sol") for each in told["identity"])
    assert {each["imap_port"] for each in told["mailbox"]} == {bed.imap_port}
    assert told["scope"]["hosts"] == ["id.lab.test"]
    assert bed.identities == tuple(told["identity"])
    for path in bed.secrets.iterdir():
        secret = path.read_text()
        assert path.stat().st_mode & 0o077 == 0
        assert not secret.endswith("\n")
        if path.suffix != ".username":
            assert secret not in text
    assert bed.secret_file("ada", "totp").exists()
    assert not bed.secret_file("nora", "totp").exists()


def test_a_portal_file_without_people_names_none(bed: Bed) -> None:
    told = tomllib.loads(bed.portal_file(identities=False))
    assert not {"identity", "mailbox", "login"} & told.keys()
    assert "hosts" not in told["scope"]


def test_launchready_reads_the_portal_file(bed: Bed, tmp_path: Path) -> None:
    from launchready.site import read_site

    path = tmp_path / "launchready.toml"
    path.write_text(bed.portal_file())
    site = read_site(str(path))
    for identity, mailbox in zip(site.identities, site.mailboxes, strict=True):
        assert identity.password
        assert identity.password.resolve().get_secret_value() == bed.secret_file(identity.name).read_text()
        assert mailbox.password
        assert mailbox.host == "imap.lab.test"


def test_a_portal_that_is_not_there_has_no_file(bed: Bed) -> None:
    with pytest.raises(LookupError, match="no portal"):
        bed.portal_file("nowhere")
