"""Is what stands behind the name of a secret the secret itself, or a mask, a message, a hash? Pure."""

import base64
import binascii
import html
import json
import re
from urllib.parse import unquote_plus

_MASKS = re.compile(
    r"[*•·●◦∙█▪‧]{2,}|^[xX#_.-]+$|x{4,}|X{4,}|…|\.\.\.$|^\W*$|^[\[<({]+[^\])>}]*[\])>}]+$|\$\{?[A-Za-z_]|^%\(?\w|^[:?@$]\w*$|\{\{"
)
_SAID = re.compile(
    r"(?i)^(?:\W*(?:redacted|filtered|masked|hidden|removed|omitted|scrubbed|sanitized|protected|secret|sensitive|none|null|nil"
    r"|undefined|nan|empty|blank|missing|required|invalid|incorrect|wrong|true|false|yes|no|ok|set|unset|provided|present|absent"
    r"|changed|updated|reset|expired|accepted|rejected|valid|weak|strong|mismatch|matched|unknown|failed|failure|success|string"
    r"|object|array|binary|bytes|data|value|text|type|new|old|not|is|was|does|must|too|should|cannot|can't|don't|doesn't|for|has"
    r"|and|or|the|a|an|in|on|at|of|to|from|with|by|error|user|username|email|name|password|passwd|token|anonymous|bearer|basic"
    r"|default|optional|disabled|enabled|changeme|n/a|ask|prompt|your|check|please|nothing|unchanged|authentication|credentials"
    r"|too[_ -]?(?:short|long|weak|common)|ungültig|falsch|invalide|requis|obligatoire|requerido|inválida)\W*)+$"
)
_HASHED = re.compile(
    r"^(?:\$2[abxy]?\$\d\d\$|\$argon2|\$scrypt|\$pbkdf2|\$[156]\$|\$y\$|pbkdf2[_:]|scrypt:|bcrypt|\{S?SHA\d*\}|sha(?:1|256|512)[:$=]|md5[:$=])"
)
_HEXADECIMAL = re.compile(r"^[0-9a-fA-F]+$")
_DIGESTS = frozenset((32, 40, 56, 64, 96, 128))
_UUID = re.compile(r"(?i)^[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$")
_TOKEN = re.compile(r"^[A-Za-z0-9._~+/=:%@$-]+$")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[A-Za-z]")
_SHORTEST_TOKEN = 16


def plain(value: str) -> str:
    """A value without the escapes of what it was put into."""
    for _ in range(2):
        if "%" in value:
            value = unquote_plus(value)
    if "&" in value:
        value = html.unescape(value)
    return value.replace("\\", "").strip()


def is_masked(value: str) -> bool:
    """Whether somebody took care that it does not stand there, or it is no value but a word about one."""
    return bool(_MASKS.search(value)) or bool(_SAID.match(value))


def is_hash(value: str) -> bool:
    """Whether it is a password's hash, by its shape."""
    return bool(_HASHED.match(value)) or is_digest(value)


def is_digest(value: str) -> bool:
    """Whether it is a digest in hexadecimal."""
    return len(value) in _DIGESTS and bool(_HEXADECIMAL.match(value))


def is_password(value: str, *, quoted: bool, prose: bool) -> bool:
    """Whether it may be what somebody typed.

    Args:
        value: without escapes.
        quoted: it stands in quotes, so that its end is known.
        prose: it stands behind a colon and a space, where a sentence might go on.
    """
    if not 4 <= len(value) <= 200 or is_masked(value):
        return False
    if prose and not quoted:
        # A word is a part of the sentence; what is no word is not.
        return bool(re.search(r"\d", value)) and bool(re.search(r"[^\W\d]", value)) and not value.isupper()
    if any(map(str.isspace, value)):
        return bool(re.search(r"\d", value)) and not re.search(
            r"(?i)\b(?:must|should|characters|least|is|be|was)\b", value
        )
    return not re.fullmatch(r"(?i)[a-z]+(?:_[a-z]+)+", value) or quoted is False


def is_token(value: str) -> bool:
    """Whether it is long and mixed enough to open something, and no id or digest that many things have."""
    if len(value) < _SHORTEST_TOKEN or not _TOKEN.match(value) or _UUID.match(value):
        return False
    return bool(_DIGIT.search(value)) and bool(_LETTER.search(value)) and not is_masked(value)


def is_session(value: str) -> bool:
    """As a token; but a digest, as sessions are logged by one where somebody took care."""
    return not is_digest(value) and not _HASHED.match(value) and is_token(value)


def basic_password(value: str) -> str:
    """The password in the credentials of HTTP Basic; empty where it is none."""
    try:
        name, colon, secret = (
            base64.b64decode(value + "=" * (-len(value) % 4), validate=True).decode().partition(":")
        )
    except (ValueError, binascii.Error):
        return ""
    return secret if colon and name.isprintable() and secret.isprintable() else ""


def is_public_jwt(token: str) -> bool:
    """Whether a signed token is given to everybody, such as Supabase's key for browsers."""
    try:
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, binascii.Error, IndexError):
        return False
    return isinstance(claims, dict) and claims.get("role") in ("anon", "publishable")


def is_card(digits: str) -> bool:
    """Whether these digits are formed as the number of a payment card."""
    if len(set(digits)) < 4 or not (
        (len(digits) == 16 and re.match(r"4|5[1-5]|2(?:2[2-9]|[3-6]\d|7[01]|720)|6011|65|64[4-9]|35", digits))
        or (len(digits) == 15 and re.match(r"3[47]", digits))
    ):
        return False
    total = sum(sum(divmod(int(each) * (1 + at % 2), 10)) for at, each in enumerate(reversed(digits)))
    return total % 10 == 0
