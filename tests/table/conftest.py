"""What a run saw of a portal with two clients, staff and an administrator, made by hand in the shapes of real facts."""

from collections.abc import Callable

import pytest

from launchready.evidence import Fact, Missing
from launchready.evidence.access import (
    ANONYMOUS,
    Access,
    Canary,
    Crossing,
    Party,
    Reached,
    Route,
    Tried,
    Wellbeing,
    Writes,
    WriteTrial,
)
from launchready.evidence.access_policy import DeclaredAccess
from launchready.evidence.http import Exchange
from launchready.evidence.said import Declared, Run

HOST = "https://portal.lab.test"
PARTIES = (
    Party("ada", "admin", admin=True, test=True),
    Party(ANONYMOUS),
    Party("ben", "client", "dock", test=True),
    Party("nora", "client", "harbour", test=True),
    Party("sam", "staff", test=True),
)
ALL = ("anonymous", "ben", "nora", "sam", "ada")
ROUTES: dict[str, tuple[str, str]] = {
    # name: (kind, outcome of anonymous, ben, nora, sam, ada)
    f"GET {HOST}/": ("page", "public public public public public"),
    f"GET {HOST}/invoices": ("page", "refused own own own own"),
    f"GET {HOST}/invoices/{{}}": ("page", "refused own own own own"),
    f"GET {HOST}/invoices/{{}}/pdf": ("file", "refused crossed own own own"),
    f"GET {HOST}/help/{{}}": ("page", "refused shared shared shared shared"),
    f"GET {HOST}/admin/users": ("page", "refused refused refused crossed own"),
    f"GET {HOST}/api/orders?client={{}}": ("api", "refused cut own unclear own"),
    f"GET {HOST}/api/export": ("api", "crossed unasked unasked own own"),
}


def exchange(route: str, status: int = 200) -> Exchange:
    method, _, url = route.partition(" ")
    headers = (("content-type", "application/json"),)
    return Exchange(
        method,
        url.replace("{}", "17"),
        status,
        headers,
        1234,
        truncated=False,
        digest="~0123456789ab",
        address="127.0.0.1",
    )


def crossing(kind: str, route: str, owner: str, asker: str, *, certain: bool = True) -> Crossing:
    return Crossing(
        kind,
        f"GET {HOST}{route}",
        f"asked for a record of {owner}",
        owner,
        asker,
        certain=certain,
        why=f"they name {owner} or its tenant",
        markers=9,
        seen=7,
        answer=exchange(f"GET {HOST}{route}"),
        owners=exchange(f"GET {HOST}{route}"),
        never=exchange(f"GET {HOST}{route}", 404),
        strangers=None if asker == ANONYMOUS else exchange(f"GET {HOST}{route}", 302),
        curl=f'curl -H "Cookie: $COOKIE_{asker.upper()}" "{HOST}{route}"',
    )


def seen(outcomes: dict[str, tuple[str, str]]) -> Access:
    """Facts from a table of outcomes; crossings come from the rows that say so."""
    reached, routes = [], []
    for name, (kind, row) in outcomes.items():
        answers = dict(zip(ALL, row.split(), strict=True))
        own = tuple(sorted(p for p, outcome in answers.items() if outcome in ("own", "shared", "public")))
        routes.append(Route(name, kind, ("path",) if "{}" in name else (), seen_by=own))
        for party, outcome in answers.items():
            status = {"refused": 403, "unasked": 0}.get(outcome, 200)
            reached.append(Reached(name, party, outcome, status))
    tried = tuple(
        Tried(kind, name, kept=1) for kind in ("anonymous", "function", "object") for name in sorted(outcomes)
    )
    return Access(PARTIES, tuple(sorted(routes, key=lambda r: r.name)), tuple(reached), tried=tried)


def with_crossings() -> Access:
    plain = seen(ROUTES)
    return Access(
        plain.parties,
        plain.routes,
        plain.reached,
        (
            crossing("anonymous", "/api/export", "sam", ANONYMOUS),
            crossing("function", "/admin/users", "ada", "sam", certain=False),
            crossing("object", "/invoices/{}/pdf", "nora", "ben"),
        ),
        requests=61,
    )


def writes() -> Writes:
    change, delete = f"POST {HOST}/tickets/{{}}", f"DELETE {HOST}/api/tickets/{{}}"
    answer = exchange(change, 204)
    return Writes(
        operations=((change, "form", ("ada", "ben", "nora")), (delete, "openapi", ("ada",))),
        trials=(
            WriteTrial(
                "object", change, "changed a ticket of nora", "nora", "ben", answer, changed=True, undone=True
            ),
            WriteTrial("object", delete, "deleted a ticket of nora", "nora", "ben", answer, changed=False),
            WriteTrial("function", delete, "deleted a ticket", "ada", "sam", answer, changed=None),
        ),
        canaries=(Canary("nora", change, removed=True),),
        wellbeing=(Wellbeing("nora", well=True),),
    )


@pytest.fixture
def make() -> Callable[..., dict[type, Fact | Missing]]:
    """The facts of a whole run; what is given takes the place of what there would be."""

    def facts(*others: Fact) -> dict[type, Fact | Missing]:
        told: tuple[Fact, ...] = (
            Run(
                "20261126T130000Z-0000",
                "2026-11-26T13:00:00Z",
                "2026-11-26T13:01:00Z",
                ("portal.lab.test",),
                "probe",
            ),
            Declared("Harbour", f"{HOST}/", "Ada Example", ("portal.lab.test",)),
            with_crossings(),
            writes(),
            DeclaredAccess(),
        )
        return {type(fact): fact for fact in (*told, *others)}

    return facts


@pytest.fixture
def access() -> Access:
    return with_crossings()


@pytest.fixture
def from_outcomes() -> Callable[[dict[str, tuple[str, str]]], Access]:
    return seen
