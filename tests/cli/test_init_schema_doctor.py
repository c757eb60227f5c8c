"""Three commands that help people to begin: init, schema and doctor."""

import asyncio
import json
import os
import pty
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import dns.message
import dns.rcode
import dns.rrset
import jsonschema
import pytest
from click.testing import CliRunner, Result

from launchready.cli._first_look import Look, counterpart, first_look, site_to_look_at
from launchready.cli.doctor import command as doctor
from launchready.cli.init import command as init
from launchready.cli.init import portal_file
from launchready.cli.schema import command as schema
from launchready.errors import UsageError
from launchready.site import Site, read_site
from launchready.site.reference import example, sections, toml
from launchready.site.sections import Resolver, Scope
from launchready.wire import programs


def run(*arguments: str) -> Result:
    """`launchready init` where nobody sits at the keyboard."""
    return CliRunner().invoke(init, arguments)


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


PAGE = b"""<!doctype html><title>Harbour</title><script src="https://cdn.example.net/a.js"></script>
<link rel=stylesheet href="//fonts.example.org/x.css"><img src="/logo.png">
<!-- <script src="https://no.example.com/"></script> --><a href="https://linked.example.com/">elsewhere</a>"""


@contextmanager
def web(redirects: dict[str, str] | None = None) -> Iterator[int]:
    """A web server on loopback: redirects by host name or path, and otherwise the page. Yields its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            port = self.server.server_address[1]
            host = (self.headers["host"] or "").partition(":")[0]
            to = (redirects or {}).get(host) or (redirects or {}).get(self.path)
            self.send_response(301 if to else 200)
            if to:
                self.send_header("location", to.replace("PORT", str(port)))
            self.send_header("content-type", "text/html")
            self.send_header("content-length", str(len(PAGE)))
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, *_arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def names(*known: str) -> Iterator[str]:
    """A name server on loopback that knows these names, all at 127.0.0.1. Yields its address."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind(("127.0.0.1", 0))

        def serve() -> None:
            while True:
                wire, asker = udp.recvfrom(4096)
                if wire == b"stop":
                    return
                query = dns.message.from_wire(wire)
                name, kind = query.question[0].name, query.question[0].rdtype
                answer = dns.message.make_response(query)
                if name.to_text().rstrip(".") not in known:
                    answer.set_rcode(dns.rcode.NXDOMAIN)
                elif kind == 1:
                    answer.answer.append(dns.rrset.from_text(name, 60, "IN", "A", "127.0.0.1"))
                udp.sendto(answer.to_wire(), asker)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"127.0.0.1:{udp.getsockname()[1]}"
        finally:
            udp.sendto(b"stop", udp.getsockname())
            thread.join()


def look_at(url: str, nameserver: str) -> Look:
    """A first look where the names lead to loopback."""
    site = site_to_look_at(url)
    here = {"scope": Scope(addresses=("127.0.0.0/8",)), "resolver": Resolver(nameservers=(nameserver,))}
    return asyncio.run(first_look(site.model_copy(update=here)))


# --- init: looking ---


def test_init_writes_a_file_that_loads(tmp_path: Path) -> None:
    with web() as port:
        result = run(f"http://127.0.0.1:{port}/app", "--owner", 'Ada "the" Example')
    assert result.exit_code == 0, result.output
    assert "written: launchready.toml" in result.stdout
    site = read_site("launchready.toml")
    assert site.portal.url == f"http://127.0.0.1:{port}/app"
    assert (site.portal.name, site.portal.owner) == ("127.0.0.1", 'Ada "the" Example')
    assert site.scope.subresources == ("cdn.example.net", "fonts.example.org")
    assert [str(network) for network in site.scope.addresses] == ["127.0.0.1/32"]
    assert not site.scope.active


def test_the_address_is_the_one_people_end_at() -> None:
    with (
        web({"example.test": "http://www.example.test:PORT/"}) as port,
        names("example.test", "www.example.test") as ns,
    ):
        look = look_at(f"http://example.test:{port}/app", ns)
    main = f"http://www.example.test:{port}"
    assert look.url == f"{main}/app"
    assert look.hosts == ("example.test",)
    assert look.redirects == ((f"http://example.test:{port}/", f"{main}/"),)


def test_www_that_leads_to_the_portal_is_declared() -> None:
    redirects = {"www.portal.example.test": "http://portal.example.test:PORT/"}
    with web(redirects) as port, names("portal.example.test", "www.portal.example.test") as ns:
        look = look_at(f"http://portal.example.test:{port}/", ns)
    assert look.hosts == ("www.portal.example.test",)
    assert look.redirects == (
        (f"http://www.portal.example.test:{port}/", f"http://portal.example.test:{port}/"),
    )


def test_www_that_answers_only_as_all_subdomains_do_is_left_out() -> None:
    with web() as port, names("portal.example.test", "www.portal.example.test") as ns:
        look = look_at(f"http://portal.example.test:{port}/", ns)
    assert (look.hosts, look.redirects) == ((), ())


def test_the_twin_of_a_domain_that_shows_the_portal_is_a_host_of_it() -> None:
    with web() as port, names("example.test", "www.example.test") as ns:
        look = look_at(f"http://example.test:{port}/", ns)
    assert (look.hosts, look.redirects) == (("www.example.test",), ())


def test_a_host_elsewhere_is_named_and_not_asked() -> None:
    with web({"/": "https://login.example.org/authorize"}) as port, names("portal.example.test") as ns:
        look = look_at(f"http://portal.example.test:{port}/", ns)
    assert look.elsewhere == "login.example.org"
    assert not look.trouble
    assert "sends people on to login.example.org" in portal_file(look, "Harbour", "")


def test_a_redirect_loop_ends() -> None:
    with web({"/": "/a", "/a": "/"}) as port, names("portal.example.test") as ns:
        look = look_at(f"http://portal.example.test:{port}/", ns)
    assert not look.trouble


@pytest.fixture
def closed_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def test_a_portal_that_is_down_is_told(closed_port: int) -> None:
    url = f"http://127.0.0.1:{closed_port}/"
    result = run(url)
    assert isinstance(result.exception, UsageError)
    assert str(result.exception).startswith("the portal could not be looked at: ")
    assert str(result.exception).endswith("; --yes writes the file all the same")
    assert not Path("launchready.toml").exists()
    result = run(url, "--yes", "--name", "Harbour")
    assert result.exit_code == 0
    assert "could not be looked at" in result.stderr
    assert read_site("launchready.toml").portal.name == "Harbour"


def test_a_public_name_that_leads_inside_is_not_asked() -> None:
    with web() as port, names("portal.example.test") as ns:
        site = site_to_look_at(f"http://portal.example.test:{port}/")
        look = asyncio.run(first_look(site.model_copy(update={"resolver": Resolver(nameservers=(ns,))})))
    assert "not a public address" in look.trouble


@pytest.mark.parametrize(
    ("host", "other"),
    [
        ("example.com", "www.example.com"),
        ("www.example.com", "example.com"),
        ("localhost", ""),
        ("127.0.0.1", ""),
        ("::1", ""),
    ],
)
def test_with_and_without_www(host: str, other: str) -> None:
    assert counterpart(host) == other


# --- init: writing ---


def test_init_never_asks_where_nobody_sits(tmp_path: Path) -> None:
    result = run()
    assert isinstance(result.exception, UsageError)
    assert str(result.exception) == "say where the portal is: launchready init https://portal.example.com"


@pytest.mark.parametrize(
    ("given", "answers"),
    [((), "{url}\ny\nHarbour\nAda\n"), (("{url}", "--name", "Harbour"), "y\nAda\n"), (("{url}",), "n\n")],
)
def test_init_asks_who_sits_at_the_keyboard(given: tuple[str, ...], answers: str, closed_port: int) -> None:
    url = f"http://127.0.0.1:{closed_port}/"
    keyboard, terminal = pty.openpty()
    try:
        os.write(keyboard, answers.format(url=url).encode())
        start = [sys.executable, "-c", "from launchready.cli import main; main()", "init"]
        done = subprocess.run(
            [*start, *(each.format(url=url) for each in given)],
            stdin=terminal,
            capture_output=True,
            timeout=60,
            check=False,
        )
    finally:
        os.close(keyboard)
        os.close(terminal)
    assert b"could not be looked at" in done.stderr
    if answers == "n\n":
        assert not Path("launchready.toml").exists()
        return
    assert done.returncode == 0, done.stderr
    site = read_site("launchready.toml")
    assert (site.portal.url, site.portal.name, site.portal.owner) == (url, "Harbour", "Ada")


@pytest.mark.parametrize("url", ["ftp://portal.example.com", "https://ada:horse@portal.example.com", "a b"])
def test_init_refuses_what_is_no_address(url: str) -> None:
    result = run(url, "--yes")
    assert isinstance(result.exception, UsageError)
    assert "horse" not in str(result.exception)
    assert not Path("launchready.toml").exists()


def test_init_writes_over_nothing_unless_told(closed_port: int) -> None:
    Path("launchready.toml").write_text("mine")
    url = f"http://127.0.0.1:{closed_port}/"
    result = run(url, "--yes")
    assert isinstance(result.exception, UsageError)
    assert "is there already; --force writes over it" in str(result.exception)
    assert Path("launchready.toml").read_text() == "mine"
    assert run(url, "--yes", "--force").exit_code == 0
    assert read_site("launchready.toml").portal.url == url


@pytest.mark.parametrize(
    ("output", "said"), [(".", "is a folder"), ("none/launchready.toml", "there is no folder none")]
)
def test_init_says_where_it_cannot_write(output: str, said: str) -> None:
    result = run("https://portal.example.com", "--yes", "--output", output)
    assert isinstance(result.exception, UsageError)
    assert said in str(result.exception)


@pytest.mark.parametrize("text", ['O\'Hara \\ "x"', "\x7f\x00\x1b[31m", "München 港", "\udce9"])
def test_any_name_makes_a_file_that_loads(text: str, closed_port: int) -> None:
    result = run(f"http://127.0.0.1:{closed_port}/", "--yes", "--name", text, "--owner", text)
    assert result.exit_code == 0, result.exception
    assert read_site("launchready.toml").portal.name == text.encode("utf-8", "replace").decode()


def test_every_example_in_a_new_file_can_be_used_as_it_stands(tmp_path: Path) -> None:
    text = portal_file(Look("https://portal.example.com/"), "Harbour", "")
    assert not re.search(r"^[^#\n].*example\.net", text, re.MULTILINE), "an example that is in force"
    new = tmp_path / "launchready.toml"
    new.write_text(text)
    assert read_site("launchready.toml") == Site.from_url("portal.example.com").model_copy(
        update={"portal": Site.from_url("portal.example.com").portal.model_copy(update={"name": "Harbour"})}
    )
    for named in ("our-ca.pem", "openapi.yaml", "recording.har", "portal.postman_collection.json"):
        (tmp_path / named).write_text("x")
    new.write_text(
        re.sub(r"^#(?=\S)", "", text.replace("active = false", "active = true"), flags=re.MULTILINE)
    )
    site = read_site("launchready.toml")
    assert site.scope.active
    assert [len(each) for each in (site.identities, site.flows, site.mailboxes, site.waivers)] == [1] * 4
    for name in sections():
        assert re.search(rf"^#?\[+{name}\]+$", text, re.MULTILINE)


# --- schema ---


def test_the_schema_accepts_what_is_accepted_and_refuses_what_is_refused() -> None:
    import tomllib

    told = json.loads(CliRunner().invoke(schema, catch_exceptions=False).stdout)
    assert told["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(told)
    validator = jsonschema.Draft202012Validator(told)
    data = tomllib.loads("\n".join(example(name) for name in sections()))
    data = json.loads(json.dumps(data, default=str))
    assert list(validator.iter_errors(data)) == []
    assert list(validator.iter_errors({"portal": {"url": "https://status.example.com:8443/s?a=b"}})) == []
    for wrong in (
        '[portal]\nnmae = "x"\nurl = "https://a.example/"',
        '[portal]\nurl = "a.example"',
        '[portal]\nurl = "https://ada:x@a.example/"',
        '[portal]\nurl = "https://a.example/"\nplain_http_port = 0',
        '[portal]\nurl = "https://a.example/"\n[edge]\ntoken = "literal"',
        '[portal]\nurl = "https://a.example/"\n[[flow]]\nname = "x"\nsteps = []',
        '[portal]\nurl = "https://a.example/"\n[portl]',
    ):
        assert list(validator.iter_errors(tomllib.loads(wrong))), wrong


def test_the_schema_describes_every_section_and_key() -> None:
    told = json.loads(CliRunner().invoke(schema).stdout)
    for name, each in told["$defs"].items():
        assert each["description"], name
        for key, value in each["properties"].items():
            assert value["description"].endswith("."), f"{name}.{key}"


def test_toml_values() -> None:
    import tomllib

    for value in (True, 5, 2.5, 'a"b\\c\n\x7f', ["a", "b"], [], {"a": 1}, [{"a": "x"}, {"b": False}]):
        assert tomllib.loads(f"key = {toml(value)}") == {"key": value}


# --- doctor ---


def test_doctor_says_what_is_there() -> None:
    result = CliRunner().invoke(doctor, ["--json"], catch_exceptions=False)
    assert result.exit_code == 0
    parts = {part["name"]: part for part in json.loads(result.stdout)["parts"]}
    assert parts["Python"]["installed"]
    assert parts["OpenSSL"]["version"].startswith("OpenSSL")
    for part in parts.values():
        assert part["without"]
        assert part["get"]
        assert not part["path"] or Path(part["path"]).exists()


def test_doctor_says_what_is_missing_and_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    result = CliRunner().invoke(doctor, catch_exceptions=False)
    assert result.exit_code == 0
    assert re.search(r"^ +missing +Chromium$", result.stdout, re.MULTILINE)
    assert "playwright install chromium" in result.stdout
    assert "Without certutil: " in result.stdout
    assert "sudo apt install libnss3-tools" in result.stdout


def test_a_program_that_does_not_start_counts_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "git"
    broken.write_text("#!/bin/sh\nexit 127\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    told = json.loads(CliRunner().invoke(doctor, ["--json"], catch_exceptions=False).stdout)
    git = next(part for part in told["parts"] if part["name"] == "git")
    assert (git["installed"], git["version"]) == (False, "is there, but does not start")


def test_versions_of_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fine = tmp_path / "fine"
    fine.write_text('#!/bin/sh\necho "fine $1"\necho more\n')
    fine.chmod(0o755)
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nexec sleep 5\n")
    slow.chmod(0o755)
    assert programs.version(fine, "--version") == "fine --version"
    assert programs.version(tmp_path / "none") is None
    monkeypatch.setattr(programs, "PATIENCE", 0.1)
    assert programs.version(slow) is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert programs.find("none", "fine") == fine
    assert programs.find("none") is None
