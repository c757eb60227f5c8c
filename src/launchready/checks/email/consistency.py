"""Do all providers treat the portal's mails alike?"""

from collections.abc import Iterator

from launchready.check import Check, Fix, Risk
from launchready.checks.email._consistency_examples import EXAMPLES
from launchready.checks.email._letters import NO_MAILBOX, Part
from launchready.evidence.letters import Delivery, Letter, MailDrill, Result
from launchready.verdict import Cause, Doubt, Finding, Seen, Unknown, Verdict, weigh

_TABS = ("updates", "social", "forums")
"""Parts of the inbox that only some providers have."""


def judge(drill: MailDrill) -> Verdict:
    """Compare each kind of mail between mailboxes; how it should be treated is another check's question."""
    if not drill.mailboxes:
        return Unknown((NO_MAILBOX, *(gap.doubt() for gap in drill.gaps)))
    parts: list[Part] = [gap.doubt() for gap in drill.gaps]
    kinds = dict.fromkeys(each.kind for each in drill.deliveries)
    for kind in kinds:
        parts.extend(_compared(kind, [each for each in drill.deliveries if each.kind == kind]))
    return weigh(
        (each for each in parts if isinstance(each, Seen)),
        (each for each in parts if isinstance(each, Finding)),
        (each for each in parts if isinstance(each, Doubt)),
    )


def _compared(kind: str, deliveries: list[Delivery]) -> Iterator[Part]:
    where = f"{kind} mail"
    for each in deliveries:
        if each.why is not None:
            yield each.why.doubt(f"{where} at {each.mailbox}")
    seen = [each for each in deliveries if each.why is None]
    if len(seen) < 2:
        detail = (
            "it was looked for in one mailbox only, which compares with nothing"
            if seen
            else "it was looked for nowhere"
        )
        settle = "add a [[mailbox]] at another provider, with a test identity whose mailbox it is"
        yield Doubt(where, Cause.NOT_COLLECTED, detail, settle)
        return
    providers = dict.fromkeys((each.provider, each.provider == "imap" and each.mailbox) for each in seen)
    differences = [each for each in map(_spread, _OUTCOMES, [seen] * len(_OUTCOMES)) if each]
    if differences:
        yield Finding(where, "; ".join(differences))
    elif len(providers) < 2:
        detail = f"all its mailboxes are at one provider, {seen[0].provider}"
        yield Doubt(where, Cause.NOT_COLLECTED, detail, "add a [[mailbox]] at another provider")
    else:
        names = ", ".join(each.mailbox for each in seen)
        yield Seen(where, f"the same at {names}: {_folder(seen[0])}")


def _folder(delivery: Delivery) -> str:
    """Where it lies, in words."""
    letter = _first(delivery)
    if letter is None:
        return "nowhere"
    return "in the inbox" if letter.folder in ("inbox", *_TABS) else f"in {letter.folder}"


def _first(delivery: Delivery) -> Letter | None:
    return delivery.letters[0] if delivery.letters else None


def _settled(result: Result) -> str:
    """Whether it passed; empty where that is not said for certain."""
    return result if result in ("pass", "fail") else ""


def _told(method: str, delivery: Delivery) -> str:
    """What the provider says; ours where it says nothing."""
    letter = _first(delivery)
    for each in (letter.theirs, letter.ours) if letter else ():
        if each is not None and (told := _settled(getattr(each, method))):
            return told
    return ""


_OUTCOMES = ("folder", "dmarc", "dkim", "spf")


def _spread(outcome: str, deliveries: list[Delivery]) -> str:
    """How the mailboxes differ in this, in words; empty where they do not."""
    found: dict[str, list[str]] = {}
    for each in deliveries:
        told = _folder(each) if outcome == "folder" else _told(outcome, each)
        if told:
            found.setdefault(told, []).append(each.mailbox)
    if len(found) < 2:
        return ""
    words = (f"{told} at {', '.join(sorted(names))}" for told, names in sorted(found.items()))
    return f"{'it lies' if outcome == 'folder' else outcome.upper()} {', but '.join(words)}"


CHECK = Check(
    asks="Do all providers treat the portal's mails alike?",
    risk=Risk.HIGH,
    why=(
        "A mail that is fine at Google and junk at Microsoft fails half of your people, and nobody who tests with one "
        "mailbox sees it. It means that something is only just good enough: the next change of a filter decides."
    ),
    fix=Fix(
        owner="Look at what differs: it names the provider and what it says. Hand it to whoever runs your mail.",
        engineer=(
            "First mend what email/spf, email/dkim and email/dmarc find: most differences are a signature or a bounce "
            "domain that one provider forgives. Then look at what is left in the provider's own tools (Google Postmaster "
            "Tools, Microsoft SNDS and JMRP), at blocklists of the sending address, and at whether several servers or "
            "services send, of which one is not set up."
        ),
        undo="Nothing is changed by looking; records that you add can be taken out again.",
        verify=(
            "Run `launchready audit --check email/consistency --active` twice, some hours apart: both must say the same."
        ),
    ),
    judge=judge,
    wstg=("WSTG-ATHN-09",),
    cwe=(290,),
    red_flag="Mail from the portal arrives at some providers and not at others.",
)

for _says, _expected, _drill in EXAMPLES:
    CHECK.example(_says, _expected, _drill)
