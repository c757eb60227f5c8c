"""What several checks say of letters: what they are called, whether they are signed in the name of their From."""

import re
from collections.abc import Iterator
from ipaddress import ip_address

from launchready.evidence.letters import Delivery, Letter, MailDrill, Signature
from launchready.evidence.public_suffix import registrable
from launchready.verdict import Cause, Doubt, Finding, Seen

Part = Seen | Finding | Doubt
_NOWHERE = re.compile(
    r"(?:^|\.)(?:localhost|localdomain|local|internal|invalid|example|lan|home|corp)$|(?:^|\.)example\.(?:com|net|org)$|^[^.]*$"
)
"""Names that lead nowhere from outside (RFC 2606, RFC 6761, RFC 6762), or that are none."""
NO_MAILBOX = Doubt(
    "",
    Cause.NOT_COLLECTED,
    "no mailbox is given in which the portal's mails could be seen to arrive",
    "add a [[mailbox]] for each provider your people use, and run `launchready drill mail` or the audit with --active",
)


def arrived(drill: MailDrill) -> Iterator[tuple[Delivery, Letter]]:
    """Every letter, with what it came of."""
    for delivery in drill.deliveries:
        for letter in delivery.letters:
            yield delivery, letter


def leads_nowhere(host: str) -> bool:
    """Whether nobody outside a network of one's own can reach a host of this name, or write to it."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return _NOWHERE.search(host) is not None


def same_owner(one: str, other: str) -> bool:
    """Whether two domains are of one owner."""
    return bool(one) and (one == other or (registrable(one) or one) == (registrable(other) or other))


def signed(drill: MailDrill) -> Iterator[Part]:
    """Whether the letters that arrived are signed in the name of their From, and the signatures hold.

    What the receiving provider found when the letter came counts as well: letters are sometimes changed afterwards.
    """
    for delivery, letter in arrived(drill):
        where = f"{delivery.kind} mail from {letter.from_domain or 'nobody'}"
        good = [each for each in letter.signatures if each.result == "pass" and each.aligned]
        theirs = letter.theirs.dkim_domains if letter.theirs else ()
        at_provider = [each for each in theirs if same_owner(each, letter.from_domain)]
        if good and all(each.partial for each in good):
            detail = f"the signature of {good[0].domain} covers its beginning only (l=): anything may be put after that"
            yield Finding(where, detail)
        elif good:
            key = f"{good[0].selector}._domainkey.{good[0].domain}"
            yield Seen(where, f"signed in the name of {good[0].domain}, which the key at {key} bears out")
        elif at_provider and letter.theirs and letter.theirs.forgeable:
            yield _in_doubt(where, letter, delivery.mailbox)
        elif at_provider:
            yield Seen(
                where, f"the provider of {delivery.mailbox} found it rightly signed by {at_provider[0]}"
            )
        else:
            yield _unsigned(where, letter)


def _in_doubt(where: str, letter: Letter, mailbox: str) -> Part:
    """Where the sender may have written the provider's word: it is worth nothing without a signature that it is about."""
    if not any(same_owner(each.domain, letter.from_domain) for each in letter.signatures):
        return _unsigned(where, letter)
    detail = f"the mail server of {mailbox} found it rightly signed, and what lies in the mailbox is not"
    settle = "see whether mails are changed after they were checked, or senders may write that themselves"
    return Doubt(where, Cause.AMBIGUOUS, detail, settle)


def _unsigned(where: str, letter: Letter) -> Part:
    untold = [each for each in letter.signatures if each.result == "temperror"]
    if untold:
        settle = "run it again when the name servers answer"
        return Doubt(where, Cause.UNREACHABLE, untold[0].detail, settle)
    if not letter.signatures:
        return Finding(where, "it is not signed")
    of_others = [each for each in letter.signatures if each.result == "pass"]
    if of_others:
        domains = ", ".join(dict.fromkeys(each.domain for each in of_others))
        return Finding(where, f"it is signed by {domains} only, which says nothing of its From")
    return Finding(where, "; ".join(dict.fromkeys(map(_broken, letter.signatures))))


def _broken(signature: Signature) -> str:
    return f"the signature of {signature.domain or 'nobody'} does not hold: {signature.detail}"
