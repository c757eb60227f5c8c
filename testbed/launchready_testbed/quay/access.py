"""Who reaches which of quay's records and operations? Sound as it stands; a fault names the places where it is not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class QuayAccess:
    """Read anew at each request.

    A place is an endpoint, method and path below the prefix as in "GET /orders/{id}", or "graphql" and a field, as in
    "graphql order".
    """

    across: frozenset[str] = frozenset()
    """Places where nobody looks whose record it is."""
    any_role: frozenset[str] = frozenset()
    """Endpoints that everybody who is signed in may use, whatever the role."""
    unguarded: frozenset[str] = frozenset()
    """Endpoints that answer strangers as if they were the house."""
    after_sign_out: frozenset[str] = frozenset()
    """Endpoints that believe an access token by its signature alone, after its session has ended."""
    takes: frozenset[str] = frozenset()
    """An endpoint and a field that it writes though the caller must not set it, as in "PATCH /me role"."""
    shows: frozenset[str] = frozenset()
    """An endpoint and a field that it shows though nobody should see it, as in "GET /me password_hash"."""
    tenant_header_believed: bool = False
    """`X-Tenant`, which the front end sends, says whose records are listed, whoever asks."""
