"""Is there a secret in what the portal says when something goes wrong?"""

from launchready.check import Check, Fix, Risk
from launchready.checks.secrets._examples import NONE_ASKED
from launchready.checks.secrets._judged import doubts, findings, seen, unanswered
from launchready.evidence import Missing
from launchready.evidence.error_pages import ErrorAnswer, ErrorPages
from launchready.evidence.secrets import KeyStates, Place, Search, Secret
from launchready.verdict import Cause, Fail, Pass, Unknown, Verdict, weigh

WHERE = "error answers"


def judge(pages: ErrorPages, states: KeyStates | Missing) -> Verdict:
    """A fail for each secret in an error answer; what could not be provoked leaves it unknown."""
    unlooked = [why.doubt(who) for who, why in pages.unlooked]
    if pages.refused:
        unlooked.append(pages.refused.doubt())
    search = pages.search
    still, shut = findings(search.secrets, states)
    if still:
        unlooked.extend(unanswered(states, WHERE))
    return weigh((*seen(search, WHERE), *shut), still, [*doubts(search, WHERE), *unlooked])


CHECK = Check(
    asks="Are error answers free of keys, passwords and connection strings?",
    risk=Risk.CRITICAL,
    why=(
        "Debug pages print settings and environment variables: one wrong id in an address, and a stranger holds the key "
        "to the database, the mail service or the payments."
    ),
    fix=Fix(
        owner=(
            "Have the secret replaced at its provider today, whoever may have seen it: taking the page away does not take "
            "the key back. Then have debug mode switched off."
        ),
        engineer=(
            "Rotate first: create a new key, put it into the deployment's secret store, revoke the old one.\n"
            "Then switch debug pages off in production, and see that no handler sends an exception's text, settings or "
            "environment. Keep secrets out of messages of exceptions: a connection URL in one ends up in logs as well."
        ),
        undo="There is nothing to take back: the old key must stay dead.",
        verify=(
            "Repeat the request of the finding with curl, and use the old key once: the first must show nothing, the "
            "other must be refused. Then run `launchready audit --check secrets/error-pages --active`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-ERRH-01",),
    asvs=("V13.4.2", "V16.5.1"),
    cwe=(209, 532),
    red_flag="A secret stands on an error page.",
)

_PLACE = Place("error page", "https://portal.example.com/api/invoices/launchready~probe", 12, who="anonymous")
_LOOKED = Search("Kingfisher", (("error answers", 24), ("bytes", 51_200)))
_CLEAN = ErrorAnswer("unknown path", "GET", "https://portal.example.com/nothing", "anonymous", 404)

CHECK.example("error answers without secrets", Pass, ErrorPages((_CLEAN,), 24, _LOOKED), NONE_ASKED)
CHECK.example(
    "a debug page prints the settings",
    Fail,
    ErrorPages(
        (_CLEAN,),
        24,
        Search(
            "Kingfisher",
            (("error answers", 24),),
            (Secret("~0123456789ab", "Stripe secret key", "stripe", 32, (_PLACE,)),),
        ),
    ),
    NONE_ASKED,
)
CHECK.example(
    "there is no consent to provoke errors",
    Unknown,
    ErrorPages(
        (_CLEAN,),
        3,
        _LOOKED,
        Missing(Cause.NO_CONSENT, "errors are provoked with consent only", "run the audit with --active"),
    ),
    NONE_ASKED,
)
CHECK.example(
    "nothing was answered with an error", Unknown, ErrorPages((), 0, Search("Kingfisher")), NONE_ASKED
)
