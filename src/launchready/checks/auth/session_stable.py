"""Does a session last while people work with it?"""

from collections.abc import Iterable

from launchready.check import Check, Fix, Risk
from launchready.evidence import Missing
from launchready.evidence.http import Exchange
from launchready.evidence.stability import SessionTrial, Stability, StablePerson
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Seen, Unknown, Verdict, weigh

_WORDS = {
    "refresh": "refreshing the page",
    "new page": "going to another page and back",
    "second tab": "a second tab",
    "parallel": "several requests at once",
    "back": "the back button",
}
_ADD = "add an [[identity]] for a test account of each role to the portal file"


def judge(stability: Stability) -> Verdict:
    """One answer as to a stranger, where the portal was asked in good order, is a person thrown out at work."""
    if not stability.people:
        nobody = Doubt("", Cause.NOT_COLLECTED, "the portal file names nobody to sign in as", _ADD)
        return Unknown((nobody,))
    seen: list[Seen] = []
    findings: list[Finding] = []
    doubts: list[Doubt] = []
    for person in stability.people:
        if person.why is not None:
            doubts.append(person.why.doubt(person.identity))
            continue
        held = [trial for trial in person.trials if trial.asked and not trial.lost]
        if held:
            seen.append(Seen(person.identity, f"stayed signed in through {_list(held)}"))
        for trial in person.trials:
            if trial.lost:
                (findings if _is_fault(trial) else doubts).append(_lost(person, trial))  # type: ignore[arg-type] # each gets its own kind
            elif trial.why is not None:
                doubts.append(trial.why.doubt(person.identity))
    return weigh(seen, findings, doubts)


def _is_fault(trial: SessionTrial) -> bool:
    """Lost for good, or more than once: one stray answer may be an accident, but a browser looked for seconds."""
    return not trial.held or trial.lost > 1 or trial.where == "browser"


def _lost(person: StablePerson, trial: SessionTrial) -> Finding | Doubt:
    doing = _WORDS[trial.kind] + (" in a browser" if trial.where == "browser" else "")
    times = f"{trial.lost} of {trial.asked} answers" if trial.asked > 1 else "the answer"
    were = "were" if trial.lost > 1 else "was"
    if not trial.held:
        return Finding(person.identity, f"{doing} ended the session: one has to sign in again")
    said = f"with {doing}, {times} {were} as to a stranger, though the session went on"
    if _is_fault(trial):
        return Finding(person.identity, said)
    return Doubt(
        person.identity, Cause.AMBIGUOUS, said, "run the audit again to see whether it was an accident"
    )


def _list(trials: Iterable[SessionTrial]) -> str:
    """What was done, in words, each once."""
    words = dict.fromkeys(
        _WORDS[trial.kind] + (" in a browser" if trial.where == "browser" else "") for trial in trials
    )
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


CHECK = Check(
    asks="Does a session last while people refresh, open a second tab, go back, and load several things at once?",
    risk=Risk.MEDIUM,
    why=(
        "Staff work in several tabs, refresh, and go back all day. A session that is lost on the way throws away what "
        "they have typed and sends them to the login page again and again: they take the portal for broken, write "
        "passwords where they are at hand, and call for help."
    ),
    fix=Fix(
        owner=(
            "Show your developers which of these ends the session; it is mostly one setting of the session library or of "
            "the load balancer. Until it is mended, tell staff to work in one tab."
        ),
        engineer=(
            "Lost at random: sessions are kept in the memory of one of several processes. Keep them in a shared store "
            "(Redis, the database), or give all processes the same signing key.\n"
            "Lost with several requests at once: the identifier or refresh token is renewed on each request and the old "
            "one ends at once. Renew it at sign-in and when rights change only, or accept the old one for some seconds "
            "more (PHP: session_regenerate_id(false) and a grace period; refresh tokens: a reuse interval; in the "
            "browser, one renewal at a time with navigator.locks).\n"
            "Lost on reload or in a second tab: the token lives in a script's variable or in sessionStorage. Keep the "
            "session in an HttpOnly cookie, or renew the token from one when the page starts.\n"
            "Lost with the back button: look for scripts on pageshow, beforeunload or unload that sign out, and for forms "
            "that are sent again."
        ),
        undo="Deploy the previous version; people have to sign in again once.",
        verify=(
            "Sign in, open the same page in a second tab, reload both a few times, go on and back; nothing may ask for "
            "the password. Then run `launchready audit --check auth/session-stable`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-SESS-01",),
    cwe=(613,),
)


def _person(*trials: SessionTrial, why: Missing | None = None) -> Stability:
    """One identity for the examples."""
    return Stability((StablePerson("nora", "https://portal.example/desk", trials, why),))


def _answer(status: int) -> Exchange:
    """An answer for the examples."""
    url = "https://portal.example/desk"
    return Exchange("GET", url, status, (), 10, truncated=False, digest="~0", address="192.0.2.1")


_SOUND = (
    SessionTrial("refresh", "plain", 6, answers=(_answer(200),) * 6),
    SessionTrial("new page", "plain", 2),
    SessionTrial("second tab", "plain", 3),
    SessionTrial("parallel", "plain", 4),
)
_BROWSED = tuple(SessionTrial(kind, "browser", 1) for kind in ("refresh", "new page", "second tab", "back"))
_NO_BROWSER = Missing(
    Cause.NOT_COLLECTED,
    "no browser could look: there is no Chromium on this machine",
    "run `launchready doctor`",
)
_BUSY = Missing(
    Cause.UNREACHABLE, "the portal answered 503", "run the audit again when the portal is not busy"
)
CHECK.example("the session outlives everything", Pass, _person(*_SOUND, *_BROWSED))
CHECK.example(
    "no browser to see the back button with",
    Unknown,
    _person(*_SOUND, SessionTrial("refresh", "browser", why=_NO_BROWSER)),
)
CHECK.example(
    "ended by the fourth refresh", Fail, _person(SessionTrial("refresh", "plain", 4, 1, held=False))
)
CHECK.example(
    "some of the requests sent at once are lost",
    Fail,
    _person(*_SOUND[:3], SessionTrial("parallel", "plain", 4, 3)),
)
CHECK.example(
    "one stray answer in sixteen",
    Unknown,
    _person(SessionTrial("refresh", "plain", 16, 1), *_SOUND[1:], *_BROWSED),
)
CHECK.example(
    "the portal was busy",
    Unknown,
    _person(SessionTrial("refresh", "plain", 3, why=_BUSY), *_SOUND[1:], *_BROWSED),
)
CHECK.example(
    "the back button signs out",
    Fail,
    _person(*_SOUND, *_BROWSED[:3], SessionTrial("back", "browser", 1, 1, held=False)),
)
CHECK.example(
    "a second tab asks for the password", Fail, _person(*_SOUND, SessionTrial("second tab", "browser", 2, 1))
)
CHECK.example("nobody to sign in as", Unknown, Stability(()))
CHECK.example(
    "could not be signed in as",
    Unknown,
    _person(why=Missing(Cause.NOT_AUTHORISED, "could not sign in as nora", "correct this [[identity]]")),
)
