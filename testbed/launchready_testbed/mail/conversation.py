"""What is said on one connection to the mailbox server: the commands of IMAP4rev1 (RFC 3501), and what becomes of each."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
import re
from collections.abc import Awaitable, Callable

from launchready_testbed.mail.fetching import items, marks_seen, shown
from launchready_testbed.mail.listing import Listing
from launchready_testbed.mail.post_office import Folder, Letter, Mailbox, PostOffice
from launchready_testbed.mail.searching import chosen, search
from launchready_testbed.mail.syntax import LITERAL, SyntaxMistakeError, Token, parse, quoted, words_of

CAPABILITIES = "IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR LITERAL+ UNSELECT"
"""Before the login; afterwards there may be more, as each provider has it."""
LONGEST = 1 << 16  # octets of one command
FLAGS = "\\Answered \\Flagged \\Deleted \\Seen \\Draft"


class _Refusal(Exception):
    """The answer NO, with a reason."""


class Conversation:
    """One connection, from greeting to good-bye."""

    def __init__(
        self,
        post: PostOffice,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        settled: Callable[[], Awaitable[object]] | None,
    ) -> None:
        self._post, self._reader, self._writer, self._settled = post, reader, writer, settled
        self._mailbox: Mailbox | None = None
        self._folder: Folder | None = None
        """The one that is open."""
        self._read_only = True
        self._ended = False
        self._told = 0
        """How many letters the client knows of."""

    async def go_on(self) -> None:
        """Answers one command after the other until the client leaves."""
        self._say(f"* OK [CAPABILITY {CAPABILITIES}] Harbour mail")
        while not self._ended:
            await self._writer.drain()
            line = await self._command()
            if self._settled:
                await self._settled()
            try:
                tag, name, *arguments = parse(line)
                answer = self._answer(words_of(tag), words_of(name).upper(), arguments)
            except (SyntaxMistakeError, ValueError):
                tag_at_least = re.match(rb"[A-Za-z0-9.]+", line)
                self._say((tag_at_least[0] if tag_at_least else b"*") + b" BAD this is no command")
                continue
            await answer
        await self._writer.drain()

    async def _answer(self, tag: str, name: str, arguments: list[Token]) -> None:
        ways = self._ways()
        if name not in ways:
            self._say(f"{tag} BAD this cannot be done here or now")
            return
        try:
            self._say(f"{tag} OK {await ways[name](arguments) or f'{name} done'}")
        except _Refusal as refusal:
            self._say(f"{tag} NO {refusal}")
        except (SyntaxMistakeError, IndexError, ValueError):
            self._say(f"{tag} BAD this is not how {name} is used")

    def _ways(self) -> dict[str, Callable[[list[Token]], Awaitable[str]]]:
        """What may be said now."""
        ways: dict[str, Callable[[list[Token]], Awaitable[str]]] = {
            "CAPABILITY": self._capability,
            "NOOP": self._noop,
            "LOGOUT": self._logout,
        }
        if self._mailbox is None:
            return ways | {"LOGIN": self._login, "AUTHENTICATE": self._authenticate}
        ways |= {
            "LIST": self._list,
            "LSUB": self._list,
            "STATUS": self._status,
            "SELECT": self._select,
            "EXAMINE": self._examine,
        }
        if self._folder is not None:
            ways |= {
                "CHECK": self._noop,
                "CLOSE": self._close,
                "UNSELECT": self._close,
                "SEARCH": self._search,
                "FETCH": self._fetch,
                "STORE": self._store,
                "UID": self._uid,
            }
        return ways

    async def _command(self) -> bytes:
        """One command with the literals in it."""
        line = await self._reader.readuntil(b"\r\n")
        while found := LITERAL.search(line):
            size = int(found[1])
            if len(line) + size > LONGEST:
                raise ValueError
            if not found[2]:
                self._say("+ go on")
                await self._writer.drain()
            line += await self._reader.readexactly(size) + await self._reader.readuntil(b"\r\n")
        return line

    def _say(self, line: str | bytes) -> None:
        self._writer.write((line.encode() if isinstance(line, str) else line) + b"\r\n")

    async def _capability(self, _arguments: list[Token]) -> str:
        more = f" {self._mailbox.layout.capabilities}" if self._mailbox else ""
        self._say(f"* CAPABILITY {CAPABILITIES}{more}")
        return ""

    async def _noop(self, _arguments: list[Token]) -> str:
        self._tell_of_new()
        return ""

    async def _logout(self, _arguments: list[Token]) -> str:
        self._say("* BYE good-bye")
        self._ended = True
        return ""

    async def _login(self, arguments: list[Token]) -> str:
        user, password = map(words_of, arguments)
        return self._enter(user, password)

    async def _authenticate(self, arguments: list[Token]) -> str:
        way = words_of(arguments[0]).upper()
        if way not in ("PLAIN", "XOAUTH2"):
            raise _Refusal("only PLAIN and XOAUTH2 are known here")
        if len(arguments) > 1:
            given = words_of(arguments[1]).encode()
        else:
            self._say("+ ")
            await self._writer.drain()
            given = (await self._reader.readuntil(b"\r\n")).strip()
        try:
            said = base64.b64decode(given, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise SyntaxMistakeError from None
        if way == "XOAUTH2":
            return await self._enter_by_token(said)
        _, user, password = said.split("\0")
        return self._enter(user, password)

    async def _enter_by_token(self, said: str) -> str:
        found = re.fullmatch(r"user=([^\x01]*)\x01auth=Bearer ([^\x01]*)\x01\x01", said)
        if found is None:
            raise SyntaxMistakeError
        self._mailbox = self._post.enter_by_token(found[1], found[2])
        if self._mailbox is None:
            # The client gets the reason as a challenge, to which it says nothing.
            why = json.dumps({"status": "400", "schemes": "Bearer", "scope": "https://mail.lab.test/"})
            self._say("+ " + base64.b64encode(why.encode()).decode())
            await self._writer.drain()
            await self._reader.readuntil(b"\r\n")
            raise _Refusal("[AUTHENTICATIONFAILED] the token is not good")
        return "welcome"

    def _enter(self, user: str, password: str) -> str:
        self._mailbox = self._post.enter(user, password)
        if self._mailbox is None:
            raise _Refusal("[AUTHENTICATIONFAILED] name or password is wrong")
        return "welcome"

    async def _list(self, arguments: list[Token]) -> str:
        assert self._mailbox is not None
        for line in Listing.of(arguments).lines(self._mailbox.folders.values()):
            self._say(line)
        return ""

    async def _status(self, arguments: list[Token]) -> str:
        folder = self._named(arguments[0])
        values = {
            "MESSAGES": len(folder.letters),
            "RECENT": 0,
            "UIDNEXT": folder.next_uid,
            "UIDVALIDITY": folder.validity,
            "UNSEEN": sum("\\Seen" not in letter.flags for letter in folder.letters),
        }
        if not isinstance(arguments[1], list):
            raise SyntaxMistakeError
        names = [words_of(each).upper() for each in arguments[1]]
        if not set(names) <= set(values):
            raise SyntaxMistakeError
        self._say(f"* STATUS {quoted(folder.name)} ({' '.join(f'{name} {values[name]}' for name in names)})")
        return ""

    async def _select(self, arguments: list[Token]) -> str:
        return self._go_into(arguments, read_only=False)

    async def _examine(self, arguments: list[Token]) -> str:
        return self._go_into(arguments, read_only=True)

    def _go_into(self, arguments: list[Token], *, read_only: bool) -> str:
        self._folder = None
        folder = self._named(arguments[0])
        self._folder, self._read_only, self._told = folder, read_only, len(folder.letters)
        self._say(f"* FLAGS ({FLAGS})")
        self._say(f"* OK [PERMANENTFLAGS ({'' if read_only else FLAGS})] what can be kept")
        self._say(f"* {len(folder.letters)} EXISTS")
        self._say("* 0 RECENT")
        self._say(f"* OK [UIDVALIDITY {folder.validity}] uids are valid")
        self._say(f"* OK [UIDNEXT {folder.next_uid}] the next uid")
        return f"[READ-{'ONLY' if read_only else 'WRITE'}] here it is"

    def _named(self, name: Token) -> Folder:
        wanted = words_of(name)
        wanted = "INBOX" if wanted.upper() == "INBOX" else wanted
        folder = self._mailbox.folders.get(wanted) if self._mailbox else None
        if folder is None or "\\Noselect" in folder.attributes:
            raise _Refusal("[NONEXISTENT] there is no such mailbox")
        return folder

    async def _close(self, _arguments: list[Token]) -> str:
        self._folder = None
        return ""

    async def _uid(self, arguments: list[Token]) -> str:
        name = words_of(arguments[0]).upper()
        if name == "SEARCH":
            return await self._search(arguments[1:], uid=True)
        if name == "FETCH":
            return await self._fetch(arguments[1:], uid=True)
        if name == "STORE":
            return await self._store(arguments[1:], uid=True)
        raise SyntaxMistakeError

    async def _search(self, arguments: list[Token], *, uid: bool = False) -> str:
        if uid:
            self._tell_of_new()
        found = search(self._letters, arguments)
        shown_numbers = [str(letter.uid if uid else place) for place, letter in found]
        self._say(" ".join(["* SEARCH", *shown_numbers]))
        return ""

    async def _fetch(self, arguments: list[Token], *, uid: bool = False) -> str:
        names = items(arguments[1], uid=uid)
        seen = marks_seen(names) and not self._read_only
        for place, letter in self._meant(words_of(arguments[0]), uid=uid):
            if seen and "\\Seen" not in letter.flags:
                letter.flags.add("\\Seen")
            parts = b" ".join(shown(letter, name) for name in names)
            self._say(b"* %d FETCH (" % place + parts + b")")
        return ""

    async def _store(self, arguments: list[Token], *, uid: bool = False) -> str:
        if self._read_only:
            raise _Refusal("[READ-ONLY] the mailbox is only being looked at")
        verb, given = words_of(arguments[1]).upper(), arguments[2]
        flags = {words_of(each) for each in (given if isinstance(given, list) else [given])}
        for place, letter in self._meant(words_of(arguments[0]), uid=uid):
            if verb.startswith("+"):
                letter.flags |= flags
            elif verb.startswith("-"):
                letter.flags -= flags
            else:
                letter.flags = flags
            if not verb.endswith(".SILENT"):
                self._say(b"* %d FETCH (" % place + shown(letter, "FLAGS") + b")")
        return ""

    @property
    def _letters(self) -> list[Letter]:
        assert self._folder is not None
        return self._folder.letters[: self._told]

    def _tell_of_new(self) -> None:
        if self._folder is not None and len(self._folder.letters) != self._told:
            self._told = len(self._folder.letters)
            self._say(f"* {self._told} EXISTS")

    def _meant(self, written: str, *, uid: bool) -> list[tuple[int, Letter]]:
        """Place and letter of each in a set of places or uids."""
        letters = self._letters
        return chosen(letters, written, uid=uid)
