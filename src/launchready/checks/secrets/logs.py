"""Do the portal's logs hold a key or a password of a service that the portal uses?"""

from launchready.check import Check, Fix, Risk
from launchready.checks.secrets._examples import NONE_ASKED, searched, secret
from launchready.checks.secrets._judged import judged
from launchready.evidence import Missing
from launchready.evidence.logs import LogSecrets
from launchready.evidence.secrets import Gap, KeyStates, Place, Search
from launchready.verdict import Cause, Doubt, Fail, Pass, Unknown, Verdict

_UNNAMED = Doubt(
    "",
    Cause.NOT_COLLECTED,
    "the portal file names no logs",
    "name the logs of the portal in [logs] paths, as they are or as a copy",
)


def judge(logs: LogSecrets, states: KeyStates | Missing) -> Verdict:
    """A key in a log is where everybody who reads logs finds it, however old the line is."""
    if not logs.named:
        return Unknown((_UNNAMED,))
    return judged(logs.search, where="the logs", states=states)


CHECK = Check(
    asks="Are the logs free of keys that open the portal's own services: payment, mail, storage, database?",
    risk=Risk.HIGH,
    why=(
        "Logs are copied to hosting, error trackers, backups and support tools, and are read by people who have no "
        "business with the payment account. A key that was logged once, in an error or at start, can be used by each of "
        "them until it is replaced, long after the line is gone."
    ),
    fix=Fix(
        owner=(
            "Have each key in the list replaced at its provider first. Then have the lines deleted, in copies and "
            "backups as well. What people typed or were given is a matter of the row for logging."
        ),
        engineer=(
            "Keys come into logs by settings that are printed at start, by dumps of the environment in crash reports, by "
            "requests to providers that are logged with their headers, and by connection addresses in database errors. "
            "Log names of settings and not their values; turn off header and body logging of the HTTP client (debug level "
            "of urllib3, axios or the AWS SDK); give the database its password apart from the address."
        ),
        undo="Nothing to undo: deleted lines and replaced keys need no way back.",
        verify=(
            "Search the logs for the beginning of the old key, then run `launchready audit --check secrets/logs`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-CONF-02",),
    asvs=("16.2.5",),
    cwe=(532,),
)

_READ = (("files", 3), ("lines", 20_310), ("bytes", 2_100_400))


def _logs(*places: Place, gaps: tuple[Gap, ...] = ()) -> LogSecrets:
    return LogSecrets(searched(*([secret(*places)] if places else []), gaps=gaps, read=_READ))


CHECK.example("nothing but ids and digests", Pass, _logs(), NONE_ASKED)
CHECK.example("the settings were printed at start", Fail, _logs(Place("log", "portal.log", 3)), NONE_ASKED)
CHECK.example(
    "a log that is packed in a way that cannot be read",
    Unknown,
    _logs(gaps=(Gap("old.log.zst", Missing(Cause.NOT_COLLECTED, "it is packed with zstd", "unpack it")),)),
    NONE_ASKED,
)
CHECK.example("no logs are named", Unknown, LogSecrets(Search(""), named=False), NONE_ASKED)
CHECK.example("the logs are empty", Unknown, LogSecrets(searched(read=())), NONE_ASKED)
