"""How does a page come out as HTML?"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from launchready_testbed.portal import sessions
from launchready_testbed.portal.assets import ASSETS
from launchready_testbed.portal.records import money
from launchready_testbed.world import World

_TEMPLATES = Environment(
    loader=PackageLoader("launchready_testbed.portal"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters["money"] = money
_TEMPLATES.globals["asset"] = {name: asset.path for name, asset in ASSETS.items()}


def page(request: Request, template: str, status: int = 200, *, form: bool = False, **facts: Any) -> Response:
    """A page. `form` says that it holds a form that sends something, so that it needs a session's token."""
    session = sessions.ensure(request) if form else sessions.current(request)
    world: World = request.scope["world"]
    nonce: str = request.scope["nonce"]
    html = _TEMPLATES.get_template(template).render(
        nonce=nonce,
        user=session.user if session else None,
        csrf=session.csrf if session else "",
        path=request.url.path,
        offers=world.access.offers,
        head_extra=_snippets(world, request.url.path, "head", nonce),
        body_extra=_snippets(world, request.url.path, "body", nonce),
        **facts,
    )
    response = HTMLResponse(html, status)
    if session:
        response.headers["cache-control"] = "no-store"
    sessions.write_cookie(request, response)
    return response


def form_page(
    request: Request,
    problem: str = "",
    status: int = 200,
    *,
    title: str,
    action: str,
    button: str,
    fields: tuple[tuple[str, str, str], ...] = (),
    hidden: tuple[tuple[str, str], ...] = (),
    links: tuple[tuple[str, str], ...] = (),
) -> Response:
    """A page with one form.

    Fields are (name, words, kind), hidden ones (name, value), links below the form (address, words).
    """
    return page(
        request,
        "form.html",
        status,
        form=True,
        title=title,
        action=action,
        button=button,
        upload=False,
        problem=problem,
        hidden=hidden,
        fields=fields,
        links=links,
    )


def see(request: Request, path: str, body: str = "") -> Response:
    """Sends the browser on to `path` after a form was sent. Nobody reads `body`, but it can be measured."""
    # Written as it is: a redirect response of the framework would mend what a careless portal leaves odd.
    location = path if path.isascii() and path.isprintable() else quote(path, safe="/?=&%")
    response = Response(body, 303, headers={"location": location, "cache-control": "no-store"})
    sessions.write_cookie(request, response)
    return response


def _snippets(world: World, path: str, place: str, nonce: str) -> Markup:
    """What the world puts into this page."""
    if not world.snippets:
        return Markup()
    shown = (each.html for each in world.snippets if each.place == place and each.shown(path))
    # The world's own words, not a visitor's: they go in as they are.
    return Markup("\n".join(world.fill(html, nonce) for html in shown))  # noqa: S704 - see the line above
