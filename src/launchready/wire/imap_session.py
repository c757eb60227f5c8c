"""One session with a mail server: what is said in it, and the messages as they lie there. Only `wire.imap` uses it."""

import re
import ssl
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from html import unescape
from imaplib import IMAP4, IMAP4_SSL, Internaldate2tuple
from socket import create_connection
from typing import Any

from launchready.errors import SignInFailed
from launchready.site.services import Mailbox

LARGEST_MESSAGE = 2_000_000
"""Bytes; a longer message is none that a portal sends to sign somebody in."""
MOST_BYTES = 50_000_000
"""Bytes from one mailbox in one session."""
_LINK = re.compile(r"https?://[^\s<>\"'`\\^{}|]+")
_AFTER_LINK = ".,;:!?)]"


class Message:
    """A message as it lies in the mailbox; its repr shows nothing of it.

    Attributes:
        uid: its number in the mailbox; a later message has a higher one.
        arrived: when the mail server got it, UTC.
        raw: its octets as they lie there.
        mail: the message.
    """

    __slots__ = ("arrived", "mail", "raw", "uid")

    def __init__(self, uid: int, arrived: datetime, raw: bytes, mail: EmailMessage) -> None:
        self.uid, self.arrived, self.raw, self.mail = uid, arrived, raw, mail

    def __repr__(self) -> str:
        return f"Message(uid={self.uid})"

    def header(self, name: str) -> str:
        """A header's value, decoded; empty when there is none that can be read."""
        try:
            return str(self.mail.get(name, ""))
        except Exception:  # noqa: BLE001 -- the parser trips over broken headers in every way there is
            return ""

    @property
    def text(self) -> str:
        """The plain text; empty when there is none."""
        return _content(self.mail, "plain")

    @property
    def html(self) -> str:
        """The text as a page; empty when there is none."""
        return _content(self.mail, "html")

    @property
    def links(self) -> tuple[str, ...]:
        """Every http and https address in it, in the order of its parts, each once."""
        found = _LINK.findall(self.text) + _LINK.findall(unescape(self.html))
        return tuple(dict.fromkeys(link.rstrip(_AFTER_LINK) for link in found))


class Session(IMAP4_SSL):
    """A connection to an address that was let through, to a host whose certificate must hold; bounded in what it reads."""

    def __init__(self, mailbox: Mailbox, address: str, context: ssl.SSLContext, timeout: float) -> None:
        self._address = address
        self.received = 0
        super().__init__(mailbox.host, mailbox.imap_port, ssl_context=context, timeout=timeout)

    def _create_socket(self, timeout: float | None) -> ssl.SSLSocket:
        raw = create_connection((self._address, self.port), timeout)
        try:
            made: ssl.SSLSocket = self.ssl_context.wrap_socket(raw, server_hostname=self.host)
        except BaseException:
            raw.close()
            raise
        return made

    def read(self, size: int) -> bytes:
        """A literal, of a size that the server says."""
        self._count(size)
        return super().read(size)

    def readline(self) -> bytes:
        """A line."""
        line = super().readline()
        self._count(len(line))
        return line

    def _count(self, size: int) -> None:
        self.received += size
        if self.received > MOST_BYTES:
            raise self.abort("too much")

    def end(self) -> None:
        """Sign out, or at least hang up."""
        try:
            self.logout()
        except (IMAP4.error, OSError, ValueError):
            self.shutdown()


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """What opens a mailbox. Raw.

    Attributes:
        value: the password, or an OAuth access token.
        is_token: which of them it is.
    """

    value: str
    is_token: bool


def sign_in(session: Session, mailbox: Mailbox, key: Key) -> None:
    """Open the mailbox.

    Raises:
        SignInFailed: the server does not take the name and password, or the token.
    """
    try:
        if key.is_token:
            # Asked a second time, with the reasons for a refusal, a client answers with nothing (RFC 7628, section 3.2.3).
            answers = iter((f"user={mailbox.user}\1auth=Bearer {key.value}\1\1".encode(),))
            status = session.authenticate("XOAUTH2", lambda _: next(answers, b""))[0]
        elif "AUTH=PLAIN" in session.capabilities:
            status = session.authenticate("PLAIN", lambda _: f"\0{mailbox.user}\0{key.value}".encode())[0]
        else:
            status = session.login(mailbox.user, key.value)[0]
    except IMAP4.abort:  # the connection ended: that says nothing about the password
        raise
    except IMAP4.error:
        status = "NO"
    if status != "OK":
        what = "access token" if key.is_token else "name and password"
        settle = (
            "put a fresh one where oauth_token of its [[mailbox]] says; such tokens last about an hour"
            if key.is_token
            else "correct username and password of its [[mailbox]]; many providers want a password for apps"
        )
        raise SignInFailed(
            f"the mail server {mailbox.host} does not take the {what} of {mailbox.name}", settle
        )


def newest_uid(session: Session) -> int:
    """The highest uid so far in the mailbox that was just examined."""
    told = session.response("UIDNEXT")[1]
    if told and told[-1]:
        return int(told[-1]) - 1
    return max(_uids(session, "ALL"), default=0)


def messages(session: Session, since: int | datetime, to: str, most: int) -> tuple[Message, ...]:
    """As `ImapWire.messages_since`."""
    chosen = candidates(session, since, to)[-most:] if most > 0 else []
    found = [message_of(session, uid) for uid in chosen]
    return tuple(message for message in found if message and not too_old(message, since))


def candidates(session: Session, since: int | datetime, to: str) -> list[int]:
    """The uids of what may fit, lowest first."""
    keys = [f"TO {_quoted(to)}"] if to else []
    if isinstance(since, int):
        # "5:*" also means the newest message when its uid is lower.
        return [uid for uid in _uids(session, f"UID {since + 1}:*", *keys) if uid > since]
    # The server compares days, and in a time zone of its own.
    day = since.astimezone(UTC) - timedelta(days=1)
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return _uids(session, f"SINCE {day.day}-{months[day.month - 1]}-{day.year}", *keys)


def _uids(session: Session, *keys: str) -> list[int]:
    status, data = session.uid("SEARCH", *keys)
    if status != "OK":
        raise session.error("the search was refused")
    return sorted({int(uid) for line in data if line for uid in line.split()})


def message_of(session: Session, uid: int) -> Message | None:
    """One message; None when it is gone by now, or too large to be what we look for."""
    head = _fetched(session, uid, "(UID INTERNALDATE RFC822.SIZE)")
    size = re.search(rb"RFC822\.SIZE (\d+)", head[0])
    when = Internaldate2tuple(head[0])
    if size is None or when is None or int(size[1]) > LARGEST_MESSAGE:
        return None
    _, raw = _fetched(session, uid, "(UID BODY.PEEK[])")
    if not raw:
        return None
    try:
        mail = message_from_bytes(raw, policy=default)
    except (MessageError, ValueError):
        return None
    assert isinstance(mail, EmailMessage)
    return Message(uid, datetime.fromtimestamp(time.mktime(when), UTC), raw, mail)


def _fetched(session: Session, uid: int, what: str) -> tuple[bytes, bytes]:
    """The answer's own words, and the literal in it, if there is one. Others' news may stand in between."""
    status, data = session.uid("FETCH", str(uid), what)
    if status != "OK":
        raise session.error("the message was refused")
    parts: list[Any] = list(data)
    for at, part in enumerate(parts):
        literal = part[1] if isinstance(part, tuple) else b""
        own = part[0] if isinstance(part, tuple) else part or b""
        after = parts[at + 1] if literal and at + 1 < len(parts) and isinstance(parts[at + 1], bytes) else b""
        if re.search(rb"UID %d\b" % uid, own + after):
            return own, literal
    return b"", b""


def too_old(message: Message, since: int | datetime) -> bool:
    """Whether it came before; mail servers keep whole seconds."""
    return isinstance(since, datetime) and message.arrived < since.replace(microsecond=0)


def _quoted(text: str) -> str:
    """A string as IMAP quotes it; addresses hold nothing that could not be."""
    return '"' + re.sub(r'([\\"])', r"\\\1", re.sub(r"[\x00-\x1f\x7f-\uffff]", "", text)) + '"'


def _content(mail: EmailMessage, kind: str) -> str:
    """The first part that is text of this kind and no attachment, decoded as far as it goes."""
    try:
        part = mail.get_body((kind,))
        text = "" if part is None else str(part.get_content())
    except Exception:  # noqa: BLE001 -- the parser trips over broken messages in every way there is
        return ""
    return text.replace("\r\n", "\n")
