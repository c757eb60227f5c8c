"""From a raw message to what may be said of it: who it is from, who vouches for it, how it is made. Never its text."""

import re
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from msgspec.structs import replace

from launchready.evidence.letters import Authentication, Letter, Result, Signature
from launchready.mailauth import dmarc, message
from launchready.mailauth.alignment import aligned, dmarc_result
from launchready.mailauth.answers import Untold
from launchready.mailauth.authentication_results import border_of, theirs
from launchready.mailauth.known import Known
from launchready.mailauth.received import Hop, hops
from launchready.mailauth.signatures import arc, signatures
from launchready.mailauth.spf import check_sender

_PLAIN_NAME = re.compile(r"[a-z]+(?:[._-][a-z]+){0,3}", re.IGNORECASE)
_LONGEST_NAME = 200
_URI = re.compile(r"<\s*([a-z]+):[^<>]*>", re.IGNORECASE)


def read(
    raw: bytes, known: Known, *, provider: str, address: str, arrived: datetime, folder: str, seconds: float
) -> Letter:
    """A letter as it lay in a mailbox, its links still left out.

    Args:
        raw: the message as the mailbox gives it.
        known: answers of name servers; what can be foreseen is asked for at once.
        provider: of the mailbox, as the portal file calls it.
        address: that the mail was asked for.
        arrived: when the mail server got it, with a time zone.
        folder: where it lay, as `Letter.folder`.
        seconds: from asking for it to seeing it.

    Raises:
        NotKnown: an answer is not at hand yet; `known.open` has it.
    """
    mail = message.parsed(raw)
    fields = tuple((_words(name).lower(), _words(value)) for name, value in message.fields(raw))
    way = hops(fields)
    authors = message.addresses(mail, "from")
    from_name, from_address = authors[0] if authors else ("", "")
    return_path = next((value for name, value in fields if name == "return-path"), "").strip().strip("<>")
    letter = Letter(
        folder=folder,
        seconds=seconds,
        from_name=from_name[:_LONGEST_NAME],
        from_address=shown(from_address),
        from_domain=message.domain_of(from_address),
        reply_to=", ".join(shown(each) or "?" for _, each in message.addresses(mail, "reply-to")),
        return_path=shown(return_path),
        to_is_ours=_is_to(mail, address),
        message_id=message.has_message_id(mail),
        date_skew=_skew(mail, arrived),
        plain_text=bool(message.text(mail, "plain").strip()),
        html=bool(message.text(mail, "html").strip()),
        list_unsubscribe=_unsubscribing(mail),
        auto_submitted=message.header(mail, "auto-submitted").lower() not in ("", "no"),
        theirs=theirs(fields, way, provider),
    )
    ours, signed, source = _ours(raw, known, letter.from_domain, border_of(way, provider), return_path)
    if len(authors) > 1:
        ours = replace(ours, dmarc="permerror")
    return replace(letter, ours=ours, signatures=signed, source=source)


def shown(address: str) -> str:
    """An address as evidence has it: its first half is left out unless it is made of words, as it may hold a token."""
    name, at, domain = address.rpartition("@")
    if not at:
        return ""
    return f"{name if _PLAIN_NAME.fullmatch(name) else '…'}@{message.a_labels(domain)}"


def _ours(
    raw: bytes, known: Known, author: str, border: Hop | None, envelope: str
) -> tuple[Authentication, tuple[Signature, ...], str]:
    """Our own judgement of the message, its signatures, and the address it came from; `envelope` is its sender there."""
    helo = message.a_labels(border.helo) if border else ""
    source = border.source if border else ""
    spf_domain = message.domain_of(envelope) or helo

    def vouched_by_envelope(known: Known) -> Result:
        return check_sender(known, source, envelope, helo).result if source and spf_domain else "untold"

    # What needs the other's answers the least goes first, and breaking off costs only a round.
    if author:
        dmarc.want(known, author)
    known.tried(vouched_by_envelope)
    signed = signatures(raw, known)
    seals = arc(raw, known)
    spf = vouched_by_envelope(known)
    signed = tuple(_aligned(known, each, author) for each in signed)
    result = dmarc_result(known, author, (spf, spf_domain), signed) if author else "permerror"
    passed = tuple(dict.fromkeys(each.domain for each in signed if each.result == "pass"))
    ours = Authentication(
        by="ourselves",
        spf=spf,
        dkim="pass" if passed else signed[0].result if signed else "none",
        dmarc=result,
        arc=seals,
        spf_domain=spf_domain,
        dkim_domains=passed,
    )
    return ours, signed, source


def _aligned(known: Known, signature: Signature, author: str) -> Signature:
    try:
        return replace(signature, aligned=aligned(known, message.a_labels(signature.domain), author))
    except Untold:
        return signature


def _is_to(mail: EmailMessage, address: str) -> bool:
    named = {_whose(each) for header in ("to", "cc") for _, each in message.addresses(mail, header)}
    return _whose(address) in named


def _whose(address: str) -> str:
    """An address without what its owner may add to it."""
    name, _, domain = address.lower().rpartition("@")
    name = name.partition("+")[0]
    return f"{name.replace('.', '') if domain in ('gmail.com', 'googlemail.com') else name}@{domain}"


def _skew(mail: EmailMessage, arrived: datetime) -> float | None:
    try:
        date = parsedate_to_datetime(message.header(mail, "date"))
        return (arrived - (date if date.tzinfo else date.replace(tzinfo=UTC))).total_seconds()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _unsubscribing(mail: EmailMessage) -> str:
    offered = message.header(mail, "list-unsubscribe")
    if not offered:
        return ""
    schemes = {each.lower() for each in _URI.findall(offered)}
    if "https" in schemes:
        at_once = message.header(mail, "list-unsubscribe-post").replace(" ", "").lower()
        return "one-click" if at_once == "list-unsubscribe=one-click" else "https"
    return "mailto" if "mailto" in schemes else "malformed"


def _words(value: bytes) -> str:
    """A header field unfolded, as text."""
    return re.sub(r"\r?\n(?=[ \t])", "", value.decode("utf-8", "replace"))
