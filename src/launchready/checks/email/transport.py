"""Can mail reach the portal's domain, and is what is set up around it in order?"""

import re
from collections.abc import Iterator

from launchready.check import Check, Fix, Risk
from launchready.checks.email._zone import TIMEOUT, Records, mail_of
from launchready.evidence import Missing
from launchready.evidence.mail_domains import MailDomains, SendingService
from launchready.evidence.mta_sts import StsPolicies, StsPolicy
from launchready.mailauth.answers import Recorded, Untold, told
from launchready.mailauth.dmarc_record import report_address
from launchready.mailauth.known import Known
from launchready.mailauth.senders import own_servers
from launchready.mailauth.sts import allows
from launchready.mailauth.tag_list import read_tags, shown
from launchready.mailauth.transport import (
    LOGO,
    STS,
    TLS_REPORTS,
    addresses_of,
    exchangers,
    has_address,
    is_address,
    named_back,
    records_of,
)
from launchready.verdict import Doubt, Fail, Finding, Pass, Seen, Unknown, Verdict, weigh

_Part = Seen | Finding | Doubt
_ADVICE = {
    STS: "MTA-STS is not used; it keeps mail to the domain encrypted on its way",
    TLS_REPORTS: "TLS reports are not asked for; they tell when encrypted delivery fails",
    LOGO: "BIMI is not used; it shows a logo beside the mail at some providers",
}


def judge(mail: MailDomains, policies: StsPolicies | Missing) -> Verdict:
    """What is not used is advice; what is there and loses or delays mail is wrong."""
    known = Recorded(mail.answers)
    parts: list[_Part] = [gap.doubt() for gap in mail.gaps]
    for domain in mail.domains:
        surely_sends = domain.known_from != ("portal",)
        parts += _told(_exchangers(known, domain.name, surely_sends=surely_sends), domain.name)
        parts += _told(_extras(known, domain.name), domain.name)
    parts += _policies(known, mail, policies)
    for server in own_servers(each.name for each in mail.services if "portal file" in each.seen_in):
        parts += _told(_named(known, server), server)
    return weigh(
        (part for part in parts if isinstance(part, Seen)),
        (part for part in parts if isinstance(part, Finding)),
        (part for part in parts if isinstance(part, Doubt)),
    )


def _told(parts: Iterator[_Part], subject: str) -> Iterator[_Part]:
    """The parts, ended by a doubt where name servers could not tell one."""
    try:
        yield from parts
    except Untold as error:
        yield error.why.doubt(subject)


def _exchangers(known: Known, domain: str, *, surely_sends: bool) -> Iterator[_Part]:
    """Where mail to the domain goes: answers of people, and what could not be delivered."""
    found = exchangers(known, domain)
    hosts = [host for _, host in found]
    if not hosts:
        if has_address(known, domain):
            yield Seen(domain, "it has no MX, so mail to it goes to the host of that name")
        else:
            yield Seen(
                domain, "nothing takes mail there, neither an MX nor a host: who answers gets an error"
            )
        return
    if "" in hosts and len(hosts) > 1:
        yield Finding(domain, "the MX that says it takes no mail (a lone dot) stands beside others")
    elif hosts == [""]:
        if surely_sends:
            lost = "it sends mail and says that it takes none (MX with a lone dot): answers are lost, receivers may refuse"
            yield Finding(domain, lost)
        else:
            yield Seen(domain, "it says that it takes no mail")
        return
    for host in filter(None, hosts):
        yield from _told(_exchanger(known, domain, host), f"{host}, MX of {domain}")


def _exchanger(known: Known, domain: str, host: str) -> Iterator[_Part]:
    subject = f"{host}, MX of {domain}"
    if is_address(host):
        yield Finding(subject, "an MX must name a host, and this is an IP address: most senders fail")
        return
    there = has_address(known, host)
    aliases = [each for kind in ("A", "AAAA") for each in known.look_up(host, kind).aliases]
    if not there:
        yield Finding(subject, "the host has no address, so mail is delayed or lost there")
    elif aliases:
        yield Finding(
            subject, f"the host is an alias of {aliases[-1]}, which an MX must not be: some senders refuse"
        )
    else:
        yield Seen(subject, "the host has an address")


def _extras(known: Known, domain: str) -> Iterator[_Part]:
    reports = records_of(known, TLS_REPORTS, domain)
    if len(reports) > 1:
        yield Finding(f"{TLS_REPORTS}.{domain}", f"there are {len(reports)} records, so nobody sends reports")
    elif reports:
        yield _tls_reports(domain, reports[0])
    else:
        yield Seen(domain, _ADVICE[TLS_REPORTS])
    if not records_of(known, STS, domain):
        yield Seen(domain, _ADVICE[STS])
    if not records_of(known, LOGO, domain):
        yield Seen(domain, _ADVICE[LOGO])
    signed = told(known, domain, "MX").secure
    yield Seen(
        domain,
        "its answers are signed (DNSSEC)"
        if signed
        else "no DNSSEC was seen; it keeps its records from being forged",
    )


def _tls_reports(domain: str, record: str) -> _Part:
    subject = f"{TLS_REPORTS}.{domain}"
    rua = read_tags(record).tags.get("rua", "")
    wrong = [each for each in map(str.strip, rua.split(",")) if not _takes_reports(each)]
    if not wrong:
        return Seen(subject, "TLS reports are asked for")
    if not rua:
        return Finding(subject, "it does not say where reports go (rua)")
    return Finding(subject, f"reports cannot be sent to {', '.join(map(shown, wrong))}")


def _takes_reports(uri: str) -> bool:
    return bool(re.match(r"https://[^/\s]+", uri)) or not report_address(uri).fault


def _policies(known: Known, mail: MailDomains, policies: StsPolicies | Missing) -> Iterator[_Part]:
    announced = {}
    for domain in mail.domains:
        try:
            announced[domain.name] = len(records_of(known, STS, domain.name))
        except Untold:
            continue  # told of above
    for name, records in announced.items():
        subject = f"MTA-STS of {name}"
        if records > 1:
            yield Seen(subject, f"there are {records} records, so it is not in force")
        elif records == 1 and isinstance(policies, Missing):
            yield policies.doubt(subject)
        elif records == 1 and isinstance(policies, StsPolicies):
            for policy in policies.policies:
                if policy.domain == name:
                    yield from _told(_policy(known, policy), subject)


def _policy(known: Known, policy: StsPolicy) -> Iterator[_Part]:
    subject = f"MTA-STS of {policy.domain}"
    if policy.why is not None:
        yield policy.why.doubt(subject)
    elif policy.fault:
        yield Seen(subject, f"it is announced and not in force: {policy.fault}")
    elif policy.mode != "enforce":
        yield Seen(subject, f"it is in the mode {policy.mode}")
    else:
        hosts = [host for _, host in exchangers(known, policy.domain) if host]
        left_out = [host for host in hosts if not allows(policy, host)]
        if left_out:
            lost = f"its policy is enforced and leaves out {', '.join(left_out)}, to which senders then do not deliver"
            yield Finding(subject, lost)
        else:
            yield Seen(subject, "it is enforced for every MX")


def _named(known: Known, server: str) -> Iterator[_Part]:
    """Large providers refuse mail from addresses without a name that leads back."""
    for address in addresses_of(known, server):
        name = named_back(known, address)
        if name:
            yield Seen(server, f"{address} is called {name}, and that name leads back to it")
        else:
            yield Finding(
                server, f"{address} has no name in reverse DNS that leads back to it, which providers ask for"
            )


CHECK = Check(
    asks="Can mail reach the domain that the portal sends from, and is what is set up around it in order?",
    risk=Risk.LOW,
    why=(
        "People answer the portal's mails, and bounces tell which addresses are dead; where nothing takes them they are "
        "lost, and some receivers refuse mail from a domain that takes none. A policy that names the wrong server stops "
        "mail without a word."
    ),
    fix=Fix(
        owner="Ask whoever keeps your DNS to set the MX records that your mailbox provider names, and no others.",
        engineer=(
            "Each MX names a host with A or AAAA records, no IP address and no CNAME. The null MX (0 .) stands alone, on "
            "domains that neither send nor take mail. In MTA-STS, list every MX in the policy before mode: enforce. In "
            "TLS-RPT, write rua=mailto: or https:. Let the hoster set the reverse name of each sending address."
        ),
        undo="Put the previous records back; they count when the TTL has passed.",
        verify="`dig +short MX example.com`, then run `launchready audit --check email/transport`.",
    ),
    judge=judge,
    wstg=("WSTG-CONF-10",),
    cwe=(1188,),
)

_NO_POLICIES = StsPolicies()
_MX = {"MX example.com": "10 mx.example.com", "A mx.example.com": "192.0.2.1"}


def _of(records: Records, *servers: str) -> MailDomains:
    """The domain example.com with these records, and servers that it sends from."""
    return mail_of(
        records, "example.com", services=[SendingService(each, ("portal file",)) for each in servers]
    )


_STS = {**_MX, "TXT _mta-sts.example.com": "v=STSv1; id=1"}
CHECK.example("an MX with an address", Pass, _of(_MX), _NO_POLICIES)
CHECK.example("no MX, and the host takes the mail", Pass, _of({"A example.com": "192.0.2.1"}), _NO_POLICIES)
CHECK.example(
    "an enforced policy that lists the MX",
    Pass,
    _of(_STS),
    StsPolicies((StsPolicy("example.com", "enforce", ("*.example.com",)),)),
)
CHECK.example(
    "a named server",
    Pass,
    _of({**_MX, "PTR 7.2.0.192.in-addr.arpa": "m.example.com.", "A m.example.com": "192.0.2.7"}, "192.0.2.7"),
    _NO_POLICIES,
)
CHECK.example("a name that only signs: answers go elsewhere", Pass, _of({}), _NO_POLICIES)
CHECK.example("an MX that is not there", Fail, _of({"MX example.com": "10 gone.example.com"}), _NO_POLICIES)
CHECK.example("an MX that is an address", Fail, _of({"MX example.com": "10 192.0.2.1"}), _NO_POLICIES)
CHECK.example(
    "an enforced policy that leaves the MX out",
    Fail,
    _of(_STS),
    StsPolicies((StsPolicy("example.com", "enforce", ("mail.example.net",)),)),
)
CHECK.example(
    "TLS reports to nowhere",
    Fail,
    _of({**_MX, "TXT _smtp._tls.example.com": "v=TLSRPTv1; rua=tls@example.com"}),
    _NO_POLICIES,
)
CHECK.example("it says that it takes no mail", Fail, _of({"MX example.com": "0 ."}), _NO_POLICIES)
CHECK.example("a server without a name", Fail, _of(_MX, "192.0.2.7"), _NO_POLICIES)
CHECK.example("no answer in time", Unknown, _of({"MX example.com": TIMEOUT}), _NO_POLICIES)
