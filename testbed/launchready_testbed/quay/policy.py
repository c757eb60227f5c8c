"""What may be switched wrong in quay? Each knob is sound as it stands; a fault flips one."""

from __future__ import annotations

from dataclasses import dataclass, field

from launchready_testbed.quay.access import QuayAccess
from launchready_testbed.quay.manner import QuayManner


@dataclass
class QuayPolicy:
    """Read anew at each request of quay."""

    access: QuayAccess = field(default_factory=QuayAccess)
    """Who reaches which records and operations."""
    manner: QuayManner = field(default_factory=QuayManner)
    """What is odd and sound."""
    graphql_shows_traces: bool = False
    """Errors in GraphQL come with the trace of what was raised."""

    algorithm_none: bool = False
    """Tokens whose header says `alg: none` are believed without a signature."""
    signature_unchecked: bool = False
    """Tokens are decoded, and whatever stands after the second dot is ignored."""
    weak_key: bool = False
    """Tokens are signed with a word that everybody tries first."""
    any_audience: bool = False
    """Tokens that were made for another service are believed."""
    any_issuer: bool = False
    """Tokens of another issuer are believed."""
    expired_accepted: bool = False
    """Tokens are believed for ever."""
    key_by_path: bool = False
    """`kid` is the name of a file that holds the key, and may lead out of the folder: an empty file is an empty key."""
    key_in_token: bool = False
    """The key may come along in the token's own header (`jwk`)."""
    access_survives_logout: bool = False
    """Signing out leaves the access token as good as it was."""
    refresh_survives_logout: bool = False
    """Signing out leaves the refresh token as good as it was."""
    refresh_reusable: bool = False
    """A refresh token may be used again after it was exchanged."""
    mfa_optional: bool = False
    """Admins get in with the password alone."""
    second_step_skippable: bool = False
    """The ticket that stands for a right password works as an access token."""
    code_reusable: bool = False
    """A one-time code works as often as its time step lasts."""
    code_guesses_unlimited: bool = False
    """A ticket allows any number of wrong codes."""
    method_override: bool = False
    """`X-HTTP-Method-Override: OPTIONS` lets a request past the door, as OPTIONS needs no token."""
    forwarded_for_trusted: bool = False
    """`X-Forwarded-For: 127.0.0.1` makes a stranger one of the house."""
    original_url_trusted: bool = False
    """`X-Original-URL` says what is asked for, while the door looks at the address of the request."""
    loose_paths: frozenset[str] = frozenset()
    """Ways of writing a path that reach the handler but not the door: slash, case, semicolon, double-slash, encoded."""
    limiter: bool = True
    """Repeated failures are slowed down at all."""
    limiter_trusts_forwarded_for: bool = False
    """The limiter counts by what the client says its address is, and not by account."""
    accounts_told_apart: bool = False
    """An unknown address gets another answer than a wrong password."""
    failures_allowed: int = 8
    """Failed sign-ins of one account before it has to wait."""
    wait: float = 60.0
    """Seconds that it has to wait then."""
    access_lifetime: int = 900
    """Seconds for which an access token is good."""
