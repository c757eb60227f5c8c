"""What was found out for one party. Raw; never evidence."""

from dataclasses import dataclass

from launchready.collect.reach.call import Call, Offered, Shown
from launchready.evidence import Missing


@dataclass(frozen=True, slots=True)
class Learned:
    """What one party can ask beyond links and forms.

    Attributes:
        offered: sorted; those of documents and recordings, which name nobody, are the same for every party.
        shown: what this party was answered, sorted: by scripts of its pages, and to what documents offer.
        unlooked: (what, why) where we could not look.
        unwalked: why no browser saw what scripts ask; None when one did.
        beyond: queries of GraphQL that were answered, each with one that leads on from there; sorted.
        untried: (page, why) of what could be sent there and is not known.
        heard_out: pages of that kind of which it is known, as they were used.
    """

    offered: tuple[Offered, ...] = ()
    shown: tuple[Shown, ...] = ()
    unlooked: tuple[tuple[str, Missing], ...] = ()
    unwalked: Missing | None = None
    beyond: tuple[tuple[Call, Call], ...] = ()
    untried: tuple[tuple[str, Missing], ...] = ()
    heard_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Browsed:
    """What a walk in a browser brought.

    Attributes:
        offered: what the pages would send and what they sent by themselves, but for signing in and out.
        shown: what their scripts read, with the answers.
        seen: addresses that were asked, raw.
        scripted: pages with forms that only a script sends, with ids left out, sorted.
        heard_out: those of them that were filled in, and sent something.
        left: whether there was more to see than was looked at.
    """

    offered: tuple[Offered, ...] = ()
    shown: tuple[Shown, ...] = ()
    seen: tuple[str, ...] = ()
    scripted: tuple[str, ...] = ()
    heard_out: frozenset[str] = frozenset()
    left: bool = False
