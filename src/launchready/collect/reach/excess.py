"""Fields in JSON that nobody should be shown: password hashes, second-factor secrets, keys, links to set a password. Pure.

A value's form tells first, whatever its name is in whatever language; a name counts only where the value is of the kind
that it says, so that `has_password: true` and `token_count: 3` are nothing. A `secret_key` or an `api_key` of no known
form is none of these: it may be the reader's own, as a link to a ticket that works without signing in is.
"""

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from launchready.collect.people.pieces import kind_of
from launchready.wire.http import Answer

_HASH = re.compile(
    r"\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}|\$argon2(?:id|i|d)\$.+|\$(?:1|5|6|7|y|gy)\$.{20,}|\$scrypt\$.+|\$pbkdf2(?:-\w+)?\$.+"
    r"|(?:pbkdf2_sha\d+|bcrypt(?:_sha256)?|argon2|scrypt)\$.+|(?:scrypt|pbkdf2):[\w:]+\$.+\$.+|\{(?:S?SHA\d*|S?MD5|CRYPT)\}.+"
)
"""Password hashes name their method: crypt(3), Django, Werkzeug, LDAP."""
_KEY_VALUE = re.compile(
    r"(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{40,}|xox[abprs]-[\w-]{20,}"
    r"|AKIA[0-9A-Z]{16}|SG\.[\w-]{16,}\.[\w-]{16,}|-----BEGIN (?:\w+ )*PRIVATE KEY-----"
)
"""Keys of well-known services, and private keys."""
_DIGEST = re.compile(
    r"[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128}"
)
_BASE32 = re.compile(r"[A-Z2-7]{16,}=*")
_OPAQUE = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[\w\-.+/=:$]{16,}")
_PASSWORD = re.compile(
    r"pass_?(?:word|wd|phrase|hash|digest)|passwd|\bpwd|pw_?hash|kennwort|passwort|mot_?de_?passe|contrase|senha|wachtwoord"
    r"|haslo|парол|密码|パスワード|비밀번호|salt",
    re.IGNORECASE,
)
_FACTOR = re.compile(r"totp|otp|mfa|2fa|two_?factor|second_?factor|authenticator", re.IGNORECASE)
_SECRET = re.compile(r"secret|seed|private_?key|api_?key|access_?key|signing_?key", re.IGNORECASE)
_RESET = re.compile(
    r"(?:reset|recovery|activation|confirm(?:ation)?|verification|invite|magic|remember)_?(?:token|code|key|hash)",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_EXAMPLES = frozenset(("example", "examples"))
"""What descriptions of an API show of a field, by OpenAPI and JSON Schema; nobody's value."""
_MOST_NODES = 50_000


_IN_SCRIPT = re.compile(rb"<script\b[^>]*>(.*?)</script", re.IGNORECASE | re.DOTALL)
_PAIR = re.compile(r"""["']([A-Za-z_][\w-]{1,60})["']\s*:\s*["']([^"'\\]{16,400})["']""")


def excess_fields(answer: Answer) -> tuple[str, ...]:
    """Names of fields whose values nobody should be shown, sorted: of a JSON answer, or of what a page hands its scripts.

    What an address asks for in so many words (a page that enrols a second factor, or lists one's own keys, shows its
    secret once) is left out: its path names the thing.
    """
    kind = kind_of(answer)
    if kind == "page":
        return _handed_to_scripts(answer.body)
    if kind != "api":
        return ()
    try:
        data = json.loads(answer.body)
    except (ValueError, RecursionError):
        return ()
    about = _CAMEL.sub("_", urlsplit(answer.exchange.url).path)
    found: set[str] = set()
    stack: list[tuple[str, Any]] = [("", data)]
    looked = 0
    while stack and looked < _MOST_NODES:
        name, value = stack.pop()
        looked += 1
        if isinstance(value, dict):
            stack.extend((str(key), each) for key, each in value.items() if key not in _EXAMPLES)
        elif isinstance(value, list):
            stack.extend((name, each) for each in value)
        elif isinstance(value, str) and is_secret(name, value) and not _is_asked_for(name, about):
            found.add(name)
    return tuple(sorted(found))


def _handed_to_scripts(body: bytes) -> tuple[str, ...]:
    """Names under which a page gives its own scripts password hashes: server-rendered frameworks send whole records along.

    Other secrets are not looked for here: a page may well hand over a token that is made for it.
    """
    found: set[str] = set()
    for script in _IN_SCRIPT.findall(body):
        text = script.decode("utf-8", "replace").replace(
            '\\"', '"'
        )  # data as a text in a script, as Next.js has it
        for name, value in _PAIR.findall(text):
            # React writes a second $ before a text that begins with one.
            if _HASH.fullmatch(value) or (value[:2] == "$$" and _HASH.fullmatch(value[1:])):
                found.add(name)
    return tuple(sorted(found))


def is_secret(name: str, value: str) -> bool:
    """Whether a value is one that should never leave the server, by its form, or by it under such a name."""
    if _HASH.fullmatch(value) or _KEY_VALUE.match(value):
        return True
    name = _CAMEL.sub("_", name)
    if _PASSWORD.search(name):
        return bool(_DIGEST.fullmatch(value) or (_OPAQUE.fullmatch(value) and len(value) >= 24))
    if _FACTOR.search(name):
        return bool(_BASE32.fullmatch(value)) or _is_otpauth(value)
    if _RESET.search(name):
        return bool(_OPAQUE.fullmatch(value) or _BASE32.fullmatch(value))
    return _is_otpauth(value)


def _is_otpauth(value: str) -> bool:
    return value.startswith("otpauth://") and any(
        key == "secret" for key, _ in parse_qsl(urlsplit(value).query)
    )


def _is_asked_for(name: str, path: str) -> bool:
    """Whether an address is about showing just this to whom it belongs: enrolling a factor, managing keys."""
    for pattern in (_FACTOR, _SECRET, _RESET):
        if pattern.search(_CAMEL.sub("_", name)) and pattern.search(path):
            return True
    return bool(re.search(r"enrol|setup|keys?\b|tokens?\b", path, re.IGNORECASE)) and not _PASSWORD.search(
        name
    )
