"""A raw message, as far as it takes part in judging: its header fields as they stand, its addresses, its texts."""

import re
from email import message_from_bytes
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

_MESSAGE_ID = re.compile(r"<[^<>@\s]+@[^<>@\s]+>")


def fields(raw: bytes) -> tuple[tuple[bytes, bytes], ...]:
    """Name in lower case and value of each header field, from the top; lines that are none are left out."""
    head = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0]
    lines = re.split(rb"\r?\n(?![ \t])", head)
    parts = (line.partition(b":") for line in lines)
    return tuple((name.strip().lower(), value) for name, colon, value in parts if colon)


def a_labels(name: str) -> str:
    """A name as name servers know it: lower case, internationalised labels as A-labels, no final dot."""
    labels = []
    for label in name.strip().lower().rstrip(".").split("."):
        try:
            labels.append(label if label.isascii() else label.encode("idna").decode("ascii"))
        except UnicodeError:
            labels.append(label)
    return ".".join(labels)


def parsed(raw: bytes) -> EmailMessage:
    """The message with its parts. The parser takes anything; what it cannot read is empty later."""
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def header(mail: EmailMessage, name: str) -> str:
    """A header's value, decoded; empty where there is none that can be read."""
    try:
        return str(mail.get(name, "")).strip()
    except Exception:  # noqa: BLE001 -- the parser trips over broken headers in every way there is
        return ""


def addresses(mail: EmailMessage, name: str) -> tuple[tuple[str, str], ...]:
    """Display name and address of everybody named in all headers of this name; an empty address cannot be read."""
    found: list[tuple[str, str]] = []
    try:
        values = mail.get_all(name, [])
    except Exception:  # noqa: BLE001 -- as above
        return (("", ""),)
    for value in values:
        if isinstance(value, AddressHeader) and value.addresses:
            found.extend((each.display_name, each.addr_spec) for each in value.addresses)
        else:
            found.append(parseaddr(str(value)))
    return tuple((shown, address if "@" in address else "") for shown, address in found)


def text(mail: EmailMessage, kind: str) -> str:
    """The first part that is text of this kind ("plain" or "html") and no attachment; empty where there is none."""
    try:
        part = mail.get_body((kind,))
        return "" if part is None else str(part.get_content()).replace("\r\n", "\n")
    except Exception:  # noqa: BLE001 -- as above
        return ""


def has_message_id(mail: EmailMessage) -> bool:
    """Whether there is exactly one Message-ID, written as it must be."""
    try:
        values = [str(each).strip() for each in mail.get_all("message-id", [])]
    except Exception:  # noqa: BLE001 -- as above
        return False
    return len(values) == 1 and _MESSAGE_ID.fullmatch(values[0]) is not None


def domain_of(address: str) -> str:
    """The domain of an address, as A-labels; empty where it has none."""
    return a_labels(address.rpartition("@")[2].strip("<> ")) if "@" in address else ""
