"""Are the portal's cookies kept from scripts, other hosts and plain http?"""

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from launchready.check import Check, Fix, Risk
from launchready.checks.auth._cookie_rules import Setting, described, refused, settings, weak
from launchready.evidence import Missing
from launchready.evidence.http import Crawl, Exchange, Page
from launchready.evidence.sessions import HeldCookie, NoSession, Proof, Sessions, SessionStart
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Seen, Unknown, Verdict, weigh


def judge(sessions: Sessions | Missing, crawl: Crawl | Missing) -> Verdict:
    """What carries a session is held to all rules; of the others, only what browsers refuse is a fault.

    A language, a token against forged requests that scripts must read, or a counter is no session.
    """
    people = sessions.signed_in if isinstance(sessions, Sessions) else ()
    doubts = _doubts(sessions, crawl)
    pages = crawl.pages if isinstance(crawl, Crawl) else ()
    foreign = crawl.third_parties if isinstance(crawl, Crawl) else ()
    carriers, others = defaultdict[str, list[Setting]](list), defaultdict[str, list[Setting]](list)
    for setting, is_carrier in _all(people, pages):
        if setting.host not in foreign:
            (carriers if is_carrier else others)[setting.subject].append(setting)
    shared_by = frozenset(_hosts_of_members(pages))
    seen: list[Seen] = []
    findings: list[Finding] = []
    for subject, all_of_it in sorted(carriers.items()):
        faults = dict.fromkeys(
            fault
            for each in all_of_it
            for fault in ([refused(each)] if refused(each) else weak(each, shared_by))
        )
        findings += [Finding(subject, fault) for fault in faults]
        if not faults:
            seen.append(Seen(subject, f"carries the session: {described(all_of_it[-1])}"))
    for subject, all_of_it in sorted(others.items()):
        faults = dict.fromkeys(filter(None, map(refused, all_of_it)))
        findings += [Finding(subject, fault) for fault in faults]
        if not faults and subject not in carriers:
            seen.append(Seen(subject, f"carries no session: {described(all_of_it[-1])}"))
    set_ones = {each.cookie.name for all_of_it in carriers.values() for each in all_of_it}
    doubts += _never_set(people, set_ones)
    seen += _without_cookies(people)
    return weigh(seen, findings, doubts)


def _all(people: Iterable[SessionStart], pages: Iterable[Page]) -> Iterable[tuple[Setting, bool]]:
    """Every cookie that was set, and whether it carries a session of somebody who is signed in.

    Before the password the cookie of the same name is a stranger's; the last one of a login is the member's.
    """
    names = {person.identity: {each.removeprefix("cookie ") for each in person.carriers} for person in people}
    values = {
        cookie.value for person in people for cookie in person.after if cookie.name in names[person.identity]
    }
    for person in people:
        all_of_it = [each for exchange in person.trail for each in settings(exchange)]
        last = {each.cookie.name: at for at, each in enumerate(all_of_it)}
        for at, each in enumerate(all_of_it):
            name = each.cookie.name
            yield each, name in names[person.identity] and (last[name] == at or each.cookie.value in values)
    for page in pages:
        for each in settings(page.exchange):
            named = each.cookie.name in names.get(page.who, ())
            yield each, named or (each.cookie.value in values and bool(each.cookie.name))


def _hosts_of_members(pages: Iterable[Page]) -> Iterable[str]:
    """Hosts with pages that members get and strangers do not: they need the session, each of them."""
    shown = [page for page in pages if page.exchange.status == 200]
    public = {(urlsplit(page.url).hostname, page.shape) for page in shown if page.who == "anonymous"}
    for page in shown:
        host = urlsplit(page.url).hostname
        if page.who != "anonymous" and (host, page.shape) not in public:
            yield host or ""


def _doubts(sessions: Sessions | Missing, crawl: Crawl | Missing) -> list[Doubt]:
    doubts = [fact.doubt() for fact in (sessions, crawl) if isinstance(fact, Missing)]
    if isinstance(sessions, Sessions) and not sessions.people:
        doubts.append(
            Doubt(
                "",
                Cause.NOT_COLLECTED,
                "the portal file names nobody to sign in as, so no session's cookie was seen",
                "add an [[identity]] for a test account of each role to the portal file",
            )
        )
    if isinstance(sessions, Sessions):
        doubts += [each.why.doubt(each.identity) for each in sessions.people if isinstance(each, NoSession)]
    return doubts


def _never_set(people: Iterable[SessionStart], set_ones: set[str]) -> Iterable[Doubt]:
    """Carriers whose attributes nobody saw: pasted ones, mostly."""
    for person in people:
        for carrier in person.carriers:
            name = carrier.removeprefix("cookie ")
            if carrier.startswith("cookie ") and name not in set_ones:
                yield Doubt(
                    person.identity,
                    Cause.NOT_COLLECTED,
                    f"no answer was seen that sets the cookie {name}",
                    "give one [[identity]] a user name and a password, so that its login is seen",
                )
        if not person.carriers:
            yield Doubt(
                person.identity,
                Cause.AMBIGUOUS,
                "it could not be told which cookie carries the session",
                "give this [[identity]] a `proof`, a page that it alone sees",
            )


def _without_cookies(people: Iterable[SessionStart]) -> Iterable[Seen]:
    for person in people:
        if person.carriers and all(carrier.startswith("header ") for carrier in person.carriers):
            yield Seen(person.identity, "its session is carried by a header, and by no cookie")


CHECK = Check(
    asks="Are the cookies that carry sessions kept from scripts, other hosts and plain http, and not for ever?",
    risk=Risk.HIGH,
    why=(
        "Whoever has the session's cookie is signed in, without a password or a second factor. Without Secure it can be "
        "read on the way, without HttpOnly any injected script takes it, a wide Domain gives it to every forgotten "
        "subdomain, and one that lasts for years signs in whoever finds the laptop. A cookie that browsers refuse "
        "does not work at all."
    ),
    fix=Fix(
        owner="Ask your developers to set the session's cookie as the report says; it is a setting of the framework.",
        engineer=(
            "Set-Cookie: __Host-session=…; Path=/; Secure; HttpOnly; SameSite=Lax, without Domain; and no Max-Age, or "
            "one of at most 30 days. Django: SESSION_COOKIE_SECURE, SESSION_COOKIE_HTTPONLY, SESSION_COOKIE_AGE, no "
            "SESSION_COOKIE_DOMAIN. Express: cookie: {secure: true, httpOnly: true, sameSite: 'lax'} and trust proxy. "
            "Rails: config.force_ssl, session_store options. PHP: session.cookie_secure, cookie_httponly, "
            "cookie_samesite. SameSite=None always needs Secure; __Secure- needs Secure; __Host- also Path=/ and no "
            "Domain."
        ),
        undo="Put the setting back. Where the name or Domain changes, people have to sign in again once.",
        verify=(
            "Sign in with the developer tools open and look at the cookie under Storage. Then run "
            "`launchready audit --check auth/cookies`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-SESS-02", "WSTG-SESS-01"),
    asvs=("V3.3.1", "V3.3.2", "V3.3.3", "V3.3.4"),
    cwe=(614, 1004, 1275, 565),
)

_DATE = ("date", "Thu, 26 Nov 2026 10:00:00 GMT")
_PLACE = "https://portal.example.org"


def _answer(url: str, *lines: str) -> Exchange:
    """An answer with these Set-Cookie lines, for the examples."""
    headers = (_DATE, ("content-type", "text/html"), *(("set-cookie", line) for line in lines))
    return Exchange("GET", url, 200, headers, 10, truncated=False, digest="~0", address="192.0.2.1")


def _person(*lines: str, carriers: tuple[str, ...] = ("cookie sid",), way: str = "form") -> Sessions:
    """Somebody whose login set these, and whose session is carried by sid=~1."""
    url = f"{_PLACE}/desk"
    held = tuple(
        HeldCookie(each.removeprefix("cookie "), "~1", "portal.example.org", host_only=True, path="/")
        for each in carriers
    )
    person = SessionStart(
        "nora",
        "client",
        "northwind",
        admin=False,
        mfa=False,
        test=True,
        way=way,
        login_url=f"{_PLACE}/login",
        proof=Proof(url, "name", "shows who is signed in", _answer(url), _answer(url)),
        trail=(_answer(f"{_PLACE}/login", *lines),),
        after=held,
        carriers=carriers,
    )
    return Sessions((person,))


def _crawl(*lines: str, hosts: tuple[str, ...] = ("portal.example.org",), who: str = "anonymous") -> Crawl:
    """Pages, the first of which sets these."""
    answers = [_answer(f"https://{host}/", *(lines if not at else ())) for at, host in enumerate(hosts)]
    return Crawl(tuple(Page(answer, "/", "start", who=who) for answer in answers))


_GOOD = "sid=~1; Path=/; Secure; HttpOnly; SameSite=Lax"
_LOST = Missing(Cause.UNREACHABLE, "did not answer within 20 s", "run the audit again")
CHECK.example("as it should be", Pass, _person(_GOOD), _crawl())
CHECK.example(
    "with its prefix",
    Pass,
    _person("__Host-s=~1; Path=/; Secure; HttpOnly", carriers=("cookie __Host-s",)),
    _crawl(),
)
CHECK.example(
    "a token against forged requests must be readable",
    Pass,
    _person(_GOOD, "XSRF-TOKEN=~2; Path=/; Secure; SameSite=Lax"),
    _crawl(),
)
CHECK.example(
    "language and a counter, for years",
    Pass,
    _person(_GOOD),
    _crawl("lang=~3; Max-Age=63072000", "_ga=~4; Max-Age=63072000"),
)
CHECK.example(
    "SameSite=None for pages that others embed",
    Pass,
    _person("sid=~1; Secure; HttpOnly; SameSite=None"),
    _crawl(),
)
CHECK.example(
    "a deletion",
    Pass,
    _person(_GOOD, "old=; Max-Age=0", "sid=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"),
    _crawl(),
)
CHECK.example(
    "no session before signing in: that one may be anything", Pass, _person("sid=~0", _GOOD), _crawl()
)
CHECK.example(
    "a bearer token", Pass, _person(carriers=("header authorization",), way="json"), _crawl("lang=~3")
)
_WIDE = "sid=~1; Secure; HttpOnly; Domain=example.org"
CHECK.example(
    "two hosts of the portal share it",
    Pass,
    _person(_WIDE),
    _crawl(hosts=("portal.example.org", "app.example.org"), who="nora"),
)
CHECK.example("for a whole domain, and one host needs it", Fail, _person(_WIDE), _crawl())
CHECK.example("without HttpOnly", Fail, _person("sid=~1; Path=/; Secure"), _crawl())
CHECK.example("without Secure", Fail, _person("sid=~1; Path=/; HttpOnly"), _crawl())
CHECK.example("for two years", Fail, _person(f"{_GOOD}; Max-Age=63072000"), _crawl())
CHECK.example("SameSite=None without Secure", Fail, _person(_GOOD), _crawl("chat=~5; SameSite=None"))
CHECK.example(
    "a prefix whose rule is broken",
    Fail,
    _person(_GOOD),
    _crawl("__Host-x=~5; Secure; Path=/; Domain=portal.example.org"),
)
CHECK.example("nobody to sign in as", Unknown, Sessions(()), _crawl("lang=~3"))
CHECK.example("a pasted cookie", Unknown, _person(way="cookie"), _crawl())
CHECK.example("the pages were not seen", Unknown, _person(_GOOD), _LOST)
