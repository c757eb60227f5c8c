"""What the check on password resets must say to what: its examples, which are its tests and its documentation."""

from collections.abc import Iterator
from typing import Any

from launchready.evidence import Missing
from launchready.evidence.http import Exchange
from launchready.evidence.password_reset import (
    ForgedHost,
    LinkPage,
    PasswordReset,
    ResetDrill,
    ResetLink,
    ResetUse,
)
from launchready.verdict import Cause, Fail, NotApplicable, Pass, Unknown, Verdict

HOST = "portal.example"
NO_CONSENT = Missing(Cause.NO_CONSENT, "there is no consent to probe", "run the audit with --active")
NO_MAIL = Missing(
    Cause.NOT_COLLECTED, "no mail came within 20 s", "see that the test account gets the portal's mail"
)


def exchange(path: str = "/reset/~0", status: int = 200) -> Exchange:
    """An answer without anything to see in it."""
    url = f"https://{HOST}{path}"
    return Exchange("GET", url, status, (), 10, truncated=False, digest="~0", address="192.0.2.1")


def sound_link(**other: Any) -> ResetLink:
    """128 random bits, half an hour."""
    return ResetLink(
        **{"host": HOST, "secure": True, "bits": 128, "states_minutes": 30, "stated_in": "mail", **other}
    )


def forged(
    header: str = "host", link_host: str = HOST, status: int = 200, *, poisoned: bool = False
) -> ForgedHost:
    """A reset asked for under another name."""
    return ForgedHost(header, exchange("/forgot", status), link_host, poisoned)


def sound_page(**other: Any) -> LinkPage:
    """The token in the address, and nothing that would carry it away."""
    return LinkPage(
        **{
            "exchange": exchange(),
            "token_in_address": True,
            "policy": "no-referrer",
            "outside": (),
            "told": (),
            **other,
        }
    )


def sound_use(**other: Any) -> ResetUse:
    """Once, and then for good."""
    sound: dict[str, Any] = {
        "exchange": exchange(status=303),
        "made_up": exchange(status=410),
        "again": "refused",
        "again_exchange": exchange(status=410),
        "older": "refused",
        "signed_in": False,
        "second_factor": False,
        "sessions_ended": True,
    }
    return ResetUse(**{**sound, **other})


def drilled(**other: Any) -> PasswordReset:
    """One identity's drill, sound but for what is given."""
    sound: dict[str, Any] = {
        "identity": "nora",
        "admin": False,
        "asked": exchange("/forgot", 303),
        "token_in_answer": False,
        "link": sound_link(),
        "forged": (forged("x-forwarded-host"), forged("host", "", 421)),
        "page": sound_page(),
        "use": sound_use(),
        "restored": "same",
        "signs_in": True,
    }
    drill = ResetDrill(**{**sound, **other})
    return PasswordReset(f"https://{HOST}/forgot", "a link on the login page", (drill,), portal_hosts=(HOST,))


def _examples() -> Iterator[tuple[str, type[Verdict], PasswordReset]]:
    yield "once, soon, and for good", Pass, drilled()
    moved = sound_page(token_in_address=False, policy="unsafe-url", outside=("cdn.example",))
    yield "the token moves into the session, so that no Referer can hold it", Pass, drilled(page=moved)
    default = sound_page(policy="", outside=("cdn.example",))
    yield "browsers keep the path to themselves where no policy is set", Pass, drilled(page=default)
    yield "an old password could not be set again at once, but later", Pass, drilled(restored="set-back")
    yield (
        "the token says itself when it ends",
        Pass,
        drilled(link=sound_link(states_minutes=15, stated_in="token")),
    )
    yield "the answer holds the link", Fail, drilled(token_in_answer=True)
    gone: dict[str, Any] = {
        "link": NO_MAIL,
        "page": NO_MAIL,
        "use": NO_MAIL,
        "forged": NO_MAIL,
        "restored": "untouched",
    }
    yield (
        "the answer holds the link, and no mailbox is needed to see it",
        Fail,
        drilled(token_in_answer=True, **gone),
    )
    yield "the link works twice", Fail, drilled(use=sound_use(again="accepted"))
    yield "an earlier link outlives the reset", Fail, drilled(use=sound_use(older="accepted"))
    yield "other sessions stay", Fail, drilled(use=sound_use(sessions_ended=False))
    yield (
        "the Host header chooses where the link leads",
        Fail,
        drilled(forged=(forged(link_host="x", poisoned=True),)),
    )
    leaky = sound_page(policy="unsafe-url", outside=("stats.example",))
    yield "the Referer carries the token to another host", Fail, drilled(page=leaky)
    yield (
        "an address of another host holds the token",
        Fail,
        drilled(page=sound_page(told=("stats.example",))),
    )
    yield "four digits", Fail, drilled(link=sound_link(host="", bits=13))
    known = sound_link(derived_from="the MD5 of the address")
    yield "made of the address", Fail, drilled(link=known)
    yield "valid for three days", Fail, drilled(link=sound_link(states_minutes=3 * 1440))
    yield "sent as http:", Fail, drilled(link=sound_link(secure=False))
    yield (
        "how long it is valid is not said",
        Unknown,
        drilled(link=sound_link(states_minutes=0, stated_in="")),
    )
    yield "six digits hold only if guesses are limited", Unknown, drilled(link=sound_link(host="", bits=19))
    yield "the link leads over a mail service", Unknown, drilled(link=sound_link(host="click.mail.example"))
    yield "no mail came", Unknown, drilled(**gone)
    yield "the account is left with another password", Unknown, drilled(restored="lost", signs_in=False)
    yield "no consent to try", Unknown, PasswordReset(f"https://{HOST}/forgot", "a link", NO_CONSENT)
    yield "nobody may be tried with", Unknown, PasswordReset(f"https://{HOST}/forgot", "a link", ())
    yield "no reset is offered", NotApplicable, PasswordReset("", "", (), offered=False)
    unseen = Missing(Cause.NOT_COLLECTED, "no login page was found", "name the page in [login] forgot")
    yield "nowhere to look from", Unknown, PasswordReset("", "", unseen, offered=False)


EXAMPLES = tuple(_examples())
"""What is said, the verdict, the evidence."""
