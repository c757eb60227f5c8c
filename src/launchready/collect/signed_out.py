"""What a session that was signed out is still answered, where the portal knows elsewhere that it has ended."""

from collections.abc import Iterable

from launchready.collect import disturbing
from launchready.collect.people import People, SignedIn
from launchready.collect.people.sign_out import ends_others
from launchready.collect.people.ways_out import BASIC, PASTED, WaysOut
from launchready.collect.reach.after_sign_out import Ground, answered_after, ask_before, ground_of
from launchready.errors import StoreError, WireError
from launchready.evidence.access import Access, SignedOut
from launchready.evidence.sessions import Sessions, SessionStart
from launchready.site import Site
from launchready.wire import Wire
from launchready.wire.visitor import Visitor

_MOST_TRIED = 3


@disturbing(1)
async def signed_out(wire: Wire, site: Site, people: People, access: Access, sessions: Sessions) -> SignedOut:
    """Sign a fresh session of one identity out, and ask with it for what the identity is shown.

    It waits until others are done, as signing out ends all sessions of the person at some portals. A session that is
    not ended at all is no matter of this: see how signing out went.
    """
    del wire, site, access
    ground = ground_of(people)
    for start in _in_order(sessions.signed_in):
        if ground is None:
            break
        try:
            found = await _tried(people, start.identity, ground)
            await people.alive(start.identity)
        except StoreError:
            raise
        except WireError:
            continue
        if found is not None:
            return found
    return SignedOut()


def _in_order(starts: Iterable[SessionStart]) -> list[SessionStart]:
    """Those whose session can be signed out, those first whose login is cheap to repeat."""
    own = (start for start in starts if start.way != BASIC and start.way not in PASTED)
    ordered = sorted(
        own, key=lambda each: (bool(each.second_factor), not each.test, each.admin, each.identity)
    )
    return ordered[:2]


async def _tried(people: People, name: str, ground: Ground) -> SignedOut | None:
    """What came of one identity; None where no session of it could be ended."""
    session = await people.fresh(name)
    await ask_before(ground, name, session.visitor)
    old = session.visitor.copy()
    if not await _ended(people, session, old):
        return None
    return await answered_after(ground, name, old, session.record.carriers)


async def _ended(people: People, session: SignedIn, old: Visitor) -> bool:
    """Sign out; whether what the session was carried by opens its proof no more."""
    ways, tried = WaysOut(people, session), 0
    async for control in ways.all():
        if not control.sure or ends_others(control):
            continue
        await ways.use(control, token=session.refresh_token)
        if not await session.is_proved(old.copy()):
            return True
        tried += 1
        if tried == _MOST_TRIED:
            break
    return False
