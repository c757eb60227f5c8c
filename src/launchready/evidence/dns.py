"""What name servers said: each question with its answer, or with why there was none."""

from typing import Literal

from launchready.evidence import Fact, Missing

Outcome = Literal["present", "absent", "untold"]


class DnsAnswer(Fact, frozen=True):
    """One question, and what the name servers said to it.

    "There is no such record" is an answer; a time-out or a broken server is none. They are never taken for each other.

    Attributes:
        name: asked for, in lower case, without the final dot.
        kind: type of record, such as TXT.
        outcome: present, absent (said by a server), or untold (`why` says what kept us from an answer).
        records: as zone files write them, sorted; a TXT record is its strings joined, each octet one character (Latin-1).
        aliases: where CNAMEs led, in order.
        no_such_name: NXDOMAIN: there is nothing at all at this name, nor below it.
        secure: the name server says that it verified the answer with DNSSEC.
        why: set where, and only where, the outcome is untold.
        trouble: kind of what went wrong: timeout, servfail, refused, bogus (DNSSEC says that the answer is forged),
            truncated, loop, lame (the server is not one of the zone's), malformed, not asked, no name server; empty where
            nothing did.
    """

    name: str
    kind: str
    outcome: Outcome
    records: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    no_such_name: bool = False
    secure: bool = False
    why: Missing | None = None
    trouble: str = ""


Answer = DnsAnswer
"""What it is called where nothing else answers."""
