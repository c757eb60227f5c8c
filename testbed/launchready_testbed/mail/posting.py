"""How do letters travel? From the portal's queue over SMTP to the providers, which file them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from typing import TYPE_CHECKING, Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from launchready_testbed.mail.judging import judge
from launchready_testbed.mail.post_office import PostOffice
from launchready_testbed.mail.receiving import Incoming
from launchready_testbed.mail.sending import Errand

if TYPE_CHECKING:
    from launchready_testbed.world import World

PATIENCE = 10.0  # seconds for a whole conversation


class Postman:
    """Carries letters in the present world; a letter of a former world is forgotten."""

    def __init__(self, post: PostOffice) -> None:
        self._post = post
        self._world: World | None = None
        self._under_way: set[asyncio.Task[None]] = set()
        self._prompt: set[asyncio.Task[None]] = set()
        """Those that nobody keeps back."""
        self._server: asyncio.Server | None = None
        self._address = ("", 0)
        self.relay: tuple[str, int] | None = None
        """Host and port of a real mail server that signs letters and carries them elsewhere, in the place of all this."""

    async def start(self, host: str) -> int:
        """Opens a port where every provider takes letters in, behind a proxy that tells who gives them."""
        self._server = await asyncio.get_running_loop().create_server(
            lambda: SMTP(self, hostname="mx.test", ident="ESMTP", proxy_protocol_timeout=PATIENCE), host, 0
        )
        self._address = self._server.sockets[0].getsockname()[:2]
        return self._address[1]

    def begin(self, world: World) -> None:
        """Forgets all letters, in mailboxes and under way; from now on those of `world` are carried."""
        for each in self._under_way:
            each.cancel()
        self._world = world
        self._post.clear({name: receiver.layout for name, receiver in world.receivers.items()})
        self._post.without_passwords = {
            name for name, receiver in world.receivers.items() if not receiver.takes_passwords
        }
        for fill in world.old_mail:
            fill(self._post)

    def close(self) -> None:
        """Closes the port."""
        if self._server:
            self._server.close()
        for each in self._under_way:
            each.cancel()

    def errand(self, kind: str, to: str) -> Errand:
        """What a letter to `to` is about."""
        return Errand(kind, to, self._post.provider(to))

    def send(self, world: World, message: EmailMessage, errand: Errand) -> None:
        """Queues a letter: it is signed and sent as soon as whoever asked for it has an answer."""
        if errand.provider and not world.mail.lost(errand):
            self._run(self._carry(world, message, errand), prompt=not world.mail.delay(errand))

    async def settled(self) -> None:
        """Waits until every letter has arrived that is sent by now and that nobody keeps back."""
        while self._prompt:
            await asyncio.wait(self._prompt)

    def _run(self, work: Coroutine[Any, Any, None], *, prompt: bool) -> None:
        task = asyncio.create_task(work)
        for kept in (self._under_way, *([self._prompt] if prompt else [])):
            kept.add(task)
            task.add_done_callback(kept.discard)

    async def _carry(self, world: World, message: EmailMessage, errand: Errand) -> None:
        mail = world.mail
        await asyncio.sleep(mail.delay(errand))
        raw = message.as_bytes(policy=WIRE)
        for signing in () if self.relay else mail.signatures:
            raw = signing.sign(raw)
        for change in mail.transit:
            raw = change(raw, errand)
        for _ in range(mail.copies):
            with suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await self._give(raw, errand.to, mail.envelope, mail.source, mail.helo)

    async def _give(self, raw: bytes, to: str, sender: str, source: str, helo: str) -> None:
        """One conversation; a refusal is an answer like another, as nobody here reads reports of failure."""
        host, port = self.relay or self._address
        reader, writer = await asyncio.open_connection(host, port)
        family, own = ("TCP6", "::1") if ":" in source else ("TCP4", host)
        try:
            if not self.relay:
                writer.write(f"PROXY {family} {source} {own} 40000 25\r\n".encode())
            await _reply(reader)
            for command in (f"EHLO {helo}", f"MAIL FROM:<{sender}>", f"RCPT TO:<{to}>", "DATA"):
                writer.write(command.encode() + b"\r\n")
                await _reply(reader)
            writer.write(raw.replace(b"\r\n.", b"\r\n..").removesuffix(b"\r\n") + b"\r\n.\r\n")
            await _reply(reader)
        finally:
            writer.close()

    async def handle_PROXY(self, *_seen: object) -> bool:  # noqa: N802 - the name that aiosmtpd wants
        """Everybody may come."""
        return True

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Judges a letter and files it, as the provider of its mailbox does."""
        world = self._world
        assert world is not None
        assert session.proxy_data is not None
        raw = envelope.content
        assert isinstance(raw, bytes)
        answer = "250 2.0.0 it is here"
        for to in envelope.rcpt_tos:
            receiver = world.receivers.get(self._post.provider(to))
            if receiver is None:
                answer = "550 5.1.1 nobody of that name is here"
                continue
            mail = Incoming(
                raw,
                to,
                (envelope.mail_from or "").strip("<>"),
                str(session.proxy_data.src_addr),
                session.host_name or "",
            )
            mail.verdicts = judge(
                raw, mail.message, world.zones, source=mail.source, helo=mail.helo, sender=mail.mail_from
            )
            mail.place = receiver.place(mail)
            if mail.place == "refused":
                answer = "550 5.7.26 this letter does not prove whom it is from"
            elif mail.place != "lost":
                delay = receiver.delay(mail)
                self._run(self._file(delay, to, receiver.stamped(mail), mail.place), prompt=not delay)
        return answer

    async def _file(self, delay: float, to: str, raw: bytes, place: str) -> None:
        if delay:
            await asyncio.sleep(delay)
        mailbox = self._post.mailbox(to)
        assert mailbox is not None
        mailbox.put(raw, place=place)


async def _reply(reader: asyncio.StreamReader) -> None:
    """One answer of the server, of one line or several."""
    while (await reader.readuntil(b"\n"))[3:4] == b"-":
        pass
