"""The portal as its owner describes it: addresses, scope, secrets."""

import string
import sys
from collections.abc import Iterator
from datetime import date
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend

from launchready.errors import PortalFileError, UsageError
from launchready.evidence.said import Declared
from launchready.evidence.said import Waiver as SaidWaiver
from launchready.site import Site, read_site
from launchready.site.secret_reference import SecretReference
from launchready.site.sections import Portal, Redirect, Scope, Waiver
from launchready.site.values import host_name, nameserver, place, repository_url, web_url


@pytest.mark.parametrize(
    ("written", "url", "ports"),
    [
        ("portal.example.com", "https://portal.example.com/", (443, 80)),
        ("https://portal.example.com", "https://portal.example.com/", (443, 80)),
        ("https://Portal.Example.com.:443/", "https://portal.example.com/", (443, 80)),
        ("https://portal.example.com:8443/app?x=1", "https://portal.example.com:8443/app?x=1", (8443, 80)),
        ("http://portal.example.com:8080/", "http://portal.example.com:8080/", (443, 8080)),
        ("http://portal.example.com:80/", "http://portal.example.com/", (443, 80)),
        ("localhost:8443", "https://localhost:8443/", (8443, 80)),
        ("127.0.0.1", "https://127.0.0.1/", (443, 80)),
        ("https://[0:0::1]:8443/", "https://[::1]:8443/", (8443, 80)),
        ("münchen.example/straße", "https://xn--mnchen-3ya.example/stra%C3%9Fe", (443, 80)),
    ],
)  # fmt: skip
def test_an_address_alone_is_a_portal(
    written: str, url: str, ports: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    site = read_site(written)
    assert site == Site.from_url(written)
    assert site.portal.url == url
    assert site.portal.name == site.host == urlsplit(url).hostname
    assert (site.https_port, site.portal.plain_http_port) == ports
    assert site.hosts == site.scope_hosts == (site.host,)
    assert site.in_scope(site.host)


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("ftp://portal.example.com", "begins with https:// or http://, not ftp:"),
        ("file:///etc/passwd", "not file:"),
        ("mailto:ada@example.com", "mailto: addresses cannot be audited"),
        ("https://", "must name a host"),
        ("https:///app", "must name a host"),
        ("https://user@portal.example.com/", "must not hold a user name or password"),
        ("https://portal.example.com/#top", "must not have a #fragment"),
        ("https://portal.example.com:0/", "port from 1 to 65535"),
        ("https://portal.example.com:70000/", "1 to 65535"),
        ("https://portal example.com/", "must not contain spaces"),
        ("https://portal.example.com\\@evil.example/", "must not contain spaces, line breaks or backslashes"),
        ("https://*.example.com/", "wildcards are not understood"),
        ("https://256.1.1.1/", "must be a host name"),
        ("https://[::1/", "must have a valid host and port"),
        ("https://-a.example/", "must be a host name"),
        ("none.toml", "there is no file none.toml; `launchready init` writes a portal file"),
        ("./none", "there is no file ./none"),
        ("portal", "neither a portal file nor an address"),
        ("", "neither a portal file nor an address"),
        ("a\x00b", "neither a portal file nor an address"),
    ],
)  # fmt: skip
def test_what_is_no_portal_is_refused_in_words(
    argument: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as caught:
        read_site(argument)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_refused_address_is_not_repeated() -> None:
    password = "horse-" * 2
    with pytest.raises(UsageError) as caught:
        Site.from_url(f"https://ada:{password}@portal.example.com/")
    assert password not in str(caught.value)


def test_a_folder_named_like_a_host_does_not_hide_the_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "portal.example.com").mkdir()
    (tmp_path / "results").mkdir()
    assert read_site("portal.example.com").host == "portal.example.com"
    with pytest.raises(PortalFileError, match="results is a folder"):
        read_site("results")


def test_a_file_is_taken_before_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "launchready.toml").write_text(
        '[portal]\nurl = "https://portal.example.com/"\nname = "Harbour"\n'
    )
    assert read_site("launchready.toml").portal.name == "Harbour"


def test_the_scope_expires_after_its_last_day(tmp_path: Path) -> None:
    file = tmp_path / "launchready.toml"
    file.write_text('[portal]\nurl = "https://portal.example.com/"\n[scope]\nexpires = 2026-11-24\n')
    assert read_site(str(file), today=date(2026, 11, 24)).scope.expires == date(2026, 11, 24)
    with pytest.raises(PortalFileError, match=r":4: \[scope\] `expires` ended on 2026-11-24"):
        read_site(str(file), today=date(2026, 11, 25))


@pytest.fixture
def site() -> Site:
    """A portal with everything that makes up its scope."""
    return Site(
        portal=Portal(
            url="https://portal.example.com/",
            owner="Ada Example",
            hosts=("www.example.com", "portal.example.com"),
            redirects=(Redirect(source="http://old.example.net", target="https://portal.example.com/"),),
        ),
        scope=Scope(
            hosts=("files.example.com",), addresses=("10.0.0.0/24", "::1"), subresources=("cdn.example.net",)
        ),
        waivers=(
            Waiver(check="https/hsts", subject="*", owner="Ada", reason="old app", until=date(2030, 12, 31)),
        ),
    )


def test_the_scope_is_what_was_declared_and_no_more(site: Site) -> None:
    assert site.hosts == ("portal.example.com", "www.example.com")
    assert site.scope_hosts == (
        "portal.example.com",
        "www.example.com",
        "files.example.com",
        "old.example.net",
    )
    assert all(map(site.in_scope, (*site.scope_hosts, "FILES.example.com", "www.example.com.")))
    for host in (
        "example.com",
        "a.portal.example.com",
        "cdn.example.net",
        "portal.example.com.evil.example",
        "",
        "x y",
    ):
        assert not site.in_scope(host)
    assert site.scope.addresses == (ip_network("10.0.0.0/24"), ip_network("::1/128"))


def test_what_the_owner_declared_is_evidence(site: Site) -> None:
    assert site.declared() == Declared(
        "portal.example.com",
        "https://portal.example.com/",
        "Ada Example",
        ("portal.example.com", "www.example.com"),
        (SaidWaiver("https/hsts", "*", "Ada", "old app", "2030-12-31"),),
    )


def test_a_site_cannot_be_changed_and_can_be_a_key(site: Site) -> None:
    with pytest.raises(ValueError, match="frozen"):
        site.portal.url = "https://other.example/"
    assert len({site, site.model_copy()}) == 1


@given(st.text(max_size=30))
def test_a_normal_host_name_is_its_own_normal_form(text: str) -> None:
    try:
        host = host_name(text)
    except ValueError:
        return
    assert host_name(host) == host
    assert host == host.lower()
    assert not set(host) & set(" /@*#?\\[]")


@given(
    st.one_of(
        st.text(max_size=40),
        st.text(string.printable, max_size=30).map("https://a.example/{}".format),
        st.text("ab.:@/#?[]1", max_size=20).map("http://{}".format),
    )
)
def test_a_normal_address_is_its_own_normal_form(text: str) -> None:
    try:
        url = web_url(text)
    except ValueError:
        return
    assert web_url(url) == url
    assert Site.from_url(url).host
    assert url.isascii()


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("192.0.2.53", "192.0.2.53"),
        ("192.0.2.53:5353", "192.0.2.53:5353"),
        ("::1", "::1"),
        ("[::1]", "::1"),
        ("[::1]:53", "[::1]:53"),
    ],
)
def test_name_servers(written: str, normal: str) -> None:
    assert nameserver(written) == normal


@pytest.mark.parametrize(
    "written", ["dns.example.com", "192.0.2.53:0", "192.0.2.53:70000", "192.0.2.53:", "", "1.2.3"]
)
def test_what_is_no_name_server(written: str) -> None:
    with pytest.raises(ValueError, match="must"):
        nameserver(written)


def test_pages_and_repositories() -> None:
    assert place("/login?next=/a") == "/login?next=/a"
    assert place("https://portal.example.com") == "https://portal.example.com/"
    for wrong in ("login", "//evil.example/", "/a b"):
        with pytest.raises(ValueError, match=r"or be a path that begins with /|must not contain"):
            place(wrong)
    for fine in (
        "https://git.example.com/a.git",
        "git@git.example.com:a/b.git",
        "ssh://git@git.example.com/a",
    ):
        assert repository_url(fine) == fine
    for wrong in ("https://token@git.example.com/a", "ssh://u:p@git.example.com/a", "", "a b", "https://[/"):
        with pytest.raises(ValueError, match="must"):
            repository_url(wrong)


# --- secrets ---


class MemoryKeyring(KeyringBackend):
    """A real keyring back end, in memory."""

    priority = 1

    def __init__(self, entries: dict[tuple[str, str], str]) -> None:
        super().__init__()
        self.entries = entries

    def get_password(self, service: str, username: str) -> str | None:
        if service == "locked":
            raise keyring.errors.KeyringLocked("the keyring is locked\nmore")
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password


@pytest.fixture
def memory_keyring() -> Iterator[KeyringBackend]:
    before = keyring.get_keyring()
    backend = MemoryKeyring({})
    keyring.set_keyring(backend)
    keyring.set_password("team/portal", "ada", "from-keyring")
    yield backend
    keyring.set_keyring(before)


def test_secrets_are_fetched_from_where_they_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory_keyring: KeyringBackend
) -> None:
    monkeypatch.setenv("PORTAL_PASSWORD", "from-env")
    (tmp_path / "secret").write_text("from-file\r\n")
    for written, secret in (
        ("env:PORTAL_PASSWORD", "from-env"),
        ("file:secret", "from-file"),
        (f"file:{tmp_path}/secret", "from-file"),
        ("keyring:team/portal/ada", "from-keyring"),
    ):
        value = SecretReference.parse(written, tmp_path).resolve()
        assert value.get_secret_value() == secret
        assert secret not in f"{value} {value!r}"


def test_secrets_that_are_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory_keyring: KeyringBackend
) -> None:
    monkeypatch.delenv("PORTAL_NONE", raising=False)
    monkeypatch.setenv("PORTAL_EMPTY", "")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for written, said in (
        ("env:PORTAL_NONE", "the environment variable PORTAL_NONE is not set"),
        ("env:PORTAL_EMPTY", "the secret at env:PORTAL_EMPTY is empty"),
        ("file:none", "none that should hold a secret is not there"),
        ("file:.", "that should hold a secret cannot be read: is a directory"),
        ("file:binary", "is not text in UTF-8"),
        (
            "keyring:portal/nobody",
            "the keyring has no entry portal/nobody; add it with: keyring set portal nobody",
        ),
        ("keyring:locked/ada", "could not be asked for locked/ada: the keyring is locked"),
    ):
        with pytest.raises(UsageError) as caught:
            SecretReference.parse(written, tmp_path).resolve()
        assert said in str(caught.value)
        assert "\n" not in str(caught.value)


def test_the_keyring_package_is_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(UsageError, match=r"pip install 'launchready\[keyring\]'"):
        SecretReference.parse("keyring:portal/ada").resolve()


@given(st.text(max_size=30).filter(lambda text: not text.startswith(("env:", "file:", "keyring:"))))
def test_what_is_no_reference_is_never_repeated(text: str) -> None:
    with pytest.raises(ValueError, match="must not be the secret itself") as refused:
        SecretReference.parse(text)
    with pytest.raises(ValueError, match="must not be the secret itself") as empty:
        SecretReference.parse("")
    assert str(refused.value) == str(empty.value)
