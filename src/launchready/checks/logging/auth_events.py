"""Is it logged who signed in, and who failed to?"""

from launchready.check import Check, Fix, Risk
from launchready.checks.logging._told import NO_LOGS, ONLY_REQUESTS, SILENT, doubts_of, shown, tells_deeds
from launchready.evidence import Missing
from launchready.evidence.logs import Deed, Entry, LogDrill, Written
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Unknown, Verdict, weigh

_NEEDED = {"sign-in": ("actor",), "refused sign-in": ()}
"""What a line must tell; a name that nobody has may be a password in the wrong field, so some leave it out."""


def judge(drill: LogDrill) -> Verdict:
    """The sign-in that the audit made and the one that it failed to make must each have left a line that says so."""
    if not drill.named:
        return Unknown((NO_LOGS,))
    doubts: list[Doubt] = doubts_of(drill.gaps)
    findings: list[Finding] = []
    seen = []
    for deed in drill.deeds:
        if deed.why is not None:
            doubts.append(deed.why.doubt(deed.what))
        elif deed.entries:
            lacks = [
                each for each in _NEEDED[deed.what] if not any(each in entry.shows for entry in deed.entries)
            ]
            if lacks:
                findings.append(Finding(deed.what, f"is logged without its {' and '.join(lacks)}"))
            seen.append(shown(deed))
        elif tells_deeds(drill.written):
            logs = ", ".join(each.log for each in drill.written)
            findings.append(
                Finding(
                    deed.what, f"no line tells of it, in what {logs} got in the seconds around it and after"
                )
            )
    if not drill.written:
        doubts.append(SILENT)
    elif not seen and not findings and not tells_deeds(drill.written):
        doubts.append(ONLY_REQUESTS)
    return weigh(seen, findings, doubts)


CHECK = Check(
    asks="Are successful and failed sign-ins logged, so that somebody can see an attack or explain an incident?",
    risk=Risk.MEDIUM,
    why=(
        "When a customer says that somebody was in their account, the log is all you have. Without a line for each "
        "sign-in and each failure nobody notices a thousand guessed passwords, and nobody can tell afterwards which "
        "accounts were opened, from where and when."
    ),
    fix=Fix(
        owner=(
            "Ask your developers for a log line at each sign-in, each failure and each sign-out, kept for some months, "
            "and for an alert on many failures. If these are kept elsewhere than in the logs that the portal file names, "
            "name that log too."
        ),
        engineer=(
            "Log time (UTC), event, outcome, account id, source address and a request id at one place: Django signals "
            "user_logged_in and user_login_failed, Devise and Warden hooks, Spring AuthenticationSuccessEvent and "
            "AbstractAuthenticationFailureEvent, ASP.NET Identity SignInManager, NextAuth `events`. Never the password, "
            "and no session id but a hash of it. A web server's access log is not enough: it does not say who, and a "
            "refused login is often answered 200."
        ),
        undo="Remove the log call; nothing else depends on it.",
        verify=(
            "Sign in once rightly and once with a made-up name, and look for both in the log. Then run "
            "`launchready audit --active --check logging/auth-events`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-CONF-02",),
    asvs=("16.3.1",),
    cwe=(778,),
)

_IN = Deed("sign-in", "nora", (Entry("portal.log", ("time", "actor", "result", "address")),))
_OUT = Deed("refused sign-in", "nobody", (Entry("portal.log", ("time", "actor", "result")),))
_WROTE = (Written("access.log", 12, 12), Written("portal.log", 4, 0))
_NO_CONSENT = Missing(
    Cause.NO_CONSENT, "there is no consent to go as far as probe", "run the audit with --active"
)
CHECK.example("both are logged", Pass, LogDrill(deeds=(_IN, _OUT), written=_WROTE))
CHECK.example(
    "a failure leaves no line", Fail, LogDrill(deeds=(_IN, Deed("refused sign-in", "nobody")), written=_WROTE)
)
CHECK.example(
    "a line does not say who it was",
    Fail,
    LogDrill(
        deeds=(Deed("sign-in", "nora", (Entry("portal.log", ("time", "result")),)), _OUT), written=_WROTE
    ),
)
CHECK.example(
    "only the log of the web server is there",
    Unknown,
    LogDrill(deeds=(Deed("sign-in", "nora"), Deed("refused sign-in", "nobody")), written=_WROTE[:1]),
)
CHECK.example(
    "nobody may fail to sign in on purpose",
    Unknown,
    LogDrill(deeds=(_IN, Deed("refused sign-in", "nobody", why=_NO_CONSENT)), written=_WROTE),
)
CHECK.example("no line was written meanwhile", Unknown, LogDrill(deeds=(_IN, _OUT)))
CHECK.example("no logs are named", Unknown, LogDrill(named=False))
