"""Using the link of a reset mail: once, again, and what became of everything that was there before."""

import secrets

from launchready.collect._gaps import gap
from launchready.collect.forgetting.asking import Asked, Asking
from launchready.collect.forgetting.pages import read_link_page, setting_form
from launchready.collect.forgetting.sending import send_form
from launchready.collect.people import People
from launchready.collect.people.forms import Form
from launchready.collect.people.pages import Page
from launchready.collect.sending_on.evading import ELSEWHERE
from launchready.errors import SignInFailed, WireError
from launchready.evidence import Missing
from launchready.evidence.password_reset import LinkPage, ResetUse
from launchready.verdict import Cause
from launchready.wire import Touch
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor

_NO_SESSION = Missing(
    Cause.AMBIGUOUS,
    "no session was left to see whether a reset ends it",
    "run the audit again with this check",
)


class Using:
    """The links of one identity.

    Attributes:
        restored: as `ResetDrill.restored`.
    """

    def __init__(self, people: People, asking: Asking) -> None:
        self._people, self._wire, self._site = people, people.wire, people.site
        self._asking, self._session = asking, asking.session
        password = asking.session.identity.password
        assert password is not None
        self._password = password.resolve().get_secret_value()
        self.restored = "untouched"

    async def use(self, newest: Asked, earlier: Asked) -> tuple[LinkPage | Missing, ResetUse | Missing]:
        """Open the newest link, set the password that the account has, and see what became of everything else.

        Args:
            newest: the last reset whose mail came.
            earlier: one that was asked for before it, or the same.
        """
        secret = newest.secret
        if secret is None or not secret.link:
            none = Missing(
                Cause.NOT_COLLECTED, "a code was mailed and no link, and was not typed in", "use it by hand"
            )
            return none, none
        if secret.host not in self._site.hosts and secret.host != ELSEWHERE:
            away = Missing(
                Cause.NO_CONSENT,
                f"the link leads to {secret.host}, outside the scope",
                "add it to [scope] hosts",
            )
            return away, away
        url = self._asking.own(secret)
        opener = self._people.stranger(Touch.PROBE)
        try:
            page = self._asking.page((await opener.follow("GET", url))[-1])
            shown = read_link_page(self._wire, self._site, page, secret.value)
            form = setting_form(page)
            if form is None:
                what = "the link of the mail shows no form for a new password"
                return shown, Missing(Cause.AMBIGUOUS, what, "use the link by hand")
            made_up = await self._try(secret.changed(url))
            had_session = await self._session.is_proved()
            answers = await self._set(opener, page, form, self._password)
            if _is_taken(answers, self._asking.page(answers[-1])):
                self.restored = "same"
            elif not await self._another(opener, answers):
                what = "the portal did not take a new password by the link"
                settle = "use the link by hand, and see what it asks of a password"
                return shown, Missing(Cause.AMBIGUOUS, what, settle)
            signed_in = await self._session.is_proved(opener)
            ended: bool | Missing = not await self._session.is_proved() if had_session else _NO_SESSION
            again, answer = await self._again(url, made_up)
            older = ""
            if earlier.secret is not None and earlier.secret.value != secret.value:
                older, _ = await self._again(self._asking.own(earlier.secret), made_up)
        except WireError as error:
            missing = gap(error, "using the link was not seen to the end")
            return missing, missing
        use = ResetUse(
            exchange=answers[0].exchange,
            made_up=made_up[0].exchange,
            again=again,
            again_exchange=answer.exchange,
            older=older,
            signed_in=signed_in,
            second_factor=bool(self._session.record.second_factor),
            sessions_ended=ended,
        )
        return shown, use

    async def _set(self, visitor: Visitor, page: Page, form: Form, password: str) -> tuple[Answer, ...]:
        values = {field.name: password for field in form.passwords}
        return await send_form(self._site, visitor, page, form, values)

    async def _try(self, url: str) -> tuple[Answer, ...]:
        """What a link does to somebody who opens it and sets the password that the account has anyway."""
        visitor = self._people.stranger(Touch.PROBE)
        opened = await visitor.follow("GET", url)
        page = self._asking.page(opened[-1])
        form = setting_form(page)
        return opened if form is None else await self._set(visitor, page, form, self._password)

    async def _again(self, url: str, made_up: tuple[Answer, ...]) -> tuple[str, Answer]:
        """Accepted, refused or unclear, and the answer: compared with that to a link which nobody was given."""
        answers = await self._try(url)
        if _is_taken(answers, self._asking.page(answers[-1])):
            told_apart = not _is_taken(made_up, self._asking.page(made_up[-1]))
            return ("accepted" if told_apart else "unclear"), answers[0]
        opens = answers[0].exchange.method == "POST" and made_up[0].exchange.method != "POST"
        # Where the portal refuses the present password, a form that opens may be valid still.
        return ("unclear" if opens and self.restored != "same" else "refused"), answers[0]

    async def _another(self, opener: Visitor, refused: tuple[Answer, ...]) -> bool:
        """Set another password where the old one is refused, then the old one by a further reset."""
        page = self._asking.page(refused[-1])
        again = setting_form(page)
        if again is None:
            return False
        answers = await self._set(opener, page, again, f"Lr1-{secrets.token_urlsafe(18)}")
        if not _is_taken(answers, self._asking.page(answers[-1])):
            return False
        self.restored = "lost"
        for _ in range(2):
            asked = await self._asking.ask()
            if asked.secret is None or not asked.secret.link:
                continue
            visitor = self._people.stranger(Touch.PROBE)
            shown = self._asking.page((await visitor.follow("GET", self._asking.own(asked.secret)))[-1])
            setting = setting_form(shown)
            if setting is None:
                continue
            back = await self._set(visitor, shown, setting, self._password)
            if _is_taken(back, self._asking.page(back[-1])):
                self.restored = "set-back"
                break
        return True

    async def signs_in(self) -> bool | Missing:
        """Whether the password of the portal file is still right; as far as the second step where there is one."""
        session = self._session
        try:
            if not session.record.second_factor:
                await self._people.fresh(session.identity.name)
                return True
            visitor = Visitor(self._wire.http, session.identity.name, Touch.SIGN_IN)
            assert session.way is not None
            attempted = await session.way.attempt(visitor, session.identity.username, self._password)
        except SignInFailed:
            return False
        except WireError as error:
            return gap(error, "whether the account still signs in was not seen")
        return attempted.accepted


def _is_taken(answers: tuple[Answer, ...], end: Page) -> bool:
    """Whether the answers to a new password took it: no refusal, and the form for it is not there again."""
    if answers[0].exchange.method != "POST":
        return False
    refused = any(each.exchange.status >= 400 for each in answers)
    return not refused and setting_form(end) is None
