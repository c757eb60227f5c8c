"""What can be wrong with the certificates of one address, each thing by a name of its own.

OpenSSL stops at the first thing that it does not like and names no other, so every cause is worked out from
the facts; what OpenSSL refuses and none of them explains is said in OpenSSL's words, so that nothing is let
through.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from launchready.checks.https._names import covers
from launchready.evidence import Missing
from launchready.evidence.tls import Certificate, Chain, Settings, Staple
from launchready.thresholds import thresholds

_LIMITS: dict[str, Any] = thresholds("tls")["certificate"]
MIN_DAYS_LEFT: int = _LIMITS["days_left"]["value"]
SHORT_LIFETIME: int = _LIMITS["short_lifetime"]["value"]
SHORT_LIFETIME_SHARE: float = _LIMITS["short_lifetime_share"]["value"]
LIFETIMES = tuple(
    (datetime.fromisoformat(f"{each['issued_from']}T00:00:00+00:00"), int(each["days"]))
    for each in _LIMITS["lifetime"]["value"]
)
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)

_EXPLAINED = {
    2: "chain", 7: "chain", 9: "begin", 10: "end", 18: "chain", 19: "chain", 20: "chain", 21: "chain", 24:
    "issuer", 25: "depth", 26: "purpose", 32: "issuer", 34: "extension", 62: "name", 64: "name", 79: "issuer",
}  # fmt: skip
"""OpenSSL's verify codes (x509_vfy.h) and the kind of fault that says the same."""
_CONSTRAINTS = (47, 48, 49, 50, 51, 52, 53)
"""OpenSSL's verify codes for name constraints."""


class Fault(NamedTuple):
    """One thing that is wrong. Its kind tells whether it explains what OpenSSL refuses."""

    kind: str
    says: str


def faults(
    chain: Chain, settings: Settings | Missing, host: str, moment: datetime
) -> tuple[list[str], list[Missing]]:
    """What is wrong, and what could not be told."""
    leaf = chain.presented[0]
    issuers = chain.path[1:] if chain.root == "none" else chain.path[1:-1]
    found: list[Fault] = [
        *_dates(leaf, issuers, moment),
        *_trust(chain),
        *_name(leaf, host),
        *_strength(leaf, issuers, chain),
        *_purpose(leaf, issuers),
        *_issuing(chain),
    ]
    unsure: list[Missing] = []
    if chain.root == "public":
        found += _public_rules(leaf)
        _transparency(leaf, settings, found, unsure)
    _revocation(leaf, settings, moment, found, unsure)
    _verifiers(chain, found, unsure)
    return [fault.says for fault in found], unsure


def _time(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)


def _short(name: str) -> str:
    """A distinguished name as people know it: its CN where it has one."""
    common = next((part[3:] for part in name.split(",") if part.upper().startswith("CN=")), "")
    return f"“{(common or name or 'no name')[:80]}”"


def _dates(leaf: Certificate, issuers: tuple[Certificate, ...], moment: datetime) -> Iterator[Fault]:
    begin, end = _time(leaf.not_before), _time(leaf.not_after)
    left, lifetime = end - moment, end - begin
    if left < timedelta():
        yield Fault("end", f"expired on {leaf.not_after[:10]}")
    elif moment < begin:
        yield Fault("begin", f"not valid before {leaf.not_before[:16].replace('T', ' ')} UTC")
    elif lifetime >= SHORT_LIFETIME * _DAY and left < MIN_DAYS_LEFT * _DAY:
        yield Fault(
            "renewal",
            f"expires on {leaf.not_after[:10]}, in {left / _DAY:.0f} days: "
            f"at least {MIN_DAYS_LEFT} must be left",
        )
    elif lifetime < SHORT_LIFETIME * _DAY and left < lifetime * SHORT_LIFETIME_SHARE:
        yield Fault(
            "renewal",
            f"expires at {leaf.not_after[:16].replace('T', ' ')} UTC: "
            f"less than a third of its {lifetime / _DAY:.0f} days is left, so its renewal is late",
        )
    for each in issuers:
        if _time(each.not_after) < moment:
            yield Fault(
                "end", f"the intermediate certificate {_short(each.subject)} expired on {each.not_after[:10]}"
            )
        elif moment < _time(each.not_before):
            yield Fault(
                "begin",
                f"the intermediate certificate {_short(each.subject)} is not valid before "
                f"{each.not_before[:10]}",
            )


def _trust(chain: Chain) -> Iterator[Fault]:
    """Why the path does not end in a known root."""
    last, leaf = chain.path[-1], chain.presented[0]
    if chain.broken_at:
        yield Fault(
            "chain",
            f"the signature of {_short(chain.broken_at)} does not verify under the key of "
            f"{_short(last.issuer)}",
        )
    elif chain.root != "none":
        return
    elif len(chain.path) == 1 and leaf.self_issued:
        yield Fault("chain", "self-signed: no authority vouches for it")
    elif last.self_issued:
        yield Fault(
            "chain",
            f"unknown issuer: the chain ends in {_short(last.subject)}, which is no known root "
            "(name a private CA's root in [tls] extra_ca)",
        )
    elif len(chain.path) == 1:
        idle = len(chain.presented) - 1
        sent = f"none of the {idle} further certificates sent is" if idle else "the server does not send"
        yield Fault(
            "chain",
            f"chain incomplete: {sent} the certificate of {_short(last.issuer)}, which issued it and is "
            "no known root "
            "(name a private CA's root in [tls] extra_ca)",
        )
    else:
        yield Fault(
            "chain",
            f"unknown issuer: the chain ends at {_short(last.subject)}, issued by {_short(last.issuer)}, "
            "which is "
            "neither sent nor a known root (name a private CA's root in [tls] extra_ca)",
        )


def _name(leaf: Certificate, host: str) -> Iterator[Fault]:
    if covers(leaf, host):
        return
    names = (*leaf.dns_names, *leaf.addresses)
    if names:
        shown = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
        yield Fault("name", f"name mismatch: it is for {shown}")
    else:
        only = f", only the common name {leaf.common_name}, which browsers ignore" if leaf.common_name else ""
        yield Fault("name", f"name mismatch: it has no subject alternative name{only}")


def _strength(leaf: Certificate, issuers: tuple[Certificate, ...], chain: Chain) -> Iterator[Fault]:
    rsa_bits, ec_bits = _LIMITS["rsa_bits"]["value"], _LIMITS["ec_bits"]["value"]
    roots = chain.path[-1:] if chain.root != "none" else ()
    for each in dict.fromkeys((leaf, *issuers, *roots)):
        whose = "" if each is leaf else f" of {_short(each.subject)}"
        if (each.key == "RSA" and each.key_bits < rsa_bits) or (each.key == "EC" and each.key_bits < ec_bits):
            least = rsa_bits if each.key == "RSA" else ec_bits
            yield Fault(
                "key", f"weak key{whose}: {each.key} {each.key_bits} bits, at least {least} are needed"
            )
    if leaf.key in _LIMITS["keys_refused"]["value"]:
        yield Fault("key", f"{leaf.key} key, which browsers refuse")
    if leaf.curve in _LIMITS["curves_refused"]["value"]:
        yield Fault("key", f"key on the curve {leaf.curve}, which Chrome and Edge refuse")
    for each in (leaf, *issuers):
        self_signed = each.self_issued and each is chain.path[-1]
        if each.digest in _LIMITS["digests_refused"]["value"] and not self_signed:
            whose = "" if each is leaf else f" of {_short(each.subject)}"
            yield Fault(
                "digest", f"weak digest{whose}: signed with {each.digest.upper().replace('SHA1', 'SHA-1')}"
            )


def _purpose(leaf: Certificate, issuers: tuple[Certificate, ...]) -> Iterator[Fault]:
    server = set(_LIMITS["server_purposes"]["value"])
    for each in (leaf, *issuers):
        if each.extended_key_usage is not None and not server & set(each.extended_key_usage):
            whose = "it" if each is leaf else f"the intermediate certificate {_short(each.subject)}"
            yield Fault("purpose", f"{whose} is not for servers: its extended key usage lacks serverAuth")
    if leaf.key_usage is not None and "digitalSignature" not in leaf.key_usage:
        yield Fault("purpose", "its key usage lacks digitalSignature, which browsers require")
    if leaf.is_ca and not leaf.self_issued:
        yield Fault(
            "purpose",
            "the certificate shown is itself a CA (basicConstraints CA:TRUE), which Firefox refuses "
            "for a server",
        )
    if leaf.unknown_critical:
        yield Fault(
            "extension",
            f"unknown critical extension {', '.join(leaf.unknown_critical)}, so it must be refused",
        )


def _issuing(chain: Chain) -> Iterator[Fault]:
    """Whether each certificate on the path may issue the one before it."""
    below = 0
    for place, each in enumerate(chain.path[1:], start=1):
        trusted = chain.root != "none" and place == len(chain.path) - 1
        if not trusted and not each.is_ca:
            yield Fault("issuer", f"the issuer {_short(each.subject)} is no CA (basicConstraints)")
        elif not trusted and each.key_usage is not None and "keyCertSign" not in each.key_usage:
            yield Fault("issuer", f"the issuer {_short(each.subject)} may not sign certificates (key usage)")
        if each.path_length is not None and below > each.path_length:
            yield Fault(
                "depth",
                f"path length: {_short(each.subject)} allows {each.path_length} intermediate CAs "
                f"below it, the chain has {below}",
            )
        if each.unknown_critical:
            yield Fault(
                "extension",
                f"unknown critical extension {', '.join(each.unknown_critical)} in {_short(each.subject)}",
            )
        below += not each.self_issued


def _public_rules(leaf: Certificate) -> Iterator[Fault]:
    begin = _time(leaf.not_before)
    lifetime = _time(leaf.not_after) - begin + _SECOND  # both ends belong to it (RFC 5280, section 4.1.2.5)
    allowed = [days for issued_from, days in LIFETIMES if issued_from <= begin]
    if allowed and lifetime > allowed[-1] * _DAY:
        yield Fault(
            "lifetime",
            f"lifetime of {lifetime / _DAY:.0f} days: publicly trusted certificates issued on "
            f"{leaf.not_before[:10]} may last {allowed[-1]}",
        )


def _transparency(
    leaf: Certificate, settings: Settings | Missing, found: list[Fault], unsure: list[Missing]
) -> None:
    """Chrome and Safari refuse public certificates that no log has promised to publish."""
    if leaf.timestamps:
        return
    if isinstance(settings, Missing):
        unsure.append(settings)
    elif isinstance(settings.timestamps, Missing):
        unsure.append(settings.timestamps)
    elif not settings.timestamps and not (isinstance(settings.staple, Staple) and settings.staple.timestamps):
        found.append(
            Fault(
                "transparency", "no certificate transparency timestamp (SCT), which Chrome and Safari require"
            )
        )


def _revocation(
    leaf: Certificate,
    settings: Settings | Missing,
    moment: datetime,
    found: list[Fault],
    unsure: list[Missing],
) -> None:
    staple = settings if isinstance(settings, Missing) else settings.staple
    if isinstance(staple, Staple):
        speaks = staple.for_leaf and staple.signed
        if speaks and staple.status == "revoked":
            found.append(Fault("revoked", "revoked, says the stapled OCSP answer"))
        elif leaf.must_staple:
            if not speaks or staple.status != "good":
                found.append(
                    Fault(
                        "staple",
                        f"must staple, but the stapled OCSP answer does not say good ({staple.status})",
                    )
                )
            elif staple.next_update and _time(staple.next_update) < moment:
                found.append(
                    Fault(
                        "staple",
                        f"must staple, but the stapled OCSP answer is stale since {staple.next_update[:10]}",
                    )
                )
    elif leaf.must_staple:
        if staple is None:
            found.append(Fault("staple", "must staple, but no OCSP answer is stapled: Firefox refuses it"))
        else:
            unsure.append(staple)


def _verifiers(chain: Chain, found: list[Fault], unsure: list[Missing]) -> None:
    """Let nothing through that OpenSSL refuses; without OpenSSL the second verifier must agree."""
    kinds = {fault.kind for fault in found}
    if isinstance(chain.openssl, Missing):
        if chain.second.code and not found:
            unsure.append(chain.openssl)
        return
    code = chain.openssl.code
    if code in _CONSTRAINTS:
        found.append(Fault("constraints", f"breaks the name constraints of an issuer ({chain.openssl.text})"))
    elif code and _EXPLAINED.get(code) not in kinds:
        found.append(Fault("openssl", f"refused by OpenSSL: {chain.openssl.text} (code {code})"))
