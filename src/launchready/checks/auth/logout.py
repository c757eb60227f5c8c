"""Does signing out end the session on the server?"""

from collections.abc import Iterable

from launchready.check import Check, Fix, Risk
from launchready.evidence import Missing
from launchready.evidence.http import Exchange
from launchready.evidence.redact import subject
from launchready.evidence.signout import Replay, SignOut, SignOuts
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


def judge(outs: SignOuts) -> Verdict:
    """What was worth a session before signing out must be worth nothing afterwards, to whoever still has it."""
    if outs.sessionless and not outs.tried and not outs.unlooked:
        return NotApplicable(
            "the password goes with each request (HTTP basic authentication); no session begins or ends"
        )
    findings: list[Finding] = []
    seen: list[Seen] = []
    doubts = [why.doubt(identity) for identity, why in outs.unlooked]
    if not outs.tried and not outs.unlooked:
        doubts.append(
            Doubt(
                "",
                Cause.NOT_COLLECTED,
                "the portal file names nobody to sign in as",
                "add an [[identity]] for a test account of each role",
            )
        )
    for out in outs.tried:
        if out.unclear is not None:
            doubts.append(out.unclear.doubt(out.identity))
            continue
        findings += (_finding(out, replay) for replay in out.replays if replay.accepted)
        seen += _seen(out)
        if out.refresh == "not found":
            doubts.append(
                Doubt(
                    out.identity,
                    Cause.AMBIGUOUS,
                    "there is a refresh token, but it was not found where it is exchanged, so it could not be replayed",
                    'say where it is exchanged: refresh = "/…" in [login]',
                )
            )
        if not out.replays:
            doubts.append(
                Doubt(
                    out.identity,
                    Cause.AMBIGUOUS,
                    "signing out did not come about",
                    'say where: logout = "/…" in [login]',
                )
            )
    return weigh(seen, findings, doubts)


def _finding(out: SignOut, replay: Replay) -> Finding:
    where = f"{subject(out.url)} ({replay.what})"
    if replay.what == "refresh token":
        return Finding(where, "after signing out, the old refresh token was exchanged for a new access token")
    if replay.what == "access token":
        life = f" and is valid for {replay.remaining:.0f} s more" if replay.remaining is not None else ""
        return Finding(
            where, f"after signing out, the old access token still opens {subject(replay.exchange.url)}{life}"
        )
    if not out.browser_out:
        return Finding(
            where,
            "the portal answered as if we were signed out, yet the same browser still opens "
            f"{subject(replay.exchange.url)}",
        )
    return Finding(
        where,
        f"the browser forgot the cookie, but sent once more it still opens {subject(replay.exchange.url)}: "
        "the session was not ended on the server",
    )


def _seen(out: SignOut) -> Iterable[Seen]:
    refused = [replay.what for replay in out.replays if not replay.accepted]
    if refused:
        yield Seen(
            subject(out.url),
            f"{out.identity} signed out ({out.control}); sent once more, the {' and the '.join(refused)} "
            f"{'was' if len(refused) == 1 else 'were'} refused",
        )
    if out.others_ended is not None:
        rest = "ended as well" if out.others_ended else "went on"
        yield Seen(subject(out.url), f"another session of {out.identity} {rest}; either is sound")


CHECK = Check(
    asks="Does signing out end the session on the server, so that old cookies and tokens open nothing?",
    risk=Risk.MEDIUM,
    why=(
        "Staff sign out on shared and borrowed machines and trust that this is the end of it. Where the portal only "
        "makes the browser forget the cookie, whoever has copied it (another program on the machine, a proxy, a log) "
        "goes on as that person, and nobody can throw a thief out: not the user, and not the administrator."
    ),
    fix=Fix(
        owner=(
            "Ask your developers to end the session on the server when somebody signs out, and to void the refresh "
            "token too. Until then, tell staff to lock shared machines instead of relying on signing out."
        ),
        engineer=(
            "Delete the session in its store first, then expire the cookie in the answer with the same name, path and "
            "domain that it was set with.\n"
            "Django: logout(request), and a session engine other than signed_cookies. Express: req.session.destroy() "
            "and res.clearCookie(); cookie-session and other sessions that live in the cookie alone cannot be ended: "
            "keep an identifier in them that the server knows. Rails: reset_session with a server-side store. Laravel: "
            "Auth::logout(), then invalidate() and regenerateToken() of the session. Spring: invalidateHttpSession.\n"
            "JSON Web Tokens: void the refresh token at sign-out, and check on each request that the token's session "
            "(sid or jti) has not been ended: a set of ended ones in the cache, kept until they expire, is small. A "
            "short lifetime narrows the hole and does not close it.\n"
            "Keycloak, Auth0, Entra: call the end-session endpoint as well, or the next click signs in again."
        ),
        undo=(
            "Take the change back by a deploy of the previous version; sessions that were ended stay ended, and people "
            "sign in again."
        ),
        verify=(
            "Sign in, copy the request of a protected page as curl from the browser's network tools, sign out, and run "
            "it: the answer must be the login page, 401 or a redirect. Then run `launchready audit --check auth/logout`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-SESS-06",),
    asvs=("V7.4.1",),
    cwe=(613,),
)


def _answer(status: int) -> Exchange:
    """An answer for the examples."""
    url = "https://portal.example/profile"
    return Exchange("GET", url, status, (), 10, truncated=False, digest="~0", address="192.0.2.1")


def _out(*replays: Replay, browser_out: bool = True, refresh: str = "", ended: bool = False) -> SignOuts:
    """One sign-out for the examples."""
    out = SignOut(
        "nora",
        "form",
        "form",
        "https://portal.example/logout",
        trail=(_answer(303),),
        says_out=True,
        browser_out=browser_out,
        replays=replays,
        refresh=refresh,
        others_ended=ended,
    )
    return SignOuts((out,))


_REFUSED = Replay("cookie", _answer(302), accepted=False)
_NOT_FOUND = Missing(
    Cause.AMBIGUOUS, "no control to sign out was found", 'say where: logout = "/…" in [login]'
)
_LOST = Missing(Cause.NOT_AUTHORISED, "the password was refused", "correct this [[identity]]")

CHECK.example("the old cookie is refused", Pass, _out(_REFUSED))
CHECK.example("all sessions of the person end at once", Pass, _out(_REFUSED, ended=True))
CHECK.example(
    "access and refresh token are refused",
    Pass,
    _out(
        Replay("access token", _answer(401), accepted=False),
        Replay("refresh token", _answer(401), accepted=False),
        refresh="found",
    ),
)
CHECK.example(
    "only the browser forgets the cookie", Fail, _out(Replay("cookie", _answer(200), accepted=True))
)
CHECK.example(
    "the portal says so, and nothing has changed",
    Fail,
    _out(Replay("cookie", _answer(200), accepted=True), browser_out=False),
)
CHECK.example(
    "the access token lives on for a quarter of an hour",
    Fail,
    _out(Replay("access token", _answer(200), accepted=True, remaining=900)),
)
CHECK.example(
    "the refresh token buys a new one",
    Fail,
    _out(
        Replay("access token", _answer(401), accepted=False),
        Replay("refresh token", _answer(200), accepted=True),
        refresh="found",
    ),
)
CHECK.example(
    "no control to sign out was found", Unknown, SignOuts((SignOut("nora", "form", unclear=_NOT_FOUND),))
)
CHECK.example(
    "it is not known where the refresh token is exchanged",
    Unknown,
    _out(Replay("access token", _answer(401), accepted=False), refresh="not found"),
)
CHECK.example("basic authentication has no session", NotApplicable, SignOuts((), (), ("nora",)))
CHECK.example("the identity could not be signed in", Unknown, SignOuts((), (("nora", _LOST),)))
CHECK.example("nobody to sign in as", Unknown, SignOuts(()))
