"""Does somebody who signs in get a new session identifier?"""

from urllib.parse import urlsplit

from launchready.check import Check, Fix, Risk
from launchready.evidence import Missing
from launchready.evidence.http import Exchange
from launchready.evidence.sessions import HeldCookie, NoSession, Proof, Sessions, SessionStart
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Seen, Unknown, Verdict, weigh

_PASTED = frozenset(("cookie", "header", "token", "storage-state"))


def judge(sessions: Sessions) -> Verdict:
    """What carries the session afterwards must not be what a stranger could have planted before."""
    if not sessions.people:
        nobody = Doubt(
            "",
            Cause.NOT_COLLECTED,
            "the portal file names nobody to sign in as",
            "add an [[identity]] for a test account of each role to the portal file",
        )
        return Unknown((nobody,))
    seen: list[Seen] = []
    findings: list[Finding] = []
    doubts: list[Doubt] = []
    watched = [person for person in sessions.signed_in if person.way not in _PASTED]
    for person in sessions.people:
        if isinstance(person, NoSession):
            doubts.append(person.why.doubt(person.identity))
        elif person.way not in _PASTED:
            _look(person, seen, findings, doubts)
        elif not watched:
            doubts.append(_not_watched(person))
    return weigh(seen, findings, doubts)


def _look(person: SessionStart, seen: list[Seen], findings: list[Finding], doubts: list[Doubt]) -> None:
    names = [carrier.removeprefix("cookie ") for carrier in person.carriers if carrier.startswith("cookie ")]
    headers = [carrier for carrier in person.carriers if not carrier.startswith("cookie ")]
    if headers or (not names and person.way == "basic"):
        said = "the session is carried by a header, which only the answer to the password gave"
        seen.append(Seen(person.identity, said))
        return
    if not names:
        doubts.append(_unclear(person))
        return
    fixed = [
        (name, where, step)
        for before, where, step in (
            (person.before, "at sign-in", "the password"),
            (person.halfway, "at the second factor", "the code"),
        )
        if all(_values(before, name) & _values(person.after, name) for name in names)
        for name in names
    ]
    findings += [
        Finding(_subject(person, name), f"keeps its value {where}: who knew it before {step} is in, too")
        for name, where, step in fixed
    ]
    if not fixed:
        new = [name for name in names if not _values(person.before, name) & _values(person.after, name)]
        known = {cookie.name for cookie in person.before}
        said = "got a new value at sign-in" if known & set(new) else "was first set at sign-in"
        seen.append(Seen(person.identity, f"{_listed(new)} {said}"))


def _values(cookies: tuple[HeldCookie, ...], name: str) -> set[str]:
    """The fingerprints of the cookies of this name."""
    return {cookie.value for cookie in cookies if cookie.name == name}


def _subject(person: SessionStart, name: str) -> str:
    return f"{urlsplit(person.login_url or person.proof.url).hostname} cookie {name}"


def _listed(names: list[str]) -> str:
    return " and ".join(f"cookie {name}" for name in names)


def _not_watched(person: SessionStart) -> Doubt:
    return Doubt(
        person.identity,
        Cause.NOT_COLLECTED,
        f"its session was handed over ({person.way}), so nobody saw how it began",
        "give one [[identity]] a user name and a password",
    )


def _unclear(person: SessionStart) -> Doubt:
    return Doubt(
        person.identity,
        Cause.AMBIGUOUS,
        "it could not be told which cookie carries the session",
        "give this [[identity]] a `proof`, a page that it alone sees",
    )


CHECK = Check(
    asks="Does the session get a new identifier when somebody signs in?",
    risk=Risk.HIGH,
    why=(
        "An attacker who puts a session identifier into a victim's browser, by a link, a shared machine or a weak "
        "subdomain, only has to wait: if signing in keeps it, the attacker is signed in as the victim, with no password."
    ),
    fix=Fix(
        owner="Ask your developers to renew the session identifier at each sign-in; it is one line in most frameworks.",
        engineer=(
            "Begin a new session after the password is checked, and again after the second factor, and end the old one on "
            "the server. Django: use login(), which calls cycle_key(). PHP: session_regenerate_id(true). Express: "
            "req.session.regenerate(). Rails: reset_session. Java servlets: request.changeSessionId()."
        ),
        undo="Deploy the previous version; people have to sign in again once.",
        verify=(
            "Note the value of the session's cookie on the login page, sign in, compare: it must differ. Then run "
            "`launchready audit --check auth/session-rotation`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-SESS-03",),
    asvs=("V7.2.4",),
    cwe=(384,),
)


def _held(**values: str) -> tuple[HeldCookie, ...]:
    return tuple(
        HeldCookie(name, f"~{v}", "portal.example", host_only=True, path="/") for name, v in values.items()
    )


def _person(
    before: tuple[HeldCookie, ...],
    after: tuple[HeldCookie, ...],
    halfway: tuple[HeldCookie, ...] = (),
    carriers: tuple[str, ...] = ("cookie sid",),
    way: str = "form",
) -> Sessions:
    """Somebody for the examples."""
    url = "https://portal.example/desk"
    answer = Exchange("GET", url, 200, (), 10, truncated=False, digest="~0", address="192.0.2.1")
    person = SessionStart(
        "nora",
        "client",
        "northwind",
        admin=False,
        mfa=bool(halfway),
        test=True,
        way=way,
        login_url="https://portal.example/login",
        proof=Proof(url, "name", "shows who is signed in", answer, answer),
        before=before,
        after=after,
        halfway=halfway,
        carriers=carriers,
    )
    return Sessions((person,))


CHECK.example("a new value", Pass, _person(_held(sid="1"), _held(sid="2")))
CHECK.example("no cookie before", Pass, _person((), _held(sid="2")))
CHECK.example(
    "a cookie for the language stays, as it carries nothing",
    Pass,
    _person(_held(lang="de", sid="1"), _held(lang="de", sid="2")),
)
CHECK.example(
    "a known device stays and is needed as well, but alone lets nobody in",
    Pass,
    _person(_held(device="d", sid="1"), _held(device="d", sid="2"), carriers=("cookie device", "cookie sid")),
)
CHECK.example(
    "a bearer token",
    Pass,
    _person(_held(csrf="1"), _held(csrf="1"), carriers=("header authorization",), way="json"),
)
CHECK.example("the same value", Fail, _person(_held(sid="1"), _held(sid="1")))
CHECK.example(
    "new at the password, the same at the code", Fail, _person(_held(sid="1"), _held(sid="2"), _held(sid="2"))
)
CHECK.example(
    "anonymous until the code was right, then new",
    Pass,
    _person(_held(sid="1"), _held(sid="2"), _held(sid="1")),
)
CHECK.example("a pasted cookie", Unknown, _person((), _held(sid="2"), way="cookie"))
CHECK.example("no cookie could be told to carry it", Unknown, _person((), _held(sid="2"), carriers=()))
CHECK.example(
    "could not sign in",
    Unknown,
    Sessions(
        (
            NoSession(
                "sol",
                admin=False,
                mfa=False,
                reason="locked",
                why=Missing(Cause.NOT_AUTHORISED, "the account is locked", "unlock it"),
            ),
        )
    ),
)
CHECK.example("nobody to sign in as", Unknown, Sessions(()))
