"""What does the child process do?

It serves the world, and obeys one JSON object per line on standard input, answering each with one on standard output:
`{"switch": [ids], "policy": {name: value}}` and `{"outage": "https" | "http" | "dns" | "imap" | null}`. It ends when standard input ends.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from launchready_testbed.authority import Authority
from launchready_testbed.dns import NameServer
from launchready_testbed.fault import find
from launchready_testbed.front import Front
from launchready_testbed.listener import Listener
from launchready_testbed.mail.imap import ImapServer
from launchready_testbed.mail.keys import KeyRing
from launchready_testbed.mail.post_office import PostOffice
from launchready_testbed.mail.posting import Postman
from launchready_testbed.people import PEOPLE, Secrets
from launchready_testbed.portal.app import build_portal, start_afresh
from launchready_testbed.provider.app import add_provider
from launchready_testbed.quay.app import add_quay
from launchready_testbed.source_code import SourceCode
from launchready_testbed.world import ADDRESS, CERTIFIED, PORTAL, Lab, World, sound_world

OUTAGES = ("https", "http", "dns", "imap", None)
LONGEST_COMMAND = 1 << 20  # octets


class Service:
    """The running servers and the world they show."""

    def __init__(self, folder: Path, pages: int) -> None:
        self._authority = Authority(folder)
        self._secrets = Secrets(folder / "secrets")
        self._post = PostOffice()
        for person in PEOPLE:
            password, token = (self._secrets.read(person.name, kind) for kind in ("mailbox", "token"))
            self._post.open(person.email, password, person.provider, token)
        self.postman = Postman(self._post)
        self._mail = ImapServer(self._post, self.postman.settled)
        self._portal = build_portal(folder, pages, self._secrets)
        self._logs = folder / "logs"
        self._source = folder / "source"
        self._written: SourceCode | None = None
        self._outage: str | None = None

    async def start(self, names: Sequence[str]) -> None:
        """Opens the ports and shows a world with `names` switched on."""
        # The listeners need the application before the world that names their ports exists.
        self._secure = Listener(self._answer, ADDRESS)
        self._plain = Listener(self._answer, ADDRESS)
        certificate = self._authority.certificate(*CERTIFIED)
        tls = self._authority.context(certificate)
        tls.sni_callback = self._show_certificate
        await self._secure.become("silent")
        await self._plain.become("silent")
        self._lab = Lab(
            http=self._plain.port,
            https=self._secure.port,
            authority=self._authority,
            portal=self._portal,
            certificate=certificate,
            tls=tls,
            imap=await self._mail.start(ADDRESS, self._authority.context(certificate)),
            secrets=self._secrets,
            post=self._post,
            postman=self.postman,
            keys=KeyRing(),
            logs=self._logs,
            source=self._source,
        )
        await self.postman.start(ADDRESS)
        self._front = Front(sound_world(self._lab))
        self._names = NameServer(lambda: self._front.world.zones)
        self._name_port = await self._names.start(ADDRESS)
        await self.switch(names)

    async def switch(self, names: Sequence[str], policy: Mapping[str, Any] | None = None) -> None:
        """Shows a fresh world with the faults and look-alikes `names` in it, and no other.

        `policy` sets fields of the portal's policy, by name; "cookie.secure" is one of its cookie, and those of the policy
        on access begin with "access.".
        """
        world = sound_world(self._lab)
        add_quay(world)
        add_provider(world)
        for each in [find(name) for name in names]:
            each.apply(world)
        for name, value in (policy or {}).items():
            _set(world if name.startswith("access.") else world.auth, name, value)
        if world.tls is not self._lab.tls:
            world.tls.sni_callback = self._show_certificate
        start_afresh(self._portal)
        self.postman.begin(world)
        for seed in world.seeds:
            seed(self._portal.state.database)
        world.logs.begin()
        if world.source != self._written:
            world.source.write(self._source)
            self._written = world.source
        self._front.install(world)
        await self._settle()

    async def outage(self, wire: str | None) -> None:
        """Makes `wire` accept and then never answer; None brings it back."""
        if wire not in OUTAGES:
            raise LookupError(f"no wire is called {wire!r}")
        self._outage = wire
        await self._settle()

    async def _settle(self) -> None:
        """Brings ports in line with the world and the outage."""
        world = self.world
        if self._outage == "https":
            await self._secure.become("silent")
        else:
            await self._secure.become("open", world.tls)
        if self._outage == "http":
            await self._plain.become("silent")
        else:
            await self._plain.become("open" if world.plain_open else "closed")
        self._names.silent = self._outage == "dns"
        self._mail.become_silent(self._outage == "imap")

    @property
    def world(self) -> World:
        """The present one."""
        return self._front.world

    def facts(self) -> dict[str, Any]:
        """What the parent needs to know about the present world."""
        world = self.world
        return {
            "url": world.origin() + "/",
            "host": PORTAL,
            "http_port": self._lab.http,
            "https_port": self._lab.https,
            "nameserver": f"{ADDRESS}:{self._name_port}",
            "ca_file": str(self._authority.ca_file),
            "hosts": world.declared_hosts,
            "secrets": str(self._secrets.folder),
            "logs": str(self._logs),
            "source": str(self._source),
            "imap_port": self._lab.imap,
            "portals": {name: asdict(world.declared(name)) for name in ("harbour", *world.portals)},
        }

    def close(self) -> None:
        """Closes every port and connection."""
        self._secure.close()
        self._plain.close()
        self._names.close()
        self._mail.close()
        self.postman.close()

    async def _answer(self, scope: Any, receive: Any, send: Any) -> None:
        await self._front(scope, receive, send)

    def _show_certificate(self, connection: Any, name: str | None, _context: Any) -> None:
        """Shows the certificate that the world has for `name`."""
        context = self._front.world.certificates.get((name or "").lower())
        if context is not None:
            connection.context = context


def _set(policy: Any, name: str, value: Any) -> None:
    """Sets a field that is there; a list stands for the tuple that it cannot be in JSON."""
    first, _, rest = name.partition(".")
    if first not in {each.name for each in fields(policy)}:
        raise LookupError(f"the policy has no field {first!r}")
    if rest:
        _set(getattr(policy, first), rest, value)
    else:
        setattr(policy, first, tuple(value) if isinstance(value, list) else value)


async def _obey(service: Service, line: bytes) -> dict[str, Any]:
    """Carries out one command and says how it went."""
    try:
        command = json.loads(line)
        if "switch" in command:
            await service.switch(command["switch"], command.get("policy"))
        elif "outage" in command:
            await service.outage(command["outage"])
        else:
            return {"error": f"unknown command {sorted(command)}"}
    except (LookupError, ValueError) as error:
        return {"error": str(error.args[0] if error.args else error)}
    return service.facts()


async def _commands() -> asyncio.StreamReader:
    """Standard input as a stream."""
    reader = asyncio.StreamReader(limit=LONGEST_COMMAND)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    return reader


def _say(fact: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(fact) + "\n")
    sys.stdout.flush()


async def serve(names: Sequence[str], pages: int, *, keep: bool) -> int:
    """Serves until standard input ends or a signal comes; with `keep` until a signal comes. Returns the exit status."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop.set)
    with tempfile.TemporaryDirectory(prefix="launchready-testbed-") as folder:
        service = Service(Path(folder), pages)
        try:
            await service.start(names)
        except LookupError as error:
            _say({"error": str(error.args[0])})
            return 2
        try:
            _say(service.facts())
            listening = None if keep else asyncio.create_task(_listen(service, stop))
            await stop.wait()
            if listening:
                listening.cancel()
        finally:
            service.close()
    return 0


async def _listen(service: Service, stop: asyncio.Event) -> None:
    """Obeys commands until there are no more."""
    reader = await _commands()
    try:
        while line := await reader.readline():
            _say(await _obey(service, line))
    finally:
        stop.set()
