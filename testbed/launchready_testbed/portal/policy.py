"""What does the portal decide about signing in, sessions, second factors and resets? Sound unless a fault changes it.

A `Policy` is part of the world, and the portal reads it anew at each request. A fault flips one of its fields.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from launchready_testbed.portal.limits import Limiter, sound_limits
from launchready_testbed.portal.use import Use

Tell = Literal["", "text", "status", "size", "time"]
"""By what an answer tells whether an account exists; empty: by nothing."""


@dataclass
class Cookie:
    """How the session's cookie is set; `domain` and `max_age` are left out when None."""

    name: str = "__Host-session"
    secure: bool = True
    httponly: bool = True
    samesite: Literal["lax", "strict", "none"] | None = "lax"
    path: str = "/"
    domain: str | None = None
    max_age: int | None = None


def is_own_path(wanted: str) -> bool:
    """Whether `wanted` is a path of this portal, so that nobody is sent elsewhere."""
    return (
        wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    )


@dataclass
class Policy:
    """Every field is sound by default. Durations are in seconds."""

    # Sessions
    cookie: Cookie = field(default_factory=Cookie)
    session_idle: float = 3600
    """A session that is not used for so long has ended."""
    session_lifetime: float = 8 * 3600
    """A session has ended after so long, however busy."""
    session_names_user: Literal["", "looked-up", "number", "unverified", "stateless"] = ""
    """What the cookie of somebody who has signed in says: nothing, as it is random; the number of the account and something
    random, looked up as a whole; the number alone; the number with a signature that nobody verifies; the number with one
    that is verified, and no server that remembers it. The last three are unsound."""
    expired_sessions_accepted: bool = False
    """Sessions that have ended by idling or age still count."""
    rotate_at_login: bool = True
    """A new identifier when the password was right; without it the visitor's present one is kept."""
    rotate_at_second_factor: bool = True
    """A new identifier again when the code was right."""
    rotate_at_password_change: bool = True
    adopts_unknown_ids: bool = False
    """An identifier that the server never gave out becomes a session when somebody brings it."""
    logout_ends_session: bool = True
    """Logging out ends the session on the server."""
    logout_clears_cookie: bool = True
    logout_by_get: bool = False
    """GET /logout signs out, without a token against forged requests."""
    logout_everywhere_works: bool = True
    """"Sign out everywhere" ends the person's other sessions."""
    forms_checked: bool = True
    """Forms need the session's token against forged requests."""

    use: Use = field(default_factory=Use)
    """What using a session does to it."""

    # Second factor
    totp_enforced: bool = True
    """Who has enrolled a second factor is asked for it."""
    totp_enrolled: bool = True
    """Whether the administrator has enrolled at all."""
    halfway_reaches: tuple[str, ...] = ()
    """Beginnings of paths that a session reaches after the password alone: ("/",) for everything, ("/api/",)."""
    code_checked: bool = True
    """Without it any six digits are accepted."""
    code_reusable: bool = False
    """A code is accepted again within its time."""
    code_may_be_left_out: bool = False
    """Who sends the form of the code without one is let in."""
    code_may_wait: bool = False
    """The page that asks for the code offers to be asked another time, and lets in."""
    code_attempts_limited: bool = True
    """Wrong codes are counted; see `code_attempts`."""
    code_attempts: int = 5
    """So many wrong codes per account in `code_window` end the halfway session, and codes are refused until then."""
    code_window: float = 900
    code_drift: int = 1
    """Steps of 30 s before and after the present one whose code is accepted."""
    recovery_weak: bool = False
    """Recovery codes are four digits, are not counted, and can be used again."""
    recovery_skips_second_factor: bool = False
    """The password reset signs the person in, past the second factor."""

    # Where one is sent after signing in
    next_allowed: Callable[[str], bool] = is_own_path
    """Whether the `next` of the log-in form is followed; else one comes to the dashboard."""
    logout_follows_next: bool = False
    """Who signs out is sent to whatever address `next` names."""
    login_redirects_signed_in: bool = True
    """Who has signed in and opens the log-in page is sent on."""

    # Password reset
    reset_single_use: bool = True
    reset_lifetime: float = 1800
    reset_newest_only: bool = True
    """Asking again voids the links sent before."""
    reset_uses_host_header: bool = False
    """The link in the mail names the host that the request named. See also `World.any_host`."""
    reset_uses_forwarded_host: bool = False
    """The link in the mail names the host of X-Forwarded-Host."""
    reset_ends_sessions: bool = True
    """A reset ends every session of the account."""
    reset_signs_in: bool = False
    """A reset begins a session at once, unless a second factor is due."""
    reset_referrer_policy: bool = True
    """The page of the link has Referrer-Policy: no-referrer."""
    reset_moves_token: bool = False
    """The link keeps its secret in a cookie and leads on to an address without it, as some frameworks do."""
    reset_wants_another_password: bool = False
    """The present password is refused for the new one."""
    reset_token: Callable[[int], str] | None = None
    """Makes the token from the number of the account; None: 32 random octets."""
    reset_token_in_answer: bool = False
    """The answer to asking for a link holds the link."""
    reset_tells_accounts: Tell = ""
    mail_sent: bool = True
    """Letters reach their mailboxes; without it they are lost on the way."""
    reset_mails_per_hour: int = 20
    """Further mails to the same account are silently left out."""

    # Passwords, invitations, sign-up
    old_password_asked: bool = True
    sessions_survive_password_change: bool = False
    invite_single_use: bool = True
    invite_lifetime: float = 7 * 24 * 3600
    signup_tells_accounts: Tell = ""

    # Logging in
    login_tells_accounts: Tell = ""
    login_limits: list[Limiter] = field(default_factory=sound_limits)
    """Each is asked before a password is looked at, and told afterwards; the first that refuses answers."""
    trusts_forwarded_for: bool = False
    """The address that counts is the first of X-Forwarded-For, if there is one."""

    # Signing in with the identity provider
    oidc_offered: bool = True
    oidc_state_sent: bool = True
    """A login at the provider begins with a state; without it none comes back that could be checked."""
    oidc_state_checked: bool = True
    """The state must be one of this session's. Without it, forged sign-ins also need `oidc_pkce` and
    `oidc_nonce_checked` to be off: each of them ties the code to the session too."""
    oidc_nonce_checked: bool = True
    oidc_pkce: bool = True
    oidc_redirect_uris: Literal["exact", "path", "prefix", "host", "any"] = "exact"
    """How the provider compares redirect_uri with what is registered: "path" takes every path of the portal, "prefix"
    whatever begins with its scheme and host, "host" whatever host ends like its domain."""
    oidc_email_verified: bool = True
    """Only an address that the provider has verified is bound to an account."""
    oidc_second_factor: bool = True
    """Who has enrolled a second factor here is asked for it after the provider too."""
