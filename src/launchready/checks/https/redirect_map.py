"""Do the redirects that the owner declared work, and lead nowhere else?"""

from urllib.parse import urlsplit

from launchready.check import Check, Fix, Risk
from launchready.checks.https._addresses import host, place, port, split
from launchready.evidence import Missing
from launchready.evidence.http import DeclaredRedirect, Exchange, RedirectMap, Trail
from launchready.evidence.redact import subject
from launchready.verdict import (
    Cause,
    Doubt,
    Fail,
    Finding,
    NotApplicable,
    Pass,
    Seen,
    Unknown,
    Verdict,
    weigh,
)

_LOOK_AGAIN = "run the audit again, or follow the address with curl -sIL"


def judge(redirects: RedirectMap) -> Verdict:
    """Follow each declared address to its end."""
    if not redirects.redirects:
        return NotApplicable("no redirects are declared in the portal file")
    seen: list[Seen] = []
    findings: list[Finding] = []
    doubts: list[Doubt] = []
    for declared in redirects.redirects:
        if not declared.trails:
            words = "this redirect was not looked at"
            doubts.append(Doubt(subject(declared.source), Cause.NOT_COLLECTED, words, _LOOK_AGAIN))
        for trail in declared.trails:
            outcome = _outcome(declared, trail)
            match outcome:
                case Seen():
                    seen.append(outcome)
                case Finding():
                    findings.append(outcome)
                case Doubt():
                    doubts.append(outcome)
    return weigh(seen, findings, doubts)


def _outcome(declared: DeclaredRedirect, trail: Trail) -> Seen | Finding | Doubt:
    """What one trail shows of a declared redirect."""
    about = subject(trail.url)
    if not trail.hops:
        return _not_answered(declared, trail)
    if not trail.locations:
        return _not_led(declared, trail.hops[0], about)
    arrived = _arrival(declared, trail)
    if arrived == 0 and trail.why is not None:
        return trail.why.doubt(about)
    if arrived == 0:
        return Finding(about, _led_astray(declared, trail))
    for here, there in zip((trail.url, *trail.locations), trail.locations, strict=False):
        if split(here).scheme == "https" and split(there).scheme == "http":
            return Finding(about, f"goes from https back to plain http (on {host(there)})")
    return _at_the_end(declared, trail, arrived)


def _not_answered(declared: DeclaredRedirect, trail: Trail) -> Seen | Finding | Doubt:
    """A closed port breaks the address as declared; with the other scheme it is just not there."""
    about = subject(trail.url)
    if trail.end == "no-such-name":
        return Finding(
            about, f"{host(trail.url)} has no address in DNS: visitors get no answer, and no redirect"
        )
    if trail.why is not None:
        return trail.why.doubt(about)
    if split(trail.url).scheme == split(declared.source).scheme:
        return Finding(about, "the port is closed: visitors get no answer, and no redirect")
    return Seen(about, "the port is closed, so nothing else is served there")


def _not_led(declared: DeclaredRedirect, hop: Exchange, about: str) -> Seen | Finding | Doubt:
    if hop.status in (408, 425, 429) or hop.status >= 500:
        return Doubt(about, Cause.AMBIGUOUS, f"answers {hop.status} just now", _LOOK_AGAIN)
    if hop.status >= 400 and split(hop.url).scheme != split(declared.source).scheme:
        return Seen(about, f"is refused ({hop.status}), so nothing else is served there")
    if hop.status >= 400:
        return Finding(about, f"is an error ({hop.status}) instead of a redirect")
    return Finding(about, f"answers by itself ({hop.status}) instead of redirecting")


def _arrival(declared: DeclaredRedirect, trail: Trail) -> int:
    """After how many redirects the target was reached; 0 if it never was."""
    wanted = _targets(declared, trail)
    for number, address in enumerate(trail.locations, 1):
        parts = split(address)
        reached = (place(address), port(address)) in {(place(url), port(url)) for url in wanted}
        if reached and parts.scheme == urlsplit(declared.target).scheme:
            return number
    return 0


def _targets(declared: DeclaredRedirect, trail: Trail) -> tuple[str, ...]:
    """Where this trail may end: the target, or below it for a path that stands for the * of the source."""
    target = declared.target
    source, path = place(declared.source).path, place(trail.url).path
    rest = ""
    if source.endswith("/*"):
        rest = path.removeprefix(source[:-2]).lstrip("/")
        query = split(trail.url).query
        rest += f"?{query}" if query else ""
    if target.endswith("/*"):
        return (target[:-1] + rest,)
    below = target if target.endswith("/") else f"{target}/"
    return (target, below + rest) if rest and "?" not in target else (target,)


def _led_astray(declared: DeclaredRedirect, trail: Trail) -> str:
    if trail.end == "loop":
        return "redirects in a loop and never arrives"
    if trail.end == "too-long":
        return f"does not arrive within {len(trail.hops)} redirects"
    last = trail.locations[-1]
    if host(last) != host(declared.target):
        return f"leads to {host(last) or 'no web address'} instead of {host(declared.target)}"
    if split(last).scheme != split(declared.target).scheme:
        return f"ends on {split(last).scheme}:// instead of {split(declared.target).scheme}://"
    if port(last) != port(declared.target):
        return f"leads to port {port(last)} of {host(last)} instead of {port(declared.target)}"
    return f"leads to another page ({subject(last)}) instead of {subject(declared.target)}"


def _at_the_end(declared: DeclaredRedirect, trail: Trail, arrived: int) -> Seen | Finding | Doubt:
    """Whether there is something where it leads."""
    about = subject(trail.url)
    if trail.end == "closed":
        return Finding(about, "leads to a port that refuses connections")
    if trail.end in ("loop", "too-long"):
        words = "arrives, and is then redirected without end"
        if any(hop.values("set-cookie") for hop in trail.hops):
            settle = "open the address in a browser, which keeps cookies"
            return Doubt(about, Cause.AMBIGUOUS, f"{words}, for a visitor without cookies", settle)
        return Finding(about, words)
    if trail.why is not None:
        return trail.why.doubt(about)
    last = trail.hops[-1].status
    deep = place(declared.source).path.endswith("/*") and split(trail.url).query != ""
    if last >= 500:
        return Doubt(about, Cause.AMBIGUOUS, f"leads to a server error ({last})", _LOOK_AGAIN)
    if last in (404, 410) and not deep:  # the deep address was made up: nothing need be there
        return Finding(about, f"leads to a page that does not exist ({last})")
    statuses = ", ".join(str(hop.status) for hop in trail.hops[:arrived])
    return Seen(about, f"leads to {subject(trail.locations[arrived - 1])} ({statuses})")


CHECK = Check(
    asks="Does every redirect that was declared lead to its target, and nowhere else?",
    risk=Risk.MEDIUM,
    why=(
        "Clients keep using the old address, from bookmarks, invoices and mails, for years. When the redirect "
        "is lost they meet an error and take the portal for gone; when the old name leads somewhere else, "
        "perhaps because the domain was let go, somebody else can put a look-alike sign-in page there."
    ),
    fix=Fix(
        owner=(
            "Make sure that the old name still belongs to you and renews itself, that its DNS record leads to "
            "your server or to your registrar's forwarding, and that forwarding is set to the new address, "
            "permanent (301), with https. Then correct or take out what the portal file declares."
        ),
        engineer=(
            "Serve every declared name over http and https, with a certificate that covers it, and redirect "
            "in one hop where possible: first to https on the same host, then to the target.\n"
            "nginx: a server block for the old name on 443 with its own certificate and "
            "`return 301 https://NEW$request_uri;`, and the usual redirect to https on port 80.\n"
            "Caddy: `old.example { redir https://NEW{uri} permanent }`.\n"
            "Django: let the web server do it; in Django itself put the old path into urls.py with "
            "RedirectView.as_view(url='/new/', permanent=True).\n"
            'Cloudflare: Rules, Redirect Rules, dynamic, `concat("https://NEW", http.request.uri.path)`, '
            "301, preserve query string."
        ),
        undo=(
            "Take the redirect rule out again and reload. Browsers remember a 301 for a while; try with 302 "
            "first if you may have to go back."
        ),
        verify=(
            "`curl -sIL OLD-ADDRESS` must end at the target with no other host in between, for http and "
            "https; then run `launchready audit --check https/redirect-map`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-CONF-10", "WSTG-CLNT-04"),
    asvs=("V12.2.1",),
    cwe=(601, 319),
)


def _trail(
    url: str, *hops: tuple[int, str], end: str = "answer", last: int = 200, why: Missing | None = None
) -> Trail:
    """A trail for the examples: (status, location) for each redirect, then an answer unless `last` is 0."""
    addresses = [url, *(location for _, location in hops)]
    statuses = [status for status, _ in hops] + ([last] if last else [])
    exchanges = tuple(
        Exchange("GET", at, status, (), 10, truncated=False, digest="~0", address="192.0.2.1")
        for at, status in zip(addresses, statuses, strict=False)
    )
    return Trail(url, "GET", exchanges, tuple(addresses[1:]), end, why)


_OLD, _NEW = "https://old.example/", "https://portal.example/"
_TIMED_OUT = Missing(Cause.UNREACHABLE, "nobody answered in time", "run the audit again")


def _map(*trails: Trail, source: str = _OLD, target: str = _NEW) -> RedirectMap:
    return RedirectMap((DeclaredRedirect(source, target, trails),))


CHECK.example(
    "both forms of the old address lead to the new one",
    Pass,
    _map(_trail(_OLD, (301, _NEW)), _trail("http://old.example/", (308, _OLD), (301, _NEW))),
)
CHECK.example(
    "it arrives, and the portal then asks to sign in",
    Pass,
    _map(_trail(_OLD, (301, _NEW), (302, f"{_NEW}login"))),
)
CHECK.example(
    "the other scheme is not served at all",
    Pass,
    _map(_trail(_OLD, (301, _NEW)), Trail("http://old.example/", "GET", (), (), "closed")),
)
CHECK.example(
    "the path is carried over, and need not exist",
    Pass,
    _map(
        _trail(f"{_OLD}deep?kept=1", (301, f"{_NEW}deep?kept=1"), last=404),
        source=f"{_OLD}*",
        target=f"{_NEW}*",
    ),
)
CHECK.example(
    "the old name leads to somebody else",
    Fail,
    _map(_trail(_OLD, (301, "https://parking.example/"), end="off-scope", last=0)),
)
CHECK.example("the old name answers by itself", Fail, _map(_trail(_OLD)))
CHECK.example("the redirect is gone", Fail, _map(_trail(_OLD, last=404)))
CHECK.example("a loop", Fail, _map(_trail(_OLD, (301, _OLD), end="loop", last=0)))
CHECK.example(
    "the path is not carried over",
    Fail,
    _map(_trail(f"{_OLD}deep?kept=1", (301, _NEW)), source=f"{_OLD}*", target=f"{_NEW}*"),
)
CHECK.example(
    "nobody answers at the old name", Unknown, _map(_trail(_OLD, end="missing", last=0, why=_TIMED_OUT))
)
CHECK.example("none are declared", NotApplicable, RedirectMap(()))
