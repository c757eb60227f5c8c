"""What somebody without a session would send in its place: tokens, cookies, addresses, headers. Pure, nothing is asked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Forgery:
    """One value to send instead of the real one.

    Attributes:
        kind: a stable name, as "unsigned token".
        how: what was changed, in words for the report; never the value itself.
        value: what to send. Raw: never evidence.
    """

    kind: str
    how: str
    value: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request to a protected address that a stranger makes.

    Attributes:
        kind, how: as of a forgery.
        method, url, headers: raw.
        curl: the options that show it by hand, with $TOKEN and $COOKIE for what is secret.
        names: of the identity whose session was changed to be another's: it is let through when the answer is another
            person's, and not when it is still this one's. Empty where the answer must show what the owner's does.
        apart: what to ask once it was let through: the same in parts, to see which it was.
        every: it counts only if all of the parts are let through too.
        control: it counts only if this is refused; else what was changed does not decide.
    """

    kind: str
    how: str
    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    curl: str = ""
    names: tuple[str, ...] = ()
    apart: tuple["Attempt", ...] = ()
    every: bool = False
    control: "Attempt | None" = None
