"""Sending the form that asks for a reset, and other forms of the portal, under its own name or another."""

from urllib.parse import urlsplit

from launchready.collect.forgetting.pages import Entry, asking_form
from launchready.collect.people import People
from launchready.collect.people.forms import Form, encode
from launchready.collect.people.pages import Page
from launchready.site import Site
from launchready.site.identities import Identity
from launchready.site.services import Mailbox
from launchready.wire import Touch
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor

Headers = tuple[tuple[str, str], ...]


async def ask_for_reset(
    people: People, entry: Entry, identity: Identity, box: Mailbox | None, *, headers: Headers = ()
) -> tuple[Page, tuple[Answer, ...], bool]:
    """Ask, as a stranger, for a reset of this identity's password.

    Returns:
        The page on which it was asked, the answers, and whether there was a form to send; else they are the page's own.

    Raises:
        WireError: there was no answer, or no consent.
    """
    visitor = people.stranger(Touch.PROBE)
    trail = await visitor.follow("GET", entry.url, headers=headers)
    page = Page(entry.url, trail[-1])
    form = asking_form(page)
    if form is None:
        return page, trail, False
    typed = identity.username
    if form.texts[0].kind == "email" and "@" not in typed and box is not None:
        typed = box.address
    values = {form.texts[0].name: typed}
    return page, await send_form(people.site, visitor, page, form, values, headers=headers), True


async def send_form(
    site: Site, visitor: Visitor, page: Page, form: Form, values: dict[str, str], *, headers: Headers = ()
) -> tuple[Answer, ...]:
    """Send a form of the portal to the portal, whatever host it names, as a browser would that knows it by that.

    Raises:
        WireError: there was no answer, or no consent.
    """
    own = urlsplit(site.portal.url)
    kind, body = encode(form, form.filled(values))
    host = dict(headers).get("Host", own.netloc)
    said = (
        ("Content-Type", kind),
        ("Origin", f"{own.scheme}://{host}"),
        ("Referer", urlsplit(page.url)._replace(netloc=host).geturl()),
    )
    target = urlsplit(form.action)
    if (target.hostname or "") not in site.hosts:
        target = target._replace(scheme=own.scheme, netloc=own.netloc)
    return await visitor.follow("POST", target.geturl(), headers=(*said, *headers), body=body)
