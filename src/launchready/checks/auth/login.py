"""Can everybody who should work with the portal sign in, at once?"""

from launchready.check import Check, Fix, Risk
from launchready.evidence import Missing
from launchready.evidence.http import Exchange
from launchready.evidence.sessions import Attempt, NoSession, Proof, Sessions, SessionStart
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Seen, Unknown, Verdict, weigh


def judge(sessions: Sessions) -> Verdict:
    """Whoever signs in must be in: proved by what a stranger does not see, after the password was given once."""
    if not sessions.people:
        nobody = Doubt(
            "",
            Cause.NOT_COLLECTED,
            "the portal file names nobody to sign in as",
            "add an [[identity]] for a test account of each role to the portal file",
        )
        return Unknown((nobody,))
    seen: list[Seen] = []
    findings: list[Finding] = []
    doubts: list[Doubt] = []
    for person in sessions.people:
        if isinstance(person, NoSession):
            doubts.append(person.why.doubt(person.identity))
        elif person.submissions > 1:
            again = f"the right password had to be given {person.submissions} times: the form came back without a word"
            findings.append(Finding(person.identity, again))
        else:
            factor = f" with a second factor ({person.second_factor})" if person.second_factor else ""
            seen.append(Seen(person.identity, f"signed in by {person.way}{factor}: {person.proof.says}"))
    return weigh(seen, findings, doubts)


CHECK = Check(
    asks="Can each person sign in at the first try, from a clean browser?",
    risk=Risk.HIGH,
    why=(
        "A portal whose staff cannot get in does not run operations. Where the form comes back without a word, people "
        "type their password again and again, lock themselves out, and call for help on the first morning. And what "
        "is behind the login can only be judged by somebody who is proved to be in."
    ),
    fix=Fix(
        owner=(
            "Sign in with a private browser window, once. If the form comes back though the password is right, show "
            "that to your developers. If only the audit cannot sign in, the report says what it tried: correct the "
            "[[identity]] in the portal file."
        ),
        engineer=(
            "A right password that brings the form back mostly means that the session did not exist yet when the form "
            "was sent: the cookie is set by the POST only, its Domain, Path or Secure does not fit the address, "
            "SameSite=Strict drops it on the way back from single sign-on, or another process does not know the "
            "session. Set the session (or the token against forged requests) with the page that shows the form, and "
            "keep sessions in a shared store."
        ),
        undo="Deploy the previous version; nobody's password changes by this.",
        verify=(
            "Open a private window, sign in with the first try, reload the page. Then run "
            "`launchready audit --check auth/login`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-ATHN-04", "WSTG-SESS-01"),
    cwe=(287,),
)


def _person(*, submissions: int = 1, second_factor: str = "") -> SessionStart:
    """Somebody for the examples."""

    def answer(status: int) -> Exchange:
        url = "https://portal.example/desk"
        return Exchange("GET", url, status, (), 10, truncated=False, digest="~0", address="192.0.2.1")

    says = "https://portal.example/desk shows who is signed in, and not to a stranger"
    return SessionStart(
        "nora",
        "client",
        "northwind",
        admin=False,
        mfa=False,
        test=True,
        way="form",
        login_url="https://portal.example/login",
        proof=Proof("https://portal.example/desk", "name", says, answer(200), answer(302)),
        second_factor=second_factor,
        submissions=submissions,
    )


def _nobody(reason: str, cause: Cause, detail: str) -> NoSession:
    tried = (Attempt("form", detail),)
    return NoSession(
        "sol", admin=False, mfa=False, reason=reason, why=Missing(cause, detail, "look"), attempts=tried
    )


CHECK.example("signed in, with proof", Pass, Sessions((_person(),)))
CHECK.example("signed in with a code as well", Pass, Sessions((_person(second_factor="totp"),)))
CHECK.example(
    "the form came back once though the password was right", Fail, Sessions((_person(submissions=2),))
)
CHECK.example(
    "one could not be proved: that may be the portal file's fault as well as the portal's",
    Unknown,
    Sessions((_person(), _nobody("wrong-credentials", Cause.NOT_AUTHORISED, "the password was refused"))),
)
CHECK.example(
    "the portal did not answer",
    Unknown,
    Sessions((_nobody("unreachable", Cause.UNREACHABLE, "no answer within 20 s"),)),
)
CHECK.example("nobody to sign in as", Unknown, Sessions(()))
