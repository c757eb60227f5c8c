"""Does the portal send people on to its own pages only, and take back logins only where they belong?"""

from collections.abc import Iterator

from launchready.check import Check, Fix, Risk
from launchready.evidence import Missing
from launchready.evidence.callbacks import Callback, Callbacks, Leading, Registration, SignInElsewhere
from launchready.evidence.http import Exchange
from launchready.evidence.redact import subject
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Seen, Unknown, Verdict, weigh

_MOMENTS = {
    "login": "after signing in",
    "signed-in": "when somebody who is signed in opens it",
    "logout": "after signing out",
    "open": "for anybody",
}
_OFF = ("outside", "script")


def judge(callbacks: Callbacks) -> Verdict:
    """Only where a browser ends up counts: an address that is merely printed, or refused in words, leads nowhere."""
    parts: list[Seen | Finding | Doubt] = []
    for callback in callbacks.callbacks:
        parts.extend(_return(callback))
    for url, parameter in callbacks.ignored:
        parts.append(Seen(subject(url), f"{parameter} is not followed"))
    for start in callbacks.elsewhere:
        parts.extend(_elsewhere(start))
    parts.extend(gap.doubt() for gap in callbacks.gaps)
    return weigh(
        (each for each in parts if isinstance(each, Seen)),
        (each for each in parts if isinstance(each, Finding)),
        (each for each in parts if isinstance(each, Doubt)),
    )


def _return(callback: Callback) -> Iterator[Seen | Finding | Doubt]:
    where = subject(callback.url)
    wrong = [each for each in callback.tried if each.leads in _OFF and _acts(each)]
    for each in wrong:
        leads = "runs a script of the sender's" if each.leads == "script" else "leads to another host"
        yield Finding(
            where,
            f"{callback.parameter}={each.value!r} ({each.evasion}) {leads} {_MOMENTS[callback.moment]} ({_HOW[each.how]})",
        )
    if callback.why is not None:
        yield callback.why.doubt(where)
    elif not callback.tried:
        detail = f"{callback.parameter} is followed, but no other host was tried in it"
        yield Doubt(where, Cause.NOT_COLLECTED, detail, "run the audit again with this check")
    if callback.tried and not wrong:
        detail = f"{callback.parameter} is followed {_MOMENTS[callback.moment]} to own pages only"
        yield Seen(
            where, f"{detail}; {len(callback.tried)} ways to name another host led nowhere by themselves"
        )


def _acts(leading: Leading) -> bool:
    """A browser goes there by itself; a link that is only offered must run a script to be a fault."""
    return leading.how != "link" or leading.leads == "script"


_HOW = {
    "location": "by redirect",
    "refresh": "by the Refresh header",
    "meta": "by a meta element",
    "script": "by a script in the page",
    "link": "by a link to click",
    "form": "by the form's address",
}


def _elsewhere(start: SignInElsewhere) -> Iterator[Seen | Finding | Doubt]:
    where = subject(start.url)
    if start.plain_return:
        yield Finding(
            where, f"{start.server} sends the login back to an http: address: the code travels in the open"
        )
    if not start.state and not start.challenge:
        detail = (
            f"starts a login at {start.server} with neither state nor PKCE: anybody's login can be slipped in"
        )
        yield Finding(where, detail)
    elif start.state_repeats and not start.challenge:
        yield Finding(
            where, f"the state sent to {start.server} is the same for everybody, so it proves nothing"
        )
    yield from _returned(where, start)
    yield from _registered(start)


def _returned(where: str, start: SignInElsewhere) -> Iterator[Seen | Finding | Doubt]:
    """Whether the callback believes a login that this browser never began."""
    wrong = False
    for forged, what in (
        (start.forged_return, "a code and state that were issued to another visitor"),
        (start.stateless_return, "a code without state"),
    ):
        if forged is True:
            wrong = True
            yield Finding(where, f"the callback signed in with {what}")
    gaps = [each for each in (start.forged_return, start.stateless_return) if isinstance(each, Missing)]
    for gap in dict.fromkeys(gaps):
        yield gap.doubt(where)
    if not gaps and not wrong:
        yield Seen(where, f"the login at {start.server} comes back only to the visitor who began it")


def _registered(start: SignInElsewhere) -> Iterator[Seen | Finding | Doubt]:
    server = f"https://{start.server}/"
    if isinstance(start.registrations, Missing):
        yield start.registrations.doubt(server)
        return
    taken = [each for each in start.registrations if each.taken]
    for each in taken:
        yield Finding(server, f"takes a redirect_uri that is not registered: {each.change}")
    if start.registrations and not taken:
        yield Seen(server, f"refused {len(start.registrations)} changed redirect addresses")


CHECK = Check(
    asks="Does the portal send people on to its own pages only, and take back logins only where they belong?",
    risk=Risk.HIGH,
    why=(
        "A link to your login page that ends on a stranger's page is the best phishing link there is: it begins with your "
        "name, people type the right password on the right page, and are then asked for it again by somebody else. The "
        "same looseness in a login by an identity provider hands the code, and so the account, to whoever asked for it."
    ),
    fix=Fix(
        owner=(
            "Ask your engineer to let return addresses be paths of the portal only, and at your identity provider "
            "register each return address in full, without a star."
        ),
        engineer=(
            "Keep a return address as a path: parse it as a browser does (new URL(value, origin)), compare the origin "
            "with your own, and send path and query only; better, keep it on the server or sign it. Do not compare "
            "beginnings or endings of strings: //host, /\\host, a tab within, https:\\\\host, user@host and "
            "own-host.example.net all pass such tests. Use the default page for all else.\n"
            "Django: url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=True), and "
            "ALLOWED_HOSTS set. Rails: redirect_to with allow_other_host: false, url_from(params[:next]). Laravel: "
            "redirect()->intended(). Express: no res.redirect(req.query.next). Next.js, NextAuth: the redirect callback.\n"
            "OAuth and OpenID Connect: exact comparison of redirect_uri at the server (RFC 9700, 2.1), https; PKCE and a "
            "state bound to the browser at the client, both checked when the login comes back."
        ),
        undo="Add the one further host that is really needed to a list of exact origins.",
        verify=(
            "Open the login page with the return address replaced by //example.org, sign in, and see that you stay. Then "
            "run `launchready audit --check auth/callbacks --active`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-CLNT-04", "WSTG-ATHZ-05"),
    asvs=("V3.7.2", "V10.2.1", "V10.4.1"),
    cwe=(601, 352, 346),
)


def _exchange(path: str = "/login", status: int = 302, **headers: str) -> Exchange:
    url = f"https://portal.example{path}"
    return Exchange(
        "GET", url, status, tuple(headers.items()), 10, truncated=False, digest="~0", address="192.0.2.1"
    )


def _leading(
    evasion: str = "another host",
    value: str = "https://launchready-callback.invalid/",
    leads: str = "own",
    how: str = "location",
) -> Leading:
    return Leading(evasion, value, leads, how, _exchange())


def _callback(
    *tried: Leading, parameter: str = "next", moment: str = "login", why: Missing | None = None
) -> Callback:
    own = _leading("own page", "/profile?launchready=1")
    return Callback("https://portal.example/login", parameter, moment, own, tried, why)


def _start(
    *registrations: Registration,
    state: bool = True,
    challenge: bool = True,
    repeats: bool = False,
    plain: bool = False,
    returned: tuple[bool | Missing, bool | Missing] = (False, False),
    missing: Missing | None = None,
) -> SignInElsewhere:
    return SignInElsewhere(
        "https://portal.example/sso",
        "id.example",
        "code",
        state,
        True,  # noqa: FBT003 -- a field of the record
        challenge,
        repeats,
        plain,
        missing or registrations,
        *returned,
    )


_REFUSED = Registration(
    "another host",
    "https://launchready-callback.invalid/",
    taken=False,
    exchange=_exchange("/authorize", 400),
)
_TAKEN = Registration(
    "a longer path", "https://portal.example/sso/back/../x", taken=True, exchange=_exchange("/authorize", 200)
)
_NO_CONSENT = Missing(Cause.NO_CONSENT, "there is no consent to probe", "run the audit with --active")
_OUT_OF_SCOPE = Missing(
    Cause.NO_CONSENT,
    "id.example is outside the scope: which return addresses it takes was not tried",
    "add it to [scope] hosts",
)

CHECK.example(
    "own pages only",
    Pass,
    Callbacks((_callback(_leading(), _leading("two slashes", "//launchready-callback.invalid/")),)),
)
CHECK.example(
    "the address is printed, or refused in words",
    Pass,
    Callbacks((_callback(_leading(leads="nowhere", how="")),)),
)
CHECK.example(
    "a page that warns before leaving, with a link",
    Pass,
    Callbacks((_callback(_leading(leads="outside", how="link"), moment="open"),)),
)
CHECK.example(
    "a parameter that nothing follows", Pass, Callbacks((), (("https://portal.example/login", "next"),))
)
CHECK.example("a login at an identity provider that holds", Pass, Callbacks((), (), (_start(_REFUSED),)))
CHECK.example(
    "state guards it where PKCE does not", Pass, Callbacks((), (), (_start(_REFUSED, challenge=False),))
)
CHECK.example(
    "any address is followed after signing in", Fail, Callbacks((_callback(_leading(leads="outside")),))
)
CHECK.example(
    "only a backslash gets through",
    Fail,
    Callbacks(
        (
            _callback(
                _leading(), _leading("slash and backslash", "/\\launchready-callback.invalid/", "outside")
            ),
        )
    ),
)
CHECK.example(
    "a script of the sender's stands in a link",
    Fail,
    Callbacks((_callback(_leading("a script", "javascript:0", "script", "link")),)),
)
CHECK.example(
    "the authorization server takes a changed address", Fail, Callbacks((), (), (_start(_REFUSED, _TAKEN),))
)
CHECK.example(
    "no state and no PKCE", Fail, Callbacks((), (), (_start(_REFUSED, state=False, challenge=False),))
)
CHECK.example(
    "the same state for everybody",
    Fail,
    Callbacks((), (), (_start(_REFUSED, challenge=False, repeats=True),)),
)
CHECK.example(
    "the callback believes a login it never began",
    Fail,
    Callbacks((), (), (_start(_REFUSED, returned=(True, False)),)),
)
CHECK.example("no consent to try other hosts", Unknown, Callbacks((_callback(why=_NO_CONSENT),)))
CHECK.example(
    "the authorization server is outside the scope",
    Unknown,
    Callbacks((), (), (_start(missing=_OUT_OF_SCOPE),)),
)
CHECK.example("nothing was known to look at", Unknown, Callbacks(()))
