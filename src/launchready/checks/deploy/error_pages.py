"""Do error answers keep the inside to themselves?"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from launchready.check import Check, Fix, Risk
from launchready.evidence import Missing
from launchready.evidence.error_pages import ErrorAnswer, ErrorPages, Told
from launchready.evidence.secrets import Search
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Seen, Unknown, Verdict, weigh

WORST_FIRST = ("debug page", "trace", "database", "exception", "path", "host", "version")
"""Kinds of what is told; what comes first names the finding."""
SHOWN = 3
"""Requests that a finding lists."""
_ERROR = 400


def judge(pages: ErrorPages) -> Verdict:
    """A fail for the worst thing that an answer tells, once for each host; what told nothing is what a pass cites."""
    telling: dict[str, list[ErrorAnswer]] = defaultdict(list)
    also: dict[str, dict[str, None]] = defaultdict(dict)
    clean: Counter[tuple[str, str, int]] = Counter()
    for answer in pages.answers:
        host = _host(answer)
        if answer.told:
            first, *others = sorted(answer.told, key=lambda each: WORST_FIRST.index(each.kind))
            subject = f"{first.what} at {host}"
            telling[subject].append(answer)
            also[subject] |= dict.fromkeys(each.what for each in others)
        if not answer.told and answer.status >= _ERROR:
            clean[host, answer.who, answer.status] += 1
    findings = [Finding(subject, _detail(answers, also[subject])) for subject, answers in telling.items()]
    seen = [
        Seen(host, f"{count} error answers with status {status} to {_who(who)} told nothing of the inside")
        for (host, who, status), count in sorted(clean.items())
    ]
    doubts = [why.doubt(who) for who, why in pages.unlooked]
    if pages.refused:
        doubts.append(pages.refused.doubt())
    if not clean and not findings:
        doubts.append(
            Doubt(
                "",
                Cause.AMBIGUOUS,
                "no request was answered with an error, so there was no error page to look at",
                "ask for a page that does not exist and look at the answer",
            )
        )
    return weigh(seen, findings, doubts)


def _host(answer: ErrorAnswer) -> str:
    parts = urlsplit(answer.place)
    return f"{parts.scheme}://{parts.netloc}/"


def _who(who: str) -> str:
    return "strangers" if who == "anonymous" else who


def _detail(answers: list[ErrorAnswer], also: Iterable[str]) -> str:
    each = list(
        dict.fromkeys(
            f"{answer.method} {answer.place} ({answer.way}, as {_who(answer.who)}: status {answer.status})"
            for answer in answers
        )
    )
    more = f"; and {len(each) - SHOWN} more" if len(each) > SHOWN else ""
    with_it = f"; with it {', '.join(also)}" if also else ""
    return f"told in answer to {'; '.join(each[:SHOWN])}{more}{with_it}"


CHECK = Check(
    asks="Do error answers show a clean page, without traces, database text, paths, internal hosts or versions?",
    risk=Risk.MEDIUM,
    why=(
        "An error page with a stack trace tells a stranger which software runs, where it lies, what its database is "
        "called and often what is in it: the map for every further attack. To a client it says that nobody is in charge."
    ),
    fix=Fix(
        owner=(
            "Ask your developers to switch debug mode off in production and to show one friendly error page with a way "
            "back and a reference number. Nothing else should be on it."
        ),
        engineer=(
            "Switch debug mode off by configuration, not by code: DEBUG = False (Django), APP_DEBUG=false (Laravel), "
            "NODE_ENV=production (Express, Next.js), RAILS_ENV=production, ASPNETCORE_ENVIRONMENT=Production, "
            "server.error.include-stacktrace=never and include-message=never (Spring Boot), display_errors = Off (PHP).\n"
            "Answer every exception by one handler that logs it with an id and sends the id alone; in JSON as "
            "application/problem+json without the exception's text. Turn what cannot be parsed (ids, JSON, encodings) "
            "into 400 or 404 before it reaches the database.\n"
            "Let the front server show its own page for 4xx and 5xx, without its version (server_tokens off; "
            "ServerTokens Prod and ServerSignature Off)."
        ),
        undo="Errors can be read in the log or error tracker; debug mode on a developer's machine stays as it is.",
        verify=(
            "Repeat the request of the finding with curl: the answer must show nothing but a message and a reference. "
            "Then run `launchready audit --check deploy/error-pages --active`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-ERRH-01", "WSTG-ERRH-02"),
    asvs=("V16.5.1",),
    cwe=(209, 550),
    owasp_api=("API8:2023",),
)

_NOTHING = Search("Kingfisher", (("error answers", 2),))
_HOST = "https://portal.example.com"


def _answer(way: str, place: str, *told: Told, who: str = "anonymous", status: int = 404) -> ErrorAnswer:
    return ErrorAnswer(way, "GET", f"{_HOST}{place}", who, status, told)


_CLEAN = _answer("unknown path", "/launchready-probe/no-such-page")
_AS_NORA = _answer("wrong type of id", "/api/invoices/launchready~probe", who="nora")
_TRACE = Told("trace", "a stack trace of Python")

CHECK.example("clean error pages, for everybody", Pass, ErrorPages((_CLEAN, _AS_NORA), 2, _NOTHING))
CHECK.example(
    "a stack trace on a wrong id",
    Fail,
    ErrorPages(
        (_CLEAN, _answer("wrong type of id", "/api/invoices/launchready~probe", _TRACE, status=500)),
        2,
        _NOTHING,
    ),
)
CHECK.example(
    "a client is shown the text of an SQL statement in passing",
    Fail,
    ErrorPages(
        (
            _CLEAN,
            _answer(
                "in passing",
                "/reports",
                Told("database", "the text of an SQL statement"),
                who="nora",
                status=500,
            ),
        ),
        2,
        _NOTHING,
    ),
)
CHECK.example(
    "there is no consent to provoke errors",
    Unknown,
    ErrorPages(
        (_CLEAN,),
        1,
        _NOTHING,
        Missing(Cause.NO_CONSENT, "errors are provoked with consent only", "run the audit with --active"),
    ),
)
CHECK.example(
    "an identity could not be signed in",
    Unknown,
    ErrorPages(
        (_CLEAN,),
        1,
        _NOTHING,
        unlooked=(
            ("nora", Missing(Cause.NOT_AUTHORISED, "nora could not be signed in", "correct its password")),
        ),
    ),
)
CHECK.example(
    "nothing is ever an error",
    Unknown,
    ErrorPages((_answer("unknown path", "/launchready-probe/no-such-page", status=200),), 0, _NOTHING),
)
