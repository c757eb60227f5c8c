"""Can people set fields that are not theirs to set, or read fields that nobody should be shown?"""

from collections.abc import Iterable

from launchready.check import Check, Fix, Risk
from launchready.checks.authz._writing import general_doubts, said, untold, writes_of
from launchready.evidence import Missing
from launchready.evidence.access import Access, Canary, Party, Route, Wellbeing, Writes, WriteTrial
from launchready.evidence.http import Exchange
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Seen, Unknown, Verdict, weigh

_KIND = "property"


def judge(writes: Writes | Missing, access: Access | Missing) -> Verdict:
    """A field beside those of the form must not stick, and no answer may hold a secret of the server's."""
    findings: list[Finding] = []
    seen: list[Seen] = []
    doubts: list[Doubt] = []
    if isinstance(writes, Missing):
        doubts.append(writes.doubt())
    else:
        trials = writes_of(writes, _KIND)
        findings += (_set(trial) for trial in trials if trial.changed)
        seen += (_kept(trial) for trial in trials if trial.changed is False)
        doubts += (*general_doubts(writes), *untold(trials))
        if not trials and not doubts:
            doubts.append(_nothing_tried(writes))
    if isinstance(access, Missing):
        doubts.append(access.doubt())
    else:
        findings += (_shown(*each) for each in access.excess)
        doubts += (why.doubt(what) for what, why in access.unlooked)
        answers = [route.name for route in access.routes if route.kind == "api" and route.seen_by]
        if answers and not access.excess:
            seen.append(
                Seen(
                    "", f"{_count(answers, 'JSON answer')} held no password hash, key or second-factor secret"
                )
            )
    return weigh(seen, findings, doubts)


def _set(trial: WriteTrial) -> Finding:
    names = " and ".join(trial.fields) or "a field"
    back = "; it was put back" if trial.undone else "; it could not be put back: look at the record"
    return Finding(
        trial.operation,
        f"{trial.asker} set {names}, which this operation does not offer, and it stood there when it was "
        f"read again{back}. "
        f"See it by hand: {trial.curl}",
    )


def _kept(trial: WriteTrial) -> Seen:
    return Seen(trial.operation, f"{trial.asker} {trial.how}; {said(trial)}, and it was not taken")


def _shown(route: str, party: str, names: tuple[str, ...]) -> Finding:
    return Finding(
        route, f"{party} is shown {', '.join(names)}: by its form this is a secret that no answer should hold"
    )


def _nothing_tried(writes: Writes) -> Doubt:
    tried = [why for what, why in writes.unlooked if what]
    if tried:
        return tried[0].doubt("")
    if any(each.removed for each in writes.canaries):
        return Doubt(
            "",
            Cause.NOT_COLLECTED,
            "records were made, changed and removed, and no answer names a field of theirs that their owner is not "
            "offered to set",
            "give a description of the API, openapi in [authz]; or add to a form by hand what the portal's own tables "
            "call a role, a price or an owner, and see whether it is taken",
        )
    return Doubt(
        "",
        Cause.NOT_COLLECTED,
        "no record was found that could be made, changed and removed, to add fields to",
        "give the portal file a test identity that may make records, or a description of the API: openapi "
        "in [authz]",
    )


def _count(items: Iterable[str], what: str) -> str:
    number = len(set(items))
    return f"{number} {what}{'' if number == 1 else 's'}"


CHECK = Check(
    asks="Are the fields of a record that people may not set or see kept from them?",
    risk=Risk.HIGH,
    why=(
        "Frameworks copy what is sent into a record, and a record into what is answered. Who adds "
        "role=admin to the form of "
        "the profile is then an administrator; who adds a price sets it; who adds a client's number gives "
        "or takes records. And "
        "what an answer holds and no page shows, as a password hash, is read by whoever opens the "
        "browser's network tools."
    ),
    fix=Fix(
        owner=(
            "Ask your developers to name, for each operation listed here, the fields that may be sent and "
            "the fields that are "
            "answered, and to refuse all others. Where a hash, key or second-factor secret was shown, "
            "have it renewed: treat it "
            "as known to others."
        ),
        engineer=(
            "Bind only what the form offers, by a list of what is allowed and never of what is not.\n"
            "Django: fields = [...] in forms and serializers, never '__all__' or exclude; "
            "read_only_fields. Rails: "
            "params.require(...).permit(...). Laravel: $fillable and $request->validated(), never "
            "$request->all(). Spring: "
            "a request class of its own instead of the entity. Express, Prisma, Mongoose: parse the body "
            "with a schema (zod, "
            "ajv with additionalProperties: false) and pass on its result only.\n"
            "Answers alike: a response schema that lists fields. Role, owner, tenant, price and state "
            "change through operations "
            "of their own, each with its own check."
        ),
        undo="Take the change back by a deploy of the previous version; values that were set meanwhile stay.",
        verify=(
            "Send the write with the further field (the curl line stands with the finding) and read the "
            "record again: the field "
            "must be as before. Then run `launchready audit --check authz/property`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-INPV-20",),
    asvs=("V8.2.3", "V15.3.1", "V15.3.3"),
    cwe=(915, 213),
    owasp_api=("API3:2023",),
)


def _answer(status: int) -> Exchange:
    """An answer for the examples."""
    url = "https://portal.example/api/profile"
    return Exchange("PATCH", url, status, (), 10, truncated=False, digest="~0", address="192.0.2.1")


_PROFILE = "PATCH https://portal.example/api/profile"
_USERS = Route("GET https://portal.example/api/users", "api", seen_by=("ada",))
_WELL = (Wellbeing("nora", well=True, says="signed in, its role and name as before"),)


def _tried(status: int, *, changed: bool) -> Writes:
    """One trial for the examples."""
    trial = WriteTrial(
        _KIND,
        _PROFILE,
        "sent it with another role of its own",
        "nora",
        "nora",
        _answer(status),
        changed,
        fields=("role",) if changed else (),
        undone=True if changed else None,
    )
    return Writes(((_PROFILE, "openapi", ()),), (trial,), wellbeing=_WELL)


def _read(*excess: tuple[str, str, tuple[str, ...]]) -> Access:
    """What was read, for the examples."""
    return Access((Party("ada", "admin", admin=True), Party("nora", "client")), (_USERS,), excess=excess)


_NO_CONSENT = Missing(
    Cause.NO_CONSENT,
    "there is no consent to go as far as probe; this run may sign-in",
    "run the audit with --active",
)

CHECK.example("a further field is refused", Pass, _tried(400, changed=False), _read())
CHECK.example("a further field is left out silently", Pass, _tried(204, changed=False), _read())
CHECK.example(
    "it is answered as if taken, and read again it is not", Pass, _tried(200, changed=False), _read()
)
CHECK.example("a person gives itself a role", Fail, _tried(204, changed=True), _read())
CHECK.example(
    "a list of users holds their password hashes",
    Fail,
    _tried(400, changed=False),
    _read((_USERS.name, "ada", ("password",))),
)
CHECK.example(
    "hashes are shown, and nothing could be written",
    Fail,
    Writes(unlooked=(("", _NO_CONSENT),)),
    _read((_USERS.name, "ada", ("password",))),
)
CHECK.example("without consent nothing is written", Unknown, Writes(unlooked=(("", _NO_CONSENT),)), _read())
CHECK.example("there was nothing to add a field to", Unknown, Writes(wellbeing=_WELL), _read())
CHECK.example(
    "records were made, and no answer names a field that their owner may not set",
    Unknown,
    Writes(canaries=(Canary("nora", "POST https://portal.example/tickets", removed=True),), wellbeing=_WELL),
    _read(),
)
CHECK.example("what is answered could not be looked at", Unknown, _tried(400, changed=False), _NO_CONSENT)
