"""Whether who vouches for a letter (its signer, its envelope) is who it says it is from: what DMARC is about."""

from collections.abc import Iterable
from typing import Literal

from launchready.evidence.letters import Result, Signature
from launchready.mailauth import dmarc
from launchready.mailauth.answers import Untold
from launchready.mailauth.known import Known

Alignment = Literal["strict", "relaxed", ""]


def aligned(known: Known, voucher: str, author: str) -> Alignment:
    """How a domain that vouches for a letter stands to the domain of its From.

    Relaxed is what shares its organizational domain both by the walk up the tree of RFC 9989 and by the Public Suffix
    List, as receivers go by either. Where the author has no DMARC record at all, there is nothing to walk to.

    Raises:
        NotKnown, Untold: as `dmarc.published`.
    """
    if not voucher or not author:
        return ""
    if voucher == author:
        return "strict"
    if dmarc.registered_domain(voucher) != dmarc.registered_domain(author):
        return ""
    if not dmarc.tree_walk(known, author):
        return "relaxed"
    same = dmarc.organizational_domain(known, voucher) == dmarc.organizational_domain(known, author)
    return "relaxed" if same else ""


def dmarc_result(
    known: Known, author: str, spf: tuple[Result, str], signatures: Iterable[Signature]
) -> Result:
    """Whether a letter passes DMARC.

    Args:
        known: answers of name servers.
        author: the domain of the From.
        spf: its result, and the domain that it is about.
        signatures: with their `aligned` filled in.

    Raises:
        NotKnown: an answer is not at hand yet.
    """
    try:
        record = dmarc.policy(known, author).record
        spf_alignment = aligned(known, spf[1], author)
    except Untold:
        return "temperror"
    if record is None:
        return "none"
    if not record.usable:
        return "permerror"
    vouched: list[tuple[Result, str, bool]] = [(spf[0], spf_alignment, record.strict_spf)]
    vouched += [(each.result, each.aligned, record.strict_dkim) for each in signatures]
    counting = [result for result, how, strict in vouched if how == "strict" or (how and not strict)]
    if "pass" in counting:
        return "pass"
    if "temperror" in counting:
        return "temperror"
    return "untold" if "untold" in counting else "fail"
