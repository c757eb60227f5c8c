"""Where only the address of the repository is known, it is cloned whole, from there alone, and removed after the run."""

import asyncio
import os
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.conftest import Asked, Loopback

from launchready.checks.secrets.history import judge as judge_history
from launchready.checks.secrets.tree import judge as judge_tree
from launchready.collect.history import history_secrets
from launchready.collect.tree import tree_secrets
from launchready.errors import NameNotFound, Refused, SignInFailed, TlsFailed, Unreachable
from launchready.evidence.secrets import KeyStates, Rotations
from launchready.verdict import Fail, Pass, Unknown
from launchready.wire import Wire
from launchready.wire.git_clone import remote
from launchready_testbed.secret_shapes import sendgrid, stripe

from .conftest import Clone, needs_git

pytestmark = needs_git

TOKEN = "a-token-for-reading"


@dataclass
class GitServer:
    """Git's own server of repositories by https, on loopback."""

    loopback: Loopback
    folder: Path
    token: str = ""
    location: str = ""
    hang: bool = False
    asked: list[Asked] = field(default_factory=list)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            asked = await Asked.read(reader)
            self.asked.append(asked)
            writer.write(await self._answer(asked))
            await writer.drain()

    async def _answer(self, asked: Asked) -> bytes:
        if self.hang:
            await asyncio.sleep(600)
        if self.location:
            return self.loopback.http(b"", "302 Moved", f"Location: {self.location}{asked.path}".encode())
        given = b64decode(asked.headers.get("authorization", "").removeprefix("Basic ")).decode()
        if self.token and given.partition(":")[2] != self.token:
            return self.loopback.http(b"", "401 Who", b'WWW-Authenticate: Basic realm="git"')
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
            "GIT_PROTOCOL": asked.headers.get("git-protocol", ""),
            "PATH_INFO": asked.path,
            "QUERY_STRING": urlencode(asked.query),
            "REQUEST_METHOD": asked.method,
            "CONTENT_TYPE": asked.headers.get("content-type", ""),
            "CONTENT_LENGTH": asked.headers.get("content-length", "0"),
            "HTTP_CONTENT_ENCODING": asked.headers.get("content-encoding", ""),
        }
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            "git", "http-backend", stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL, env=environment
        )
        said, _ = await process.communicate(asked.body)
        head, _, body = said.partition(b"\r\n\r\n")
        lines = dict(line.split(b": ", 1) for line in head.split(b"\r\n"))
        status = lines.pop(b"Status", b"200 OK").decode()
        return self.loopback.http(body, status, *(b": ".join(pair) for pair in lines.items()))

    @asynccontextmanager
    async def wire(self, path: str = "/source/.git", **repo: Any) -> AsyncIterator[Wire]:
        """A run whose source is here, under a name that only its own name server knows."""
        names = {"git.example": ("127.0.0.1",)}
        tls = self.loopback.tls("git.example")
        async with self.loopback.serve(self.handle, tls) as port, self.loopback.names(names) as server:
            site = self.loopback.site(
                repo={"url": f"https://git.example:{port}{path}", **repo},
                resolver={"nameservers": [server.address]},
                tls={"extra_ca": [self.loopback.ca_file]},
            )
            async with self.loopback.wire(site) as wire:
                yield wire


@pytest.fixture
def server(loopback: Loopback, clone: Clone, monkeypatch: pytest.MonkeyPatch) -> GitServer:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("PORTAL_REPOSITORY_TOKEN", TOKEN)
    return GitServer(loopback, clone.folder.parent)


async def test_all_of_it_is_cloned_searched_and_removed(
    server: GitServer, clone: Clone, loopback: Loopback
) -> None:
    clone.commit({"app.py": "print('hello')\n"})
    clone.git("checkout", "-q", "-b", "aside")
    clone.commit({"pay.py": f"key = '{stripe('aside')}'\n"}, day=2)
    clone.git("update-ref", "refs/pull/1/head", "HEAD")
    clone.git("checkout", "-q", "main")
    clone.git("branch", "-q", "-D", "aside")
    async with server.wire() as wire:
        history, tree = await asyncio.gather(history_secrets(wire), tree_secrets(wire))
        source = await wire.checkout.source()
        assert source is not None
        folder = source.folder
        assert folder.is_dir()
    assert not folder.parent.exists()
    verdict = judge_history(history, Rotations(), KeyStates())
    assert isinstance(verdict, Fail)
    assert [finding.subject for finding in verdict.findings] == ["Stripe secret key in pay.py"]
    assert verdict.doubts == ()
    assert isinstance(judge_tree(tree, KeyStates()), Pass)
    assert dict(tree.search.searched)["files"] == 1
    lines = [line for line in loopback.lines if line["method"] == "CLONE"]
    assert [(line["address"], "error" in line) for line in lines] == [("127.0.0.1", False)]


async def test_what_is_checked_out_is_the_tree(server: GitServer, clone: Clone) -> None:
    clone.commit({"settings.py": f"KEY = '{sendgrid('tree')}'\n", "copy.py": f"KEY = '{sendgrid('tree')}'\n"})
    async with server.wire() as wire:
        tree = await tree_secrets(wire)
    assert {place.where for secret in tree.search.secrets for place in secret.places} == {
        "settings.py",
        "copy.py",
    }
    assert {place.surface for secret in tree.search.secrets for place in secret.places} == {"tree"}


async def test_a_token_signs_in_and_is_written_nowhere(
    server: GitServer, clone: Clone, loopback: Loopback
) -> None:
    clone.commit({"app.py": "print('hello')\n"})
    server.token = TOKEN
    async with server.wire(token="env:PORTAL_REPOSITORY_TOKEN") as wire:
        history = await history_secrets(wire)
        source = await wire.checkout.source()
        assert source is not None
        kept = source.folder.joinpath("config").read_text()
    assert isinstance(judge_history(history, Rotations(), KeyStates()), Pass)
    assert TOKEN not in kept + loopback.journal.getvalue() + repr(history)


async def test_without_a_token_a_closed_repository_is_unknown(server: GitServer, clone: Clone) -> None:
    clone.commit({"app.py": "print('hello')\n"})
    server.token = TOKEN
    async with server.wire() as wire:
        with pytest.raises(SignInFailed, match="does not give the repository"):
            await history_secrets(wire)
        with pytest.raises(SignInFailed):
            await tree_secrets(wire)
    assert len([asked for asked in server.asked if asked.path.endswith("/info/refs")]) <= 2, (
        "it is asked once"
    )


async def test_no_redirect_is_followed_with_a_token(server: GitServer, clone: Clone) -> None:
    clone.commit({"app.py": "print('hello')\n"})
    elsewhere = GitServer(server.loopback, server.folder)
    tls = server.loopback.tls("127.0.0.1")
    async with server.loopback.serve(elsewhere.handle, tls) as port:
        server.location = f"https://127.0.0.1:{port}"
        async with server.wire(token="env:PORTAL_REPOSITORY_TOKEN") as wire:
            with pytest.raises(Unreachable):
                await history_secrets(wire)
    assert elsewhere.asked == []


async def test_an_address_that_the_scope_does_not_list_is_not_asked(server: GitServer, clone: Clone) -> None:
    clone.commit({"app.py": "print('hello')\n"})
    async with server.wire() as wire:
        wire.gate._site = wire.gate._site.model_copy(update={"scope": type(wire.gate._site.scope)()})
        with pytest.raises(Refused, match="not a public address"):
            await history_secrets(wire)
    assert server.asked == []


async def test_a_host_that_cannot_prove_itself_is_not_trusted(
    server: GitServer, clone: Clone, loopback: Loopback
) -> None:
    clone.commit({"app.py": "print('hello')\n"})
    async with server.wire() as wire:
        wire.checkout._site = wire.checkout._site.model_copy(update={"tls": type(wire.checkout._site.tls)()})
        with pytest.raises(TlsFailed):
            await history_secrets(wire)
    assert server.asked == []


@pytest.mark.parametrize(
    ("bound", "says"), [(("PATIENCE", 0.5), "took more than"), (("MOST_BYTES", 100), "larger than")]
)
async def test_it_is_bounded(
    server: GitServer, clone: Clone, monkeypatch: pytest.MonkeyPatch, bound: tuple[str, float], says: str
) -> None:
    clone.commit({"app.py": "print('hello')\n"})
    monkeypatch.setattr(f"launchready.wire.git_clone.{bound[0]}", bound[1])
    server.hang = True
    async with server.wire() as wire:
        with pytest.raises(Unreachable, match=says) as told:
            await history_secrets(wire)
    assert "path of [repo]" in told.value.settle_by


async def test_a_shallow_repository_stays_unknown(server: GitServer, clone: Clone) -> None:
    for day in (1, 2, 3):
        clone.commit({"app.py": f"print({day})\n"}, day=day)
    clone.git("clone", "-q", "--depth=1", f"file://{clone.folder}", "../shallow")
    async with server.wire("/shallow/.git") as wire:
        history = await history_secrets(wire)
    assert isinstance(judge_history(history, Rotations(), KeyStates()), Unknown)


async def test_git_s_own_settings_do_not_lead_elsewhere(
    server: GitServer, clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "settings"
    settings.write_text('[url "https://127.0.0.1:1/"]\n\tinsteadOf = https://git.example\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    async with server.wire() as wire:
        with pytest.raises(Unreachable, match="insteadOf"):
            await history_secrets(wire)


async def test_a_name_that_is_not_there_is_told(loopback: Loopback) -> None:
    async with loopback.names({}) as names:
        site = loopback.site(
            repo={"url": "https://nowhere.example/a.git"}, resolver={"nameservers": [names.address]}
        )
        async with loopback.wire(site) as wire:
            with pytest.raises(NameNotFound):
                await history_secrets(wire)


@pytest.mark.parametrize(
    "url",
    ["file:///srv/git/a.git", "git://git.example/a.git", "http://git.example/a", "ext::sh -c id", "../a"],
)
def test_other_ways_than_https_and_ssh_are_refused(url: str) -> None:
    with pytest.raises(Refused, match="https or SSH"):
        remote(url)


@pytest.mark.parametrize(
    ("url", "host", "port", "shown"),
    [
        ("git@git.example:team/portal.git", "git.example", 22, "ssh://git.example/team/portal.git"),
        (
            "ssh://git@git.example:2222/portal.git",
            "git.example",
            2222,
            "ssh://git@git.example:2222/portal.git",
        ),
        ("https://git.example/portal.git", "git.example", 443, "https://git.example/portal.git"),
    ],
)
def test_addresses_are_taken_apart(url: str, host: str, port: int, shown: str) -> None:
    place = remote(url)
    assert (place.host, place.port, place.shown) == (host, port, shown)
