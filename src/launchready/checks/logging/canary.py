"""Do passwords and tokens that were sent on purpose turn up in a log?"""

from launchready.check import Check, Fix, Risk
from launchready.checks.logging._told import LATE, NO_LOGS, SILENT, doubts_of, findings, watched
from launchready.evidence import Missing
from launchready.evidence.logs import Leak, LogDrill, Sown, Written
from launchready.evidence.secrets import Gap
from launchready.verdict import Cause, Doubt, Fail, Pass, Seen, Unknown, Verdict, weigh

_ALLOWED = frozenset(("e-mail address",))
"""Who failed to sign in has to be logged, so a name in a log is no leak."""


def judge(drill: LogDrill) -> Verdict:
    """Nothing that was sent in confidence may stand in what the logs got meanwhile; no line at all proves nothing."""
    if not drill.named:
        return Unknown((NO_LOGS,))
    found = findings((each for each in drill.leaks if each.kind not in _ALLOWED), "sent by")
    seen = watched(drill.written)
    doubts = doubts_of(drill.gaps)
    for each in drill.sown:
        if each.why is not None:
            doubts.append(each.why.doubt(each.way))
        else:
            seen.append(
                Seen(each.way, f"{', '.join(each.kinds) or 'a request'} sent, answered {each.status}")
            )
    if not drill.written:
        doubts.append(SILENT)
    elif drill.late:
        doubts.append(LATE)
    if not any(each.why is None for each in drill.sown):
        doubts.append(Doubt("", Cause.NOT_COLLECTED, "nothing was sent", "run the audit again with --active"))
    return weigh(seen, found, doubts)


CHECK = Check(
    asks="Do passwords, tokens and card numbers that are sent to the portal turn up in its logs, in any encoding?",
    risk=Risk.HIGH,
    why=(
        "Logs are copied to more places and read by more people than any database: hosting, error trackers, backups, "
        "support. A password or session that stands in one, even encoded or hashed without salt, lets each of them be "
        "your customer, and a leak of the logs is a leak of the accounts."
    ),
    fix=Fix(
        owner=(
            "Show your developers which log holds what, and on which way it came. Have the old log files deleted or "
            "cleaned, in backups and with the services that get copies too. Where real people signed in, ask them to "
            "choose a new password, and end all sessions."
        ),
        engineer=(
            "Log the name of the route and never the body, the query or the headers as they came. Where bodies are "
            "needed, name the fields that may be logged, rather than those that may not: Django sensitive_post_parameters "
            "and a SafeExceptionReporterFilter, Rails filter_parameters, pino `redact`, Logback or Serilog masking, "
            "Sentry send_default_pii = false and before_send, nginx `log_format` with $uri instead of $request_uri.\n"
            "Encoding or hashing is not hiding: base64, gzip and a bare sha256 of a password are undone in seconds.\n"
            "An exception's text and its local variables often hold the body: cut them before they are written."
        ),
        undo="Deploy the previous version; the log format is as before.",
        verify=(
            "Sign in with a wrong password, then search all logs for it. Then run "
            "`launchready audit --active --check logging/canary`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-CONF-02",),
    asvs=("16.2.5",),
    cwe=(532,),
    owasp_api=("API8:2023",),
)

_SENT = (Sown("sign-in of nora", ("password", "session cookie"), 302), Sown("login", ("password",), 401))
_WROTE = (Written("access.log", 12, 12), Written("portal.log", 4, 0))
_LEAK = Leak("password", "portal.log", "login", "base64", "portal.log", 3)
_NO_CONSENT = Missing(
    Cause.NO_CONSENT, "there is no consent to go as far as probe", "run the audit with --active"
)
CHECK.example("nothing of it stands in the logs", Pass, LogDrill(sown=_SENT, written=_WROTE, searched=4_000))
CHECK.example("a password in base64", Fail, LogDrill(sown=_SENT, leaks=(_LEAK,), written=_WROTE))
CHECK.example(
    "the name that was typed at the login is told, as it should be",
    Pass,
    LogDrill(sown=_SENT, leaks=(Leak("e-mail address", "portal.log", "password reset"),), written=_WROTE),
)
CHECK.example(
    "the web server writes its lines later", Unknown, LogDrill(sown=_SENT, written=_WROTE, late=True)
)
CHECK.example("no line was written meanwhile", Unknown, LogDrill(sown=_SENT))
CHECK.example(
    "nothing may be sent on purpose",
    Unknown,
    LogDrill(sown=(_SENT[0], Sown("login", why=_NO_CONSENT)), written=_WROTE),
)
CHECK.example(
    "a log that could not be read",
    Unknown,
    LogDrill(sown=_SENT, written=_WROTE, gaps=(Gap("old.log.gz", _NO_CONSENT),)),
)
CHECK.example("no logs are named", Unknown, LogDrill(named=False))
