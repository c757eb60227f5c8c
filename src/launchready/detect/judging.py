"""What is it that a rule has seen: a secret, something public by design, or neither?"""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Callable
from urllib.parse import unquote

from launchready.detect import addresses, browser_services, generic, kinds, samples, shapes
from launchready.detect.engines import Hit
from launchready.detect.found import GENERIC
from launchready.detect.json_web_token import bearer
from launchready.detect.placeholders import holds_a_place, is_mixed, is_printed, repeats, says_nothing
from launchready.detect.seen import CONTEXT, NAME, SHAPE, Judged, Seen

_PERSON = "launchready.person."
_PUBLIC = "launchready.public."


# What somebody chose, or was given by a server of anybody's: its shape is no provider's.
_ANYBODYS = (
    GENERIC,
    _PERSON,
    "launchready.address",
    "launchready.connection-string",
    "launchready.curl-user",
    "launchready.docker-auth",
    "betterleaks.kubernetes-secret-yaml",
)


def judged(hit: Hit, text: bytes, path: str) -> Judged | None:
    """What it is; None for what is no secret at all, and for an example that no provider's shape makes more than that."""
    seen = _judged(hit, text, path)
    if seen is None or seen.public or not is_anybodys(seen):
        return seen
    return None if samples.is_sample(path) or samples.is_under_example(text, hit.start) else seen


def is_anybodys(seen: Judged) -> bool:
    """Whether its shape alone makes it no secret of a provider's, so that what it stands in may say that it is none."""
    return seen.rule.startswith(_ANYBODYS) and not seen.kind.startswith("Supabase")


def _judged(hit: Hit, text: bytes, path: str) -> Judged | None:
    if kinds.short(hit.rule) in kinds.VAGUE:
        return None
    if whole := _WHOLE.get(hit.rule):
        hit = hit._replace(end=_end(whole, text, hit.start))
    seen = Seen(hit, text[hit.start : hit.end].decode("utf-8", "replace"), text, path)
    if hit.rule.startswith(_PUBLIC):
        return seen.public(hit.name)
    if public := kinds.public(hit.rule):
        return None if browser_services.says_secret(seen.before(64)) else seen.public(public)
    if hit.rule.startswith(GENERIC):
        return _generic(seen)
    if how := _SPECIAL.get(hit.rule.removeprefix("launchready.").removeprefix("betterleaks.")):
        return how(seen)
    if (
        says_nothing(seen.value)
        or repeats(seen.value)
        or _WORDS.fullmatch(seen.value)
        or (hit.name == "AWS secret access key" and not _is_mixed(seen.value))
    ):
        return None
    if hit.rule.startswith("launchready."):
        return seen.judged()
    return _catalogue(_trimmed(seen))


def _trimmed(seen: Seen) -> Seen:
    """Without the quotes and signs around it that some rules take along: one secret would be another in each file."""
    value = seen.value.rstrip("\"'`<>&;,")
    return seen.cut(len(seen.value) - len(value))


_WORDS = re.compile(r"[a-z]{2,}(?:[_-][a-z]{2,}){2,}")  # `lip_work_allocate_task` is a name in code


def _is_mixed(value: str) -> bool:
    """Whether there are small and great letters and digits in it: in forty made by chance there are."""
    return all(any(test(letter) for letter in value) for test in (str.islower, str.isupper, str.isdigit))


# How far a value goes that the rule saw only as far as a sign that may end it, or may not.
_WHOLE = {
    "launchready.generic.line": re.compile(rb"[^\s\"'`]{0,256}"),
    "launchready.generic.field": re.compile(rb"(?:[^\s\"'`;&<>)\]}|,]|&(?![\w.\[\]-]{1,40}=)){0,256}"),
    "launchready.person.jwt": re.compile(rb"(?:[A-Za-z0-9_-]{0,8192}\.){2}[A-Za-z0-9_-]{8,2048}"),
    "launchready.person.bearer": re.compile(rb"[A-Za-z0-9_~+/.=-]{16,8192}"),
    "launchready.person.cookie": re.compile(rb"[A-Za-z0-9%_.+/:-]{16,8192}"),
    "launchready.private-key": re.compile(
        rb"-----[^-]{1,80}-----(?:(?!-----BEGIN)[A-Za-z0-9+/=\s:,.()\\\"'#>*-]){0,16384}?-----END[ A-Z0-9_-]{1,80}-----"
        rb"|-----[^-]{1,80}-----[A-Za-z0-9+/=\s\\\"'#>*]{0,16384}"
    ),
    "launchready.connection-string": re.compile(rb"[^\s\"';]{0,256}"),
}


def _end(whole: "re.Pattern[bytes]", text: bytes, start: int) -> int:
    """Where the value ends that begins at `start`, in the text as it stands."""
    match = whole.match(text, start)
    end = match.end() if match else start
    while end > start and text[end - 1] in b",;":
        end -= 1
    return end


def _generic(seen: Seen) -> Judged | None:
    quoted = seen.hit.rule in ("launchready.generic.password", "launchready.generic.key")
    if (
        quoted
        and seen.text[seen.hit.start - 1 : seen.hit.start] != seen.text[seen.hit.end : seen.hit.end + 1]
    ):
        return None  # what opens it does not close it
    tagged = _TAGGED.get(seen.hit.rule)
    before = tagged(seen) if tagged else seen.before(160)
    if quoted and seen.value.endswith("\\"):
        if not seen.before(2).startswith("\\"):
            return None  # `pass: 'Element\'s name'`: the string goes on
        seen = seen.cut(1)  # `\"name\": \"value\"`: what ends it is not the quote alone
    kind = generic.kind(generic.Named(seen.value, before, seen.path, quoted or seen.hit.rule in _IN_QUOTES))
    if not kind or is_printed(seen.value):
        return None
    if _is_one_of_a_table(seen):
        return None
    if kind in ("API key", "access token") and browser_services.is_theirs(before):
        return seen.public("key of a service for browsers", NAME)
    return seen.judged(kind, NAME)


_PAIR = re.compile(r"([\w$-]{1,60})[\"'`]?\s{0,2}[:=]\s{0,2}[\"'`]([\w+/-]{12,64})[\"'`]")
_SECRET_NAME = re.compile(r"pass|pwd|secret|key|token|cred|auth|sign|salt|hash|private", re.IGNORECASE)


def _is_one_of_a_table(seen: Seen) -> bool:
    """Whether its neighbours have values of the same make under names of any sort, as styles that a build named."""
    alike = {
        value
        for name, value in _PAIR.findall(seen.around(600))
        if len(value) == len(seen.value) and is_mixed(value) and not _SECRET_NAME.search(name)
    }
    return len(alike) >= 3


def _element(seen: Seen) -> str:
    """The name of an XML element as if it were assigned to."""
    return seen.before(80).rpartition("<")[2].rstrip(">") + "="


def _setting(seen: Seen) -> str:
    """The name of a setting of .NET's (`<add key="name" value="…"`) as if it were assigned to."""
    name = re.search(r'key="([^"]{0,100})"\s{1,8}value="\Z', seen.before(160))
    return f"{name[1]}=" if name else ""


def _block(seen: Seen) -> str:
    """The name of a block in YAML (`name: |`, and the value on the next line) as if it were assigned to."""
    name = re.search(r"([\w.-]{1,80})[\"']?:[ \t]{1,4}[|>][+-]?\s+\Z", seen.before(160))
    return f"{name[1]}=" if name else ""


_IN_QUOTES = ("launchready.generic.setting", "launchready.generic.header")
_TAGGED = {
    "launchready.generic.element": _element,
    "launchready.generic.setting": _setting,
    "launchready.generic.block": _block,
}
# How keys begin that are made of letters and digits alone, and yet are known by their shape.
_BEGINS = re.compile(r"dapi|EZ[AT]K|GR1348941|eyJrIjoi")
_BESIDE = re.compile(r"[=:,>|(]\s*[\"'`]?\Z|[\"'`]\s*\Z")


def _catalogue(seen: Seen) -> Judged | None:
    """A rule of the engine's own catalogue. What it knows by a name near it is looked at once more."""
    name = kinds.short(seen.hit.rule)
    if name == "algolia-api-key":
        return _algolia(seen)
    by_name = bool(
        re.fullmatch(r"[A-Za-z0-9]{16,64}|[0-9a-f-]{36}", seen.value) and not _BEGINS.match(seen.value)
    )
    if by_name and (seen.value.isalpha() or seen.value.isdigit() or not _BESIDE.search(seen.before(8))):
        return None
    if by_name and (holds_a_place(seen.value) or samples.is_sample(seen.path)):
        return None
    if by_name and browser_services.is_theirs(seen.before(160)):
        return seen.public("key of a service for browsers", CONTEXT)
    return seen.judged(rank=CONTEXT if by_name else SHAPE)


def _algolia(seen: Seen) -> Judged:
    """Algolia's keys all look alike; those that may write are called so."""
    if re.search(r"(?i)admin|write|secret", seen.before(48)):
        return seen.judged("Algolia admin key", CONTEXT)
    return seen.public("Algolia search key")


_FIREBASE = re.compile(
    r"(?i)authDomain|messagingSenderId|storageBucket|firebase|measurementId|maps\.google|google\.?maps|maps/api|_maps?_|mapsApi|recaptcha"
)
_GEMINI = re.compile(r"(?i)gemini|generative|palm|vertex|translat|vision|speech|server[_-]?key")


def _google(seen: Seen) -> Judged | None:
    """A key of Google is public where a browser needs it: beside Firebase's settings, or to load a map."""
    if says_nothing(seen.value):
        return None
    if _GEMINI.search(seen.before(64)):
        return seen.judged("Google Gemini API key")
    if _FIREBASE.search(seen.around(600)):
        return seen.public("Google browser key")
    return seen.judged("Google API key")


def _aws_id(seen: Seen) -> Judged | None:
    """The id of a key is told in every signed address; elsewhere it says that its secret is not far."""
    if says_nothing(seen.value):
        return None
    if re.search(r"(?i)(?:credential|accesskeyid)=\s*\Z", seen.before(24)):
        return seen.public("AWS access key id in a signed address")
    return seen.judged(rank=CONTEXT)


def _token(seen: Seen) -> Judged | None:
    who = bearer(seen.value)
    if who.public:
        return seen.public(who.kind)
    return seen.judged(who.kind, SHAPE, personal=who.personal) if who.kind else None


def _opaque(seen: Seen) -> Judged | None:
    """A token or cookie of a person: at least as long as what cannot be guessed."""
    value = unquote(seen.value)
    if holds_a_place(value) or not any(letter.isdigit() for letter in value) or says_nothing(value):
        return None
    return seen.judged(seen.hit.name, CONTEXT, personal=True)


def _cookie(seen: Seen) -> Judged | None:
    """A session's cookie, where it can be told that it is one: in a header, or as an address carries it."""
    if re.search(r"(?i)cookie|[?&;](?!\w*account)[\w.-]{0,40}=\Z", seen.before(400)):
        return _opaque(seen)
    return None


def _basic(seen: Seen) -> Judged | None:
    try:
        user, colon, password = b64decode(seen.value + "=" * (-len(seen.value) % 4)).decode().partition(":")
    except (Error, UnicodeDecodeError):
        return None
    if (
        not colon
        or len(password) < 4
        or not password.isprintable()
        or password == user
        or holds_a_place(password)
    ):
        return None
    return seen.judged("password", CONTEXT, value=password, personal=True)


_SPECIAL: dict[str, Callable[[Seen], Judged | None]] = {
    "google": _google,
    "gcp-api-key": _google,
    "aws-id": _aws_id,
    "aws-access-token": _aws_id,
    "private-key": shapes.private_key,
    "putty-key": shapes.putty_key,
    "discord-bot": shapes.discord_bot,
    "person.jwt": _token,
    "person.bearer": _opaque,
    "person.cookie": _cookie,
    "person.basic": _basic,
    "address": addresses.address,
    "connection-string": addresses.connection_string,
    "slack": shapes.slack,
    "twitter": shapes.twitter,
    "facebook": shapes.facebook,
    "curl-user": shapes.curl_user,
    "docker-auth": shapes.docker_auth,
    "kubernetes-secret-yaml": shapes.kubernetes,
}
