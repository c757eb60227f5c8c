"""The MTA-STS policies of the portal's mail domains."""

from launchready.collect._gaps import gap
from launchready.errors import NameNotFound, TlsFailed, WireError
from launchready.evidence.mail_domains import MailDomains
from launchready.evidence.mta_sts import StsPolicies, StsPolicy
from launchready.mailauth.answers import Recorded, Untold
from launchready.mailauth.sts import read_policy
from launchready.mailauth.transport import STS, records_of
from launchready.site import Site
from launchready.wire import Wire
from launchready.wire.mta_sts import StsHosts


async def sts_policies(wire: Wire, site: Site, mail: MailDomains) -> StsPolicies:
    """Read the policy of each domain whose DNS announces one."""
    domains = [domain.name for domain in mail.domains if _announces(mail, domain.name)]
    if not domains:
        return StsPolicies()
    hosts = StsHosts(wire.gate, site, wire.redact, domains)
    try:
        return StsPolicies(tuple([await _policy(hosts, domain) for domain in domains]))
    finally:
        await hosts.close()


def _announces(mail: MailDomains, domain: str) -> bool:
    try:
        return len(records_of(Recorded(mail.answers), STS, domain)) == 1
    except Untold:
        return False


async def _policy(hosts: StsHosts, domain: str) -> StsPolicy:
    try:
        answer = await hosts.policy(domain)
    except (NameNotFound, TlsFailed) as error:
        return StsPolicy(domain, fault=f"its host serves none: {error}")
    except WireError as error:
        return StsPolicy(domain, why=gap(error))
    status = answer.exchange.status
    if status != 200:
        return StsPolicy(domain, fault=f"its host answers {status} instead of the policy")
    return read_policy(domain, answer.body.decode("utf-8", "replace"))
