"""What do faults and look-alikes need in which records have numbers, and some stand in nobody's pages?"""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from launchready_testbed.doors import Answer, behind, changed, person_at
from launchready_testbed.portal.database import TENANTS
from launchready_testbed.portal.sessions import User
from launchready_testbed.world import World

_CONTRACTS = {
    41: (1, "Lease of the boathouse at the old pier"),
    42: (3, "Supply of dock lines over the winter"),
    43: (1, "Upkeep of the eight-oared boats"),
    44: (3, "Delivery of mooring ropes each quarter"),
    45: (1, "Hire of the coaching launch"),
}
"""By number: whose, and what about."""
_NOTICES = {
    41: "The slipway is closed on the first Monday",
    42: "Life jackets are checked in spring",
    43: "Dogs are to be kept on a lead on the pier",
}


def contracts(world: World, *, whose_is_asked: bool) -> None:
    """Contracts are for clients who have booked them: Northwind and Westpoint, of whom the portal file names nobody.

    Northwind's people are led to theirs, as pages and as data.
    """
    names = {number: name for number, name, _city in TENANTS}

    def links(user: User | None) -> str:
        own = [
            number
            for number, (tenant, _) in _CONTRACTS.items()
            if user is not None and user.tenant == tenant == 1
        ]
        return "".join(
            f'<p><a href="/contracts/{n}">Contract {n}</a> <a href="/api/v1/contracts/{n}">as data</a></p>'
            for n in own
        )

    def answer(request: Request, user: User) -> Response:
        number = int(request.url.path.rpartition("/")[2])
        tenant, about = _CONTRACTS.get(number, (0, ""))
        as_data = request.url.path.startswith("/api/")
        booked = user.tenant in (None, *(owner for owner, _ in _CONTRACTS.values()))
        if not tenant or not booked or (whose_is_asked and user.tenant not in (None, tenant)):
            return (
                JSONResponse({"error": "not found"}, 404) if as_data else HTMLResponse("There is none.", 404)
            )
        if as_data:
            return JSONResponse({"id": number, "client": names[tenant], "about": about})
        return HTMLResponse(
            f"<title>Contract</title><main><h1>Contract {number}</h1><p>{names[tenant]}</p><p>{about}</p></main>"
        )

    on_dashboard(world, links)
    behind(world, r"/(?:api/v1/)?contracts/\d+", answer)


def notices(world: World) -> None:
    """Notices for all clients; the present ones are on everybody's dashboard, and an older one is not."""

    def links(user: User | None) -> str:
        del user
        return '<p><a href="/notices/41">On Mondays</a> <a href="/notices/43">Dogs</a></p>'

    def answer(request: Request, user: User) -> Response:
        del user
        says = _NOTICES.get(int(request.url.path.rpartition("/")[2]))
        page = f"<title>Notice</title><main><h1>Notice</h1><p>{says}</p></main>"
        return HTMLResponse(page) if says else HTMLResponse("There is none.", 404)

    on_dashboard(world, links)
    behind(world, r"/notices/\d+", answer)


def on_dashboard(world: World, links: Callable[[User | None], str]) -> None:
    """Puts links onto everybody's dashboard."""

    def change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
        if request.url.path != "/dashboard" or status != 200:
            return status, headers, body
        added = links(person_at(world, request)).encode()
        return status, headers, body.replace(b"</main>", added + b"</main>")

    changed(world, change)


def memos(world: World, *, open_to_colleagues: bool) -> None:
    """Everybody of a client writes memos to themselves; each is led to their own.

    They are of whoever wrote them in any case; whether colleagues may open them is for the house to say.
    """
    written = {
        70: ("nora@northwind.test", 1, "Ask the board about a second coach"),
        71: ("nina@northwind.test", 1, "Interview at another club on Friday"),
        72: ("nora@northwind.test", 1, "Birthday present for the cox"),
        73: ("nina@northwind.test", 1, "Salary to be raised in the autumn"),
    }

    def links(user: User | None) -> str:
        own = [number for number, (who, _, _) in written.items() if user is not None and user.email == who]
        return "".join(f'<p><a href="/memos/{number}">Memo {number}</a></p>' for number in own)

    def answer(request: Request, user: User) -> Response:
        who, tenant, says = written.get(int(request.url.path.rpartition("/")[2]), ("", 0, ""))
        if user.email != who and not (open_to_colleagues and user.tenant == tenant):
            return HTMLResponse("There is none.", 404)
        return HTMLResponse(f"<title>Memo</title><main><h1>Memo</h1><p>{says}</p><p>By {who}</p></main>")

    on_dashboard(world, links)
    behind(world, r"/memos/\d+", answer)
