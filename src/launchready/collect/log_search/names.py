"""What the name of a field says of what it holds. Pure."""

import re
from functools import lru_cache

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_ABOUT = frozenset(
    "length len strength policy reset changed change expires expiry expired expiration at on count type field label hint"
    " required error errors valid invalid url uri path name file min max attempts attempt ttl age lifetime algorithm alg"
    " format manager limit status usage used issued score version kind scope scopes provider endpoint id ids prefix"
    " suffix index duration seconds timeout size total consent banner state store driver validator validation confirmed"
    " verified match matches event action flow page form screen last4 brand holder present set by source".split()
)
"""Last words of names of what is said about a secret."""
_HARMLESS = frozenset(
    "csrf xsrf csrfmiddlewaretoken authenticity antiforgery verificationtoken requestverificationtoken page next prev"
    " previous continuation cursor sync cancellation max min num total prompt completion input output idempotency"
    " public publishable anon site nonce captcha recaptcha turnstile push device fcm apns hashed digest fingerprint"
    " checksum trace span correlation".split()
)
"""Words that make a token one that opens nothing by itself."""
_PASSWORDS = frozenset(
    "password passwd pwd pass passphrase passcode kennwort passwort motdepasse mdp contrasena contraseña senha wachtwoord"
    " userpass dbpass".split()
)
_REPEATED = frozenset("confirm confirmation again repeat repeated new old current retype 1 2".split())
_ENDINGS = (
    ("password", ("password", "passwd", "passwort", "motdepasse")),
    ("authorization", ("authorization", "xauth")),
    ("cookie", ("cookie", "cookies")),
    ("session", ("sessionid", "sessiontoken", "sessionkey", "sessid", "sid", "session")),
    ("token", ("token", "jwt", "bearer")),
    (
        "one-time code",
        ("otp", "otpcode", "mfacode", "2facode", "verificationcode", "recoverycode", "onetimecode"),
    ),
    ("card", ("cardnumber", "cardno", "creditcard", "ccnumber", "pan", "card")),
    ("card code", ("cvv", "cvc", "cvv2", "cardcode")),
)
"""How the names end, written as one word."""


@lru_cache(maxsize=4096)
def kind_of(name: str) -> str:
    """What a field of this name holds: password, password hash, token, session and so on; empty where it is no secret."""
    words = [each.lower() for each in _WORDS.findall(name)]
    while len(words) > 1 and words[-1] in _REPEATED:
        words.pop()
    if words[-2:] in (["session", "id"], ["sess", "id"]):
        return "session"
    if not words or words[-1] in _ABOUT or _HARMLESS & set(words):
        return ""
    if words[-1] in ("hash", "hashed"):
        return "password hash" if _PASSWORDS & set(words) else ""
    if words[-1] in _PASSWORDS:
        return "password"
    joined = "".join(words)
    return next((kind for kind, endings in _ENDINGS if joined.endswith(endings)), "")
