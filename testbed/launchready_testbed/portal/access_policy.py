"""What does the portal leave out before it shows or changes a record? Nothing, unless a fault says so.

An `AccessPolicy` is part of the world, and the portal reads it anew at each request. It names acts: the method and the path of
a request with its ids left out, such as "GET /invoices/{id}" (see `access.act`). Every field is sound by default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Acts = tuple[str, ...]
OFFERS = (
    *(
        "search",
        "filter",
        "export",
        "feed",
        "keyed-feed",
        "suffix",
        "print",
        "recent",
        "client-export",
        "colleagues",
    ),
    *("ticket-data", "invoice-data", "approval-data", "profile-data", "user-data", "audit-data"),
)
"""Everything that pages may lead to beside what they always do."""


@dataclass
class AccessPolicy:
    """Acts at which something is left out, or believed, that must not be."""

    offers: Acts = ()
    """What pages lead to beside what they always do, of `OFFERS`. All of it is sound, and there whether a page leads to it
    or not; yet each costs whoever looks at all of a portal some requests."""
    tenant_not_asked: Acts = ()
    """The records of every client are reached, whoever asks."""
    role_not_asked: Acts = ()
    """Whoever has signed in may."""
    session_not_asked: Acts = ()
    """Nobody needs to have signed in; who has not reaches the records of every client."""
    filter_believed: Acts = ()
    """The parameter `client` says whose records come, instead of narrowing what the person may see."""
    filter_ignored: bool = False
    """What clients send as `client` does not even narrow their lists; this is sound too."""
    header_believed: Acts = ()
    """X-Client-Id says whose records come, also to clients; it is meant for staff."""
    field_believed: Acts = ()
    """A new record belongs to the client that the field `tenant` names."""
    query_id_wins: Acts = ()
    """The person must be allowed the record in the path, and gets the one that the parameter `id` names."""
    body_id_wins: Acts = ()
    """The same with the field `id` of the JSON that is sent."""
    taken_too: Mapping[str, Acts] = field(default_factory=dict)
    """Fields that an act takes from what is sent beside those it is meant to take."""
    shown_too: Mapping[str, Acts] = field(default_factory=dict)
    """Fields of a record that an act answers beside those it is meant to."""
    any_feed_key: bool = False
    """The key of anybody's feed opens everybody's."""
    invoices_shared: bool = False
    """Invoices have a signed link that may be given to anybody; this is sound too."""
    shuffled: Acts = ()
    """Lists that come in another order each time; this is sound too."""
