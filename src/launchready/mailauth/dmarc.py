"""Which DMARC policy holds for a domain and for the names below it, by RFC 9989 and by RFC 7489 as many still read it.

RFC 9989 walks up the tree of names; RFC 7489 looks at the domain and then at the one that somebody registered. A receiver
may go by either, so what is not so by both cannot be relied on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from launchready.evidence.public_suffix import is_public_suffix, registrable
from launchready.mailauth.answers import Untold, texts, told
from launchready.mailauth.dmarc_record import LEVELS, DmarcRecord, Level, ReportAddress, is_dmarc, read_dmarc
from launchready.mailauth.known import Known, NotKnown

MOST_LABELS = 8
"""A longer name is shortened to one less before the walk goes on (RFC 9989, section 4.10)."""
Whose = Literal["the domain itself", "names below that exist", "names below that do not exist"]


@dataclass(frozen=True, slots=True)
class Policy:
    """What receivers are asked to do with mail that fails.

    Attributes:
        level: what holds in the end; empty where there is no DMARC.
        record: that says so; None where there is none.
        tag: of that record: p, sp or np.
        weakened: what of the record weakens what its tag asks for, such as "t=y"; empty where nothing does.
    """

    level: Level | Literal[""]
    record: DmarcRecord | None = None
    tag: str = ""
    weakened: str = ""

    @property
    def enforced(self) -> bool:
        """Whether all failing mail is to be kept out of the inbox."""
        return self.level in ("quarantine", "reject") and not self.weakened


@dataclass(frozen=True, slots=True)
class Published:
    """What stands at `_dmarc.` of one domain.

    Attributes:
        domain: the domain.
        records: that start as DMARC records must.
        others: further texts there.
    """

    domain: str
    records: tuple[DmarcRecord, ...]
    others: tuple[str, ...] = ()

    @property
    def only(self) -> DmarcRecord | None:
        """The record, where there is exactly one."""
        return self.records[0] if len(self.records) == 1 else None


def published(known: Known, domain: str) -> Published:
    """What stands at `_dmarc.` of this domain.

    Raises:
        Untold: the name servers could not tell.
        NotKnown: it was not asked for yet.
    """
    found = texts(known, f"_dmarc.{domain}")
    records = tuple(read_dmarc(domain, text) for text in found if is_dmarc(text))
    return Published(domain, records, tuple(text for text in found if not is_dmarc(text)))


def ancestors(domain: str) -> tuple[str, ...]:
    """The names that a walk from this domain asks at after the domain itself."""
    labels = domain.split(".")
    rest = labels[-(MOST_LABELS - 1) :] if len(labels) >= MOST_LABELS else labels[1:]
    return tuple(".".join(rest[at:]) for at in range(len(rest)))


def tree_walk(known: Known, domain: str, *, from_below: bool = False) -> tuple[DmarcRecord, ...]:
    """The records that a walk from this domain finds, the longest name first; raises as `published` does.

    `from_below` says that it began at a name below it, at which there is no record.
    """
    found: list[DmarcRecord] = []
    for name in (domain, *ancestors(domain)):
        try:
            record = published(known, name).only
        except Untold:
            if found and _nobodys(name):
                break  # a registry's record would have to be one of psd=y, which changes nothing for the names below
            raise
        if record is not None:
            found.append(record)
            if record.psd == "n" or (record.psd == "y" and (name != domain or from_below)):
                break
    return tuple(found)


def organizational_domain(known: Known, domain: str) -> str:
    """The domain whose owner answers for this one, by RFC 9989; raises as `published` does."""
    return _organizational(domain, tree_walk(known, domain))


def _organizational(domain: str, found: Iterable[DmarcRecord]) -> str:
    last = domain
    for record in found:
        if record.psd == "n":
            return record.domain
        if record.psd == "y" and record.domain != domain:
            labels = domain.split(".")
            return ".".join(labels[-(record.domain.count(".") + 2) :])
        last = record.domain
    return last


def registered_domain(domain: str) -> str:
    """The same by RFC 7489, which goes by the Public Suffix List."""
    return registrable(domain) or domain


def policy(known: Known, domain: str, whose: Whose = "the domain itself") -> Policy:
    """What RFC 9989 makes of it; raises as `published` does."""
    if whose == "the domain itself":
        own = published(known, domain).only
        if own is not None:
            return _now(own, ("p",))
    below = whose != "the domain itself"
    found = tree_walk(known, domain, from_below=below)
    # A star stands for whatever name there is below: right below a registry's name, it is an owner's.
    owner = _organizational(f"*.{domain}" if below else domain, found)
    by_name = {record.domain: record for record in found}
    record = by_name.get(owner) or next((each for each in reversed(found) if each.psd == "y"), None)
    if record is None:
        return Policy("")
    if whose == "names below that do not exist":
        return _now(record, ("np", "sp", "p"))
    return _now(record, ("sp", "p"))


def older_policy(known: Known, domain: str, whose: Whose = "the domain itself") -> Policy:
    """What RFC 7489 makes of it; raises as `published` does."""
    if whose == "the domain itself":
        own = published(known, domain)
        if own.records:  # several: the look-up ends, and there is no DMARC
            return _before(own.only, ("p",)) if own.only else Policy("")
    record = published(known, registered_domain(domain)).only
    return _before(record, ("sp", "p")) if record else Policy("")


def _now(record: DmarcRecord, tags: tuple[str, ...]) -> Policy:
    chosen = _chosen(record, tags)
    if not record.testing or not chosen.level:
        return chosen
    one_less = LEVELS[max(0, LEVELS.index(chosen.level) - 1)]
    return Policy(one_less, record, chosen.tag, "t=y")


def _before(record: DmarcRecord, tags: tuple[str, ...]) -> Policy:
    chosen = _chosen(record, tags)
    if record.pct == 100 or not chosen.level:
        return chosen
    return Policy(chosen.level, record, chosen.tag, f"pct={record.pct}")


def _chosen(record: DmarcRecord, tags: tuple[str, ...]) -> Policy:
    if not record.usable:
        return Policy("", record)
    levels: dict[str, Level | None] = {"p": record.p, "sp": record.sp, "np": record.np}
    for tag in tags:
        if (level := levels[tag]) is not None:
            return Policy(level, record, tag)
    return Policy("none", record, "p")


def _nobodys(name: str) -> bool:
    """Whether nobody registers this name as their own."""
    return "." not in name or is_public_suffix(name)


def is_outside(record: DmarcRecord, address: ReportAddress) -> bool:
    """Whether reports about this record's domain would go to somebody else, who must agree first."""
    return registered_domain(record.domain) != registered_domain(address.host)


def consent_name(record: DmarcRecord, address: ReportAddress) -> str:
    """The name at which somebody else agrees to take the reports (RFC 9990, section 4)."""
    return f"{record.domain}._report._dmarc.{address.host}"


def has_consent(known: Known, record: DmarcRecord, address: ReportAddress) -> bool:
    """Whether they agree; raises as `published` does."""
    return any(map(is_dmarc, texts(known, consent_name(record, address))))


def takes_mail(known: Known, host: str) -> bool:
    """Whether mail can be sent to addresses at this host at all; raises as `published` does."""
    exchangers = told(known, host, "MX")
    if exchangers.outcome == "present":
        return any(record.split()[-1] != "." for record in exchangers.records)
    if exchangers.no_such_name:
        return False
    # Without MX the host itself takes the mail (RFC 5321, section 5.1).
    return any(told(known, host, kind).outcome == "present" for kind in ("A", "AAAA"))


def want(known: Known, domain: str) -> None:
    """Note the questions about this domain's DMARC that follow from what is known so far; none new: all is known."""
    names = (domain, *ancestors(domain), registered_domain(domain))
    known.want(*((f"_dmarc.{name}", "TXT") for name in names))
    governing: dict[str, DmarcRecord] = {}
    for name in dict.fromkeys(names):
        try:
            governing |= {record.domain: record for record in published(known, name).records}
        except (NotKnown, Untold):
            continue
    for record in governing.values():
        if _nobodys(record.domain):
            continue
        for address in record.rua:
            if address.host:
                _want_mail(known, address.host)
                if is_outside(record, address):
                    known.want((consent_name(record, address), "TXT"))


def _want_mail(known: Known, host: str) -> None:
    """Note the questions on which `takes_mail` turns."""
    try:
        takes_mail(known, host)
    except (NotKnown, Untold):
        return
