"""Signing in without a password: the portal sends a link or a code by mail."""

from launchready.collect.people import words
from launchready.collect.people.apis import Apis
from launchready.collect.people.finding import Found
from launchready.collect.people.form_kinds import username_field
from launchready.collect.people.form_login import submit
from launchready.collect.people.letters import Letters
from launchready.collect.people.pages import Page
from launchready.collect.people.second_step import give_code
from launchready.collect.people.turn import Done, Turn
from launchready.evidence.redact import subject
from launchready.site import Site
from launchready.wire import Touch, Wire
from launchready.wire.visitor import Visitor


async def by_mail(  # noqa: PLR0917 -- each is another kind of thing
    wire: Wire, site: Site, apis: Apis, letters: Letters, turn: Turn, found: Found
) -> Done:
    """Ask for the mail once, then follow its link or give its code.

    Raises:
        NotSignedIn: there is no such form, or no mail came.
        WireError: there was no answer.
    """
    identity = turn.identity
    visitor = Visitor(wire.http, identity.name, Touch.SIGN_IN)
    answers = await visitor.follow("GET", found.start or site.portal.url)
    page = Page(wire.http.address_of(answers[-1].exchange.url), answers[-1])
    form = page.identifier
    if form is None:
        turn.tried("mail link", "no form was found that asks for an address alone")
        raise turn.failed("no-form")
    done = Done(visitor, visitor.copy(), kind="mail link")
    done.went(answers)
    turn.since = await letters.newest(identity)
    field = username_field(form, identity.username) or form.texts[0]
    answers = await submit(visitor, page.url, form, {field.name: identity.username})
    done.went(answers)
    asked = Page(wire.http.address_of(answers[-1].exchange.url), answers[-1])
    place = subject(form.action)
    if asked.status >= 400:
        turn.tried("mail link", f"{place} answered {asked.status}")
        raise turn.failed("limited" if asked.status == 429 else "no-form")
    link, code = await letters.link_or_code(identity, turn.since)
    if link:
        answers = await visitor.follow("GET", link)
        end = Page(wire.http.address_of(answers[-1].exchange.url), answers[-1])
        button = next((each for each in end.forms if _is_button(each.method, each.texts, each.says)), None)
        if button is not None and end.status < 400:  # so that mail scanners do not use up the link
            done.went(answers)
            answers = await submit(visitor, end.url, button, {})
    elif code and asked.code is not None:
        done.kind = "mail code"
        given = await give_code(wire, site, apis, None, visitor, asked, code)
        answers = given.answers
    else:
        turn.tried("mail link", f"{place} took the address, but no link or code came by mail")
        raise turn.failed("no-form", why="no mail with a link or code to sign in arrived")
    done.went(answers)
    done.landing = Page(wire.http.address_of(answers[-1].exchange.url), answers[-1])
    return done


def _is_button(method: str, texts: tuple[object, ...], says: str) -> bool:
    return method == "post" and not texts and not words.LOGOUT.search(says)
