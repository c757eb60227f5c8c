"""Facts for the examples of auth/bypass."""

from launchready.evidence import Missing
from launchready.evidence.bypass import Bypass, Carrier, GuardedRoute, GuardTrial, UnguardedRoute
from launchready.evidence.http import Exchange
from launchready.verdict import Cause


def answer(url: str, status: int = 200) -> Exchange:
    """An answer for the examples."""
    kept = (("content-type", "text/html"),)
    return Exchange("GET", url, status, kept, 900, truncated=False, digest="~0", address="192.0.2.1")


URL = "https://portal.example/invoices"
OTHER = "https://portal.example/api/invoices/7"
ROUTE = GuardedRoute("nora", URL, "page", answer(URL), answer(URL, 302), 12)


def tried(kind: str, *, shows: bool = False, as_other: bool = False, refused: int = 401) -> GuardTrial:
    """One try for the examples."""
    status = 200 if shows or as_other else refused
    seen = 12 if shows else 0
    return GuardTrial(
        "nora", URL, URL, kind, kind, answer(URL, status), 12, seen, shows=shows, as_other=as_other
    )


def looked(
    *trials: GuardTrial, unguarded: tuple[UnguardedRoute, ...] = (), carriers: tuple[Carrier, ...] = ()
) -> Bypass:
    """All that was tried, for the examples: one guarded address, and what else is given."""
    return Bypass(("nora",), (ROUTE,), unguarded, trials, carriers, keys_tried=400)


REFUSED = Missing(Cause.NO_CONSENT, "there is no consent", "run the audit with --active")
LOST = Missing(Cause.NOT_AUTHORISED, "the password was refused", "correct this [[identity]]")
GONE = Missing(Cause.UNREACHABLE, "nobody answered", "run the audit again")
