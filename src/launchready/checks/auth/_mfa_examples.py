"""What the check on second factors must say to what: its examples, which are its tests and its documentation."""

from collections.abc import Iterator

from launchready.evidence import Fact, Missing
from launchready.evidence.http import Exchange
from launchready.evidence.password_reset import PasswordReset, ResetDrill, ResetUse
from launchready.evidence.second_factor import (
    AdminFactor,
    CodeDrill,
    CodeDrills,
    CodeGuesses,
    CodeReuse,
    HalfwayLook,
    SecondFactors,
)
from launchready.evidence.sessions import NoSession, Proof, Sessions, SessionStart
from launchready.verdict import Cause, Fail, Pass, Unknown, Verdict

_NO_CONSENT = Missing(
    Cause.NO_CONSENT,
    "there is no consent to go as far as probe; this run may sign-in",
    "set active = true and authorised_by in [scope], and run the audit with --active",
)


def _exchange(path: str, status: int = 200) -> Exchange:
    url = f"https://portal.example{path}"
    return Exchange("GET", url, status, (), 10, truncated=False, digest="~0", address="192.0.2.1")


def _session(
    name: str = "ada", *, admin: bool = True, way: str = "form", factor: str = "totp", **other: object
) -> Sessions:
    proof = Proof(
        "https://portal.example/profile", "name", "shows her name", _exchange("/profile"), _exchange("/login")
    )
    start = SessionStart(
        name,
        "admin",
        "",
        admin,
        bool(other.get("mfa", True)),
        True,  # noqa: FBT003 -- a field of the record
        way,
        str(other.get("login_url", "https://portal.example/login")),
        proof,
        second_factor=factor,
    )
    return Sessions((start,))


def _look(
    path: str = "/profile", what: str = "proof", *, shown: bool = False, enrols: bool = False
) -> HalfwayLook:
    return HalfwayLook(
        f"https://portal.example{path}", what, _exchange(path, 200 if shown else 302), shown, enrols
    )


def _factors(*looks: HalfwayLook) -> SecondFactors:
    sound = (_look(), _look("/clients", "page"), _look("/api/users", "api"), _look("/dashboard", "start"))
    return SecondFactors((AdminFactor("ada", looks or sound),), ("portal.example",))


def _codes(
    reuse: CodeReuse | Missing | None = None, guesses: CodeGuesses | Missing | None = None
) -> CodeDrills:
    code = _exchange("/login/code", 401)
    refused = CodeReuse(accepted=False, exchange=code)
    ended = CodeGuesses(5, "ended", 5, wrong=False, exchange=code)
    return CodeDrills((CodeDrill("ada", reuse or refused, guesses or ended),))


def _reset(*, signed_in: bool = False) -> PasswordReset:
    use = ResetUse(
        _exchange("/reset", 303),
        _exchange("/reset", 404),
        "refused",
        _exchange("/reset", 404),
        "refused",
        signed_in,
        second_factor=True,
        sessions_ended=True,
    )
    later = Missing(Cause.NOT_COLLECTED, "looked at with another identity", "nothing to do")
    drill = ResetDrill("ada", True, _exchange("/forgot"), False, later, later, later, use, "same", True)  # noqa: FBT003
    return PasswordReset(
        "https://portal.example/forgot", "link on the login page", (drill,), portal_hosts=("portal.example",)
    )


_CODE = _exchange("/login/code", 303)
_NOBODY = NoSession(
    "ada",
    admin=True,
    mfa=False,
    reason="second-factor",
    why=Missing(
        Cause.NOT_AUTHORISED, "ada was asked for a code that the portal file has no secret for", "add totp"
    ),
)


def _examples() -> Iterator[tuple[str, type[Verdict], tuple[Fact | Missing, ...]]]:
    asked, alone = _session(), _session(factor="")
    factors, codes, reset = _factors(), _codes(), _reset()

    def halfway(*looks: HalfwayLook) -> tuple[Fact | Missing, ...]:
        return (asked, _factors(_look(), *looks), codes, reset)

    def guessed(sent: int, limit: str, *, wrong: bool = False) -> tuple[Fact | Missing, ...]:
        guesses = CodeGuesses(sent, limit, sent if limit else 0, wrong, _CODE)
        return (asked, factors, _codes(guesses=guesses), reset)

    yield "asked each time, nothing answers before, codes hold", Pass, (asked, factors, codes, reset)
    no_reset = PasswordReset("", "", (), offered=False)
    yield "no reset is offered at all", Pass, (asked, factors, codes, no_reset)
    yield "a limit that shows in the right code only", Pass, guessed(8, "silent")
    yield "the password alone is enough", Fail, (alone, SecondFactors(()), codes, reset)
    not_enrolled = _session(factor="", mfa=False)
    yield "not even enrolled", Fail, (not_enrolled, SecondFactors(()), _NO_CONSENT, _NO_CONSENT)
    by_mail = _session(factor="", way="mail link")
    yield "a mailed link is the only factor", Fail, (by_mail, SecondFactors(()), _NO_CONSENT, _NO_CONSENT)
    yield "pages answer after the password alone", Fail, halfway(_look("/clients", "page", shown=True))
    yield "only the API forgets to ask", Fail, halfway(_look("/api/users", "api", shown=True))
    yield "a link on the code page signs in", Fail, halfway(_look("/login/later", "link", shown=True))
    yield (
        "the password is enough to enrol another app",
        Fail,
        halfway(_look("/account/code", "link", enrols=True)),
    )
    again = _codes(reuse=CodeReuse(accepted=True, exchange=_CODE))
    yield "a code works twice", Fail, (asked, factors, again, reset)
    yield "any code is right", Fail, guessed(1, "", wrong=True)
    yield "a reset leads past it", Fail, (asked, factors, codes, _reset(signed_in=True))
    yield "no limit within a few codes proves nothing", Unknown, guessed(8, "")
    yield "no consent to try codes", Unknown, (asked, factors, _codes(_NO_CONSENT, _NO_CONSENT), _NO_CONSENT)
    pasted = _session(way="cookie", factor="")
    yield (
        "a pasted session does not tell how it was begun",
        Unknown,
        (pasted, SecondFactors(()), codes, reset),
    )
    elsewhere = _session(factor="", login_url="https://id.example/login")
    none_there = SecondFactors((), ("portal.example",))
    yield (
        "the identity provider asked for a password alone, this time",
        Unknown,
        (elsewhere, none_there, codes, reset),
    )
    unproved = Sessions((_NOBODY,))
    yield "the administrator could not be signed in", Unknown, (unproved, SecondFactors(()), codes, reset)
    no_admin = _session(admin=False, factor="")
    yield "no administrator is declared", Unknown, (no_admin, SecondFactors(()), codes, reset)
    yield "nobody is declared", Unknown, (Sessions(()), SecondFactors(()), codes, reset)


EXAMPLES = tuple(_examples())
"""What is said, the verdict, the evidence in the order of the judge's parameters."""
