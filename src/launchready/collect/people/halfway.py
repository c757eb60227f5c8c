"""Logins that stop after the password, before the second step."""

from launchready.collect.people import Attempted, People, SignedIn
from launchready.errors import SignInFailed
from launchready.evidence.sessions import Sessions, SessionStart
from launchready.wire import Touch
from launchready.wire.visitor import Visitor


def asked_for_code(sessions: Sessions) -> tuple[SessionStart, ...]:
    """Administrators who were asked for a second factor when they signed in."""
    return tuple(each for each in sessions.signed_in if each.admin and each.second_factor)


async def give_password(people: People, session: SignedIn, touch: Touch) -> tuple[Visitor, Attempted]:
    """Somebody new who has given this identity's password and stands before the second step.

    Raises:
        WireError: the portal did not come to that.
    """
    identity, way = session.identity, session.way
    if way is None or identity.password is None:
        raise SignInFailed(f"{identity.name} did not sign in with a password")
    visitor = Visitor(people.wire.http, identity.name, touch)
    password = identity.password.resolve().get_secret_value()
    attempted = await way.attempt(visitor, identity.username, password, touch=touch)
    if not attempted.second_step or attempted.page is None:
        why = attempted.reason or "no second step came"
        raise SignInFailed(f"a further login of {identity.name} did not come to the second step ({why})")
    return visitor, attempted
