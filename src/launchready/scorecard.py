"""The report as data: the contract `launchready/report/1` that others build on, and how verdicts add up to it."""

from typing import Any

import msgspec

SCHEMA = "launchready/report/1"


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of everything in a report."""


class Tool(Part, frozen=True):
    """Who made the report."""

    name: str
    version: str


class Portal(Part, frozen=True):
    """What the report is about."""

    name: str
    url: str


class RunInfo(Part, frozen=True):
    """When it was looked at and how far. Times are UTC, ISO 8601; touch is read, sign-in, probe or load."""

    id: str
    started: str
    finished: str
    scope: tuple[str, ...]
    touch: str
    interrupted: bool = False


class RowResult(Part, frozen=True):
    """One row of the scorecard.

    `gate` says whether it can hold back the launch; `beyond` what of the criterion no check looks at yet: such a row is
    never passed.
    """

    row: str
    title: str
    verdict: str
    gate: bool
    criterion: str
    beyond: str = ""


class SeenItem(Part, frozen=True):
    """One observation that the verdict rests on."""

    subject: str
    detail: str


class DoubtItem(Part, frozen=True):
    """One thing that could not be told."""

    subject: str
    cause: str
    detail: str
    settle_by: str


class WaivedItem(Part, frozen=True):
    """An accepted risk: who, why, until when (ISO date)."""

    owner: str
    reason: str
    until: str


class FindingItem(Part, frozen=True):
    """One thing that is wrong. The id is the same in every run for the same check and subject."""

    id: str
    subject: str
    detail: str
    waived: WaivedItem | None = None


class FixItem(Part, frozen=True):
    """How to mend it, for two readers; how to undo and to verify it."""

    owner: str
    engineer: str
    undo: str
    verify: str


class References(Part, frozen=True):
    """Where published standards say the same."""

    wstg: tuple[str, ...]
    asvs: tuple[str, ...]
    cwe: tuple[int, ...]
    owasp_api: tuple[str, ...]


class Result(Part, frozen=True):
    """One check's answer. cause and settle_by are those of the first doubt; empty unless the verdict is unknown."""

    check: str
    row: str
    verdict: str
    risk: str
    asks: str
    why: str
    summary: str
    seen: tuple[SeenItem, ...]
    cause: str
    settle_by: str
    doubts: tuple[DoubtItem, ...]
    findings: tuple[FindingItem, ...]
    fix: FixItem
    references: References
    screenshots: tuple[str, ...] = ()
    """Names of files in the run's attachments folder that show it."""


class RedFlag(Part, frozen=True):
    """Something for which a senior engineer is needed now."""

    check: str
    says: str


class AccessParty(Part, frozen=True):
    """Somebody who asked; role and tenant as declared, empty where nothing is. Nobody signed in is "anonymous"."""

    name: str
    role: str
    tenant: str
    admin: bool


class AccessAnswer(Part, frozen=True):
    """What one party was answered at one route, at worst: an outcome and the status that goes with it.

    Outcomes: own, shared, public, refused, cut, crossed, unclear, unasked. Status is 0 where there was no answer.
    """

    outcome: str
    status: int


class AccessRoute(Part, frozen=True):
    """One line of the table; `answers` stand in the order of the parties.

    Attributes:
        route: method and address with {} where ids stand.
        kind: page, api, file, or operation (what writes).
        answers: one for each party.
    """

    route: str
    kind: str
    answers: tuple[AccessAnswer, ...]


class AccessExchange(Part, frozen=True):
    """One request that shows a crossing, or one of its controls.

    Attributes:
        who: as whom it was asked, and for what.
        request: method and address, redacted.
        says: the answer: status, kind and size; or why there is none.
    """

    who: str
    request: str
    says: str


class AccessCrossing(Part, frozen=True):
    """Something that reached somebody who should not get it.

    Attributes:
        kind: object, function, anonymous, frontend-only or property.
        finding: id of the finding that it belongs to; empty where there is none.
        route: as in the table.
        how, owner, asker, why: what was done, whose it is, who got it, and by what that is known.
        certain: what came back is the owner's alone; else it follows from what others are shown.
        exchanges: what was asked and answered, controls included.
        curl: how to see it by hand, with variables for what signs in.
    """

    kind: str
    finding: str
    route: str
    how: str
    owner: str
    asker: str
    certain: bool
    why: str
    exchanges: tuple[AccessExchange, ...]
    curl: str


class AccessTable(Part, frozen=True):
    """Who reaches what: lowest role first, tenants side by side; routes and crossings sorted.

    `untried` says why nobody was made to ask for what it is not offered, and what would settle that; empty where they
    were, so that only then no crossing means that none was found.
    """

    parties: tuple[AccessParty, ...]
    routes: tuple[AccessRoute, ...]
    crossings: tuple[AccessCrossing, ...]
    untried: str


class SecretPlace(Part, frozen=True):
    """Where a secret stands: surface, file or address with its line, who was given it, who brought it and when.

    `author`, `commit` and `at` (UTC, ISO 8601) are empty where nobody knows.
    """

    surface: str
    where: str
    who: str
    author: str
    commit: str
    at: str


class SecretRow(Part, frozen=True):
    """One secret with all its places; the value is in no report.

    Attributes:
        name: kind and first place: what [[rotated]] of the portal file names.
        kind: what it is.
        state: "open", "replaced", or "replaced, and still there": where the portal still holds or gives out what may
            be the new value; "live" or "dead" where its provider was asked and says so.
        state_by: who declared it replaced, or which provider said so, and when; empty while it is open.
        rank: 1 moves money, 2 opens data or machines, 3 sends messages, 4 lets others in, 5 the rest.
        page, step: where and how it is replaced; page is empty where it is your own.
        reachable: whether anybody got it over the web.
        in_head: whether it is in the commit that is checked out; null where nobody looked.
        first_seen, last_seen: commits' days, ISO; empty where no commit has it.
        authors: who brought it, sorted.
        places: where it stands.
        places_left_out: how many more there are.
    """

    name: str
    kind: str
    state: str
    state_by: str
    rank: int
    page: str
    step: str
    reachable: bool
    in_head: bool | None
    first_seen: str
    last_seen: str
    authors: tuple[str, ...]
    places: tuple[SecretPlace, ...]
    places_left_out: int


class SecretTable(Part, frozen=True):
    """Every secret that was found on any surface, in the order in which they are to be replaced.

    `unread` says what was not looked at, so that no row does not mean none.
    """

    secrets: tuple[SecretRow, ...]
    unread: tuple[str, ...]


class Report(Part, frozen=True, omit_defaults=True):
    """The whole report; `access` and `secrets` are left out where nobody looked who reaches what, or for secrets."""

    schema: str
    tool: Tool
    portal: Portal
    run: RunInfo
    verdict: str
    rows: tuple[RowResult, ...]
    results: tuple[Result, ...]
    red_flags: tuple[RedFlag, ...]
    access: AccessTable | None = None
    secrets: SecretTable | None = None


def to_json(report: Report) -> bytes:
    """The report as stored in report.json: UTF-8, indented, one newline at the end."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


def from_json(raw: bytes) -> Report:
    """Read a report back; raises msgspec.ValidationError on anything else."""
    return msgspec.json.decode(raw, type=Report)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a report, as published in the package."""
    return msgspec.json.schema(Report)
