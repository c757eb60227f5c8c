"""One secret as it stands in a text, and all that one reading of a text brought."""

from dataclasses import dataclass, field

GENERIC = "launchready.generic."
"""How the rules begin that know a secret by its name and make, not by a provider's own shape."""


@dataclass(frozen=True, slots=True)
class Found:
    """A secret and where it stands. The value is for fingerprinting only and is never shown.

    Attributes:
        value: the secret as the provider would take it (decoded), left out of every repr.
        kind: what it is, in words: "Stripe secret key".
        rule: the rule that knew it, as its engine names it.
        start, end: bytes in the text as it was given, also where a decoded view showed it.
        line: counted from 1.
        view: how it had to be read: "" as it stands, else the decodings from outside to inside, as "url, base64".
        personal: whether it is what a person (or a browser) was given for a while, as a session token or a
            cookie: no secret of the operator in an answer to that person, but one in a log or a repository.
    """

    value: str = field(repr=False)
    kind: str
    rule: str
    start: int
    end: int
    line: int
    view: str = ""
    personal: bool = False

    @property
    def generic(self) -> bool:
        """Whether only the name beside it told that it is a secret."""
        return self.rule.startswith(GENERIC)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text holds.

    Attributes:
        found: every secret, in the order of where it stands.
        public: what looks like a secret and is public by design, as (kind, how many), by kind.
        cut: why part of the decoded text was not looked at; empty where all of it was.
    """

    found: tuple[Found, ...] = ()
    public: tuple[tuple[str, int], ...] = ()
    cut: str = ""
