"""Whether a letter proves that it is from whom it says, by the provider's word and by our own look."""

from collections.abc import Iterator

from launchready.checks.email._letters import Part, same_owner
from launchready.evidence.letters import Authentication, Letter
from launchready.verdict import Cause, Doubt, Finding, Seen

_UNSETTLED = ("temperror", "untold")


def judged(where: str, letter: Letter) -> Iterator[Part]:
    """The provider's word counts first, as it decided by it; where it says nothing, ours does."""
    theirs, ours = letter.theirs, letter.ours
    told = theirs if theirs and theirs.dmarc not in _UNSETTLED else ours
    if told is None or told.dmarc in _UNSETTLED:
        yield _untold(where, letter)
    elif told.forgeable and ours and {told.dmarc, ours.dmarc} == {"pass", "fail"}:
        detail = f"its mail server says {told.dmarc} of DMARC, and what lies in the mailbox says {ours.dmarc}"
        settle = "see whether mails are changed after they were checked, or senders may write that themselves"
        yield Doubt(where, Cause.AMBIGUOUS, detail, settle)
    elif told.dmarc == "fail":
        yield Finding(where, f"it fails DMARC{_by(told)}: {_whose(told, letter)}")
    elif told.dmarc != "pass":
        yield _without_dmarc(where, letter)
    else:
        yield Seen(where, f"it passes DMARC for {letter.from_domain}{_by(told)}")


def _by(told: Authentication) -> str:
    return "" if told.by == "ourselves" else f", says {told.by}"


def _whose(told: Authentication, letter: Letter) -> str:
    """Who vouches for it instead."""
    vouching = [f"signed by {domain}" for domain in told.dkim_domains]
    if told.spf == "pass" and told.spf_domain:
        vouching.append(f"sent in the name of {told.spf_domain}")
    author = letter.from_domain or "nobody"
    return f"it is {' and '.join(vouching)}, not by {author}" if vouching else f"nothing vouches for {author}"


def _untold(where: str, letter: Letter) -> Doubt:
    detail = "whether it passes DMARC could not be told"
    ours = letter.ours
    reasons = [each.detail for each in letter.signatures if each.result == "temperror"]
    if ours and ours.spf == "untold":
        reasons.append("its way into the mailbox does not show which server sent it")
    settle = "run it again when the name servers answer, or give a mailbox whose provider says it"
    cause = (
        Cause.UNREACHABLE if ours and "temperror" in (ours.dmarc, ours.spf, ours.dkim) else Cause.AMBIGUOUS
    )
    return Doubt(where, cause, "; ".join((detail, *dict.fromkeys(reasons))), settle)


def _without_dmarc(where: str, letter: Letter) -> Part:
    """Where the domain has no usable DMARC record, which another check says, filters still look for who vouches."""
    for each in (letter.theirs, letter.ours):
        if each is None:
            continue
        by_envelope = each.spf == "pass" and same_owner(each.spf_domain, letter.from_domain)
        if by_envelope or any(same_owner(domain, letter.from_domain) for domain in each.dkim_domains):
            return Seen(where, f"{letter.from_domain} vouches for it{_by(each)}, without DMARC")
    told = letter.ours or letter.theirs
    if told is None or told.spf in _UNSETTLED or told.dkim == "temperror":
        return _untold(where, letter)
    return Finding(where, f"{_whose(told, letter)}: it could be from anybody")
