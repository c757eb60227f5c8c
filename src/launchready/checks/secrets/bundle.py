"""Do scripts, source maps, pages or answers of the portal hold its secrets?"""

from launchready.check import Check, Fix, Risk
from launchready.checks.secrets._examples import DEAD, NONE_ASKED, secret
from launchready.checks.secrets._judged import doubts, findings, seen, unanswered
from launchready.evidence import Missing
from launchready.evidence.secrets import Gap, KeyStates, Place, Search, Secret
from launchready.evidence.served import ServedSecrets
from launchready.verdict import Cause, Fail, Pass, Seen, Unknown, Verdict, weigh

_WHERE = "what the portal serves"


def judge(served: ServedSecrets, states: KeyStates | Missing) -> Verdict:
    """A secret that anybody was given in a browser is one that everybody may have, unless its provider ended it."""
    search = served.search
    told = seen(search, _WHERE)
    others = (Seen(host, "scripts of another host: theirs, not read") for host in served.others if told)
    own = (Seen(_WHERE, f"{count:,} x {kind}: theirs, not counted") for kind, count in served.own)
    still, shut = findings(search.secrets, states)
    unread = (*doubts(search, _WHERE), *(unanswered(states, _WHERE) if still else ()))
    return weigh((*told, *others, *own, *shut), still, unread)


CHECK = Check(
    asks="Are the portal's scripts, source maps, pages and JSON answers free of secrets?",
    risk=Risk.CRITICAL,
    why=(
        "What is sent to a browser can be read by whoever holds it. A payment, mail, storage or database key in a "
        "script is found by programs that search the web for such keys, mostly within hours, and used: for refunds, "
        "for mail in your name, for a copy of all data."
    ),
    fix=Fix(
        owner=(
            "Have each key that is named here replaced at its provider today, and its use since the first release "
            "looked through there. Taking it out of the page is not enough: copies of the old page stay in caches and "
            "archives. Then have your developers change what put it there."
        ),
        engineer=(
            "Rotate first, then remove. Calls that need the key go through your own server; the browser gets a session "
            "or a publishable key with its limits (allowed hosts, row level security, read only).\n"
            "Names that begin with NEXT_PUBLIC_, VITE_, REACT_APP_ or PUBLIC_ are built into scripts: no secret may "
            "have one. Of a server component's props and of __NEXT_DATA__ only send what the page shows.\n"
            "Build source maps for your error tracker and do not deploy them (`hidden-source-map`, delete *.map after "
            "the upload); configuration that is inlined for the client is a list of names allowed, not the environment.\n"
            "Purge the CDN after the deployment: hashed files of old releases stay."
        ),
        undo="Deploy the previous build again; a rotated key stays rotated, so give the server the new one.",
        verify=(
            "Open the address named with the network tab of a private window and search the answer: the key must be "
            "gone, and the old one refused by its provider. Then run `launchready audit --check secrets/bundle`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-INFO-05",),
    asvs=("V13.3.1",),
    cwe=(200, 312, 540, 615),
    owasp_api=("API3:2023",),
    red_flag="Secret keys are in what browsers are sent.",
)


def _served(*secrets: Secret, gaps: tuple[Gap, ...] = (), others: tuple[str, ...] = ()) -> ServedSecrets:
    """What was found, for the examples."""
    searched = (("pages", 12), ("scripts", 3), ("bytes", 81_300))
    return ServedSecrets(Search("Kingfisher 1.5", searched, secrets, gaps=gaps), others)


def _secret(surface: str, where: str, line: int = 1, who: str = "anonymous") -> Secret:
    return Secret(
        "~1",
        "Stripe secret key",
        "stripe",
        32,
        (Place(surface, f"https://portal.example{where}", line, who=who),),
    )


CHECK.example("pages and scripts hold none", Pass, _served(others=("cdn.example",)), NONE_ASKED)
CHECK.example("a key in the bundle", Fail, _served(_secret("script", "/assets/app.js")), NONE_ASKED)
CHECK.example(
    "a key in a source of its map",
    Fail,
    _served(_secret("source map", "/assets/app.js.map (src/pay.ts)", 14)),
    NONE_ASKED,
)
CHECK.example(
    "a key in the state of a page for admins",
    Fail,
    _served(_secret("inline state", "/admin", 30, who="sam")),
    NONE_ASKED,
)
CHECK.example(
    "publishable keys only",
    Pass,
    ServedSecrets(
        Search("Kingfisher 1.5", (("pages", 4),), public=(("Stripe publishable key", 2),)),
        own=(("token of a visitor's own session", 1),),
    ),
    NONE_ASKED,
)
CHECK.example(
    "a script gave no answer",
    Unknown,
    _served(
        gaps=(Gap("https://portal.example/a.js", Missing(Cause.UNREACHABLE, "no answer", "run it again")),)
    ),
    NONE_ASKED,
)
CHECK.example("nothing was served", Unknown, ServedSecrets(Search("Kingfisher 1.5")), NONE_ASKED)
CHECK.example(
    "a key that its provider refuses",
    Pass,
    _served(secret(Place("script", "https://portal.example/assets/app.js", 1, who="anonymous"))),
    DEAD,
)
