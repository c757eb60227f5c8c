"""Is somebody who guesses passwords stopped?"""

from msgspec import structs

from launchready.check import Check, Fix, Risk
from launchready.checks.auth._guesses import MOST_PER_MINUTE, Reading, read
from launchready.evidence import Missing
from launchready.evidence.login_limit import Guess, LoginLimit
from launchready.evidence.redact import subject
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Seen, Unknown, Verdict, weigh

_TRIPPED = "wait until the limiter has opened again, then run the audit again"
_KINDS = {
    "refusal": "then every further one was refused, and so was the right password",
    "silent": (
        "then the right password was refused without a word: it holds, but whoever mistypes is never told why "
        "they cannot get in"
    ),
    "challenge": "then something further was asked for, and the right password alone was refused",
    "captcha": "then a captcha was asked for, and the right password without it was refused",
}


def judge(limit: LoginLimit) -> Verdict:
    """Look at what became of the right password: that alone says whether guessing was stopped."""
    where, told = subject(limit.login_url), read(limit)
    if told.kind == "unclear":
        return Unknown(
            (Doubt(where, Cause.AMBIGUOUS, _unclear(limit, told), _TRIPPED),), tuple(_end(limit, told))
        )
    if told.kind == "trouble":
        return Unknown((_trouble(where, limit, told),))
    findings = [Finding(where, words) for words in _faults(limit, told)]
    seen = [Seen(where, _how(limit, told))] if told.holds else []
    seen += [Seen(where, words) for words in _beside(told)]
    doubts = []
    if told.holds and told.kind != "slowed" and not findings and not limit.of("forged"):
        what = "it was not tried whether guessing goes on from a made-up address, as our bounds were reached before"
        doubts.append(
            Doubt(where, Cause.NOT_COLLECTED, what, "try it by hand with another X-Forwarded-For each time")
        )
    return weigh([*seen, *_end(limit, told)], findings, doubts)


def _faults(limit: LoginLimit, told: Reading) -> list[str]:
    sent = _sent(told, limit)
    match told.kind:
        case "none":
            captcha = (
                "; the captcha on the login page is for show, as the server takes a password without it"
                if limit.captcha_shown
                else ""
            )
            rate = f", at {told.per_minute:.0f} a minute" if told.per_minute > 0 else ""
            return [f"nothing stopped or slowed {sent}{rate}, and the right password still worked{captcha}"]
        case "right-passes":
            what = "asks for a captcha" if _asks(limit) == "captcha" else "refuses wrong passwords"
            return [
                (
                    f"after {told.guesses} wrong passwords it {what}, but still takes the right one: whoever guesses it "
                    f"gets in all the same"
                )
            ]
        case "leaks":
            return [
                (
                    f"after {told.guesses} wrong passwords some are refused, but some {told.per_minute:.0f} a minute "
                    f"still come through; more than {MOST_PER_MINUTE} are worth an attacker's while"
                )
            ]
    if told.falls_to:
        return [
            (
                f"after {told.guesses} wrong passwords guessing is stopped, but goes on as soon as each request claims "
                f"another address in {_listed(told.falls_to)}, which anybody can send"
            )
        ]
    return []


def _how(limit: LoginLimit, told: Reading) -> str:
    if told.kind == "slowed":
        return f"{_sent(told, limit)} were held back: when they come at once, {told.per_minute:.0f} a minute get through"
    leak = f"; {told.per_minute:.0f} a minute came through while it stood" if told.per_minute >= 0 else ""
    status = f" (status {limit.refused.status})" if limit.refused and told.kind == "refusal" else ""
    return f"{told.guesses} wrong passwords were answered as usual, {_KINDS[told.kind]}{status}{leak}"


def _beside(told: Reading) -> list[str]:
    said = []
    if told.scope == "account":
        said.append("it is the account that is stopped: others get in from the same address meanwhile")
    elif told.scope == "address":
        said.append(
            "it is our address that is stopped, or everybody: another name is refused as well (one machine cannot tell "
            "which)"
        )
    if told.sprayed and not told.spray_refused:
        said.append(f"one password tried on {told.sprayed} names that nobody has was not limited")
    elif told.spray_refused:
        said.append(f"one password tried on {told.sprayed} names was refused {told.spray_refused} times")
    if told.tells:
        said.append("only accounts that exist are stopped: a name that nobody has is answered as ever")
    return said


def _end(limit: LoginLimit, told: Reading) -> list[Seen]:
    """What became of the own test account; never left unsaid."""
    who = f"the test account {limit.identity}"
    if told.works:
        after = f" {told.after:.0f} s after it was first refused" if told.after >= 0 else ""
        return [Seen(limit.identity, f"{who} signs in with its password at the end{after}")]
    wait = f"; it was announced to open {told.announced:.0f} s later" if told.announced >= 0 else ""
    return [
        Seen(
            limit.identity,
            f"{who} was still refused when we stopped{wait}; if it does not open by itself, unlock it by hand",
        )
    ]


def _sent(told: Reading, limit: LoginLimit) -> str:
    at_once = f", {told.together} of them at once," if told.together else ""
    return f"{told.guesses} wrong passwords{at_once} in {limit.seconds:.0f} s"


def _asks(limit: LoginLimit) -> str:
    return next((each.asks for each in limit.guesses if each.asks), "")


def _listed(names: tuple[str, ...]) -> str:
    pretty = ["-".join(part.capitalize() for part in name.split("-")) for name in names]
    return pretty[0] if len(pretty) == 1 else "one of " + ", ".join(pretty)


def _unclear(limit: LoginLimit, told: Reading) -> str:
    if not any(each.outcome == "accepted" for each in limit.of("begin")):
        return (
            f"the right password of {limit.identity} was refused before anything was tried: a limiter was tripped "
            f"already, or the account is locked"
        )
    if not limit.of("series"):
        return "a wrong password was not answered as such: a limiter was tripped already, or is too strict to look at"
    tries = [each.outcome for each in limit.of("confirm", "hold", "together") if each.right]
    if tries and tries[-1] == "accepted" and told.refused < 2:
        return (
            f"only {told.guesses} wrong passwords that count fitted into our bounds, as each takes several requests: a "
            f"sound limit may lie beyond them"
        )
    if tries and {*tries} == {"accepted"} and any(each.outcome == "refused" for each in limit.of("hold")):
        return (
            "some wrong passwords were refused and the right one never was, and our bounds were reached before it was "
            "clear whether it ever is"
        )
    if limit.of("hold"):
        return "a limiter stopped some passwords and had opened again before it could be looked at"
    return "the series was broken off before it was clear whether the right password is refused"


def _trouble(where: str, limit: LoginLimit, told: Reading) -> Doubt:
    if limit.trouble == "silence":
        detail = (
            f"after {told.guesses} wrong passwords the whole portal no longer answered us: either it shuts our address "
            f"out, or it was down"
        )
    else:
        detail = f"after {told.guesses} wrong passwords the portal answered with server errors, so we stopped"
    return Doubt(
        where, Cause.AMBIGUOUS, detail, "see the portal's log at that time, then run the audit again"
    )


CHECK = Check(
    asks="Is somebody who guesses the password of an account stopped or slowed down?",
    risk=Risk.HIGH,
    why=(
        "Passwords that leaked elsewhere are tried on every login page by machines, thousands an hour. Without a limit "
        "on failed logins one of your users' passwords will be found, and whoever finds it is signed in as that user. "
        "A limit that believes the address a request claims for itself, or a captcha that the server does not ask for, "
        "stops nobody who means it."
    ),
    fix=Fix(
        owner=(
            "Ask your developers to limit failed logins for each account and for each address. If the portal is behind "
            "Cloudflare or a similar service, add a rate limiting rule for the login address as well."
        ),
        engineer=(
            "Count failed logins on the server, for the account and for the client's address, before the password is "
            "looked at, and refuse with 429 and Retry-After: some 10 a minute for an account at one address, some 20 a "
            "minute for an address. Count names that do not exist in the same way, or the limit tells which exist. Take "
            "the client's address from X-Forwarded-For only if your own proxy sets it, and then the entry that the proxy "
            "added, not the first one.\n"
            "nginx: limit_req_zone $binary_remote_addr zone=login:1m rate=10r/m; limit_req zone=login burst=5 nodelay in "
            "the location of the login; behind a proxy set_real_ip_from and real_ip_header.\n"
            "Django: django-axes; set AXES_IPWARE_PROXY_COUNT behind a proxy.\n"
            "Laravel: RateLimiter::for('login', ...) and the throttle middleware; configure TrustProxies.\n"
            "Express: express-rate-limit on the login route; `app.set('trust proxy', 1)`, never true.\n"
            "A captcha must be verified by the server in the same request as the password."
        ),
        undo="Remove the limit or rule again. Accounts that it locked stay locked until its time is over.",
        verify=(
            "Send ten wrong passwords for a test account, then the right one, which must be refused; wait until it opens. "
            "Then run `launchready audit --check auth/brute-force --active`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-ATHN-03",),
    asvs=("V6.3.1",),
    cwe=(307, 799),
)


def _guess(
    purpose: str, outcome: str = "usual", *, right: bool = False, at: float = 1.0, **more: object
) -> Guess:
    """One try for the examples."""
    told: dict[str, object] = {"seconds": 0.1, "forged": (), **more}
    return Guess(purpose, "own", right, outcome, 401, "", 100, at=at, **told)  # type: ignore[arg-type]  # handed on


def _series(*guesses: Guess, trouble: str = "", others_answer: bool = True) -> LoginLimit:
    """A series for the examples, with a sound beginning."""
    begin = (
        _guess("begin", "accepted", right=True, at=0.0),
        *(_guess("reference", at=0.2), _guess("reference", at=0.3)),
    )
    return LoginLimit(
        identity="nora",
        other="sam",
        way="form",
        login_url="https://portal.example/login",
        marker="brute-force 0",
        guesses=(*begin, *guesses),
        requests=40,
        seconds=9.0,
        trouble=trouble,
        others_answer=others_answer,
    )


_SIX = tuple(_guess("series", at=at) for at in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0))
_REFUSED = tuple(_guess("series", "refused", at=at) for at in (1.1, 1.2))
_STOPPED = tuple(_guess("confirm", "refused", right=True, at=at) for at in (1.3, 1.6))
_HELD = tuple(_guess("hold", "refused", right=bool(n % 2), at=2 + 0.4 * n) for n in range(4))
_LIMITED = (*_SIX, *_REFUSED, *_STOPPED, *_HELD)
_TEN = tuple(_guess("burst", at=1.5) for _ in range(10))
_WORKS = _guess("confirm", "accepted", right=True, at=2.0)
_OPENS = _guess("after", "accepted", right=True, at=30.0)
_FORGED = ("x-forwarded-for",)
_IN_VAIN = _guess("forged", "refused", at=5.0, forged=_FORGED)


def _one_by_one(seconds: float) -> tuple[Guess, ...]:
    return tuple(_guess("burst", at=seconds * n, seconds=seconds * n) for n in range(1, 11))


CHECK.example("refused after six, the right password too", Pass, _series(*_LIMITED, _IN_VAIN, _OPENS))
CHECK.example("locked without a word", Pass, _series(*_SIX, *_TEN, *_STOPPED, *_HELD, _IN_VAIN))
CHECK.example("ten at once are served one by one, slowly", Pass, _series(*_SIX, *_one_by_one(2.0), _WORKS))
CHECK.example("nobody tried another address", Unknown, _series(*_LIMITED, _OPENS))
CHECK.example("nothing happens", Fail, _series(*_SIX, *_TEN, _WORKS))
CHECK.example("ten at once are served one by one, but fast", Fail, _series(*_SIX, *_one_by_one(0.1), _WORKS))
_RIGHT_ONES = tuple(
    _guess("hold", "accepted" if n % 2 else "refused", right=bool(n % 2), at=2 + 0.4 * n) for n in range(4)
)
CHECK.example(
    "wrong passwords are refused, the right one is not, three at once neither",
    Fail,
    _series(
        *(*_SIX, *_REFUSED, _WORKS),
        *_RIGHT_ONES,
        *(_guess("together", "accepted", right=True, at=4.0) for _ in range(3)),
    ),
)
CHECK.example(
    "wrong passwords are refused, the right one is not, and no request is left to be sure",
    Unknown,
    _series(*_SIX, *_REFUSED, _WORKS, *_RIGHT_ONES[:2], _IN_VAIN, _OPENS),
)
CHECK.example(
    "a page with the form that was sent many times is refused, another is not",
    Fail,
    _series(
        *(structs.replace(each, shared=True) for each in (*_SIX, *_REFUSED)),
        *(_WORKS, _guess("reference", at=2.1)),
        *_TEN,
        _WORKS,
    ),
)
CHECK.example("each guess takes so many requests that few fit", Unknown, _series(*_SIX[:3], _WORKS))
CHECK.example(
    "places that open one after the other went to the right ones",
    Pass,
    _series(
        *(*_SIX, *_REFUSED, _WORKS, *_RIGHT_ONES),
        *(_guess("together", "accepted" if n == 0 else "refused", right=True, at=4.0) for n in range(3)),
        *(
            _guess(purpose, "refused", at=5.0, forged=forged)
            for purpose, forged in (("forged", _FORGED), ("control", ()))
        ),
        _OPENS,
    ),
)
CHECK.example(
    "another address in X-Forwarded-For, and it goes on",
    Fail,
    _series(
        *_LIMITED,
        _guess("forged", at=5.0, forged=_FORGED),
        _guess("control", "refused", at=5.1),
        _guess("forged", "accepted", right=True, at=5.2, forged=_FORGED),
    ),
)
CHECK.example(
    "it opened just when X-Forwarded-For was tried",
    Pass,
    _series(*_LIMITED, _guess("forged", at=5.0, forged=_FORGED), _guess("control", at=5.1)),
)
CHECK.example(
    "the right password was refused from the beginning",
    Unknown,
    LoginLimit(
        identity="nora",
        other="",
        way="form",
        login_url="https://portal.example/login",
        marker="brute-force 0",
        guesses=(_guess("begin", "refused", right=True),),
        requests=1,
        seconds=0.1,
    ),
)
CHECK.example(
    "the portal broke down",
    Unknown,
    _series(*_SIX, _guess("series", "refused"), trouble="server errors", others_answer=False),
)
CHECK.example(
    "no consent to probe",
    Unknown,
    Missing(Cause.NO_CONSENT, "there is no consent to go as far as probe", "run the audit with --active"),
)
