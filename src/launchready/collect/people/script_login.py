"""Signing in through the browser, where a form needs its scripts or the portal file has a recipe."""

from urllib.parse import urljoin

from launchready.collect.people.browser_login import DrivenWay, sign_in
from launchready.collect.people.browser_steps import Credentials
from launchready.collect.people.pages import Page
from launchready.collect.people.turn import Done, Turn
from launchready.errors import WireError
from launchready.site import Site
from launchready.wire import Touch, Wire
from launchready.wire.visitor import Visitor

__all__ = ["DrivenWay", "by_browser"]


async def by_browser(wire: Wire, site: Site, turn: Turn, start: str) -> Done:
    """Let the browser sign in, once; a proof is another matter.

    Args:
        wire: the run's.
        site: the portal.
        turn: whose.
        start: the login page, raw.

    Raises:
        NotSignedIn: it did not come about.
    """
    identity = turn.identity
    visitor = Visitor(wire.http, identity.name, Touch.SIGN_IN)
    credentials = Credentials(identity.username, turn.secrets.password, turn.code)
    kind = "recipe" if site.login.recipe else "browser form"
    try:
        came = await sign_in(wire, site, visitor, start, credentials, site.login.recipe)
    except WireError as error:
        turn.tried(kind, str(error))
        raise turn.failed("no-form", settle_by=error.settle_by) from None
    turn.sent += 1
    turn.screenshot = came.screenshot or turn.screenshot
    turn.tried(came.kind, came.says)
    if not came.reached:
        raise turn.failed(came.reason or "no-form", why=came.why, settle_by=came.settle_by)
    done = Done(visitor, came.before, came.halfway, came.way, came.kind, list(came.trail))
    done.second_factor = (came.second_factor and turn.factor) or came.second_factor
    done.access, done.refresh, done.read = came.access_token, came.refresh_token, came.read
    try:
        url = urljoin(site.portal.url, came.url)
        done.landing = Page(url, await visitor.fetch("GET", url))
    except WireError:
        done.landing = None
    return done
