"""What do faults and look-alikes need in which each client has a word of its own in the address?"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from launchready_testbed.contracts import on_dashboard
from launchready_testbed.doors import behind
from launchready_testbed.portal.sessions import User
from launchready_testbed.world import World

_WORDS = {1: "bergen", 2: "lisbon"}
"""By client."""
_SLIPS = {
    61: (1, "Sloop Petrel, nine and a half metres, paid until spring"),
    62: (2, "Ketch Albatross, fourteen metres, two reminders sent"),
}
"""By number: whose, and which boat lies there. Each client has one, so that nothing but the boat differs."""
_GOODS = {1: "Wax for racing shells, a tin", 2: "Sail tape in three colours"}


def moorings(world: World, *, asks_word: bool = True, asks_record: bool = True) -> None:
    """Each client's slips stand below its word; whether it is the caller's word and the word's slip is asked, or not."""

    def links(user: User | None) -> str:
        word = _WORDS.get(user.tenant or 0) if user else None
        return (
            f'<p><a href="/moorings/{word}/slips">Slips</a> <a href="/moorings/{word}/rules">Rules</a></p>'
            if word
            else ""
        )

    def answer(request: Request, user: User) -> Response:
        _, _, word, page, *rest = request.url.path.split("/")
        tenant = next((number for number, each in _WORDS.items() if each == word), 0)
        if not tenant or (asks_word and user.tenant not in (None, tenant)):
            return _none()
        if page == "rules":
            return _page("Rules", "<p>Fenders are put out on both sides</p>")
        if not rest:
            own = [number for number, (owner, _) in _SLIPS.items() if owner == tenant]
            return _page(
                "Slips", "".join(f'<p><a href="/moorings/{word}/slips/{n}">Slip {n}</a></p>' for n in own)
            )
        owner, boat = _SLIPS.get(int(rest[0]), (0, ""))
        return _page("Slip", f"<p>{boat}</p>") if owner and (owner == tenant or not asks_record) else _none()

    on_dashboard(world, links)
    behind(world, r"/moorings/\w+/(?:rules|slips(?:/\d+)?)", answer)


def shops(world: World) -> None:
    """Each client has a shop that all the world may see, and is led there from its dashboard, where its goods are told."""

    def links(user: User | None) -> str:
        tenant = user.tenant if user else None
        return (
            f'<p>On sale: {_GOODS[tenant]} <a href="/shops/{_WORDS[tenant]}/goods">Your shop</a></p>'
            if tenant in _GOODS
            else ""
        )

    on_dashboard(world, links)
    for tenant, word in _WORDS.items():
        address = "https://portal.lab.test:{https}" + f"/shops/{word}/goods"
        world.page(
            f"/shops/{word}/goods",
            f'<!doctype html><html lang="en"><head><title>Shop</title><meta property="og:title" content="Shop">'
            f'<meta property="og:url" content="{address}"></head><body><main><h1>Shop</h1>'
            f"<p>{_GOODS[tenant]}</p><p>Delivered on Tuesdays</p></main></body></html>",
        )


def _page(title: str, main: str) -> Response:
    """With what stands on all of them, whosever they are."""
    return HTMLResponse(
        f'<!doctype html><html lang="en"><head><title>{title}</title></head><body><main><h1>{title}</h1>{main}'
        "<p>Berthing is at your own risk, ref. 2026-7</p><p>Ask the harbour office before you change places</p>"
        "</main></body></html>"
    )


def _none() -> Response:
    return HTMLResponse("There is none.", 404)
