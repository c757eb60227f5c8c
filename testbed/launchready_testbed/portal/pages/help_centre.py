"""What does the help centre show?"""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.portal.articles import HelpCentre
from launchready_testbed.portal.rendering import page

ARTICLES_PER_PAGE = 50


async def contents(request: Request) -> Response:
    """The list of articles, fifty at a time."""
    centre: HelpCentre = request.app.state.help_centre
    asked = request.query_params.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0
    shown = centre.articles[ARTICLES_PER_PAGE * (number - 1) : ARTICLES_PER_PAGE * number] if number else ()
    if not shown:
        raise HTTPException(404)
    links = [(f"/help/{article.slug}", article.title) for article in shown]
    if ARTICLES_PER_PAGE * number < len(centre.articles):
        links.append((f"/help?page={number + 1}", "More articles"))
    return page(
        request, "prose.html", title="Help centre", paragraphs=("How things are done here.",), links=links
    )


async def article(request: Request) -> Response:
    """One article."""
    centre: HelpCentre = request.app.state.help_centre
    found = centre.find(request.path_params["slug"])
    if found is None:
        raise HTTPException(404)
    return page(request, "article.html", article=found, related=centre.related(found))


ROUTES = (Route("/help", contents), Route("/help/{slug}", article))
