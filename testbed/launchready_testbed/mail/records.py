"""What does DNS say about the mail of the bed's domains?"""

from __future__ import annotations

from collections.abc import Iterable

from launchready_testbed.dns import Zone, sound_zone
from launchready_testbed.mail.keys import KeyRing
from launchready_testbed.mail.sending import SOURCE, Signing

DOMAIN = "lab.test"
SELECTOR = "harbour"
SENDER, TAKER = "mail.lab.test", "mx.lab.test"
STRING = 255  # octets of one string in a TXT record


def quoted(text: str) -> str:
    """A TXT record in the format of zone files, in as many strings as it takes."""
    strings = [text[start : start + STRING] for start in range(0, len(text), STRING)] or [""]
    return " ".join('"' + each.replace("\\", "\\\\").replace('"', '\\"') + '"' for each in strings)


def portal_signing(keys: KeyRing) -> Signing:
    """How the portal signs."""
    return Signing(DOMAIN, SELECTOR, keys.key(f"{SELECTOR}.{DOMAIN}"))


def add_sending_domain(zone: Zone, keys: KeyRing) -> None:
    """Lets the portal send as the zone's apex, and its people receive mail."""
    zone.remove(zone.apex, "TXT")
    zone.remove(zone.apex, "MX")
    zone.add(zone.apex, "MX", f"10 {TAKER}.")
    zone.add(zone.apex, "TXT", quoted(f"v=spf1 ip4:{SOURCE} -all"))
    zone.add(SENDER, "A", SOURCE)
    zone.add(TAKER, "A", "203.0.113.26")
    zone.add(f"{SELECTOR}._domainkey.{zone.apex}", "TXT", quoted(portal_signing(keys).key.record))
    zone.add(
        f"_dmarc.{zone.apex}", "TXT", quoted(f"v=DMARC1; p=reject; sp=reject; rua=mailto:dmarc@{zone.apex}")
    )
    zone.add(f"_smtp._tls.{zone.apex}", "TXT", quoted(f"v=TLSRPTv1; rua=mailto:tls@{zone.apex}"))


def park(zones: Iterable[Zone]) -> None:
    """Says of each apex that nobody sends mail from there."""
    for zone in zones:
        zone.add(f"_dmarc.{zone.apex}", "TXT", quoted("v=DMARC1; p=reject; sp=reject"))


def reverse_zone() -> Zone:
    """Who the address that the portal sends from belongs to."""
    network, last = SOURCE.rsplit(".", 1)
    apex = ".".join(reversed(network.split("."))) + ".in-addr.arpa"
    zone = Zone(apex)
    zone.add(apex, "SOA", f"ns1.{DOMAIN}. hostmaster.{DOMAIN}. 2026110101 7200 3600 1209600 60")
    zone.add(apex, "NS", f"ns1.{DOMAIN}.")
    zone.add(f"{last}.{apex}", "PTR", f"{SENDER}.")
    return zone


def registry_zone() -> Zone:
    """What the registry of `test` says of DMARC: nothing. Walks up the tree of names end there."""
    zone = Zone("_dmarc.test")
    zone.add(zone.apex, "SOA", f"ns1.{DOMAIN}. hostmaster.{DOMAIN}. 2026110101 7200 3600 1209600 60")
    return zone


def mailer_zone(apex: str, selector: str, keys: KeyRing) -> tuple[Zone, Signing]:
    """The zone of a service that sends for others, and how it signs in its own name."""
    zone = sound_zone(apex)
    signing = Signing(apex, selector, keys.key(f"{selector}.{apex}"))
    zone.remove(apex, "TXT")
    zone.add(apex, "TXT", quoted(f"v=spf1 ip4:{SOURCE} -all"))
    zone.add(f"{selector}._domainkey.{apex}", "TXT", quoted(signing.key.record))
    return zone, signing
