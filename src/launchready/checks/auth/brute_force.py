"""Is somebody who guesses passwords stopped?"""

from launchready.check import Check, Fix, Risk
from launchready.checks.auth._brute_force_examples import EXAMPLES
from launchready.checks.auth._guesses import MOST_PER_MINUTE, Reading, read
from launchready.evidence.login_limit import LoginLimit
from launchready.evidence.redact import subject
from launchready.verdict import Cause, Doubt, Finding, Seen, Unknown, Verdict, weigh

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
            "WordPress: a plug-in that limits login attempts, or nginx as above for /wp-login.php and /xmlrpc.php: that "
            "takes passwords too. MediaWiki: $wgPasswordAttemptThrottle, which needs an object cache to count in.\n"
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

for _says, _expected, _facts in EXAMPLES:
    CHECK.example(_says, _expected, *_facts)
