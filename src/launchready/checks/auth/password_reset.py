"""Is a forgotten password replaced only by whoever reads the mail, once, soon, and for good?"""

from collections.abc import Iterator

from launchready.check import Check, Fix, Risk
from launchready.checks.auth._reset_examples import EXAMPLES
from launchready.evidence import Missing
from launchready.evidence.password_reset import (
    ForgedHost,
    LinkPage,
    PasswordReset,
    ResetDrill,
    ResetLink,
    ResetUse,
)
from launchready.evidence.redact import subject
from launchready.thresholds import thresholds
from launchready.verdict import Cause, Doubt, Finding, NotApplicable, Seen, Unknown, Verdict, weigh

_LONGEST: int = thresholds("reset")["link"]["longest_minutes"]["value"]
_FEWEST_BITS: int = thresholds("reset")["link"]["fewest_bits"]["value"]
_UNLIMITED_BITS: int = thresholds("reset")["link"]["unlimited_bits"]["value"]
_LEAKY: list[str] = thresholds("reset")["page"]["leaky_policies"]["value"]

_Part = Seen | Finding | Doubt


def judge(reset: PasswordReset) -> Verdict:
    """Follow the whole way, from asking to signing in again; each step has its own ways to give the account away."""
    if not reset.offered and isinstance(reset.drills, Missing):
        return Unknown((reset.drills.doubt(),))
    if not reset.offered:
        return NotApplicable("no password reset was found, on the login page or at the usual addresses")
    parts: list[_Part] = []
    where = subject(reset.url)
    if isinstance(reset.drills, Missing):
        parts.append(reset.drills.doubt(where))
    else:
        for drill in reset.drills:
            parts.extend(_drill(where, drill, reset.portal_hosts))
    return weigh(
        (each for each in parts if isinstance(each, Seen)),
        (each for each in parts if isinstance(each, Finding)),
        (each for each in parts if isinstance(each, Doubt)),
    )


def _drill(where: str, drill: ResetDrill, portal_hosts: tuple[str, ...]) -> Iterator[_Part]:
    if isinstance(drill.token_in_answer, Missing):
        yield drill.token_in_answer.doubt(where)
    elif drill.token_in_answer:
        detail = "the answer to asking for a reset holds the way in itself: no mailbox is needed to take an account"
        yield Finding(where, detail)
    for part in dict.fromkeys((drill.link, drill.forged, drill.page, drill.use)):
        match part:
            case Missing():
                yield part.doubt(where)
            case ResetLink():
                yield from _link(where, part, portal_hosts)
            case LinkPage():
                yield from _page(part)
            case ResetUse():
                yield from _use(where, part)
            case tuple():
                yield from _forged(where, part)
    yield from _afterwards(drill)


def _link(where: str, link: ResetLink, portal_hosts: tuple[str, ...]) -> Iterator[_Part]:
    what = "link" if link.host else "code"
    if link.host and not link.secure:
        yield Finding(where, "the link in the mail is http: whoever is on the way can use it first")
    if link.host and portal_hosts and link.host not in portal_hosts:
        detail = f"the link in the mail leads over {link.host}, which is no declared host of the portal"
        yield Doubt(
            where,
            Cause.AMBIGUOUS,
            detail,
            "declare the host, or have reset links sent without click tracking",
        )
    if link.derived_from:
        yield Finding(where, f"the {what} can be worked out: it is {link.derived_from}")
    elif link.bits < _FEWEST_BITS:
        yield Finding(
            where, f"the {what} is so short that it is guessed: {link.bits} bits, of {_FEWEST_BITS} at least"
        )
    elif link.bits < _UNLIMITED_BITS:
        detail = (
            f"the {what} has {link.bits} bits, which holds only if guesses are limited; that was not tried"
        )
        yield Doubt(
            where, Cause.AMBIGUOUS, detail, "send a random link of 128 bits, or show that guesses are limited"
        )
    else:
        yield Seen(where, f"the {what} is written with {link.bits} bits and is made of nothing we know")
    yield _lifetime(where, what, link)


def _lifetime(where: str, what: str, link: ResetLink) -> _Part:
    """Told by the mail or the token; nobody waits a day to see."""
    if link.states_minutes > _LONGEST:
        hours = link.states_minutes // 60
        return Finding(
            where, f"the {what} is valid for {hours} hours by its own words, {_LONGEST // 60} are the most"
        )
    if link.states_minutes:
        return Seen(
            where, f"the {what} is valid for {link.states_minutes} minutes, says the {link.stated_in}"
        )
    detail = f"how long the {what} is valid cannot be told without waiting: neither mail nor {what} says so"
    return Doubt(
        where, Cause.AMBIGUOUS, detail, "say it in the mail, which helps people too, and keep it under a day"
    )


def _forged(where: str, forged: tuple[ForgedHost, ...]) -> Iterator[_Part]:
    held = []
    for each in forged:
        if each.poisoned:
            detail = (
                f"the link in the mail leads to whatever host the {each.header} header of the request names"
            )
            yield Finding(where, detail)
        elif each.link_host or each.exchange.status >= 400:
            held.append(each.header)
        else:
            detail = f"no mail came after a request with another {each.header}, so nothing can be told from its link"
            yield Doubt(
                where,
                Cause.AMBIGUOUS,
                detail,
                "allow the test account some more reset mails and run it again",
            )
    if held:
        yield Seen(where, f"another name in {' and '.join(held)} does not reach the mail")


def _page(page: LinkPage) -> Iterator[_Part]:
    where = subject(page.exchange.url)
    if page.told:
        hosts = ", ".join(page.told)
        yield Finding(where, f"the page of the link hands the secret part to {hosts} in an address")
    if page.token_in_address and page.outside and page.policy in _LEAKY:
        hosts = ", ".join(page.outside)
        yield Finding(
            where, f"the whole address, secret part and all, goes to {hosts} as Referer ({page.policy})"
        )
    elif not page.told:
        reason = "no other host is on the page" if not page.outside else "the referrer policy holds it back"
        if not page.token_in_address:
            reason = "the address of the form no longer holds it"
        yield Seen(where, f"the secret part stays here: {reason}")


def _use(where: str, use: ResetUse) -> Iterator[_Part]:
    match use.again:
        case "accepted":
            yield Finding(where, "a link that was used sets the password again")
        case "refused":
            yield Seen(where, "a used link is refused")
        case _:
            detail = (
                "whether a link works twice could not be told: its answers look the same used and made up"
            )
            yield Doubt(where, Cause.AMBIGUOUS, detail, "use a link twice by hand")
    if use.older == "accepted":
        yield Finding(
            where,
            "a link that was asked for earlier still works after the password was reset with a later one",
        )
    elif use.older == "unclear":
        detail = "whether an earlier link still works after the reset could not be told"
        yield Doubt(where, Cause.AMBIGUOUS, detail, "ask twice, use the second link, then the first")
    if isinstance(use.sessions_ended, Missing):
        yield use.sessions_ended.doubt(where)
    elif use.sessions_ended:
        yield Seen(where, "a reset ends the sessions that were there before")
    else:
        detail = "a session from before the reset is still signed in: who stole the password stays in"
        yield Finding(where, detail)


def _afterwards(drill: ResetDrill) -> Iterator[_Part]:
    """Our own doing: the account must be as it was."""
    who = f"identity {drill.identity}"
    if drill.restored == "lost":
        detail = "its old password was refused when we set it back: the account has another one now"
        settle = "set the password of the portal file by hand, or exempt this test account from the password history"
        yield Doubt(who, Cause.AMBIGUOUS, detail, settle)
    elif isinstance(drill.signs_in, Missing):
        yield drill.signs_in.doubt(who)
    elif not drill.signs_in:
        detail = "it could not sign in after the reset"
        yield Doubt(who, Cause.AMBIGUOUS, detail, "sign in by hand, and set its password if that fails")


CHECK = Check(
    asks="Is a forgotten password replaced only by whoever reads the mail, once, soon, and for good?",
    risk=Risk.CRITICAL,
    why=(
        "The reset is a second front door: it replaces a password without knowing the old one. A link that can be "
        "guessed, that works again for the next reader of the mailbox, that travels to other sites in a Referer, or that "
        "leads to a host of the attacker's choice gives the account away; sessions that outlive the reset leave the thief "
        "inside after the owner has acted."
    ),
    fix=Fix(
        owner=(
            "Ask your engineer to walk through a reset with you: the link must work once, for an hour or less, and sign "
            "out every other device. Ask that the portal's own address is fixed in its settings."
        ),
        engineer=(
            "Make 128 random bits per request from the system's generator, store their hash with account and time, delete "
            "all of the account's when one is used or the password changes, refuse after 30 to 60 minutes and say so in "
            "the mail. Build the link from a configured origin, never from Host or X-Forwarded-Host. Send the page of the "
            "link with Referrer-Policy: no-referrer, load nothing of others on it, or move the token into the session and "
            "redirect to an address without it. After setting the password end all other sessions and refresh tokens, "
            "and sign in nobody who owes a second factor. The answer to asking is the same for every address (see "
            "auth/enumeration) and never holds the link.\n"
            "Django: PASSWORD_RESET_TIMEOUT, ALLOWED_HOSTS without a star, SessionAuthenticationMiddleware's hash. Rails: "
            "devise's reset_password_within, config.action_mailer.default_url_options, config.hosts. Laravel: APP_URL, "
            "auth.passwords.*.expire, AuthenticateSession with logoutOtherDevices, TrustHosts. Express: a mail template "
            "that takes its origin from the environment.\n"
            "ASVS 6.4.3, 6.5.1, 7.4.3."
        ),
        undo="Nothing to take back; people who have an old link ask for another.",
        verify=(
            "Ask for a reset, use the link, use it again: the second must be refused, and a second browser that was "
            "signed in must be at the login page. Then run `launchready audit --check auth/password-reset --active`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-ATHN-09", "WSTG-INPV-17", "WSTG-SESS-07"),
    asvs=("V6.4.3", "V6.5.1", "V6.5.4", "V7.4.3"),
    cwe=(640, 613, 330, 200, 598),
)

for _says, _expected, _reset in EXAMPLES:
    CHECK.example(_says, _expected, _reset)
