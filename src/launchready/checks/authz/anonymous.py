"""Is what signing in is needed for kept from those who are not signed in?"""

from launchready.check import Check, Fix, Risk
from launchready.checks.authz._crossings import judged
from launchready.checks.authz._examples import (
    INVOICE,
    LOST,
    NO_WRITES,
    NORA,
    NOTHING,
    REFUSED,
    SOL,
    STRANGER,
    crossed,
    looked,
    wrote,
)
from launchready.evidence import Missing
from launchready.evidence.access import ANONYMOUS, Access, SignedOut, Tried, Writes
from launchready.evidence.access_policy import DeclaredAccess
from launchready.verdict import Fail, Pass, Unknown, Verdict


def judge(
    access: Access,
    writes: Writes | Missing,
    declared: DeclaredAccess | Missing,
    signed_out: SignedOut | Missing,
) -> Verdict:
    """A route fails when a stranger, or a session that was signed out, is shown values of a record or changes one."""
    # How signing out went is judged by itself: where no session could be ended, that says so.
    ended = None if isinstance(signed_out, Missing) else signed_out
    return judged(access, writes, declared, "anonymous", ended)


CHECK = Check(
    asks="Are records, files and operations closed to visitors who are not signed in?",
    risk=Risk.CRITICAL,
    why=(
        "A file, an export or an API route behind the login that answers without it can be read by anybody on the "
        "internet, and is found by search engines and by those who try all numbers."
    ),
    fix=Fix(
        owner=(
            "Do not launch before this is closed. Give your developers the finding with its curl command. If the portal "
            "was reachable already, have the access logs read for these addresses, and search engines for them."
        ),
        engineer=(
            "Refuse by default: one guard in front of all routes, with a short list of what is public.\n"
            "Serve files of records through the application or by links that are signed and expire (X-Accel-Redirect, "
            "X-Sendfile, presigned URLs of object storage), never from a public folder or bucket.\n"
            "Look the session up in each request, so that a session that was signed out is none; short-lived access "
            "tokens need a list of what was revoked where records are read.\n"
            "A link that is meant to open without signing in needs 128 random bits or a signature, an end, and a way to "
            "take it back; a number, a name or a hash of them is no such secret."
        ),
        undo="Add what is meant for everybody to the list of public routes.",
        verify=(
            "Run the curl command of the finding: the answer must be the login page, a redirect to it, 401 or 404, and "
            "hold nothing of the record. Then run `launchready audit --check authz/anonymous --active`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-ATHZ-02", "WSTG-ATHN-04"),
    asvs=("V8.2.1", "V8.3.1"),
    cwe=(306, 862),
    owasp_api=("API2:2023", "API5:2023"),
    red_flag="Records of clients are open to everybody.",
)

CHECK.example(
    "strangers are refused",
    Pass,
    looked(),
    wrote("anonymous", changed=False, asker=ANONYMOUS),
    NOTHING,
    SignedOut(),
)
CHECK.example(
    "an invoice by a signed link that is meant so",
    Pass,
    looked(outcomes=((ANONYMOUS, "public", 200),)),
    NO_WRITES,
    NOTHING,
    SignedOut(),
)
CHECK.example(
    "a stranger opens an invoice",
    Fail,
    looked(crossed("anonymous", asker=ANONYMOUS)),
    NO_WRITES,
    NOTHING,
    SignedOut(),
)
CHECK.example(
    "a stranger changes an invoice",
    Fail,
    looked(),
    wrote("anonymous", changed=True, asker=ANONYMOUS),
    NOTHING,
    SignedOut(),
)
CHECK.example("there is no consent to write", Unknown, looked(), REFUSED, NOTHING, SignedOut())
CHECK.example(
    "an identity could not be signed in",
    Unknown,
    looked(parties=(STRANGER, NORA, SOL), unlooked=(("sam", LOST),)),
    NO_WRITES,
    NOTHING,
    SignedOut(),
)
CHECK.example("nobody to sign in as", Unknown, Access((STRANGER,)), NO_WRITES, NOTHING, SignedOut())
CHECK.example(
    "a route that does not know that the session has ended",
    Fail,
    looked(),
    NO_WRITES,
    NOTHING,
    SignedOut("nora", 20, (crossed("anonymous", asker=ANONYMOUS),)),
)
CHECK.example(
    "all routes know that the session has ended", Pass, looked(), NO_WRITES, NOTHING, SignedOut("nora", 20)
)
CHECK.example(
    "a limiter answered instead of the portal",
    Unknown,
    looked(tried=(Tried("anonymous", INVOICE, kept=2, unanswered=2),)),
    NO_WRITES,
    NOTHING,
    SignedOut(),
)
