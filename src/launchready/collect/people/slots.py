"""Places in a request that are to hold what names a record, written `{name}` until somebody knows a value. Pure."""

import re

_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_RECORD = re.compile(r"(?:^|_)(?:ids?|uuid|guid|slug|key|pk|ref|number|no|hash|code|handle)$")
_SLOT = re.compile(r"\{([\w.\-]{1,80})\}")


def slot(name: str) -> str:
    """The place for a value of this name."""
    return "{" + re.sub(r"[^\w.\-]", "_", name)[:80] + "}"


def slot_in(text: str) -> str:
    """The name of the place that this text is as a whole; empty where it is none."""
    match = _SLOT.fullmatch(text)
    return match[1] if match else ""


def slots_in(text: str) -> tuple[str, ...]:
    """Names of the places in a text, in order, each once."""
    return tuple(dict.fromkeys(_SLOT.findall(text)))


def snake(name: str) -> str:
    """A name in one spelling: orderId, order-id and Order_ID are one."""
    return re.sub(r"[^a-z0-9]+", "_", _HUMPS.sub("_", name).lower()).strip("_")


def names_a_record(name: str) -> bool:
    """Whether a field or parameter of this name says which record is meant."""
    return bool(_RECORD.search(snake(name)))
