"""How is the portal put together?"""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from launchready_testbed.people import Secrets
from launchready_testbed.portal import api, openapi
from launchready_testbed.portal.articles import HelpCentre
from launchready_testbed.portal.database import open_database, restore, snapshot
from launchready_testbed.portal.interface import PREFIX
from launchready_testbed.portal.pages import (
    account,
    approvals,
    documents,
    feeds,
    help_centre,
    invoices,
    joining,
    password,
    provider,
    public,
    second_factor,
    staff,
    tickets,
    users,
)
from launchready_testbed.portal.rendering import page
from launchready_testbed.portal.sessions import LoginRequiredError
from launchready_testbed.world import World, target

AREAS = (
    *(public, help_centre, account, second_factor, password, joining, provider),
    *(tickets, feeds, invoices, documents, approvals, staff, users, api, openapi),
)
WORDS = {
    400: "We could not make sense of that.",
    403: "This is not for you.",
    404: "There is no such page.",
    405: "That cannot be done here.",
    409: "Somebody was faster.",
    410: "This link is no longer valid.",
    413: "That is too large.",
    429: "Too many attempts. Please wait a little.",
    500: "Something went wrong on our side.",
}


def build_portal(folder: Path, pages: int, secrets: Secrets) -> Starlette:
    """The portal with its data in `folder` and `pages` further help articles."""
    app = Starlette(
        routes=[route for area in AREAS for route in area.ROUTES],
        exception_handlers={
            HTTPException: _refused,
            LoginRequiredError: _sign_in_first,
            Exception: _broken,
        },
    )
    app.router.redirect_slashes = False
    app.state.database = open_database(folder, secrets)
    app.state.seed = snapshot(app.state.database)
    app.state.help_centre = HelpCentre(pages)
    return app


def start_afresh(app: Starlette) -> None:
    """Makes data and sessions as they were at the start."""
    restore(app.state.database, app.state.seed)


async def _refused(request: Request, error: Exception) -> Response:
    """A clean error page, or its like in JSON."""
    assert isinstance(error, HTTPException)
    response = _error(request, error.status_code, error)
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


async def _broken(request: Request, error: Exception) -> Response:
    """A clean error page that tells nothing of the inside."""
    return _error(request, 500, error)


async def _sign_in_first(request: Request, _error: Exception) -> Response:
    """Pages lead to the log-in page; the JSON interface answers 401."""
    if _is_api(request):
        return JSONResponse({"error": "Sign in first."}, 401, headers={"cache-control": "no-store"})
    wanted = quote(target(request.scope), safe="")
    return RedirectResponse(f"/login?next={wanted}", 302, headers={"cache-control": "no-store"})


def _error(request: Request, status: int, error: Exception) -> Response:
    world: World = request.scope["world"]
    for shown in world.errors:
        if (response := shown(request, status, error)) is not None:
            return response
    words = WORDS.get(status, "That did not work.")
    if _is_api(request):
        return JSONResponse({"error": words}, status, headers={"cache-control": "no-store"})
    title = HTTPStatus(status).phrase
    return page(
        request, "prose.html", status, title=title, paragraphs=(words,), links=(("/", "To the first page"),)
    )


def _is_api(request: Request) -> bool:
    path: str = request.scope["path"]
    return path.startswith(PREFIX + "/")
