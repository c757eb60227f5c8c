"""Do the logs hold what people typed, or were given to sign in with?"""

from launchready.check import Check, Fix, Risk
from launchready.checks.logging._told import NO_LOGS, doubts_of, findings, read
from launchready.evidence import Missing
from launchready.evidence.logs import Leak, LogRead, LogScan
from launchready.evidence.secrets import Gap
from launchready.verdict import Cause, Doubt, Fail, Pass, Unknown, Verdict, weigh

_EMPTY = Doubt(
    "",
    Cause.NOT_COLLECTED,
    "the logs that are named hold no line",
    "name logs that the portal has written to",
)


def judge(scan: LogScan) -> Verdict:
    """Any password, session, token, code or card number of a person in any log is one too many."""
    if not scan.named:
        return Unknown((NO_LOGS,))
    seen = read(scan.read)
    doubts = doubts_of(scan.gaps)
    if not seen and not scan.leaks:
        doubts.append(_EMPTY)
    return weigh(seen, findings(scan.leaks, "called"), doubts)


CHECK = Check(
    asks="Are the existing logs free of people's passwords, sessions, tokens, one-time codes and card numbers?",
    risk=Risk.HIGH,
    why=(
        "Logs are kept for months and copied to hosting, error trackers and backups, where nobody guards them as the "
        "database is guarded. Whoever reads a password or a live session there is that customer, and with passwords that "
        "people use twice, elsewhere too. Card numbers and their codes may not be kept at all."
    ),
    fix=Fix(
        owner=(
            "Have the lines deleted, in copies and backups too. Have the sessions ended and, where passwords of real "
            "people are there, ask them to choose new ones. Ask a lawyer whether it must be reported as a data breach."
        ),
        engineer=(
            "The name in brackets is the field that holds it. Log route names instead of addresses with their query, and "
            "no bodies, headers or cookies; where you need them, allow fields by name. Most frameworks have a filter: "
            "Rails filter_parameters, Django sensitive_post_parameters, pino `redact`, Symfony SensitiveParameter, "
            "ASP.NET HttpLogging with few fields, nginx `log_format` with $uri.\n"
            "A form with method=get, and a link with ?token=, bring it into each web server's and each proxy's log: use "
            "POST, or a link whose token is used up at the first visit and left out of the log format.\n"
            "Clean what is there: rewrite the files without these lines, and rotate them away."
        ),
        undo="Deploy the previous log format; deleted lines need no way back.",
        verify=(
            "Search the logs for the names of your password and session fields, then run "
            "`launchready audit --check logging/scan`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-CONF-02",),
    asvs=("16.2.5", "14.2.1"),
    cwe=(532,),
    owasp_api=("API8:2023",),
)

_READ = (LogRead("access.log", 1_200_000, 9_000), LogRead("portal.log", 90_000, 700))
CHECK.example("masks, ids and digests only", Pass, LogScan(read=_READ))
CHECK.example(
    "a form that is sent by GET",
    Fail,
    LogScan(read=_READ, leaks=(Leak("password", "access.log", "password", "", "access.log", 12, 3),)),
)
CHECK.example(
    "a body in base64, packed",
    Fail,
    LogScan(
        read=_READ, leaks=(Leak("password", "portal.log", "password", "base64, gzip", "portal.log.1", 7),)
    ),
)
CHECK.example(
    "one file could not be read",
    Unknown,
    LogScan(read=_READ, gaps=(Gap("old.log.gz", Missing(Cause.NOT_COLLECTED, "it is damaged", "mend it")),)),
)
CHECK.example("the logs are empty", Unknown, LogScan(read=(LogRead("access.log", 0, 0),)))
CHECK.example("no logs are named", Unknown, LogScan(named=False))
