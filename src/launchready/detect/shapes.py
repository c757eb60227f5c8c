"""Shapes that need a second look: what chance made in them has to be there, and is read as its provider would take it."""

import re
from base64 import b64decode
from binascii import Error

from launchready.detect.code import is_word
from launchready.detect.placeholders import entropy, holds_a_place, is_mixed, repeats, says_nothing
from launchready.detect.seen import CONTEXT, SHAPE, Judged, Seen


def slack(seen: Seen) -> Judged | None:
    """A token of Slack's: words between the hyphens, and numbers alone, are what documentation shows."""
    parts = re.split(r"[-.]", seen.value)[2:]
    if says_nothing(seen.value) or repeats(seen.value) or not any(map(_is_by_chance, parts)):
        return None
    return seen.judged()


def _is_by_chance(part: str) -> bool:
    digits = sum(letter.isdigit() for letter in part)
    return len(part) >= 10 and (0 < digits < len(part) or (len(part) >= 20 and is_mixed(part)))


def twitter(seen: Seen) -> Judged | None:
    """A bearer token of X's. All of them begin with a run of A, as empty bytes in base64 do, so the rest has to tell."""
    rest = seen.value.lstrip("A")
    if entropy(rest) < 4.2 or not is_mixed(rest) or repeats(rest) or says_nothing(rest):
        return None
    return seen.judged()


_FACEBOOK = re.compile(r"\d+(?:\||%7C)(.+)|EAA(.+)")


def facebook(seen: Seen) -> Judged | None:
    """The token of an application (its number, a bar, its secret) or of a page."""
    match = _FACEBOOK.fullmatch(seen.value)
    secret = match[1] or match[2] if match else ""
    if not is_mixed(secret) or repeats(secret) or says_nothing(secret):
        return None
    return seen.judged()


_CURL = re.compile(r"\bcurl\b(?:[^\n\\]|\\.)*\Z", re.DOTALL)  # one command, over as many lines as it goes on


def curl_user(seen: Seen) -> Judged | None:
    """The password after `curl -u name:`, where it is no word, no variable and nothing from documentation."""
    if not _CURL.search(seen.before(500)):
        return None
    value = seen.value
    if "://" in value:
        return None  # the next argument, on the next line of a text that is no command
    classes = sum(any(test(letter) for letter in value) for test in (str.isdigit, str.islower, str.isupper))
    if classes < 2 or value.isdigit() or holds_a_place(value) or repeats(value):
        return None
    return seen.judged(rank=CONTEXT)


def docker_auth(seen: Seen) -> Judged | None:
    """What `docker login` keeps: the name and the password in base64; the password is what others would know it by."""
    user, colon, password = _decoded(seen.value).partition(":")
    if (
        not (user and colon)
        or len(password) < 4
        or password == user
        or holds_a_place(password)
        or is_word(password)
    ):
        return None
    return seen.judged(value=password)


def kubernetes(seen: Seen) -> Judged | None:
    """A value in a Secret of Kubernetes. The rule takes its name along, and what follows where there is no value."""
    match = re.search(r"[\s:\"'|>+-]([A-Za-z0-9+/]{8,}={0,2})[\"'\s]*\Z", seen.value)
    decoded = _decoded(match[1]) if match else ""
    if (
        not decoded
        or holds_a_place(decoded)
        or is_word(decoded)
        or decoded.startswith("-----BEGIN CERTIFICATE")
    ):
        return None
    return seen.judged(rank=SHAPE, value=decoded)


def private_key(seen: Seen) -> Judged | None:
    """A key in PEM, by its body alone: it is the same in a patch and in JSON. Not one that is only begun."""
    text = re.sub(
        r"-----[^-]{0,80}-----|\\+[nrt]|^[ \t+-]*[A-Za-z-]+:.*$|[\s\"'+>#*\\]|^-",
        "",
        seen.value,
        flags=re.MULTILINE,
    )
    body = text.replace("=", "")
    if ".." in seen.value or re.match(rb"\s{0,4}(?:\.\.|\xe2\x80\xa6)", seen.text[seen.hit.end :][:8]):
        return None  # begun only, as in documentation
    if len(body) < 60 or len(set(body)) < 20 or says_nothing(body[: len(body) // 2]):
        return None
    around = seen.text[max(0, seen.hit.start - 1500) : seen.hit.end + 1500]
    if b"service_account" in around or b"client_email" in around:
        return seen.judged("Google service account key", value=body)
    if "ENCRYPTED" in seen.value[:200]:
        return seen.judged("encrypted private key", value=body)
    return seen.judged("private key", value=body)


def putty_key(seen: Seen) -> Judged:
    """A key of PuTTY's; its file says how it is encrypted."""
    encryption = re.findall(r"^Encryption: (\S{1,40})", seen.before(4000), re.MULTILINE)
    return seen.judged("private key" if encryption[-1:] in ([], ["none"]) else "encrypted private key")


def discord_bot(seen: Seen) -> Judged | None:
    """The first part is the bot's number in base64: what has another there is no such token."""
    first = seen.value.partition(".")[0]
    try:
        number = b64decode(first + "=" * (-len(first) % 4))
    except Error:
        return None
    return seen.judged() if number.isdigit() and 17 <= len(number) <= 20 else None


def _decoded(value: str) -> str:
    """What it is in base64; empty if it is none, or no text."""
    try:
        text = b64decode(value + "=" * (-len(value) % 4), validate=True).decode()
    except (Error, UnicodeDecodeError):
        return ""
    return (
        text.strip()
        if text.strip().replace("\n", "").replace("\r", "").replace("\t", "").isprintable()
        else ""
    )
