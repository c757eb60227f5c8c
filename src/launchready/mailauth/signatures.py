"""DKIM signatures and ARC seals of a raw message, verified by dkimpy with the keys that name servers are known to give.

A key that name servers kept from us makes a temperror, never a fail.
"""

import logging
import re
from collections.abc import Callable

import dkim
from dkim.util import InvalidTagValueList, parse_tag_value

from launchready.evidence.dns import Answer
from launchready.evidence.letters import Result, Signature
from launchready.mailauth.known import Known, Question
from launchready.mailauth.message import a_labels, fields

Tags = dict[bytes, bytes]

FEWEST_RSA_BITS = 1024
"""RFC 8301: verifiers must not take signatures by shorter keys as valid."""
_SILENT = logging.Logger("dkimpy, unheard")  # noqa: LOG001 -- one of its own: dkimpy logs whole headers
_SILENT.disabled = True
_ARC_RESULTS: dict[bytes | None, Result] = {b"pass": "pass", b"fail": "fail", b"none": "fail", None: "fail"}
"""To dkimpy fields of ARC without a number that counts are no chain; RFC 8617, 5.2: one whose form is wrong fails."""
_SIGNING = (b"dkim-signature", b"arc-seal", b"arc-message-signature")
_ALGORITHMS = {b"rsa-sha256": b"rsa", b"ed25519-sha256": b"ed25519"}


class _KeyUntold(Exception):
    """Name servers did not tell a key."""


def keys_wanted(raw: bytes) -> tuple[Question, ...]:
    """The questions for all keys of all DKIM signatures and ARC seals of a message."""
    found = (_tags(value) for name, value in fields(raw) if name in _SIGNING)
    return tuple(
        dict.fromkeys((_key_name(tags), "TXT") for tags in found if tags and b"d" in tags and b"s" in tags)
    )


def signatures(raw: bytes, known: Known) -> tuple[Signature, ...]:
    """Each DKIM signature of a message, from the top, not yet compared with the From domain.

    Raises:
        NotKnown: a key is not at hand yet.
    """
    signed = [value for name, value in fields(raw) if name == b"dkim-signature"]
    try:
        verifier = dkim.DKIM(raw, logger=_SILENT, minkey=FEWEST_RSA_BITS)
    except (dkim.DKIMException, IndexError):
        return tuple(
            Signature("", "", "permerror", detail="the head of the message cannot be read") for _ in signed
        )
    known.want(*keys_wanted(raw))
    return tuple(_verified(verifier, place, value, known) for place, value in enumerate(signed))


def arc(raw: bytes, known: Known) -> Result:
    """Whether the chain of ARC seals of a message holds; none where there is no seal.

    Raises:
        NotKnown: a key is not at hand yet.
    """
    if not any(name.startswith(b"arc-") for name, _ in fields(raw)):
        return "none"
    known.want(*keys_wanted(raw))
    try:
        result, _, _ = dkim.ARC(raw, logger=_SILENT, minkey=FEWEST_RSA_BITS).verify(dnsfunc=_key_from(known))
    except _KeyUntold:
        return "temperror"
    except (dkim.DKIMException, ValueError, IndexError):
        return "fail"
    return _ARC_RESULTS[result]


def _verified(verifier: dkim.DKIM, place: int, value: bytes, known: Known) -> Signature:
    """One signature; what RFC 6376 asks of a verifier and dkimpy leaves out is looked at first."""
    tags = _tags(value)
    if tags is None or not tags.get(b"d") or not tags.get(b"s"):
        return Signature("", "", "permerror", detail="the signature cannot be read")
    result, detail = _wrong_signature(tags) or _by_key(verifier, place, tags, known)
    return Signature(
        _text(tags[b"d"]), _text(tags[b"s"]), result, detail=detail, partial=result == "pass" and b"l" in tags
    )


def _wrong_signature(tags: Tags) -> tuple[Result, str] | None:
    """Why no key makes this signature good; None where one may."""
    if b"from" not in [each.strip().lower() for each in tags.get(b"h", b"").split(b":")]:
        return "permerror", "it does not sign the From"
    algorithm = tags.get(b"a", b"").lower()
    if algorithm == b"rsa-sha1":
        return "policy", "it is made with SHA-1, which no receiver takes any more"
    return None if algorithm in _ALGORITHMS else ("permerror", "it is made in a way that is not known")


def _by_key(verifier: dkim.DKIM, place: int, tags: Tags, known: Known) -> tuple[Result, str]:
    """What the key in DNS makes of a signature, and why it is no pass."""
    name = _key_name(tags)
    answer = known.look_up(name, "TXT")
    if answer.why is not None:
        return "temperror", f"its key at {name} could not be told: {answer.why.detail}"
    if wrong := _wrong_key(answer, tags):
        return "permerror", wrong
    verifier.signed_headers = []
    try:
        holds = verifier.verify(place, dnsfunc=_key_from(known))
    except dkim.KeyFormatError:
        return "policy", f"its key at {name} is shorter than {FEWEST_RSA_BITS} bits"
    except dkim.ValidationError as error:
        return "fail", _in_words(str(error))
    except (dkim.DKIMException, ValueError, IndexError, KeyError):
        return "permerror", "the signature or its key cannot be read"
    if holds:
        return "pass", ""
    if verifier.signed_headers:
        return "fail", "what it signs was changed on the way, or it was made with another key"
    return "permerror", f"the key at {name} cannot be read"


def _wrong_key(answer: Answer, tags: Tags) -> str:
    """Why this key verifies no such signature, in words; empty where it may."""
    keys = _keys(answer)
    if answer.outcome == "absent" or not answer.records:
        return f"there is no key at {answer.name}"
    if not keys:
        return f"what stands at {answer.name} is no key"
    if len(keys) > 1:
        return f"there are {len(keys)} keys at {answer.name}, and receivers take any of them"
    key = _tags(keys[0]) or {}
    if not key.get(b"p"):
        return f"the key at {answer.name} is revoked"
    if key.get(b"k", b"rsa").lower() != _ALGORITHMS[tags[b"a"].lower()]:
        return f"the key at {answer.name} is of another kind than the signature"
    hashes = [each.strip() for each in key.get(b"h", b"sha256").split(b":")]
    if b"sha256" not in hashes:
        return f"the key at {answer.name} does not allow SHA-256"
    services = [each.strip() for each in key.get(b"s", b"*").split(b":")]
    if not {b"*", b"email"} & set(services):
        return f"the key at {answer.name} is not for mail"
    signer = tags.get(b"i", b"").rpartition(b"@")[2] or tags[b"d"]
    strict = b"s" in [each.strip() for each in key.get(b"t", b"").split(b":")]
    if strict and signer.lower() != tags[b"d"].lower():
        return f"the key at {answer.name} is for that domain only, not for those below it"
    return ""


def _keys(answer: Answer) -> list[bytes]:
    """The records that are keys: nothing else has a tag p. A version other than DKIM1 is none of ours."""
    raw = [record.encode("latin-1", "replace") for record in answer.records]
    found = [(each, _tags(each)) for each in raw]
    return [each for each, tags in found if tags and b"p" in tags and tags.get(b"v", b"DKIM1") == b"DKIM1"]


def _key_from(known: Known) -> Callable[..., bytes | None]:
    """What dkimpy asks for keys."""

    def ask(name: bytes, timeout: float = 0.0) -> bytes | None:  # noqa: ARG001 -- dkimpy names it
        answer = known.look_up(a_labels(_text(name)), "TXT")
        if answer.why is not None:
            raise _KeyUntold
        keys = _keys(answer)
        return keys[0] if keys else None

    return ask


def _tags(value: bytes) -> Tags | None:
    """A list of tags; None where it is none."""
    try:
        tags: Tags = parse_tag_value(value)
    except InvalidTagValueList:
        return None
    return {name: re.sub(rb"\s*\r?\n\s*", b"", tag) for name, tag in tags.items()}


def _key_name(tags: Tags) -> str:
    return a_labels(f"{_text(tags[b's'])}._domainkey.{_text(tags[b'd'])}")


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace").strip().lower()


def _in_words(error: str) -> str:
    """What dkimpy says, without the pieces of the message that it quotes."""
    if error.startswith("body hash mismatch"):
        return "the text was changed after it was signed"
    if error.startswith("x="):
        return "it has expired"
    if error.startswith("t="):
        return "it claims to be made in the future"
    if error.startswith("i="):
        return "it is made in the name of a domain that is not below its own"
    return "the signature is not written as it must be"
