"""Are the keys with which the portal's mail is signed there and sound, and is the mail really signed with them?"""

from collections.abc import Iterator
from dataclasses import dataclass

from launchready.check import Check, Fix, Risk
from launchready.checks.email._dkim_examples import examples
from launchready.checks.email._letters import arrived, signed
from launchready.evidence import Missing
from launchready.evidence.letters import MailDrill
from launchready.evidence.mail_domains import MailDomains
from launchready.mailauth.answers import Recorded, Untold
from launchready.mailauth.dkim_keys import RECOMMENDED_BITS, DkimKey, dkim_key
from launchready.mailauth.known import Known
from launchready.mailauth.mail_services import Service, service_called
from launchready.mailauth.selectors import places_for
from launchready.verdict import Cause, Doubt, Finding, Seen, Verdict, weigh

_Part = Seen | Finding | Doubt


def judge(mail: MailDomains, drill: MailDrill | Missing) -> Verdict:
    """Keys from DNS; what letters show of signatures, where some were seen."""
    known = Recorded(mail.answers)
    parts: list[_Part] = [gap.doubt() for gap in mail.gaps]
    looked = {domain.name: _look(known, domain.name, mail) for domain in mail.domains}
    there = {
        key.selector
        for each in looked.values()
        for key, whence in each.keys
        if _is_named(whence) and key.there
    }
    for domain, found in looked.items():
        parts += _named(domain, found, there)
        parts += _unnamed(domain, found, _relied_on(mail))
    if isinstance(drill, MailDrill) and any(arrived(drill)):
        parts += signed(drill)
    return weigh(
        (part for part in parts if isinstance(part, Seen)),
        (part for part in parts if isinstance(part, Finding)),
        (part for part in parts if isinstance(part, Doubt)),
    )


@dataclass(frozen=True, slots=True)
class _Looked:
    """The keys that mail from one domain may be signed with, with whence they are known, and what was not told."""

    keys: tuple[tuple[DkimKey, str], ...]
    untold: tuple[tuple[Untold, str], ...]

    @property
    def has_named(self) -> bool:
        """Whether one is there, or may be, that the portal file or a letter names."""
        named = [key for key, whence in self.keys if _is_named(whence) and key.there]
        return bool(named) or any(_is_named(whence) for _, whence in self.untold)


def _look(known: Known, domain: str, mail: MailDomains) -> _Looked:
    keys: list[tuple[DkimKey, str]] = []
    untold: list[tuple[Untold, str]] = []
    for place, selector, whence in places_for(domain, mail.selectors):
        try:
            keys.append((dkim_key(known, place, selector), whence))
        except Untold as error:
            untold.append((error, whence))
    return _Looked(tuple(keys), tuple(untold))


def _is_named(whence: str) -> bool:
    """Whether somebody says that mail is signed with it."""
    return whence in ("declared", "letter")


def _named(domain: str, looked: _Looked, there: set[str]) -> Iterator[_Part]:
    """The keys that are said to be in use; one of several domains may have a selector that the others lack."""
    for error, whence in looked.untold:
        if _is_named(whence):
            yield error.why.doubt(error.answer.name)
    missing: dict[str, DkimKey] = {}
    for key, whence in looked.keys:
        if not _is_named(whence):
            continue
        if key.state == "sound":
            yield Seen(key.name, _praise(key))
        elif key.there:
            yield Finding(key.name, key.fault)
        elif key.selector not in there and (key.selector not in missing or key.domain == domain):
            missing[key.selector] = key
    may_be = {error.answer.name.partition(".")[0] for error, _ in looked.untold}
    yield from (Finding(key.name, key.fault) for key in missing.values() if key.selector not in may_be)


def _unnamed(domain: str, looked: _Looked, services: tuple[Service, ...]) -> Iterator[_Part]:
    """The keys that were found by their usual names."""
    found = [key for key, whence in looked.keys if not _is_named(whence) and key.there]
    yield from (Finding(key.name, key.fault) for key in found if key.state == "weak")
    relied = False
    for service in services:
        its = [key for key in found if _makes(service, key)]
        sound = [key for key in its if key.state == "sound"]
        relied = relied or bool(its)
        # Of several selectors a service uses one at a time; the others may be withdrawn.
        yield from (Seen(key.name, f"{_praise(key)}, of {service.says}") for key in sound)
        yield from (Finding(key.name, f"of {service.says}: {key.fault}") for key in its if not sound)
    if not relied and not looked.has_named:
        yield _unknown_keys(
            domain, [key for key in found if key.state == "sound"], [error for error, _ in looked.untold]
        )


def _relied_on(mail: MailDomains) -> tuple[Service, ...]:
    """The services that surely send for the portal."""
    sure = (each for each in mail.services if {"portal file", "a letter"} & {*each.seen_in})
    return tuple(service for each in sure if (service := service_called(each.name)))


def _makes(service: Service, key: DkimKey) -> bool:
    return service.makes(key.selector) or any(map(service.keeps, key.leads_to))


def _praise(key: DkimKey) -> str:
    if key.kind == "rsa" and key.bits < RECOMMENDED_BITS:
        return f"{key.described}: receivers take it, though {RECOMMENDED_BITS} bits are recommended"
    return key.described


def _unknown_keys(domain: str, sound: list[DkimKey], untold: list[Untold]) -> Doubt:
    """DNS cannot list selectors: what was guessed proves neither that mail is signed nor that it is not."""
    settle = "name the selectors in [email], or give a [[mailbox]] in which a letter of the portal shows its signature"
    if untold and not sound:
        return Doubt(domain, untold[0].why.cause, untold[0].why.detail, untold[0].why.settle_by)
    if sound:
        names = ", ".join(key.selector for key in sound)
        found = f"keys were found at the selectors {names}, but nothing tells that the portal's mail is signed with them"
        return Doubt(domain, Cause.AMBIGUOUS, found, settle)
    nothing = "no key was found at any usual selector, and DNS cannot be asked for all of them"
    return Doubt(domain, Cause.AMBIGUOUS, nothing, settle)


CHECK = Check(
    asks="Are the DKIM keys for the portal's mail there and sound, and are the letters that were seen signed with them?",
    risk=Risk.HIGH,
    why=(
        "A signature is what keeps a mail acceptable when it is forwarded, and what the large mailbox providers ask of "
        "everybody who sends. With a missing or broken key the portal's password resets land in spam; with a short one "
        "anybody can sign in its name."
    ),
    fix=Fix(
        owner=(
            "In each service that sends for you, open the page on domain authentication, copy the DNS records it shows to "
            "your DNS, and press its button to verify them."
        ),
        engineer=(
            "Publish each key at SELECTOR._domainkey of the From domain, as TXT or as the CNAME the service asks for: one "
            "record, RSA of 2048 bits (or Ed25519 beside it), no t=y. Split long keys into strings of at most 255 "
            "characters. Sign with d= the From domain. If a selector was declared that is not used, take it out of "
            "[email]; if the key stands elsewhere, give its whole name there."
        ),
        undo="Publish the old record again; signatures made meanwhile with the new key stop holding.",
        verify=(
            "`dig +short TXT SELECTOR._domainkey.example.com` shows one record with p=; send yourself a mail and look for "
            "dkim=pass in its source; then run `launchready audit --check email/dkim`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-CONF-10",),
    cwe=(345, 326),
)
for _says, _expected, _mail, _drill in examples():
    CHECK.example(_says, _expected, _mail, _drill)
