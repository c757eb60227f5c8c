"""Facts for the examples of the checks of reaching."""

import msgspec

from launchready.evidence import Missing
from launchready.evidence.access import (
    ANONYMOUS,
    Access,
    Crossing,
    Party,
    Reached,
    Route,
    Tried,
    Writes,
    WriteTrial,
)
from launchready.evidence.access_policy import DeclaredAccess
from launchready.evidence.http import Exchange
from launchready.verdict import Cause

URL = "https://portal.example/invoices/7"
INVOICE = "GET https://portal.example/invoices/{}"
USERS = "GET https://portal.example/users"
CHANGE = "POST https://portal.example/invoices/{}"
NOTHING = DeclaredAccess()
NO_WRITES = Writes()

NORA = Party("nora", "client", "northwind", test=True)
NINA = Party("nina", "client", "northwind", test=True)
SOL = Party("sol", "client", "southgate", test=True)
ADA = Party("ada", "admin", admin=True, test=True)
STRANGER = Party(ANONYMOUS)

REFUSED = Missing(Cause.NO_CONSENT, "there is no consent", "run the audit with --active")
LOST = Missing(Cause.NOT_AUTHORISED, "the password was refused", "correct this [[identity]]")


TRIED = (
    Tried("anonymous", INVOICE, kept=4),
    Tried("function", USERS, kept=2),
    Tried("object", INVOICE, kept=4),
)


def answer(url: str = URL, status: int = 200) -> Exchange:
    """An answer for the examples."""
    kept = (("content-type", "text/html"),)
    return Exchange("GET", url, status, kept, 900, truncated=False, digest="~0", address="192.0.2.1")


def crossed(
    kind: str, *, route: str = INVOICE, owner: str = "nora", asker: str = "sol", certain: bool = True
) -> Crossing:
    """A crossing for the examples."""
    return Crossing(
        kind,
        route,
        f"asked for a record of {owner}",
        owner,
        asker,
        certain,
        f"they name {owner} or its tenant",
        6,
        6,
        answer(),
        answer(),
        answer(status=404),
        None if asker == ANONYMOUS else answer(status=302),
        'curl -si -H "Cookie: $COOKIE_SOL" "https://portal.example/invoices/$ID"',
    )


def colleague() -> Access:
    """Two of one client, each shown records of their own, and one opens the other's, for the examples."""
    found = crossed("object", asker="nina")
    settle = "say in [[access]] whose these records are, and confirm it"
    open_to_question = msgspec.structs.replace(found, why="they share none", settle_by=settle)
    return msgspec.structs.replace(looked(parties=(STRANGER, NORA, NINA, SOL)), unsettled=(open_to_question,))


def looked(
    *crossings: Crossing,
    parties: tuple[Party, ...] = (STRANGER, ADA, NORA, SOL),
    outcomes: tuple[tuple[str, str, int], ...] = (),
    unlooked: tuple[tuple[str, Missing], ...] = (),
    refused: Missing | None = None,
    tried: tuple[Tried, ...] = TRIED,
) -> Access:
    """All that was looked at, for the examples: an invoice of each, and a page for admins."""
    worst = {(each.route, each.asker): "crossed" for each in crossings}
    cells = [(INVOICE, each.name, "own") for each in parties if each.name != ANONYMOUS]
    cells += [(INVOICE, ANONYMOUS, "refused"), (USERS, "ada", "own"), (USERS, "nora", "refused")]
    reached = [
        Reached(r, p, worst.get((r, p), outcome), 200 if outcome == "own" else 403) for r, p, outcome in cells
    ]
    reached += [Reached(INVOICE, party, outcome, status) for party, outcome, status in outcomes]
    return Access(
        parties=parties,
        routes=(
            Route(INVOICE, "page", ("path",), "link", ("nora", "sol")),
            Route(USERS, "page", (), "link", ("ada",)),
        ),
        reached=tuple(reached),
        crossings=crossings,
        unlooked=unlooked,
        refused=refused,
        tried=tried if refused is None else tuple(each for each in tried if each.kind == "anonymous"),
    )


def wrote(kind: str, *, changed: bool | None, asker: str = "sol") -> Writes:
    """One write that was tried, for the examples."""
    trial = WriteTrial(
        kind,
        CHANGE,
        "sent another amount",
        "nora",
        asker,
        answer(status=204),
        changed,
        undone=changed or None,
    )
    return Writes(operations=((CHANGE, "form", ("nora", "sol")),), trials=(trial,))
