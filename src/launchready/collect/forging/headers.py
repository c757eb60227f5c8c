"""Request headers by which a stranger claims to be somebody, or somewhere, that is trusted.

Those of one kind are sent together, as most servers know one of them at most; which one it was is asked afterwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Claim:
    """Headers of one kind, and how they are sent.

    Attributes:
        kind: a stable name.
        method, url: what is asked; raw.
        headers: all of the kind, in a fixed order.
    """

    kind: str
    method: str
    url: str
    headers: tuple[tuple[str, str], ...]

    def apart(self) -> "Iterable[Claim]":
        """The same claim by one header at a time."""
        return (Claim(self.kind, self.method, self.url, (header,)) for header in self.headers)


_NEAR = (
    "X-Forwarded-For X-Real-IP X-Client-IP X-Remote-IP X-Remote-Addr X-Originating-IP X-Custom-IP-Authorization "
    "X-Cluster-Client-IP True-Client-IP CF-Connecting-IP"
).split()
_WHO = (
    "X-Forwarded-User X-Forwarded-Email X-Remote-User Remote-User X-User X-User-Email X-Auth-Request-User "
    "X-Auth-Request-Email X-Authenticated-User X-Webauth-User"
).split()


def claims(url: str, usernames: Iterable[str] = ()) -> tuple[Claim, ...]:
    """What a stranger may claim to be let in to this address.

    Args:
        url: of a protected address, raw.
        usernames: the identity's names, as a proxy in front would give them.
    """
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    origin = f"{parts.scheme}://{parts.netloc}"
    near = (*((name, "127.0.0.1") for name in _NEAR), ("Forwarded", "for=127.0.0.1;proto=https"))
    inside = (
        *((name, "localhost") for name in ("X-Forwarded-Host", "X-Host", "X-Forwarded-Server")),
        ("Referer", f"{origin}/admin"),
    )
    rewrite = tuple((name, target) for name in ("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Uri"))
    override = tuple(
        (name, "GET") for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")
    )
    harmless = tuple((name, "OPTIONS") for name, _ in override)
    in_query = f"{url}{'&' if parts.query else '?'}_method=GET"
    return (
        Claim("address header", "GET", url, near),
        Claim("host header", "GET", url, inside),
        Claim("rewrite header", "GET", f"{origin}/", rewrite),
        Claim("method override", "GET", url, harmless),
        Claim("method override", "POST", url, override),
        Claim("method override", "POST", in_query, ()),
        Claim("unknown method", "LAUNCHREADY", url, ()),
        *(
            Claim("user header", "GET", url, tuple((header, name) for header in _WHO))
            for name in dict.fromkeys(filter(None, usernames))
        ),
    )


def named_in_query(url: str, username: str) -> str:
    """The address with the identity named in the query, as left over from a day of debugging."""
    mark = "&" if urlsplit(url).query else "?"
    return (
        url + mark + "&".join(f"{name}={username}" for name in ("user", "username", "email", "login", "as"))
    )
