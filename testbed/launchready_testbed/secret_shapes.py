"""What do secrets look like, and what only looks like one?

Each value is put together when asked for, from a seed: the same seed gives the same value on every machine, and no file
ever holds a string that a provider or a push protection would take for a live key. None of them opens anything.
"""

from __future__ import annotations

import base64
import hashlib
import json
import string
import textwrap
import zlib
from collections.abc import Callable
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

_ALNUM = string.ascii_letters + string.digits
_HEX = string.digits + "abcdef"
_CAPITALS = string.ascii_uppercase + "234567"


def stripe(seed: str = "bed") -> str:
    """A Stripe live secret key."""
    return "sk_" + "live_" + _random("stripe" + seed, _ALNUM, 24)


def aws(seed: str = "bed") -> str:
    """An AWS access key, as its two lines stand in a file of settings."""
    return f"AWS_ACCESS_KEY_ID={aws_id(seed)}\nAWS_SECRET_ACCESS_KEY={aws_secret(seed)}"


def aws_id(seed: str = "bed") -> str:
    """The name of an AWS access key, which is no secret by itself."""
    return "AK" + "IA" + _random("aws id" + seed, _CAPITALS, 16)


def aws_secret(seed: str = "bed") -> str:
    """The secret half of an AWS access key."""
    return _random("aws secret" + seed, _ALNUM + "+/", 40)


def github(seed: str = "bed") -> str:
    """A GitHub personal access token, with the check sum that GitHub puts at its end."""
    entropy = _random("github" + seed, _ALNUM, 30)
    return "gh" + "p_" + entropy + _base62(zlib.crc32(entropy.encode())).rjust(6, "0")


def sendgrid(seed: str = "bed") -> str:
    """A SendGrid key."""
    return (
        "S" + "G." + _random("sendgrid a" + seed, _ALNUM, 22) + "." + _random("sendgrid b" + seed, _ALNUM, 43)
    )


def slack(seed: str = "bed") -> str:
    """The token of a Slack bot."""
    numbers = "-".join(_random(f"slack {part}{seed}", string.digits[1:], 12) for part in "ab")
    return "xo" + "xb-" + numbers + "-" + _random("slack" + seed, _ALNUM, 24)


@cache
def private_key(seed: str = "bed") -> str:
    """A private key in PEM, of a curve whose keys are made in no time."""
    number = int.from_bytes(hashlib.sha256(b"key" + seed.encode()).digest(), "big")
    key = ec.derive_private_key(number >> 8, ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode().strip()


def supabase_service_role(seed: str = "bed") -> str:
    """The Supabase key that no policy of the database holds back."""
    return _supabase("service_role", seed)


def database_url(seed: str = "bed") -> str:
    """The address of a database with the password in it."""
    return (
        "postgresql://harbour:" + _random("database" + seed, _ALNUM, 20) + "@db.harbour-prod.com:5432/harbour"
    )


def openai(seed: str = "bed") -> str:
    """An OpenAI project key."""
    mark = "T3Blbk" + "FJ"
    return "sk-proj-" + _random("openai a" + seed, _ALNUM, 74) + mark + _random("openai b" + seed, _ALNUM, 74)


def twilio(seed: str = "bed") -> str:
    """A Twilio account with its token, as its two lines stand in a file of settings."""
    account = "A" + "C" + _random("twilio account" + seed, _HEX, 32)
    return f"TWILIO_ACCOUNT_SID={account}\nTWILIO_AUTH_TOKEN={_random('twilio' + seed, _HEX, 32)}"


def google_service_account(seed: str = "bed") -> str:
    """The file of a Google service account, with its private key."""
    return json.dumps(
        {
            "type": "service_account",
            "project_id": "harbour-prod",
            "private_key_id": _random("google id" + seed, _HEX, 40),
            "private_key": private_key("google" + seed) + "\n",
            "client_email": "portal@harbour-prod.iam.gserviceaccount.com",
            "client_id": _random("google client" + seed, string.digits[1:], 21),
            "token_uri": "https://oauth2.googleapis.com/token",
        },
        indent=2,
    )


def password_line(seed: str = "bed") -> str:
    """A password in a file of settings, which no provider's shape tells."""
    return "DB_PASSWORD=" + _random("password" + seed, _ALNUM + "!#%+", 18)


KINDS: dict[str, Callable[[str], str]] = {
    "stripe": stripe,
    "aws": aws,
    "github": github,
    "sendgrid": sendgrid,
    "slack": slack,
    "private-key": private_key,
    "supabase-service-role": supabase_service_role,
    "database-url": database_url,
    "openai": openai,
    "twilio": twilio,
    "google-service-account": google_service_account,
}
"""What has to be kept, by kind; each takes a seed and gives text as it would stand in a file."""


def stripe_publishable(seed: str = "bed") -> str:
    """A Stripe key that is meant for pages."""
    return "pk_" + "live_" + _random("stripe public" + seed, _ALNUM, 24)


def supabase_anon(seed: str = "bed") -> str:
    """The Supabase key that is meant for pages: what it opens is decided by the database's policies."""
    return _supabase("anon", seed)


def supabase_publishable(seed: str = "bed") -> str:
    """The newer Supabase key that is meant for pages."""
    return "sb_publishable_" + _random("supabase" + seed, _ALNUM, 22) + "_" + _random("sb" + seed, _ALNUM, 8)


def google_browser_key(seed: str = "bed") -> str:
    """A Google API key by itself: whether it is public depends on what stands beside it."""
    return "AI" + "za" + "Sy" + _random("firebase" + seed, _ALNUM, 33)


def firebase_config(seed: str = "bed") -> str:
    """What Firebase tells one to put into a page."""
    return json.dumps(
        {
            "apiKey": google_browser_key(seed),
            "authDomain": "harbour-prod.firebaseapp.com",
            "projectId": "harbour-prod",
            "storageBucket": "harbour-prod.appspot.com",
            "messagingSenderId": _random("sender" + seed, string.digits[1:], 12),
            "appId": f"1:{_random('sender' + seed, string.digits[1:], 12)}:web:{_random('app' + seed, _HEX, 22)}",
        }
    )


def sentry_dsn(seed: str = "bed") -> str:
    """The address to which a page reports its errors."""
    return "https://" + _random("sentry" + seed, _HEX, 32) + "@o450123.ingest.sentry.io/4505123456789012"


def posthog(seed: str = "bed") -> str:
    """A PostHog project key."""
    return "ph" + "c_" + _random("posthog" + seed, _ALNUM, 43)


def turnstile(seed: str = "bed") -> str:
    """A Turnstile site key."""
    return "0x4A" + "AAAAAA" + _random("turnstile" + seed, _ALNUM, 12)


def recaptcha(seed: str = "bed") -> str:
    """A reCAPTCHA site key."""
    return (
        "6L"
        + _random("recaptcha" + seed, _ALNUM, 6)
        + "AAAAA"
        + _random("recaptcha b" + seed, _ALNUM + "-_", 27)
    )


def algolia_search(seed: str = "bed") -> str:
    """An Algolia application with its search-only key, as a page is given them."""
    application, key = _random("algolia" + seed, _CAPITALS, 10), _random("algolia key" + seed, _HEX, 32)
    return json.dumps({"appId": application, "searchOnlyApiKey": key, "indexName": "help"})


def mapbox_public(seed: str = "bed") -> str:
    """A Mapbox token for pages."""
    payload = _base64url(json.dumps({"u": "harbour", "a": _random("mapbox" + seed, _ALNUM, 25)}).encode())
    return "p" + "k." + payload + "." + _random("mapbox b" + seed, _ALNUM, 22)


def clerk_publishable(seed: str = "bed") -> str:
    """A Clerk key for pages: it only names the host that signs people in."""
    return (
        "pk_" + "live_" + base64.b64encode(b"clerk." + seed.encode() + b".harbour.com$").decode().rstrip("=")
    )


def google_client_id(seed: str = "bed") -> str:
    """The public name of an application at Google."""
    digits, name = _random("client" + seed, string.digits[1:], 12), _random("client b" + seed, _HEX, 32)
    return f"{digits}-{name}.apps.googleusercontent.com"


def segment_write_key(seed: str = "bed") -> str:
    """The key with which a page counts its visits at Segment."""
    return _random("segment" + seed, _ALNUM, 32)


PUBLIC: dict[str, Callable[[str], str]] = {
    "stripe-publishable": stripe_publishable,
    "supabase-anon": supabase_anon,
    "supabase-publishable": supabase_publishable,
    "firebase-config": firebase_config,
    "sentry-dsn": sentry_dsn,
    "posthog": posthog,
    "turnstile": turnstile,
    "recaptcha": recaptcha,
    "algolia-search": algolia_search,
    "mapbox-public": mapbox_public,
    "clerk-publishable": clerk_publishable,
    "google-client-id": google_client_id,
    "segment-write-key": segment_write_key,
}
"""What is public by design, by kind; as `KINDS`."""


def jwt(claims: dict[str, object], seed: str = "bed") -> str:
    """A token of three parts with a signature that nobody made."""
    head = _base64url(json.dumps({"alg": "HS256", "typ": "JWT"}, separators=(",", ":")).encode())
    body = _base64url(json.dumps(claims, separators=(",", ":")).encode())
    return f"{head}.{body}.{_base64url(hashlib.sha256(body.encode() + seed.encode()).digest())}"


def wrapped(text: str, width: int = 76) -> str:
    """`text` in lines of `width` characters, as mail and some settings break them."""
    return "\n".join(textwrap.wrap(text, width, break_on_hyphens=False))


def _supabase(role: str, seed: str) -> str:
    reference = _random("supabase ref" + seed, string.ascii_lowercase, 20)
    return jwt(
        {"iss": "supabase", "ref": reference, "role": role, "iat": 1719849600, "exp": 2035425600}, seed
    )


def _random(seed: str, alphabet: str, length: int) -> str:
    """Characters of `alphabet` that only the seed decides, with a digit, a small and a great letter if it has them."""
    for attempt in range(1000):
        stream = hashlib.shake_256(f"{seed}/{attempt}".encode()).digest(length * 2)
        drawn = (int.from_bytes(stream[at : at + 2], "big") for at in range(0, length * 2, 2))
        text = "".join(alphabet[number % len(alphabet)] for number in drawn)
        groups = (string.digits, string.ascii_lowercase, string.ascii_uppercase)
        if all({*text} & {*group} for group in groups if {*alphabet} & {*group}):
            return text
    raise ValueError(f"{length} characters are too few to hold one of each kind")


def _base62(number: int) -> str:
    digits = string.digits + string.ascii_uppercase + string.ascii_lowercase
    text = ""
    while number:
        number, rest = divmod(number, 62)
        text = digits[rest] + text
    return text


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
