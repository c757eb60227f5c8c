"""What can anybody read?"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from launchready_testbed.portal.access import checked_form, text
from launchready_testbed.portal.articles import HelpCentre
from launchready_testbed.portal.assets import ASSETS, BY_PATH
from launchready_testbed.portal.records import now
from launchready_testbed.portal.rendering import form_page, page, see
from launchready_testbed.portal.sessions import database_of
from launchready_testbed.world import World

PROSE = {
    "/pricing": ("Pricing", ("One price for each client: 49 euro a month, whatever the number of people.",)),
    "/security": (
        "Security",
        ("Write to security@lab.test when you have found something.", "We answer in a day."),
    ),
    "/terms": ("Terms", ("You may use the portal as long as you are our client.",)),
    "/privacy": ("Privacy", ("We keep what we need for your account, and nothing else.",)),
    "/contact/thanks": ("Thank you", ("We have your message and answer on the next working day.",)),
}


async def home(request: Request) -> Response:
    """The first page."""
    return page(request, "home.html")


async def status(request: Request) -> Response:
    """Whether all is well, for people."""
    return page(request, "status.html")


async def health(request: Request) -> Response:
    """Whether all is well, for machines: asks the database."""
    database_of(request).execute("SELECT 1").fetchone()
    return JSONResponse({"status": "ok"}, headers={"cache-control": "no-store"})


async def prose(request: Request) -> Response:
    """One of the pages that are only text."""
    title, paragraphs = PROSE[request.url.path]
    return page(request, "prose.html", title=title, paragraphs=paragraphs, links=())


async def contact(request: Request) -> Response:
    """The form to write to us, which needs no account."""
    if request.method == "POST":
        form = await checked_form(request)
        email, body = text(form, "email", longest=200), text(form, "body")
        database_of(request).execute(
            "INSERT INTO messages (email, body, written) VALUES (?, ?, ?)", (email, body, now())
        )
        return see(request, "/contact/thanks")
    return form_page(
        request,
        title="Contact",
        action="/contact",
        button="Send",
        fields=(("email", "Your address", "email"), ("body", "Your message", "textarea")),
    )


async def robots(request: Request) -> Response:
    """What crawlers may read."""
    world: World = request.scope["world"]
    return PlainTextResponse(f"User-agent: *\nDisallow: /dashboard\nSitemap: {world.origin()}/sitemap.xml\n")


async def sitemap(request: Request) -> Response:
    """Every public page."""
    world: World = request.scope["world"]
    centre: HelpCentre = request.app.state.help_centre
    paths = ["/", "/help", "/status", "/contact", *PROSE]
    paths += [f"/help/{article.slug}" for article in centre.articles]
    entries = "".join(f"<url><loc>{world.origin()}{path}</loc></url>\n" for path in paths)
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    return Response(body, media_type="application/xml")


async def security_txt(request: Request) -> Response:
    """Whom to tell about a weakness (RFC 9116)."""
    return PlainTextResponse("Contact: mailto:security@lab.test\nExpires: 2027-06-30T00:00:00Z\n")


async def asset(request: Request) -> Response:
    """A static file; its name changes with its content, so a matching tag means that the browser has it."""
    found = BY_PATH[request.url.path]
    tag = f'"{len(found.content)}-{found.path.rpartition("/")[2]}"'
    headers = {"cache-control": found.cache, "etag": tag}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(found.content, headers={**headers, "content-type": found.content_type})


ROUTES = (
    Route("/", home),
    *(Route(each.path, asset) for each in ASSETS.values()),
    *(Route(path, prose) for path in PROSE),
    Route("/status", status),
    Route("/health", health),
    Route("/contact", contact, methods=["GET", "POST"]),
    Route("/robots.txt", robots),
    Route("/sitemap.xml", sitemap),
    Route("/.well-known/security.txt", security_txt),
)
