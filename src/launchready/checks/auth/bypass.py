"""Does every protected address refuse whoever is not signed in?"""

from collections import defaultdict
from collections.abc import Iterable

from launchready.check import Check, Fix, Risk
from launchready.checks.auth._bypass_examples import (
    GONE,
    LOST,
    OTHER,
    REFUSED,
    ROUTE,
    URL,
    answer,
    looked,
    tried,
)
from launchready.evidence import Missing
from launchready.evidence.bypass import Bypass, Carrier, GuardTrial, UnguardedRoute
from launchready.evidence.redact import subject
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Seen, Unknown, Verdict, weigh

_ENOUGH = (429, 503)


def judge(bypass: Bypass) -> Verdict:
    """An address fails when it shows what only its owner is shown; what a stranger finds linked is public."""
    findings = [_unguarded(each) for each in bypass.unguarded if _is_forgotten(each)]
    by_way: dict[tuple[str, str], list[GuardTrial]] = defaultdict(list)
    for trial in bypass.trials:
        if trial.shows or trial.as_other:
            by_way[trial.shape, trial.kind].append(trial)
    findings += [_passed(shape, kind, trials) for (shape, kind), trials in by_way.items()]
    return weigh(_seen(bypass), findings, _doubts(bypass, {kind for _, kind in by_way}))


def _is_forgotten(route: UnguardedRoute) -> bool:
    meant = route.linked or (route.for_all and not route.personal)
    return not meant and (route.personal or bool(route.guarded))


def _unguarded(route: UnguardedRoute) -> Finding:
    shown = "the user name of the identity" if route.personal else "the file of a record"
    if route.shared and route.guarded:
        are = "is" if route.shared == 1 else "are"
        shown = f"{_values(route.shared)} that {are} guarded at {subject(route.guarded)}"
    elif route.guarded:
        shown = f"the file that belongs to {subject(route.guarded)}, which is guarded"
    detail = (
        f"a stranger is shown what {route.identity} is shown, {shown}; "
        f"see it with: curl -si '{subject(route.anonymous.url)}'"
    )
    return Finding(f"{subject(route.shape)} (no session)", detail)


def _passed(shape: str, kind: str, trials: list[GuardTrial]) -> Finding:
    trial = trials[0]
    ways = ", or ".join(dict.fromkeys(each.how for each in trials))
    if trial.as_other:
        what = "opened as another person who is signed in"
    else:
        what = (
            f"showed {trial.seen} of the {_values(trial.markers)} that only {trial.identity} should be shown"
        )
    by_hand = f"; see it with: {trial.curl}" if trial.curl else ""
    return Finding(f"{subject(shape)} ({kind})", f"sent {ways}: the address {what}{by_hand}")


def _values(count: int) -> str:
    return f"{count} value{'s' if count != 1 else ''}"


def _seen(bypass: Bypass) -> Iterable[Seen]:
    for route in bypass.guarded:
        yield Seen(
            subject(route.shape),
            f"{route.kind}: {route.identity} is shown {_values(route.markers)}, a stranger none of them "
            f"(answer {route.anonymous.status})",
        )
    tried: dict[str, list[GuardTrial]] = defaultdict(list)
    for trial in bypass.trials:
        if not isinstance(trial.exchange, Missing):
            tried[trial.shape].append(trial)
    for shape, trials in sorted(tried.items()):
        refused = sum(not (each.shows or each.as_other) for each in trials)
        ways = len({trial.kind for trial in trials})
        yield Seen(subject(shape), f"{refused} of {len(trials)} tries in {ways} ways were refused")
    for each in bypass.carriers:
        yield Seen(each.name, _carrier(each, bypass.keys_tried))
    if public := [route for route in bypass.unguarded if not _is_forgotten(route)]:
        names = ", ".join(dict.fromkeys(subject(route.shape) for route in public[:6]))
        yield Seen("public", f"strangers are shown the same, so this counts as meant for everybody: {names}")


def _carrier(carrier: Carrier, keys: int) -> str:
    if carrier.form != "json web token":
        return f"carries the session of {carrier.identity}: {carrier.form}"
    life = "without an end" if carrier.remaining is None else f"for {carrier.remaining:.0f} s more"
    tried = (
        f"; none of {keys} well-known keys fits"
        if carrier.algorithm.startswith("HS") and not carrier.key_known
        else ""
    )
    return f"carries the session of {carrier.identity}: JSON Web Token ({carrier.algorithm}), valid {life}{tried}"


def _doubts(bypass: Bypass, passed: set[str]) -> Iterable[Doubt]:
    if not bypass.identities and not bypass.unlooked:
        yield Doubt(
            "",
            Cause.NOT_COLLECTED,
            "the portal file names nobody to sign in as, so it is not known what is protected",
            "add an [[identity]] for a test account of each role",
        )
        return
    for identity, why in bypass.unlooked:
        yield why.doubt(identity)
    if bypass.identities and not bypass.guarded and not any(map(_is_forgotten, bypass.unguarded)):
        yield Doubt(
            "",
            Cause.AMBIGUOUS,
            f"nothing was found that {' or '.join(bypass.identities)} is shown and a stranger is not",
            "give the test accounts some records of their own, or raise [crawl] limit",
        )
    if bypass.refused is not None:
        yield bypass.refused.doubt("forged sessions")
    for carrier in bypass.carriers:
        if carrier.key_known and "token of a well-known key" not in passed:
            yield Doubt(
                carrier.name,
                Cause.AMBIGUOUS,
                "the key that signs these tokens is a well-known word, yet one that we signed was refused",
                "replace the key by a random one of 32 bytes or more",
            )
    yield from _limited(bypass)
    silent = [trial for trial in bypass.trials if isinstance(trial.exchange, Missing)]
    answered = len(bypass.trials) - len(silent)
    for trial in silent:
        # A front end that hangs up on a strange request has refused it; one that hangs up on all says nothing.
        if isinstance(trial.exchange, Missing) and (
            answered < len(silent) or trial.exchange.cause is not Cause.UNREACHABLE
        ):
            yield trial.exchange.doubt(f"{subject(trial.shape)} ({trial.kind})")


def _limited(bypass: Bypass) -> Iterable[Doubt]:
    """A front end that has had enough of us says nothing of the guard behind it."""
    answers = [trial.exchange for trial in bypass.trials if not isinstance(trial.exchange, Missing)]
    limited = [exchange for exchange in answers if exchange.status in _ENOUGH]
    if len(limited) * 4 > len(answers):
        yield Doubt(
            "forged sessions",
            Cause.AMBIGUOUS,
            f'{len(limited)} of {len(answers)} tries were answered "too many requests" or "not now"',
            "let the machine that runs the audit past the limiter, or lower requests_per_second in [crawl]",
        )


CHECK = Check(
    asks="Does every protected page and API route refuse those who are not signed in, whatever they send?",
    risk=Risk.CRITICAL,
    why=(
        "A login page protects nothing by itself: each page and each API route has to ask again who is there. "
        "Where one forgets, or trusts a token without verifying its signature, a header that anybody can send, "
        "or an address that is written a little differently, a stranger reads customer records and acts as any "
        "user he likes, and the logs show an ordinary visit."
    ),
    fix=Fix(
        owner=(
            "Do not launch before this is closed. Give your developers this finding with its curl command, and "
            "ask for one guard in front of everything, with a short list of what is public, instead of a check "
            "on each page. If the portal was reachable already, have the access logs read for these addresses."
        ),
        engineer=(
            "Refuse by default: put the check of the session into the router or a middleware that covers every "
            "route, match on the same normalised path that the application routes by, and list what is public.\n"
            "JSON Web Tokens: verify with one fixed algorithm from your configuration, never with the one that the "
            "token names; refuse alg none; check exp, aud, iss and the type (an access token is no refresh token); "
            "use a random key of 32 bytes or more for HS256, kept out of the repository.\n"
            "PyJWT: jwt.decode(token, key, algorithms=['HS256'], audience=…, issuer=…). jsonwebtoken: "
            "jwt.verify(token, key, { algorithms: ['HS256'], audience, issuer }), never jwt.decode. "
            "Spring: NimbusJwtDecoder with its validators. \n"
            "Cookies: hold a random identifier of 128 bits or more and look it up on the server, or sign what they "
            "hold and verify it (itsdangerous, cookie-session with keys, Django signing).\n"
            "Proxies: delete X-Original-URL, X-Rewrite-URL, X-Forwarded-User and the like from what clients "
            "send, and trust X-Forwarded-For from your own proxy only. Express: app.set('trust proxy', <number>). "
            "nginx: proxy_set_header X-Forwarded-User ''; and guard with location ^~ rather than a regular "
            "expression that a slash or a capital letter escapes.\n"
            "Next.js: do not rely on middleware alone; check the session again where data is read. Django: "
            "LoginRequiredMiddleware. Spring Security: anyRequest().authenticated()."
        ),
        undo=(
            "A guard that shuts out too much is opened by adding the address to the list of public ones; a new "
            "key signs everybody out once, and the old one can be accepted beside it for an hour if need be."
        ),
        verify=(
            "Run the curl command of the finding: the answer must be the login page, a redirect to it, 401, 403 "
            "or 404, and hold nothing of the record. Then run `launchready audit --check auth/bypass --active`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-ATHN-04", "WSTG-SESS-10", "WSTG-ATHZ-02"),
    asvs=("V8.2.1", "V9.1.1", "V9.1.2", "V9.2.1"),
    cwe=(287, 306, 347, 290),
    owasp_api=("API2:2023",),
)

CHECK.example(
    "strangers and forgers are refused", Pass, looked(tried("unsigned token"), tried("random cookie"))
)
CHECK.example(
    "a public page that greets those who are signed in",
    Pass,
    looked(
        tried("random cookie"),
        unguarded=(
            UnguardedRoute(
                "nora", "https://portal.example/help", "page", answer(URL), answer(URL), linked=True
            ),
        ),
    ),
)
CHECK.example(
    "a client's shop that says it is there to be shared",
    Pass,
    looked(
        tried("random cookie"),
        unguarded=(
            UnguardedRoute(
                "nora",
                "https://portal.example/shop",
                "page",
                answer(URL),
                answer(URL),
                shared=2,
                guarded=OTHER,
                for_all=True,
            ),
        ),
    ),
)
CHECK.example(
    "an API route without secrets that nobody links",
    Pass,
    looked(
        tried("random cookie"),
        unguarded=(
            UnguardedRoute("nora", "https://portal.example/api/status", "api", answer(URL), answer(URL)),
        ),
    ),
)
CHECK.example(
    "one strange request that the front end hangs up on",
    Pass,
    looked(
        tried("random cookie"),
        tried("unsigned token"),
        GuardTrial("nora", URL, URL, "unknown method", "x", GONE, 12, 0, shows=False),
    ),
)
CHECK.example("a token without signature is accepted", Fail, looked(tried("unsigned token", shows=True)))
CHECK.example(
    "a changed cookie makes somebody else of us", Fail, looked(tried("changed cookie", as_other=True))
)
CHECK.example(
    "an API route without guard shows what the page guards",
    Fail,
    looked(
        unguarded=(UnguardedRoute("nora", OTHER, "api", answer(OTHER), answer(OTHER), shared=4, guarded=URL),)
    ),
)
CHECK.example(
    "a finding stands even where forging was not allowed",
    Fail,
    Bypass(
        ("nora",),
        (ROUTE,),
        (UnguardedRoute("nora", OTHER, "api", answer(OTHER), answer(OTHER), personal=True),),
        refused=REFUSED,
    ),
)
CHECK.example(
    "a limiter answered instead of the guard",
    Unknown,
    looked(tried("random cookie"), tried("unsigned token", refused=429)),
)
CHECK.example("there is no consent to forge", Unknown, Bypass(("nora",), (ROUTE,), refused=REFUSED))
CHECK.example("the identity could not be signed in", Unknown, Bypass((), unlooked=(("nora", LOST),)))
CHECK.example("nobody to sign in as", Unknown, Bypass(()))
CHECK.example("nothing protected was found", Unknown, Bypass(("nora",)))
CHECK.example(
    "the key is known, but tokens are looked up as well",
    Unknown,
    looked(
        tried("token of a well-known key"),
        carriers=(Carrier("nora", "header authorization", "json web token", "HS256", 600, key_known=True),),
    ),
)
