"""Can the mail of each service that sends for the portal prove that it is the portal's?"""

from collections.abc import Iterator

from launchready.check import Check, Fix, Risk
from launchready.checks.email._dkim_examples import SOUND_KEY
from launchready.checks.email._drill_examples import SOUND
from launchready.checks.email._drill_examples import drill as drilled
from launchready.checks.email._letters import arrived
from launchready.checks.email._zone import TIMEOUT, Records, mail_of
from launchready.evidence import Missing
from launchready.evidence.letters import MailDrill
from launchready.evidence.mail_domains import MailDomains, MailMentions, SendingService
from launchready.mailauth.answers import Recorded, Untold
from launchready.mailauth.known import Known
from launchready.mailauth.mail_services import service_called
from launchready.mailauth.senders import Coverage, coverage, own_servers, server_coverage
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Seen, Unknown, Verdict, weigh

_Part = Seen | Finding | Doubt
_SURE = frozenset(("portal file", "a letter"))
_SAY_WHENCE = 'say in [email] from = ["…"] from which addresses the portal sends'
_SAY_WHO = 'name the services that send the portal\'s mail in [email] senders, such as ["postmark"]'


def judge(mail: MailDomains, mentions: MailMentions | Missing, drill: MailDrill | Missing) -> Verdict:
    """What surely sends must be covered; what only may send is a doubt where it is not."""
    known = Recorded(mail.answers)
    parts: list[_Part] = [gap.doubt() for gap in mail.gaps]
    if isinstance(mentions, MailMentions):
        parts += [gap.doubt("the source") for gap in mentions.gaps]
    if mail.domains:
        parts += _who(mail, drill)
        for service in mail.services:
            parts += _of_service(known, service, mail)
    return weigh(
        (part for part in parts if isinstance(part, Seen)),
        (part for part in parts if isinstance(part, Finding)),
        (part for part in parts if isinstance(part, Doubt)),
    )


def _who(mail: MailDomains, drill: MailDrill | Missing) -> Iterator[_Part]:
    """DNS shows who may send, which need not be what the portal sends with."""
    letters = [letter for _, letter in arrived(drill)] if isinstance(drill, MailDrill) else []
    if any(_SURE & {*service.seen_in} for service in mail.services):
        return
    if letters:
        names = ", ".join(sorted({letter.from_domain for letter in letters}))
        yield Seen(
            "letters", f"{len(letters)} came from {names}, and show no service that signs in its own name"
        )
        return
    nobody = "neither the portal file nor a letter tells which service sends the portal's mail"
    yield Doubt("", Cause.NOT_COLLECTED, nobody, _SAY_WHO)


def _of_service(known: Known, service: SendingService, mail: MailDomains) -> Iterator[_Part]:
    """For the domains that it sends for; where these are not known, for the one that it is best prepared for."""
    names = {domain.name for domain in mail.domains}
    own = [name for name in service.domains if name in names]
    judged: list[_Part] = []
    for domain in own or sorted(names):
        try:
            judged.append(_said(service, domain, _coverage(known, service, domain, mail), mail))
        except Untold as error:
            judged.append(error.why.doubt(_subject(service, domain)))
    if own:
        yield from judged
    else:
        yield min(judged, key=lambda part: (Seen, Doubt, Finding).index(type(part)))


def _coverage(known: Known, service: SendingService, domain: str, mail: MailDomains) -> Coverage:
    called = service_called(service.name)
    if called is not None:
        return coverage(known, domain, called, mail.selectors)
    if own_servers((service.name,)):
        return server_coverage(known, domain, service.name, mail.selectors)
    return Coverage("unclear", f"launchready does not know a service called {service.name}")


def _said(service: SendingService, domain: str, found: Coverage, mail: MailDomains) -> _Part:
    subject = _subject(service, domain)
    if found.state == "covered":
        return Seen(subject, found.says)
    surely = bool(_SURE & {*service.seen_in})
    guessed = all(each.known_from == ("portal",) for each in mail.domains if each.name == domain)
    where = ", ".join(service.seen_in)
    if surely and guessed:
        return Doubt(
            subject, Cause.AMBIGUOUS, f"{found.says}; whether it sends as {domain} is not said", _SAY_WHENCE
        )
    if surely and found.state == "uncovered":
        return Finding(subject, f"{found.says}: its mail fails DMARC")
    if surely:
        settle = (
            "name its DKIM selectors in [email] selectors, or give a [[mailbox]] that shows a letter of it"
        )
        return Doubt(subject, Cause.AMBIGUOUS, found.says, settle)
    if _only_in_dns(service) and any("portal file" in each.seen_in for each in mail.services):
        return Seen(
            subject,
            f"seen in {where}; the portal file does not name it, so it sends none of the portal's mail",
        )
    settle = "set it up to sign as your domain; if it sends nothing for you any more, remove it there"
    return Doubt(subject, Cause.AMBIGUOUS, f"seen in {where}; {found.says}", settle)


def _only_in_dns(service: SendingService) -> bool:
    return all(each.startswith(("SPF of ", "DKIM key ")) for each in service.seen_in)


def _subject(service: SendingService, domain: str) -> str:
    called = service_called(service.name)
    return f"{called.says if called else service.name} for {domain}"


CHECK = Check(
    asks="Can the mail of each service that sends for the portal prove that it is the portal's?",
    risk=Risk.HIGH,
    why=(
        "The commonest fault of all: mail passes every test in the name of the sending service and none in the name of "
        "the portal, so it fails DMARC, and password resets and invitations land in spam or are refused."
    ),
    fix=Fix(
        owner=(
            "In each service that sends for you, open the page on domain authentication (also called sender or domain "
            "verification) and put the DNS records that it shows into your DNS. Close the accounts that send no more."
        ),
        engineer=(
            "Give each service a DKIM key of the From domain; where the service lets you, set up its bounce host below "
            "your domain as well, so that SPF aligns too. An include of the service in SPF is not enough where the "
            "envelope sender is the service's own address. Name all of them in [email] senders."
        ),
        undo="Remove the records of that service from DNS; its mail is again sent in its own name only.",
        verify=(
            "Send yourself a mail through each service and look for dmarc=pass in its source; then run "
            "`launchready audit --check email/senders`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-CONF-10",),
    cwe=(345,),
)


_NONE = (MailMentions(), MailDrill())


def _sent_by(
    name: str, records: Records, *, seen_in: str = "portal file", known_from: str = "declared"
) -> MailDomains:
    """One service that sends for example.com."""
    services = (SendingService(name, (seen_in,)),)
    return mail_of(records, "example.com", services=services, known_from=known_from)


CHECK.example(
    "its key is there", Pass, _sent_by("resend", {"TXT resend._domainkey.example.com": SOUND_KEY}), *_NONE
)
CHECK.example(
    "its key, by CNAME",
    Pass,
    _sent_by(
        "sendgrid", {"TXT s1._domainkey.example.com": ("-> s1.domainkey.u1.wl.sendgrid.net", SOUND_KEY)}
    ),
    *_NONE,
)
CHECK.example(
    "SPF of the domain allows it, and it sends as the domain",
    Pass,
    _sent_by("google-workspace", {"TXT example.com": "v=spf1 include:_spf.google.com -all"}),
    *_NONE,
)
CHECK.example(
    "bounces go to a host below the domain",
    Pass,
    _sent_by("postmark", {"TXT pm-bounces.example.com": ("-> pm.mtasv.net", "v=spf1 a -all")}),
    *_NONE,
)
CHECK.example(
    "a server of one's own",
    Pass,
    _sent_by("192.0.2.7", {"TXT example.com": "v=spf1 ip4:192.0.2.7 -all"}),
    *_NONE,
)
CHECK.example(
    "nothing says that Resend may", Fail, _sent_by("resend", {"TXT example.com": "v=spf1 -all"}), *_NONE
)
CHECK.example(
    "SPF names it, but its envelope sender is its own",
    Fail,
    _sent_by("mandrill", {"TXT example.com": "v=spf1 include:spf.mandrillapp.com -all"}),
    *_NONE,
)
CHECK.example(
    "a server that SPF forbids", Fail, _sent_by("192.0.2.7", {"TXT example.com": "v=spf1 -all"}), *_NONE
)
CHECK.example("its selectors cannot be guessed", Unknown, _sent_by("amazon-ses", {}), *_NONE)
CHECK.example(
    "the code names it, and it may be a leftover",
    Unknown,
    _sent_by("resend", {}, seen_in="package.json"),
    *_NONE,
)
CHECK.example("nobody says as whom it sends", Unknown, _sent_by("resend", {}, known_from="portal"), *_NONE)
CHECK.example(
    "letters came, and no other service shows",
    Pass,
    mail_of({}, "example-shop.com"),
    MailMentions(),
    drilled(SOUND),
)
CHECK.example(
    "SPF allows one, but nobody says that the portal sends with it",
    Unknown,
    mail_of({"TXT example.com": "v=spf1 include:_spf.google.com -all"}, "example.com"),
    *_NONE,
)
CHECK.example("no service is known", Unknown, mail_of({}, "example.com"), *_NONE)
CHECK.example(
    "no answer in time", Unknown, _sent_by("resend", {"TXT resend._domainkey.example.com": TIMEOUT}), *_NONE
)
