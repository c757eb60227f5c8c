"""Where the keys of a domain's mail may stand: at selectors that were declared, seen in letters, or are usual."""

from collections.abc import Iterable

from launchready.mailauth.answers import Untold
from launchready.mailauth.dkim_keys import DkimKey, dkim_key
from launchready.mailauth.dmarc import registered_domain
from launchready.mailauth.known import Known, NotKnown
from launchready.mailauth.mail_services import usual_selectors

Selector = tuple[str, str, str]
"""Domain (d=), selector (s=), and whence it is known: declared, letter or well-known."""
_KEY_PLACE = "._domainkey."


def selectors_to_try(
    domains: Iterable[str], declared: Iterable[str], in_letters: Iterable[tuple[str, str]]
) -> tuple[Selector, ...]:
    """Where keys may stand for mail from these domains, sorted.

    A key of the registered domain aligns with mail from below it as well.

    Args:
        domains: in the From of the mail.
        declared: selectors that the portal file names: bare, or as the whole name of the key, `pm._domainkey.example.com`.
        in_letters: d= and s= of signatures of its letters.
    """
    declared = [each.lower().rstrip(".") for each in declared]
    bare = [each for each in declared if _KEY_PLACE not in each]
    whence: dict[tuple[str, str], str] = {}
    for name in domains:
        for place in dict.fromkeys((name, registered_domain(name))):
            for selector in usual_selectors():
                whence.setdefault((place, selector), "well-known")
            whence |= {(place, selector): "declared" for selector in bare}
    whence |= {(domain.lower(), selector.lower()): "letter" for domain, selector in in_letters}
    for each in declared:
        selector, infix, domain = each.partition(_KEY_PLACE)
        if infix:
            whence[domain, selector] = "declared"
    return tuple((domain, selector, known) for (domain, selector), known in sorted(whence.items()))


def places_for(domain: str, selectors: Iterable[Selector], *, strict: bool = False) -> tuple[Selector, ...]:
    """Those whose key aligns with mail from a domain."""
    if strict:
        return tuple(each for each in selectors if each[0] == domain)
    whose = registered_domain(domain)
    return tuple(each for each in selectors if registered_domain(each[0]) == whose)


def sound_keys(known: Known, selectors: Iterable[Selector]) -> tuple[tuple[DkimKey, str], ...]:
    """The keys that receivers take, with whence they are known; what could not be told is left out."""
    found = []
    for domain, selector, whence in selectors:
        try:
            key = dkim_key(known, domain, selector)
        except (Untold, NotKnown):
            continue
        if key.state in ("sound", "test"):
            found.append((key, whence))
    return tuple(found)
