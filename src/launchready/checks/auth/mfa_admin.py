"""Is every administrator asked for a second factor, and does the password alone reach nothing?"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from launchready.check import Check, Fix, Risk
from launchready.checks.auth._mfa_examples import EXAMPLES
from launchready.evidence import Missing
from launchready.evidence.password_reset import PasswordReset, ResetDrill, ResetUse
from launchready.evidence.redact import subject
from launchready.evidence.second_factor import (
    CodeDrills,
    CodeGuesses,
    CodeReuse,
    HalfwayLook,
    SecondFactors,
)
from launchready.evidence.sessions import NoSession, Sessions, SessionStart
from launchready.verdict import Cause, Doubt, Finding, Seen, Unknown, Verdict, weigh

_PASTED = ("token", "cookie", "header", "storage-state")
_MAIL_ALONE = ("mail link", "mail code")
_NOT_LOOKED = Missing(
    Cause.NOT_COLLECTED,
    "what the second factor holds back was not looked at",
    "run the audit again with this check",
)
_NAMES = {"totp": "a one-time code of an app", "mail": "a code sent by mail"}


def judge(
    sessions: Sessions, factors: SecondFactors, codes: CodeDrills | Missing, reset: PasswordReset | Missing
) -> Verdict:
    """Look at each identity with admin rights by itself: the account that is left out is the one that is used."""
    if not sessions.people:
        return Unknown((_nobody("the portal file names no [[identity]]", "an [[identity]] for each role"),))
    admins = [each for each in sessions.people if each.admin]
    if not admins:
        return Unknown((_nobody("no [[identity]] has admin = true", "an [[identity]] with admin = true"),))
    seen: list[Seen] = []
    findings: list[Finding] = []
    doubts: list[Doubt] = []
    for admin in admins:
        parts = _unproved(admin) if isinstance(admin, NoSession) else _asked(admin, factors, codes, reset)
        for part in parts:
            match part:
                case Seen():
                    seen.append(part)
                case Finding():
                    findings.append(part)
                case Doubt():
                    doubts.append(part)
    return weigh(seen, findings, doubts)


def _nobody(what: str, add: str) -> Doubt:
    return Doubt("", Cause.NOT_COLLECTED, f"{what}, so no administrator was signed in", f"add {add}")


def _name(identity: str) -> str:
    return f"identity {identity}"


def _unproved(admin: NoSession) -> Iterator[Doubt]:
    """A second factor that we cannot give is asked for; everything behind it stays unseen."""
    yield admin.why.doubt(_name(admin.identity))


def _asked(
    admin: SessionStart, factors: SecondFactors, codes: CodeDrills | Missing, reset: PasswordReset | Missing
) -> Iterator[Seen | Finding | Doubt]:
    who = _name(admin.identity)
    if admin.way in _PASTED:
        detail = f"its session was pasted in ({admin.way}), which does not tell how it was begun"
        yield Doubt(who, Cause.NOT_COLLECTED, detail, "give this identity a username and password, and totp")
    elif not admin.second_factor and admin.way in _MAIL_ALONE:
        yield Finding(who, f"a {admin.way} alone let this administrator in: whoever reads the mailbox is in")
    elif not admin.second_factor and _elsewhere(admin, factors.portal_hosts):
        server = urlsplit(admin.login_url).hostname
        detail = (
            f"{server} asked this administrator for the password alone; it may ask for more from elsewhere"
        )
        yield Doubt(
            who, Cause.AMBIGUOUS, detail, f"see that {server} asks administrators for a second factor always"
        )
    elif not admin.second_factor:
        enrolled = ", although a second factor is enrolled (mfa = true)" if admin.mfa else ""
        yield Finding(
            who, f"the password alone let this administrator in{enrolled}: no second factor was asked for"
        )
    else:
        yield Seen(
            who, f"was asked for {_NAMES.get(admin.second_factor, admin.second_factor)} after the password"
        )
        factor = next((each for each in factors.admins if each.identity == admin.identity), None)
        yield from _halfway(who, factor.looks if factor else _NOT_LOOKED)
        yield from _codes(who, admin.identity, codes)
        yield from _recovery(who, admin.identity, reset)


def _elsewhere(admin: SessionStart, portal_hosts: tuple[str, ...]) -> bool:
    """Whether the password was typed at somebody else's login page."""
    host = urlsplit(admin.login_url).hostname
    return bool(host) and bool(portal_hosts) and host not in portal_hosts


def _halfway(who: str, looks: tuple[HalfwayLook, ...] | Missing) -> Iterator[Seen | Finding | Doubt]:
    if isinstance(looks, Missing):
        yield looks.doubt(who)
        return
    for look in looks:
        where = subject(look.url)
        if look.shown:
            yield Finding(where, _REACHED[look.what].format(who=who.removeprefix("identity ")))
        if look.enrols:
            yield Finding(where, "gives a new authenticator's secret to somebody who has only the password")
    refused = [look for look in looks if not look.shown and not look.enrols]
    if not any(look.what in ("proof", "page", "api", "file") for look in looks):
        detail = "nothing that only this identity can read was known to try with the password alone"
        yield Doubt(who, Cause.NOT_COLLECTED, detail, "let the crawl see more as this identity")
    elif refused:
        steps = sum(look.what in _WAYS_AROUND for look in refused)
        detail = f"with the password alone {len(refused) - steps} protected addresses showed nothing"
        if steps:
            detail += f", and {steps} ways around the second step led nowhere"
        yield Seen(who, detail)


_WAYS_AROUND = ("step", "ticket", "start", "link")
_REACHED = {
    "proof": "shows {who} as signed in after the password alone",
    "page": "is shown after the password alone: the second factor guards only the pages that ask for it",
    "api": "answers with data after the password alone: the second factor is not asked of the API",
    "file": "is handed out after the password alone",
    "start": "opening it after the password alone leads past the second factor",
    "step": "sending the second step without a code signs in",
    "ticket": "takes what the first step hands out for a token: the code can be left out",
    "link": "this way out of the page that asks for the code signs in without one",
}


def _codes(who: str, identity: str, codes: CodeDrills | Missing) -> Iterator[Seen | Finding | Doubt]:
    if isinstance(codes, Missing):
        what = "whether a code works twice and how often one may guess"
        yield Doubt(who, codes.cause, f"{what}: {codes.detail}", codes.settle_by)
        return
    drill = next((each for each in codes.admins if each.identity == identity), None)
    yield from _reuse(who, drill.reuse if drill else _NOT_LOOKED)
    yield from _guesses(who, drill.guesses if drill else _NOT_LOOKED)


def _reuse(who: str, reuse: CodeReuse | Missing) -> Iterator[Seen | Finding | Doubt]:
    if isinstance(reuse, Missing):
        yield reuse.doubt(who)
    elif reuse.accepted:
        detail = "a one-time code that had been used let in a second time: whoever looks over a shoulder can follow"
        yield Finding(subject(reuse.exchange.url), detail)
    else:
        yield Seen(who, "a used code was refused")


def _guesses(who: str, guesses: CodeGuesses | Missing) -> Iterator[Seen | Finding | Doubt]:
    """A limit that shows is proof; one that does not show within so few codes may still be there.

    Standards let up to 100 consecutive failures be (NIST SP 800-63B-4, 3.2.2), far more than we would send.
    """
    if isinstance(guesses, Missing):
        yield guesses.doubt(who)
    elif guesses.wrong:
        yield Finding(subject(guesses.exchange.url), "a code that was made up let in: codes are not checked")
    elif guesses.limit:
        yield Seen(who, _LIMITS[guesses.limit].format(after=guesses.after))
    else:
        detail = (
            f"no limit showed within {guesses.sent} wrong codes, and the right one still let in afterwards"
        )
        settle = "have your engineer show that codes are limited: five to ten wrong ones, then a pause or a new login"
        yield Doubt(who, Cause.AMBIGUOUS, detail, settle)


_LIMITS = {
    "refused": "codes were refused outright after {after} wrong ones",
    "ended": "{after} wrong codes ended the login",
    "silent": "after {after} wrong codes the right one was refused too",
}


def _recovery(who: str, identity: str, reset: PasswordReset | Missing) -> Iterator[Seen | Finding | Doubt]:
    """Forgetting the password must not be a way around the second factor."""
    if isinstance(reset, Missing):
        yield Doubt(
            who, reset.cause, f"whether a password reset leads past it: {reset.detail}", reset.settle_by
        )
        return
    if not reset.offered:
        yield Seen(who, "the login page offers no password reset that could lead past it")
        return
    drill = (
        reset.drills
        if isinstance(reset.drills, Missing)
        else next((each for each in reset.drills if each.identity == identity), None)
    )
    use = drill.use if isinstance(drill, ResetDrill) else drill
    match use:
        case None:
            detail = "whether a password reset leads past it was not tried with this identity"
            yield Doubt(who, Cause.NOT_COLLECTED, detail, "give this identity test = true and a mailbox")
        case Missing():
            yield Doubt(
                who, use.cause, f"whether a password reset leads past it: {use.detail}", use.settle_by
            )
        case ResetUse(signed_in=True):
            detail = "resetting the password signed this administrator in without a second factor"
            yield Finding(who, detail)
        case ResetUse():
            yield Seen(who, "a password reset does not lead past it")


CHECK = Check(
    asks="Is every administrator asked for a second factor, and does the password alone reach nothing?",
    risk=Risk.CRITICAL,
    why=(
        "Passwords of administrators are guessed, reused and phished. A second factor keeps the finder of one out, but "
        "only if it is asked for each time, by the server, on every way in: having it enrolled is not enough, a page "
        "that asks for a code guards nothing if the others answer already, and a code that works twice or a reset mail "
        "that signs in is a way around it. Behind it are all customers' records and everybody's rights."
    ),
    fix=Fix(
        owner=(
            "Make the second factor compulsory for every account with admin rights, in the portal or at your identity "
            "provider, and ask for a list of the accounts that have none. Do not exempt yourself."
        ),
        engineer=(
            "Ask for a second factor at every sign-in with admin rights, whichever way it comes in. "
            "Until the code is right, give the browser a session that means nothing but `password was right`: keep the "
            "user id in a pending field, not in the field that pages and API look at, and let the one place that decides "
            "who is signed in (middleware, guard, before_action) require the completed second step for every route, API "
            "and file included, with only the code page exempt. Change the session identifier when the code was right. "
            "Accept each code once (store the last time step used), count wrong codes per account and stop after five to "
            "ten. A password reset, a changed address or a lost device must end in the same second step; turning the "
            "factor off needs a code.\n"
            "Django: django-otp's OTPMiddleware with otp_required on every view, or django-allauth's MFA stage, and "
            "OTPAdminSite for the admin; DRF authenticates by itself, so check user.is_verified() there too.\n"
            "Rails: devise-two-factor, with `validate_and_consume_otp!`. Laravel: Fortify's two-factor challenge, not a "
            "check in the front end. Auth providers (Auth0, Entra, Keycloak, Supabase): require MFA by policy, and check "
            "acr, amr or aal in the token on the server.\n"
            "Software of others: WordPress has none of its own, so add a plug-in that makes it compulsory by role, and "
            " switch XML-RPC and application passwords off for these roles, as they ask for no code; MediaWiki: the "
            "extension OATHAuth; Keycloak, Nextcloud and GitLab have a switch that enforces it.\n"
            "ASVS 6.3.3, 6.5.1, 6.6.3, 6.4.3."
        ),
        undo="Lift the rule for the one account that is locked out, after you know who asks, and put it back.",
        verify=(
            "Sign in as each administrator in a private window, stop at the page that asks for the code, and open the "
            "dashboard and an API address: both must send you back. Then run "
            "`launchready audit --check auth/mfa-admin --active`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-ATHN-11", "WSTG-ATHN-04", "WSTG-ATHN-09"),
    asvs=("V6.3.3", "V6.5.1", "V6.6.3", "V6.4.3"),
    cwe=(308, 288, 294, 307, 640),
    owasp_api=("API2:2023",),
)

for _says, _expected, _facts in EXAMPLES:
    CHECK.example(_says, _expected, *_facts)
