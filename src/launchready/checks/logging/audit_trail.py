"""Do the logs tell who changed what, and when?"""

from launchready.check import Check, Fix, Risk
from launchready.checks.logging._told import NO_LOGS, ONLY_REQUESTS, SILENT, doubts_of, shown, tells_deeds
from launchready.evidence import Missing
from launchready.evidence.logs import AuditTrail, Deed, Entry, Written
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Unknown, Verdict, weigh

_NEEDED = ("time", "actor", "result")
_ELSEWHERE = "export the trail, if it is kept in a table or a service, and name the export in [logs] paths"


def judge(trail: AuditTrail) -> Verdict:
    """Each change that was made on purpose must be told by a line with who, when, what and how it went."""
    if not trail.named:
        return Unknown((NO_LOGS,))
    doubts: list[Doubt] = doubts_of(trail.gaps)
    findings: list[Finding] = []
    seen = []
    for deed in trail.actions:
        answer = _answer(deed, trail)
        if isinstance(answer, Finding):
            findings.append(answer)
        elif isinstance(answer, Doubt):
            doubts.append(answer)
        else:
            seen.append(shown(deed))
    return weigh(seen, findings, doubts)


def _answer(deed: Deed, trail: AuditTrail) -> Finding | Doubt | None:
    """What is wrong or unclear about one change; None where a line tells all of it."""
    if deed.why is not None:
        return deed.why.doubt(deed.who)
    told = [each for each in deed.entries if "object" in each.shows]
    if any(set(_NEEDED) <= set(each.shows) for each in told):
        return None
    if told and trail.tells_people:
        lacks = [each for each in _NEEDED if each not in told[0].shows]
        return Finding(deed.what, f"is told by {told[0].log} without its {' and '.join(lacks)}")
    if deed.entries:
        what = f"lines of {deed.entries[0].log} seem to tell of it, and it cannot be told whether all of it is there"
        return Doubt(deed.what, Cause.AMBIGUOUS, what, "look into the log, or " + _ELSEWHERE)
    if not trail.written:
        return SILENT
    if not tells_deeds(trail.written):
        return ONLY_REQUESTS
    if trail.tells_people:
        logs = ", ".join(each.log for each in trail.written if each.lines > each.requests)
        return Finding(deed.what, f"was done by {deed.who}, and no line of {logs} tells of it; {_ELSEWHERE}")
    return Doubt(
        deed.what, Cause.NOT_COLLECTED, "the logs that are named tell nothing of what people do", _ELSEWHERE
    )


CHECK = Check(
    asks="Is there an audit trail: who changed what, when, and how it went?",
    risk=Risk.MEDIUM,
    why=(
        "When a record is wrong, a price was changed or a client's data was taken, somebody will ask who did it and when. "
        "Without a trail nobody can answer, mistakes look like attacks and attacks like mistakes, and you cannot tell "
        "which clients must be told."
    ),
    fix=Fix(
        owner=(
            "Ask your developers for a trail of every change and every look at sensitive data, which nobody can edit, "
            "kept as long as your contracts say. If it is kept in a table or at a service, name an export in [logs]."
        ),
        engineer=(
            "At the place where a change is committed write one entry: time in UTC, account id and role, action, kind and "
            "id of the object, result, source address, request id; refusals too. django-auditlog, PaperTrail, Hibernate "
            "Envers, Laravel Auditing or pgaudit do most of it; a trigger does not know who acted, so give it the account "
            "id of the request. Log names of fields, and not values that are secret. Store it where the application can "
            "only append."
        ),
        undo="Turn the entries off again; they change nothing else.",
        verify=(
            "Change a test record, and find the entry with your name, the time and the record. Then run "
            "`launchready audit --active --check logging/audit-trail`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-CONF-02",),
    asvs=("16.2.1", "16.3.3"),
    cwe=(778,),
)

_TICKET = "POST https://portal.example/tickets"
_WROTE = (Written("access.log", 12, 12), Written("portal.log", 4, 0))
_WHOLE = Entry("portal.log", ("time", "actor", "object", "result"))


def _trail(*entries: Entry, tells_people: bool = True, written: tuple[Written, ...] = _WROTE) -> AuditTrail:
    return AuditTrail(actions=(Deed(_TICKET, "nora", entries),), tells_people=tells_people, written=written)


CHECK.example("a line tells all of it", Pass, _trail(_WHOLE))
CHECK.example("no line tells of it, where others tell what people do", Fail, _trail())
CHECK.example("nobody is named", Fail, _trail(Entry("portal.log", ("time", "object", "result"))))
CHECK.example(
    "the logs tell nothing of people: the trail may be elsewhere", Unknown, _trail(tells_people=False)
)
CHECK.example(
    "somebody is named, and what was done is not told",
    Unknown,
    _trail(Entry("portal.log", ("time", "actor"))),
)
CHECK.example("only the log of the web server is there", Unknown, _trail(written=_WROTE[:1]))
CHECK.example("no line was written meanwhile", Unknown, _trail(written=()))
CHECK.example(
    "nothing may be changed on purpose",
    Unknown,
    AuditTrail(
        actions=(
            Deed(
                "change",
                "",
                why=Missing(Cause.NO_CONSENT, "there is no consent to probe", "run it with --active"),
            ),
        )
    ),
)
CHECK.example("no logs are named", Unknown, AuditTrail(named=False))
