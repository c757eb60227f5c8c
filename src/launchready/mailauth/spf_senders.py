"""Whether the senders that the portal file names may really send: each is tried with its own addresses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address

from launchready.mailauth.known import Known
from launchready.mailauth.mail_services import service_called
from launchready.mailauth.spf import Judgement, check_sender
from launchready.mailauth.spf_survey import Branch, survey


@dataclass(frozen=True, slots=True)
class Trial:
    """What a receiver would make of mail from one address of a sender."""

    sender: str
    address: str
    judgement: Judgement


def want(known: Known, domain: str, senders: Iterable[str]) -> None:
    """Note as open what judging the SPF of a domain needs; raises NotKnown where it met such a question."""
    trials(known, survey(known, domain), senders)


def trials(known: Known, tree: Branch, senders: Iterable[str]) -> tuple[Trial, ...]:
    """Try each sender whose addresses are known: IP addresses, hosts, and services that the record includes.

    A service with an envelope sender of its own is left out: the SPF of the domain does not count for what it sends.

    Args:
        known: answers at hand.
        tree: the domain's record and where it leads.
        senders: as the portal file names them.

    Raises:
        NotKnown: an answer is needed that is not at hand.
    """
    return tuple(
        Trial(sender, address, check_sender(known, address, f"postmaster@{tree.domain}", sender))
        for sender in senders
        for address in _addresses(known, tree, sender)
    )


def _addresses(known: Known, tree: Branch, sender: str) -> Iterator[str]:
    """Of a service, the first address of each IP version in what is included for it."""
    service = service_called(sender)
    if service is not None and service.own_envelope:
        return
    if service is not None:
        for version in (4, 6):
            for branch in tree.walk():
                if branch is not tree and service.is_included(branch.domain):
                    found = next(_first_of_networks(branch, version), None)
                    if found:
                        yield found
                        break
    elif _is_address(sender):
        yield str(ip_address(sender))
    elif "." in sender:
        known.want((sender, "A"), (sender, "AAAA"))
        for kind in ("A", "AAAA"):
            yield from known.look_up(sender, kind).records


def _first_of_networks(included: Branch, version: int) -> Iterator[str]:
    for branch in included.walk():
        for mechanism in branch.record.mechanisms if branch.record else ():
            network = mechanism.network
            if network is not None and network.version == version and mechanism.qualifier == "+":
                yield str(network[0])


def _is_address(sender: str) -> bool:
    try:
        ip_address(sender)
    except ValueError:
        return False
    return True
