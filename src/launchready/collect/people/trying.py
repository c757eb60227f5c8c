"""One way of signing in, tried for one identity, and the proof. Live and secret: never evidence."""

from dataclasses import replace

from launchready.collect.people import pasted, words
from launchready.collect.people.apis import Apis
from launchready.collect.people.attempts import Attempted, LoginWay, token_in
from launchready.collect.people.choosing import choose
from launchready.collect.people.failing import outcome
from launchready.collect.people.finding import Found
from launchready.collect.people.form_login import FormWay
from launchready.collect.people.json_login import JsonWay
from launchready.collect.people.letters import Letters
from launchready.collect.people.mail_login import by_mail
from launchready.collect.people.pages import Page
from launchready.collect.people.proving import Prover, Suspect
from launchready.collect.people.script_login import by_browser
from launchready.collect.people.second_step import give_code
from launchready.collect.people.turn import Done, Turn
from launchready.errors import UsageError
from launchready.evidence.redact import subject
from launchready.site import Site
from launchready.wire import Touch, Wire
from launchready.wire.visitor import Visitor

FINAL = frozenset(
    ("wrong-credentials", "locked", "captcha", "limited", "second-factor", "password-expired", "no-proof")
)
"""After these answers the same credentials are not sent again, by any way."""


class Trying:
    """The ways, and what they need.

    Attributes:
        wire: the run's.
        site: the portal.
        apis: what is known of its interface.
        prover: finds proofs.
        letters: reads mail.
    """

    def __init__(self, wire: Wire, site: Site) -> None:
        self.wire, self.site = wire, site
        self.apis = Apis(wire, site)
        self.prover = Prover(wire, site, self.apis)
        self.letters = Letters(wire, site)

    async def pasted(self, turn: Turn) -> Done | None:
        """Use the session that the portal file hands over; None where nothing proves it.

        Raises:
            NotSignedIn: it is not what it should be.
            WireError: the portal did not answer.
        """
        secrets, visitor = turn.secrets, Visitor(self.wire.http, turn.identity.name, Touch.SIGN_IN)
        done = Done(visitor, visitor.copy(), kind=secrets.pasted[0].replace("_", "-"))
        try:
            if secrets.storage_state:
                pasted.hold_storage_state(visitor, secrets.storage_state, self.site)
            if secrets.cookie:
                pasted.hold_cookies(visitor, secrets.cookie, self.site)
            if secrets.header:
                pasted.hold_header(visitor, secrets.header)
            if secrets.token:
                pasted.hold_token(visitor, secrets.token)
        except UsageError as error:
            raise turn.failed("secret-missing", why=str(error)) from None
        answers = await visitor.follow("GET", self.site.portal.url)
        done.landing = Page(self.wire.http.address_of(answers[-1].exchange.url), answers[-1])
        done.access = _bearer(visitor)
        if await self._proved(turn, done):
            turn.tried(done.kind, "signed in")
            return done
        turn.tried(done.kind, "nothing shows that the portal knows this session")
        return None

    async def by(self, way: LoginWay, turn: Turn) -> Done:
        """Sign in by this way.

        Raises:
            NotSignedIn: it did not come about; `turn.over` says whether another way may be tried.
            WireError: the portal did not answer.
        """
        visitor = Visitor(self.wire.http, turn.identity.name, Touch.SIGN_IN)
        done = Done(visitor, visitor, way=way, kind=way.kind)
        if isinstance(way, FormWay):
            done.went(await way.open(visitor, turn.identity.username))
        elif isinstance(way, JsonWay):
            done.went(await visitor.follow("GET", self.site.portal.url))
        done.before = visitor.copy()
        attempted = await self._sent(way, turn, done)
        if attempted.reason == "no-proof":  # the form came back without a word: a person tries once more
            attempted, done.submissions = await self._sent(way, turn, done), 2
        done.kind = way.kind
        answers, place = attempted.answers, f" at {subject(way.url)}"
        if attempted.second_step:
            attempted = await self._second(turn, done, attempted)
        if not attempted.accepted:
            raise self._refused(turn, done, attempted.reason, place)
        done.landing = attempted.page
        done.access, done.refresh = _bearer(visitor), _refresh(attempted)
        if not await self._proved(turn, done) or _is_made_to_change(done):
            reason = _why_not(done.landing)
            if reason == "no-proof":  # but a browser may see what plain requests do not
                turn.tried(done.kind, "the password was taken, but nothing proves it" + place)
                raise turn.failed(reason)
            raise self._refused(turn, done, reason, place)
        turn.tried(done.kind, "signed in" + place)
        if done.halfway is None:
            way.memory.learn(answers)
        return done

    async def by_browser(self, turn: Turn, start: str) -> Done:
        """Sign in through the browser. Raises as `by`."""
        done = await by_browser(self.wire, self.site, turn, start)
        if not await self._proved(turn, done):
            raise turn.failed("no-proof")
        return done

    async def by_mail(self, turn: Turn, found: Found) -> Done:
        """Sign in by what the portal sends. Raises as `by`."""
        done = await by_mail(self.wire, self.site, self.apis, self.letters, turn, found)
        if not await self._proved(turn, done):
            turn.tried(done.kind, "it was taken, but nothing proves it")
            raise turn.failed("no-proof")
        turn.tried(done.kind, "signed in")
        return done

    async def _sent(self, way: LoginWay, turn: Turn, done: Done) -> Attempted:
        """Send the password once, with a code where the same form asks for it."""
        username, password = turn.identity.username, turn.secrets.password
        if isinstance(way, FormWay) and turn.secrets.codes is not None and way.wants_code(done.visitor):
            code, done.second_factor = await turn.secrets.codes.unused(), "totp"
            attempted = await way.attempt(done.visitor, username, password, code=code)
        else:
            attempted = await way.attempt(done.visitor, username, password)
        turn.sent += attempted.sent
        done.went(attempted.answers)
        return attempted

    async def _second(self, turn: Turn, done: Done, asked: Attempted) -> Attempted:
        """Give the second factor that is asked for."""
        done.halfway, done.asked = done.visitor.copy(), asked.page
        if turn.code is None or asked.page is None:
            turn.over = True
            turn.tried(done.kind, "the password was taken, then a code was asked for")
            raise turn.failed("second-factor")
        given, page = asked, asked.page
        for _ in range(2 if turn.factor == "totp" else 1):  # a clock that is off by a step gets a second try
            if not (code := await turn.code()):
                turn.over = True
                turn.tried(done.kind, "the password was taken, but no code came by mail")
                raise turn.failed("second-factor")
            username, password = turn.identity.username, turn.secrets.password
            beside = isinstance(done.way, FormWay) and done.way.wants_code(done.visitor)
            given = await self.give_code(done.way, done.visitor, page, code, username, password)
            turn.sent += beside and given.sent
            if given.sent:
                done.went(given.answers)
            if given.accepted or given.reason != "second-factor" or not given.sent:
                break
            page = given.page if given.page is not None and given.page.code is not None else page
        done.second_factor = turn.factor if given.accepted else ""
        return given

    async def give_code(  # noqa: PLR0917 -- each is another kind of thing
        self,
        way: LoginWay | None,
        visitor: Visitor,
        page: Page,
        code: str,
        username: str,
        password: str,
        *,
        touch: Touch = Touch.SIGN_IN,
    ) -> Attempted:
        """Send one code, beside the password where the login form has come back with a field for it."""
        if not isinstance(way, FormWay) or not way.wants_code(visitor):
            return await give_code(self.wire, self.site, self.apis, way, visitor, page, code, touch=touch)
        given = await way.attempt(visitor, username, password, code=code, touch=touch)
        wrong = given.reason == "wrong-credentials"  # the password was right the first time
        return replace(given, reason="second-factor") if wrong else given

    async def _proved(self, turn: Turn, done: Done) -> bool:
        if turn.known is not None and await self.prover.shows(done.visitor, turn.known.mark):
            done.proven = turn.known
            return True
        if done.landing is not None:
            done.landing = await choose(self.wire, done.visitor, done.landing, turn.identity.tenant)
        suspect = Suspect(
            turn.identity,
            done.visitor,
            done.landing,
            done.halfway,
            beside=done.way.url if isinstance(done.way, JsonWay) else "",
            asked=(
                *(each.url for each in done.trail if each.method == "GET" and each.status < 300),
                *done.read,
            ),
        )
        done.proven = await self.prover.prove(suspect)
        return done.proven is not None

    @staticmethod
    def _refused(turn: Turn, done: Done, reason: str, place: str) -> Exception:
        turn.over = reason in FINAL and not (isinstance(done.way, JsonWay) and done.way.unread)
        turn.tried(done.kind, outcome(reason) + place)
        return turn.failed(reason)


def _why_not(landing: Page | None) -> str:
    """Why a password that was taken opened nothing, as the page says where it ended."""
    if landing is None or not landing.is_html:
        return "no-proof"
    if any(len(form.passwords) > 1 for form in landing.forms):
        return "password-expired"
    return "locked" if words.LOCKED.search(landing.text) else "no-proof"


def _is_made_to_change(done: Done) -> bool:
    """Whether all that opened is a page that wants a new password first."""
    mark = done.proven.mark if done.proven is not None else None
    if mark is None or mark.kind != "page" or done.landing is None or mark.url != done.landing.url:
        return False
    return _why_not(done.landing) == "password-expired"


def _bearer(visitor: Visitor) -> str:
    return next((v.split(" ", 1)[1] for _, v in visitor.headers if v.startswith("Bearer ")), "")


def _refresh(attempted: Attempted) -> str:
    return token_in(attempted.page.data).refresh if attempted.page is not None else ""
