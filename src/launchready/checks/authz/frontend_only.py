"""Is what the interface hides also refused by the server?"""

from collections.abc import Iterable

from launchready.check import Check, Fix, Risk
from launchready.checks.authz._writing import general_doubts, said, untold, writes_of
from launchready.evidence import Missing
from launchready.evidence.access import Party, Wellbeing, Writes, WriteTrial
from launchready.evidence.http import Exchange
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Seen, Unknown, Verdict, weigh

_KIND = "frontend-only"
_CONTROLS = frozenset(("form", "button", "link"))


def judge(writes: Writes) -> Verdict:
    """A control that only a higher role is shown must be refused to a lower one that sends the same."""
    trials = writes_of(writes, _KIND)
    findings = [_finding(trial) for trial in trials if trial.changed]
    seen = [
        Seen(
            trial.operation,
            f"{trial.asker}, who is not shown this control, {trial.how}; {said(trial)}, and nothing changed",
        )
        for trial in trials
        if trial.changed is False
    ]
    return weigh((*seen, *_compared(writes, trials)), findings, (*_doubts(writes), *untold(trials)))


def _finding(trial: WriteTrial) -> Finding:
    back = "; it was put back" if trial.undone else "; it could not be put back: look at the record"
    return Finding(
        trial.operation,
        f"the control stands in the pages of others only, yet {trial.asker} {trial.how}, and {trial.owner} "
        f"saw it done{back}. "
        f"See it by hand: {trial.curl}",
    )


def _compared(writes: Writes, trials: Iterable[WriteTrial]) -> Iterable[Seen]:
    """What was compared, where no control is offered to one role alone."""
    controls = [parties for _, source, parties in writes.operations if source in _CONTROLS]
    people = {party for parties in controls for party in parties} - {"anonymous"}
    if not tuple(trials) and len(people) > 1 and controls:
        yield Seen(
            "",
            f"{len(controls)} controls of pages were compared between {', '.join(sorted(people))}: none to "
            f"be tried as another",
        )


def _doubts(writes: Writes) -> Iterable[Doubt]:
    yield from general_doubts(writes)
    if len({(each.role, each.admin, bool(each.tenant)) for each in writes.parties}) == 1:
        yield Doubt(
            "",
            Cause.NOT_COLLECTED,
            "the portal file names accounts of one role only, so it is not known what the interface hides from it",
            "add an [[identity]] of each role, with its `role`, and `admin = true` where that is so",
        )
    sources = {name: source for name, source, _ in writes.operations}
    if len(writes.parties) > 1 and not writes.unlooked and not _CONTROLS & set(sources.values()):
        yield Doubt(
            "",
            Cause.NOT_COLLECTED,
            "no control was found in pages that says without its scripts what it sends, so roles could not be compared",
            "send by hand, as somebody of a lower role, what the browser's network tools show that a higher one sends",
        )
    for what, why in writes.unlooked:
        if what and sources.get(what, "form") in _CONTROLS:
            yield why.doubt(what)


CHECK = Check(
    asks="Does the server refuse what the interface only hides?",
    risk=Risk.HIGH,
    why=(
        "A button that clients do not see is still an address that they can ask. Whoever opens the "
        "browser's network tools, "
        "or reads what a colleague with more rights was sent, can repeat the request. Where only the page "
        "decides who may set "
        "a fee, give a role or change the settings, every signed-in client may."
    ),
    fix=Fix(
        owner=(
            "Ask your developers to check the right on the server for the operations listed here, and to "
            "look for others that "
            "were written the same way. Until then, look into the audit log for who has used them."
        ),
        engineer=(
            "Decide on the server, in the handler or a middleware before it, from the session's role and "
            "never from what the "
            "page sent; let the template ask the same function whether to show the control.\n"
            "Django: @permission_required or UserPassesTestMixin on the view, not {% if perms %} alone. "
            "Rails: authorize in the "
            "controller (Pundit, CanCanCan), with verify_authorized. Laravel: $this->authorize() or can: "
            "middleware. Spring: "
            "@PreAuthorize. Express: a middleware per router. Next.js: check in the route handler and in "
            "each server action.\n"
            "Refuse by default: a route without a declared right answers 403."
        ),
        undo="Take the change back by a deploy of the previous version; no data changes.",
        verify=(
            "Send the request with the session of the lower role (the curl line stands with the finding); "
            "the answer must refuse "
            "it, and whoever may do it must see nothing changed. Then run `launchready audit --check "
            "authz/frontend-only`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-ATHZ-02", "WSTG-ATHZ-03"),
    asvs=("V8.2.1", "V8.3.1"),
    cwe=(602, 862),
    owasp_api=("API5:2023",),
)


def _answer(status: int) -> Exchange:
    """An answer for the examples."""
    url = "https://portal.example/tickets/7/fee"
    return Exchange("POST", url, status, (), 10, truncated=False, digest="~0", address="192.0.2.1")


_FEE = "POST https://portal.example/tickets/{}/fee"
_OPERATIONS = (
    (_FEE, "form", ("ada",)),
    ("POST https://portal.example/tickets/{}/comments", "form", ("ada", "nora")),
)
_PARTIES = (Party("ada", "admin", admin=True), Party("nora", "client", "northwind"))
_WELL = (Wellbeing("nora", well=True, says="signed in, its role and name as before"),)


def _tried(status: int, *, changed: bool | None, kind: str = _KIND) -> Writes:
    """One trial for the examples."""
    trial = WriteTrial(
        kind, _FEE, "sent it for a record", "nora", "nora", _answer(status), changed, undone=changed or None
    )
    return Writes(_OPERATIONS, (trial,), wellbeing=_WELL, parties=_PARTIES)


_NO_CONSENT = Missing(
    Cause.NO_CONSENT,
    "there is no consent to go as far as probe; this run may sign-in",
    "run the audit with --active",
)

CHECK.example("the server refuses what the page hides", Pass, _tried(403, changed=False))
CHECK.example("it answers as if all were well, and nothing changes", Pass, _tried(200, changed=False))
CHECK.example("a limiter answered instead of the portal", Unknown, _tried(429, changed=None))
CHECK.example("the hidden control is performed", Fail, _tried(303, changed=True))
CHECK.example("it is performed, and the answer says that it is not", Fail, _tried(403, changed=True))
CHECK.example(
    "every control is offered to all alike",
    Pass,
    Writes(
        (("POST https://portal.example/notes", "form", ("ada", "nora")),), wellbeing=_WELL, parties=_PARTIES
    ),
)
CHECK.example(
    "all accounts have one role",
    Unknown,
    Writes((("POST https://portal.example/notes", "form", ("nora", "sol")),), parties=_PARTIES[1:]),
)
CHECK.example("all controls are a script's work", Unknown, Writes(wellbeing=_WELL, parties=_PARTIES))
CHECK.example(
    "without consent nothing is written", Unknown, Writes(_OPERATIONS, unlooked=(("", _NO_CONSENT),))
)
CHECK.example("there is nobody to compare with", Unknown, Writes())
CHECK.example(
    "what is hidden sends letters, and was not tried",
    Unknown,
    Writes(
        _OPERATIONS,
        unlooked=(
            (_FEE, Missing(Cause.NOT_COLLECTED, "it was not tried: it sends letters", "try it by hand")),
        ),
    ),
)
CHECK.example(
    "another tenant's record was changed, which is not asked here",
    Pass,
    _tried(204, changed=True, kind="object"),
)
