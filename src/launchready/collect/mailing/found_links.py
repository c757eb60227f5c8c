"""The links of a letter: which there are, what each is for, and which holds the token that acts for the receiver. Raw.

Nothing in here may become evidence but through `links`.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from launchready.collect.forgetting.mail import Secret, bits, secret_in
from launchready.mailauth import message

Role = Literal["action", "other", "unsubscribe", "image"]

FEWEST_BITS = 60
"""What is shorter is the number of a record or of a page."""
LETS_IN = frozenset(("password-reset", "invite"))
"""Kinds of mail whose link only opens a form: nothing happens before somebody sends that."""
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\^{}|]+", re.IGNORECASE)
_AFTER = ".,;:!?)]*"
_UNSUBSCRIBE = re.compile(
    r"unsubscri|opt-?out|abmeld|abbestell|austragen|d[ée]sinscri|d[ée]sabonn|darse-de-baja|cancelar-suscrip|afmelden|"
    r"uitschrijf|annulla-iscri|disiscri|preferences|subscriptions",
    re.IGNORECASE,
)
_SECRET_NAME = re.compile(
    r"token|code|key|otp|pin|sig|hash|secret|auth|nonce|ticket|verif|magic", re.IGNORECASE
)
_SCHEME = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|#|//|$)", re.IGNORECASE)
_STYLE_ADDRESS = re.compile(r"url\(\s*['\"]?(https?://[^'\")\s]+)", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_REWRITTEN = re.compile(
    r"//[\w.-]+\.safelinks\.protection\.outlook\.com/|//urldefense\.(?:proofpoint\.)?com/v[123]/"
)
_PROOFPOINT_3 = re.compile(r"/v3/__(.+?)__;")


@dataclass(frozen=True, slots=True, repr=False)
class FoundLink:
    """One link. Raw.

    Attributes:
        url: as it was written by the sender.
        role: what it is for.
        secret: the token in it, and where; None where there is none.
        inside: the address of the portal with a token that stands inside this one; empty where none does.
    """

    url: str
    role: Role
    secret: Secret | None = None
    inside: str = ""

    @property
    def host(self) -> str:
        """Where it leads first."""
        return _host(self.url)


class _Page:
    """The HTML part: where its links lead, what it loads, and what leads nowhere from a mail, as it has no host."""

    def __init__(self, html: str) -> None:
        tree = LexborHTMLParser(html or "<p>")
        links = [node.attributes.get("href") or "" for node in tree.css("a[href], area[href]")]
        images = [node.attributes.get("src") or "" for node in tree.css("img[src], iframe[src]")]
        images += [node.attributes.get("background") or "" for node in tree.css("[background]")]
        images += _STYLE_ADDRESS.findall(html)
        sent = [node.attributes.get("action") or "" for node in tree.css("form[action]")]
        self.links = [each.strip() for each in (*links, *sent) if _is_web(each)]
        self.images = [each.strip() for each in images if _is_web(each)]
        based = tree.css_first("base[href]") is not None
        self.hostless = [] if based else [each.strip() for each in links if not _SCHEME.match(each)]


def links_in(raw: bytes, kind: str, hosts: tuple[str, ...], address: str) -> tuple[FoundLink, ...]:
    """All links of both parts of a letter, each once, in order.

    Args:
        raw: the message.
        kind: of mail, as `Delivery.kind`.
        hosts: of the portal.
        address: of the receiver, which is no secret.
    """
    mail = message.parsed(raw)
    page = _Page(message.text(mail, "html"))
    texts = filter(_is_web, (each.rstrip(_AFTER) for each in _ADDRESS.findall(message.text(mail, "plain"))))
    offered = filter(_is_web, _ADDRESS.findall(message.header(mail, "list-unsubscribe")))
    links = tuple(dict.fromkeys(map(_as_sent, (*page.links, *texts))))
    unsubscribing = {each for each in links if _UNSUBSCRIBE.search(each)} | set(map(_as_sent, offered))
    rest = [each for each in links if each not in unsubscribing]
    secrets = {each: _secret(each, kind, address) for each in rest}
    inside = {each: _inside(each, kind, hosts, address) for each in rest}
    action = _action(rest, secrets, inside, kind, hosts)
    token = secrets.get(action)
    found = []
    for each in links:
        role: Role = "unsubscribe" if each in unsubscribing else "action" if each == action else "other"
        # What looks like a token in a link elsewhere is that company's business, unless it is ours.
        own = each == action or inside.get(each) or _host(each) in hosts
        secret = secrets.get(each) if own else _holding(each, token)
        found.append(FoundLink(each, role, secret, inside.get(each, "")))
    found.extend(
        FoundLink(each, "image", _holding(each, token)) for each in dict.fromkeys(map(_as_sent, page.images))
    )
    found.extend(
        FoundLink(each, "other", _secret(each, kind, address)) for each in dict.fromkeys(page.hostless)
    )
    return tuple(found)


def _holding(link: str, token: Secret | None) -> Secret | None:
    """The same token in another address; None where it is not there."""
    return Secret(link, token.value) if token and token.value in unquote(unquote(link)) else None


def _action(
    links: list[str],
    secrets: dict[str, Secret | None],
    inside: dict[str, str],
    kind: str,
    hosts: tuple[str, ...],
) -> str:
    """What the mail is sent for; empty where it has no link.

    The portal's own link with a token, or one that holds such a link; else the first into the portal, deeper than its
    start. A mail that lets somebody in has a token somewhere, and if only elsewhere, then that is it.
    """
    ranked = []
    for place, link in enumerate(links):
        secret, own = secrets[link], _host(link) in hosts
        certain = secret is not None and (own or kind in LETS_IN)
        deep = urlsplit(link).path not in ("", "/")
        size = bits(secret.value) if secret is not None and certain else 0
        ranked.append(
            (not (certain and own), not inside[link], not certain, -size, not own, not deep, place, link)
        )
    return min(ranked)[-1] if ranked else ""


def _secret(link: str, kind: str, address: str) -> Secret | None:
    """The token in a link. A UUID in a path is the number of a record, unless the mail is there to let somebody in."""
    for name, value in parse_qsl(urlsplit(link).query):
        if _SECRET_NAME.search(name) and len(value) >= 4 and value.lower() != address.lower():
            return Secret(link, value)  # however short: what is called so may act
    found = secret_in((link,), "", (address,))
    if found is None or bits(found.value) < FEWEST_BITS:
        return None
    names_record = _UUID.fullmatch(found.value) and found.value in urlsplit(link).path.split("/")
    return None if names_record and kind not in LETS_IN else found


def _inside(link: str, kind: str, hosts: tuple[str, ...], address: str) -> str:
    """The portal's address with a token that stands inside another host's; empty where none does."""
    if _host(link) in hosts:
        return ""
    for text in _readings(link):
        for each in _ADDRESS.findall(text):
            if _host(each) in hosts and _secret(each, kind, address):
                return str(each)
    return ""


def _readings(link: str) -> Iterator[str]:
    """What stands in an address after its host: plainly, escaped up to three times, in Base64."""
    parts = urlsplit(link)
    text = f"{parts.path}?{parts.query}#{parts.fragment}"
    for _ in range(3):
        yield text
        text = unquote(text)
    pieces = (*parts.path.split("/"), *(value for _, value in parse_qsl(f"{parts.query}&{parts.fragment}")))
    for piece in pieces:
        if len(piece) >= 12 and re.fullmatch(r"[\w+/-]+=*", piece):
            padded = piece.rstrip("=").replace("-", "+").replace("_", "/")
            try:
                yield base64.b64decode(padded + "=" * (-len(padded) % 4)).decode("utf-8", "ignore")
            except (binascii.Error, ValueError):
                continue


def _is_web(address: str) -> bool:
    return address.strip().lower().startswith(("http://", "https://")) and bool(_host(address.strip()))


def _as_sent(link: str) -> str:
    """The link as the sender wrote it, where the receiver's provider has put its own in front to check each click."""
    if not _REWRITTEN.search(link):
        return link
    parts = urlsplit(link)
    if found := _PROOFPOINT_3.search(link):
        return found[1]
    wrapped = dict(parse_qsl(parts.query))
    if parts.path.startswith("/v2/"):
        return unquote(wrapped.get("u", link).replace("-", "%").replace("_", "/"))
    return wrapped.get("url", link)


def _host(link: str) -> str:
    try:
        return message.a_labels(urlsplit(link).hostname or "")
    except ValueError:
        return ""
