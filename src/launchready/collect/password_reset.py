"""Forgetting a password on purpose: asked for as a stranger, read in the test account's mailbox, used, and used again.

The new password is the old one, so that the account stays as it was; where the portal refuses that, another is set and
then the old one again. The end proves that the identity still signs in. Only test identities forget anything.
"""

from msgspec.structs import replace

from launchready.collect import disturbing
from launchready.collect._gaps import gap
from launchready.collect.forgetting.asking import Asking
from launchready.collect.forgetting.mail import counts_up
from launchready.collect.forgetting.pages import Entry, find_entry, login_page
from launchready.collect.forgetting.using import Using
from launchready.collect.people import People
from launchready.collect.people.ways_out import PASTED
from launchready.errors import Refused
from launchready.evidence import Missing
from launchready.evidence.password_reset import ForgedHost, LinkPage, PasswordReset, ResetDrill, ResetUse
from launchready.evidence.sessions import Sessions
from launchready.site import Site
from launchready.site.services import Mailbox
from launchready.verdict import Cause
from launchready.wire import Touch, Wire

_MOST_ADMINS = 2


@disturbing(2)
async def password_reset(
    wire: Wire, site: Site, people: People, sessions: Sessions | Missing
) -> PasswordReset:
    """Find where a reset is asked for, and walk the whole way with one test identity; administrators go a short one.

    Raises:
        WireError: the portal does not answer.
    """
    started = sessions.signed_in if isinstance(sessions, Sessions) else ()
    login = await login_page(wire, site, people, started)
    entry = await find_entry(wire, site, login)
    shown = wire.http.remember(entry.url) if entry.url else ""

    def known(drills: tuple[ResetDrill, ...] | Missing) -> PasswordReset:
        return PasswordReset(shown, entry.how, drills, bool(entry.url), site.hosts)

    if not entry.url and login is None:
        what = "no login page was found, from which a way to reset a password would lead"
        return known(Missing(Cause.NOT_COLLECTED, what, "name the page in [login] forgot"))
    if not entry.url:
        return known(entry.why or ())
    if entry.scripted:
        what = "asking for a reset is a script's work there, and was not tried"
        return known(
            Missing(Cause.NOT_COLLECTED, what, "walk through a reset by hand, as the check's page describes")
        )
    if isinstance(sessions, Missing):
        return known(sessions)
    try:
        wire.gate.check(entry.url, Touch.PROBE)
    except Refused as error:
        return known(gap(error))
    fitting = [each for each in started if each.test and each.way not in PASTED]
    if not fitting:
        settle = "add an [[identity]] with test = true, username, password and mailbox"
        return known(Missing(Cause.NOT_COLLECTED, "no test identity signed in with a password", settle))
    mailboxes = {box.name: box for box in site.mailboxes}
    boxes = {each.name: mailboxes.get(each.mailbox or "") for each in site.identities}
    fitting.sort(key=lambda each: (boxes[each.identity] is None, bool(each.second_factor), each.admin))
    whole, *others = fitting
    admins = [
        each for each in others if each.admin and each.second_factor and boxes[each.identity] is not None
    ]
    drills = [
        await _drilled(people, entry, each.identity, boxes[each.identity], whole=each is whole)
        for each in (whole, *admins[:_MOST_ADMINS])
    ]
    return known(tuple(drills))


async def _drilled(
    people: People, entry: Entry, name: str, box: Mailbox | None, *, whole: bool
) -> ResetDrill:
    """One identity's drill: all of it, or only what an administrator's second factor is worth after a reset."""
    session = await people.alive(name)
    asking = Asking(people, entry, session, box)
    using = Using(people, asking)
    asked = newest = await asking.ask()
    link = asking.link(asked)
    forged: tuple[ForgedHost, ...] | Missing | None = None
    page: LinkPage | Missing
    use: ResetUse | Missing
    if isinstance(link, Missing):
        forged = page = use = link
    else:
        if whole:
            forged, newest = await asking.forge(asked)
            if asked.secret and newest.secret and counts_up(asked.secret.value, newest.secret.value):
                link = replace(link, derived_from="counted up from one to the next")
        page, use = await using.use(newest, asked)
    return ResetDrill(
        identity=name,
        admin=session.identity.admin,
        asked=asked.answers[0].exchange,
        token_in_answer=await asking.is_in_answer(asked),
        link=link if whole else None,
        forged=forged if whole else None,
        page=page if whole else None,
        use=use,
        restored=using.restored,
        signs_in=await using.signs_in(),
    )
