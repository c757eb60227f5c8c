"""Requests that cannot be served as they are. None of them can be understood well enough to change anything.

What is sent with a body is broken before it could be read (JSON that ends in the middle, a form without its boundary),
or goes where a name and a password are expected and holds neither. Records are only ever asked for, by ids that are none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from launchready.wire import Touch

NOWHERE = "launchready-probe"
_OVERSIZE = 9_000
"""Characters of an address: more than servers take for a request line as a rule."""
_LONG_NAME = 70_000
"""Characters of a field: more than a name ever has, and than a 64 KiB column holds."""
_JSON = ("Content-Type", "application/json")
_FORM = ("Content-Type", "application/x-www-form-urlencoded")


@dataclass(frozen=True, slots=True)
class Provocation:
    """One request that is to go wrong.

    Attributes:
        way: what is wrong with it; the same in every run.
        url: raw.
        base: an address that is asked in the ordinary way, to see what the portal shows anyway; empty for none.
    """

    way: str
    method: str
    url: str
    base: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    touch: Touch = Touch.PROBE


def unknown_paths(origin: str, json_folder: str) -> Iterator[Provocation]:
    """What any stranger may ask: paths that are not there, also in the folder of the portal's JSON interface."""
    for path in (
        f"/{NOWHERE}/no-such-page",
        f"/{NOWHERE}.json",
        f"{json_folder}/{NOWHERE}" if json_folder else "",
    ):
        if path:
            yield Provocation("unknown path", "GET", origin + path, base=f"{origin}/", touch=Touch.READ)


def of_host(origin: str, cookies: Iterable[str]) -> Iterator[Provocation]:
    """What servers and frameworks stumble over before they know what is asked; `cookies` are names of the portal's."""
    home = f"{origin}/"
    yield Provocation("NUL in the path", "GET", f"{origin}/{NOWHERE}%00", base=home)
    yield Provocation("broken encoding in the path", "GET", f"{origin}/{NOWHERE}/%E0%A4%A", base=home)
    yield Provocation("no text in the path", "GET", f"{origin}/{NOWHERE}/%FF%FE", base=home)
    yield Provocation(
        "broken encoding in the query", "GET", f"{home}?{NOWHERE}=%E0%A4%A&{NOWHERE}%5B=%00", base=home
    )
    yield Provocation("oversize path", "GET", f"{origin}/{'a' * _OVERSIZE}", base=home)
    yield Provocation("oversize query", "GET", f"{home}?{NOWHERE}={'a' * _OVERSIZE}", base=home)
    yield Provocation("unknown method", "PROPFIND", f"{origin}/{NOWHERE}", base=home)
    yield Provocation("bad method", "POST", f"{origin}/{NOWHERE}", base=home, headers=(_FORM,), body=b"a=1")
    yield Provocation(
        "broken JSON", "POST", f"{origin}/{NOWHERE}", base=home, headers=(_JSON,), body=b'{"a": '
    )
    boundless = (("Content-Type", "multipart/form-data"),)
    yield Provocation("form without boundary", "POST", home, base=home, headers=boundless, body=b"--\r\n")
    yield Provocation(
        "broken Accept header",
        "GET",
        f"{origin}/{NOWHERE}",
        base=home,
        headers=(("Accept", "application/;q=x"),),
    )
    if names := list(cookies):
        broken = "; ".join(f"{name}=%00{{'\"broken" for name in names)
        yield Provocation("broken cookie", "GET", home, headers=(("Cookie", broken),), base=home)


def of_login(url: str, *, takes_json: bool) -> Iterator[Provocation]:
    """At the login, by what is neither a name nor a password."""
    if takes_json:
        yield Provocation("broken JSON", "POST", url, headers=(_JSON,), body=b'{"username": ')
        yield Provocation(
            "JSON of another type", "POST", url, headers=(_JSON,), body=b'[["username"], null, 1e400]'
        )
        yield Provocation("no JSON at all", "POST", url, headers=(_JSON,), body=b"\x00\xff")
        name = b'{"username": "' + b"a" * _LONG_NAME + b'", "email": {"$": []}}'
        yield Provocation("oversize field", "POST", url, headers=(_JSON,), body=name)
        return
    lists = urlencode([("username[]", NOWHERE), ("email[][a]", NOWHERE), ("password[]", NOWHERE)]).encode()
    yield Provocation("wrong type of field", "POST", url, headers=(_FORM,), body=lists)
    yield Provocation("oversize field", "POST", url, headers=(_FORM,), body=b"username=" + b"a" * _LONG_NAME)
    yield Provocation(
        "no text in a field", "POST", url, headers=(_FORM,), body=b"username=%00%FF&email=%00%FF"
    )


def of_interface(url: str, *, is_graphql: bool) -> Iterator[Provocation]:
    """At an address of the JSON interface that strangers are answered by, or of GraphQL."""
    if is_graphql:
        for way, query in (
            ("broken query", "{ launchready"),
            ("unknown field", "{ launchreadyProbe { id } }"),
        ):
            yield Provocation(way, "POST", url, headers=(_JSON,), body=f'{{"query": "{query}"}}'.encode())
        yield Provocation(
            "JSON of another type",
            "POST",
            url,
            headers=(_JSON,),
            body=b'{"query": {"a": []}, "variables": 1}',
        )
    yield Provocation("broken JSON", "POST", url, headers=(_JSON,), body=b'{"a": ')


_ID = re.compile(r"\{[^{}]*\}")


def of_folder(folder: str, touch: Touch) -> Provocation:
    """Beneath this address, given without a slash at its end: an item that is not there."""
    return Provocation("unknown item", "GET", f"{folder}/{NOWHERE}", base=folder, touch=touch)


def of_template(url: str, shape: str, *, thorough: bool) -> Iterator[Provocation]:
    """In place of the last id of an address: what is no id; in place of a parameter: what has another type.

    Args:
        url: raw, one address of this shape.
        shape: as in the crawl.
        thorough: also what servers stumble over in any id alike.
    """
    parts = urlsplit(url)
    segments, shapes = parts.path.split("/"), urlsplit(shape).path.split("/")
    at = next((i for i in reversed(range(min(len(segments), len(shapes)))) if _ID.search(shapes[i])), None)
    if at is not None and len(segments) == len(shapes):
        ways = [("wrong type of id", quote("launchready~'\"", safe=""))]
        if thorough:
            ways += [("oversize id", "9" * 40), ("NUL in an id", "1%00")]
        for way, value in ways:
            path = "/".join((*segments[:at], value, *segments[at + 1 :]))
            yield Provocation(way, "GET", urlunsplit((parts.scheme, parts.netloc, path, "", "")), base=url)
    if fields := parse_qsl(parts.query, keep_blank_values=True):
        for way, query in (
            (
                "wrong type of parameter",
                urlencode([(f"{name}[]", "launchready~probe") for name, _ in fields]),
            ),
            ("no number in a parameter", urlencode([(name, "-1'\"\x00") for name, _ in fields])),
        ):
            yield Provocation(
                way, "GET", urlunsplit((parts.scheme, parts.netloc, parts.path, query, "")), base=url
            )
