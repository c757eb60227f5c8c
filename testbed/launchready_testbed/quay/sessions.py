"""Who is signed in to quay? Short access tokens, refresh tokens that are good once, and sessions that both hang on."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from launchready_testbed.people import Secrets
from launchready_testbed.portal.passwords import verify_password
from launchready_testbed.portal.totp import code as code_at
from launchready_testbed.portal.totp import step_at
from launchready_testbed.quay.people import NOBODY, PEOPLE, Person, stored_passwords
from launchready_testbed.quay.policy import QuayPolicy
from launchready_testbed.quay.tokens import AUDIENCE, ISSUER, Keys, TokenError, decode, encode

COOKIE = "__Host-quay-refresh"
SESSION_LIFETIME = 12 * 3600  # seconds
TICKET_LIFETIME = 300  # seconds
CODES_PER_TICKET = 5


@dataclass
class Session:
    """Somebody at one device."""

    id: str
    person: Person
    began: float
    refresh: str
    """Hash of the refresh token that is good now."""
    ended: bool = False


@dataclass
class Ticket:
    """Somebody whose password was right and who still owes a code."""

    person: Person
    began: float
    wrong: int = 0


@dataclass
class Entry:
    """What signing in or refreshing gives."""

    access: str
    refresh: str
    person: Person
    lifetime: int


class TooManyError(Exception):
    """There were too many failures; `wait` is in seconds."""

    def __init__(self, wait: float) -> None:
        super().__init__()
        self.wait = wait


class Doorkeeper:
    """Sessions, tickets and failures of one world."""

    def __init__(self, secrets_of: Secrets, clock: Callable[[], float] = time.time) -> None:
        self.keys = Keys.new()
        self._secrets = secrets_of
        self._clock = clock
        self._people = {person.email: person for person in PEOPLE}
        self._by_id = {person.id: person for person in PEOPLE}
        self._sessions: dict[str, Session] = {}
        self._refresh: dict[str, str] = {}
        self._tickets: dict[str, Ticket] = {}
        self._codes: dict[str, int] = {}
        self._failures: dict[str, list[float]] = {}

    @property
    def people(self) -> list[Person]:
        """Everybody who may sign in, as they are now."""
        return list(self._people.values())

    def admit(self, person: Person) -> None:
        """From now on `person` may sign in, and is as said here."""
        self._people[person.email] = self._by_id[person.id] = person

    def change(self, person: Person, **fields: str) -> Person:
        """The person with other `fields`, from now on."""
        changed = replace(person, **fields)  # type: ignore[arg-type]  # whoever asks says fields of a person
        self.admit(changed)
        return changed

    def factor_secret(self, person: Person) -> str | None:
        """What the person's authenticator was given; None without one. Nothing but a fault shows it."""
        return self._secrets.read(person.call_name, "totp") if person.owes_code else None

    def check_password(self, email: str, password: str) -> Person | None:
        """The person whose address and password these are; takes the same time for every wrong one."""
        person = self._people.get(email)
        right = verify_password(password, stored_passwords()[email if person else NOBODY])
        return person if right else None

    def is_known(self, email: str) -> bool:
        """Whether anybody has this address."""
        return email in self._people

    def may_try(self, key: str, policy: QuayPolicy) -> None:
        """Whether `key` may try again.

        Raises:
            TooManyError: not yet.
        """
        if not policy.limiter:
            return
        now = self._clock()
        recent = [at for at in self._failures.get(key, ()) if now - at < policy.wait]
        self._failures[key] = recent
        if len(recent) >= policy.failures_allowed:
            raise TooManyError(policy.wait - (now - recent[-1]))

    def failed(self, key: str) -> None:
        """Counts a failure."""
        self._failures.setdefault(key, []).append(self._clock())

    def succeeded(self, key: str) -> None:
        """Forgets the failures before a success."""
        self._failures.pop(key, None)

    def ticket(self, person: Person) -> str:
        """A new ticket for a person who still owes a code."""
        made = secrets.token_urlsafe(32)
        self._tickets[_hash(made)] = Ticket(person, self._clock())
        return made

    def holder(self, ticket: str) -> Person | None:
        """Whose ticket this is, as long as it is good."""
        found = self._tickets.get(_hash(ticket))
        return found.person if found and self._clock() - found.began < TICKET_LIFETIME else None

    def check_code(self, ticket: str, code: str, policy: QuayPolicy) -> Person | None:
        """The holder of the ticket, if the code is right and was not used before; the ticket is used up then."""
        name = _hash(ticket)
        found = self._tickets.get(name)
        if found is None or self._clock() - found.began >= TICKET_LIFETIME:
            return None
        person = found.person
        step = self._matching_step(person, code)
        used = self._codes.get(person.id, -1)
        if step is None or (step <= used and not policy.code_reusable):
            found.wrong += 1
            if found.wrong >= CODES_PER_TICKET and not policy.code_guesses_unlimited:
                del self._tickets[name]
            return None
        self._codes[person.id] = max(step, used)
        del self._tickets[name]
        return person

    def _matching_step(self, person: Person, code: str) -> int | None:
        """The time step whose code this is: the present one, the last or the next; None when it is none of them."""
        secret = self._secrets.read(person.call_name, "totp")
        present = step_at(self._clock())
        for step in (present, present - 1, present + 1):
            if hmac.compare_digest(code_at(secret, step).encode(), code.encode()):
                return step
        return None

    def begin(self, person: Person, policy: QuayPolicy) -> Entry:
        """A new session."""
        session = Session(str(uuid.uuid4()), person, self._clock(), "")
        self._sessions[session.id] = session
        return self._entry(session, policy)

    def exchange(self, refresh: str, policy: QuayPolicy) -> Entry | None:
        """New tokens for a refresh token; one that comes a second time was stolen, and ends the session."""
        name = _hash(refresh)
        session = self._sessions.get(self._refresh.get(name, ""))
        if session is None or self._clock() - session.began > SESSION_LIFETIME:
            return None
        if session.ended and not policy.refresh_survives_logout:
            return None
        if name != session.refresh and not policy.refresh_reusable:
            session.ended = True
            return None
        return self._entry(session, policy)

    def reader(self, token: str, policy: QuayPolicy) -> tuple[Session, Person] | None:
        """The session of an access token and whom the token names, if it is to be believed."""
        try:
            claims = decode(token, self.keys, policy, self._clock())
        except TokenError:
            return None
        session = self._sessions.get(str(claims.get("sid")))
        # The token alone says who it is, as in most such portals: whoever can forge one can be anybody.
        person = self._by_id.get(str(claims.get("sub")))
        if session is None or person is None or (session.ended and not policy.access_survives_logout):
            return None
        return session, person

    def end_by_refresh(self, refresh: str) -> None:
        """Ends the session of a refresh token, whichever it is."""
        session = self._sessions.get(self._refresh.get(_hash(refresh), ""))
        if session:
            session.ended = True

    @staticmethod
    def end(session: Session) -> None:
        """Ends a session, and with it all its tokens."""
        session.ended = True

    def _entry(self, session: Session, policy: QuayPolicy) -> Entry:
        refresh = secrets.token_urlsafe(48)
        session.refresh = _hash(refresh)
        self._refresh[session.refresh] = session.id
        now = int(self._clock())
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": session.person.id,
            "sid": session.id,
            "iat": now,
            "exp": now + policy.access_lifetime,
            "jti": str(uuid.uuid4()),
        }
        access = encode(claims, self.keys.present(policy))
        return Entry(access, refresh, self._by_id[session.person.id], policy.access_lifetime)


def _hash(text: str) -> str:
    """What is kept of a token: somebody who reads it cannot use it."""
    return hashlib.sha256(text.encode()).hexdigest()
