"""Where a portal is likely to say who one is: pages and interfaces; nothing that ends or changes anything."""

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from launchready.collect.people import words
from launchready.collect.people.apis import Apis
from launchready.collect.people.pages import Page
from launchready.site import Site

WHOAMI = (
    "/api/me /api/user /api/users/me /api/v1/me /api/v1/user /api/v1/users/me /api/v2/me /api/auth/me /api/auth/session"
    " /api/session /api/account /api/profile /api/whoami /me /userinfo /auth/me /users/me /whoami /session /account"
    " /profile"
).split()
"""Where portals often say who asks."""
_FILE = re.compile(r"\.(?:m?js|css|png|svg|ico|jpe?g|gif|webp|woff2?|map|pdf|txt|xml|zip)$", re.IGNORECASE)
_MOST_APIS = 10


def worth_a_look(site: Site, pages: Iterable[Page]) -> list[str]:
    """Links that these pages offer, those first that may say who one is; none that ends or changes anything."""
    found: dict[str, tuple[bool, int]] = {}
    for page in pages:
        for at, link in enumerate(page.links):
            parts = urlsplit(link.url)
            if parts.hostname not in site.hosts or words.ENDING.search(f"{link.url} {link.says}"):
                continue
            about = bool(words.ACCOUNT.search(parts.path) or words.ACCOUNT.search(link.says))
            found.setdefault(link.url, (not about, at))
    return sorted(found, key=lambda url: found[url])


async def apis_to_ask(
    apis: Apis, site: Site, pages: Iterable[Page], beside: str
) -> tuple[list[str], list[str]]:
    """Addresses that may say who asks: those that the portal itself names, and the usual ones.

    Args:
        apis: what is known of its interface.
        site: the portal.
        pages: what the visitor saw.
        beside: the address that took the password; empty where a form did.
    """
    base = beside or site.portal.url
    paths = [operation.path for operation in await apis.operations() if operation.method == "get"]
    paths += await apis.paths(pages)
    paths = [path for path in paths if not ("{" in path or words.ENDING.search(path) or _FILE.search(path))]
    about = [path for path in paths if words.ACCOUNT.fullmatch(path.rstrip("/").rpartition("/")[2])]
    folders = urlsplit(beside).path.split("/")[:-1]
    near = [
        "/".join((*folders[:depth], last))
        for depth in range(len(folders), max(1, len(folders) - 2), -1)
        for last in ("me", "user", "session", "whoami", "profile", "users/me")
    ]
    named = (*about[:_MOST_APIS], *(path for path in paths if "/api" in path or beside))
    return (
        [urljoin(base, path) for path in list(dict.fromkeys(named))[:_MOST_APIS]],
        [urljoin(base, path) for path in dict.fromkeys((*near, *WHOAMI))],
    )
