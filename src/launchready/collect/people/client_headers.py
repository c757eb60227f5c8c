"""Headers that a portal's own scripts send with whatever they ask, where its servers insist on them, as on an API key.

Nothing is taken for one by its name. What a script read as somebody is asked once more by a plain request; only where
that is refused, and answered with the script's own headers, those that it cannot do without are carried from then on.
One that scripts sent before anybody was known tells nothing of who asks, so strangers send it too: a server that
refuses them for want of it has not been asked as any visitor's page asks it.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from launchready.errors import WireError
from launchready.wire import Wire
from launchready.wire.observed import Scripted
from launchready.wire.tab import Tab
from launchready.wire.visitor import Visitor

_MOST = 12
"""Headers of one request that are tried one by one."""


async def carry(wire: Wire, visitor: Visitor, tab: Tab, strangers: int) -> None:
    """Learn from what a tab's scripts asked, for each host of the portal.

    Args:
        wire: of the run; what strangers sent too is carried by all its requests to that host.
        visitor: who has just signed in there; gets what only its own pages sent.
        tab: where it signed in.
        strangers: how many of the tab's scripted requests went before the portal could know who asks.
    """
    known = [each.headers for each in tab.scripted[:strangers]]
    for host, request in _answered(tab).items():
        if host not in wire.http.portal_hosts:
            continue
        needed = await _insisted(visitor, request)
        shared = {
            name: value for name, value in needed.items() if any(each.get(name) == value for each in known)
        }
        if shared:
            wire.http.client_headers[host] = tuple(shared.items())
        visitor.headers += tuple(pair for pair in needed.items() if pair[0] not in shared)


def _answered(tab: Tab) -> dict[str, Scripted]:
    """By host, what a script was let read last."""
    good = {(each.method, each.url) for each in tab.answers if 200 <= each.status < 300}
    asked = (each for each in tab.scripted if each.method == "GET" and (each.method, each.url) in good)
    return {urlsplit(each.url).hostname or "": each for each in asked}


async def _insisted(visitor: Visitor, request: Scripted) -> dict[str, str]:
    """Those of a request's own headers without which it is refused."""
    held = {name.lower() for name, _ in visitor.headers}
    extra = {name: value for name, value in request.headers.items() if name not in held}

    async def answered(headers: Iterable[tuple[str, str]]) -> bool:
        try:
            answer = await visitor.fetch("GET", request.url, headers=headers)
        except WireError:
            return False
        return 200 <= answer.exchange.status < 300

    if not extra or len(extra) > _MOST or await answered(()) or not await answered(extra.items()):
        return {}
    for name in tuple(extra):
        fewer = {other: value for other, value in extra.items() if other != name}
        if await answered(fewer.items()):
            extra = fewer
    return extra
