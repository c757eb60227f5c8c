"""What is looked at, what is left alone, and what becomes of names and addresses that lead nowhere."""

from collections.abc import Callable

import msgspec
import pytest

from launchready.checks.https.certificate import CHECK as CERTIFICATE
from launchready.checks.https.tls import CHECK as TLS
from launchready.evidence import Missing
from launchready.evidence.tls import Chain, Settings, Tls, TlsHost
from launchready.verdict import Cause, Pass, Unknown

Look = Callable[..., tuple[Tls, str]]


def test_addresses_outside_the_scope_are_never_connected_to(look: Look) -> None:
    fact, journal = look("plain-sound", reach="10.0.0.0/8")
    (endpoint,) = fact.hosts[0].endpoints
    assert endpoint.answer == "off-limits"
    assert journal == ""
    for check in (CERTIFICATE, TLS):
        verdict = check.judge(fact)
        assert isinstance(verdict, Unknown)
        assert {doubt.cause for doubt in verdict.doubts} == {Cause.NO_CONSENT}


def test_a_name_that_leads_nowhere_is_unknown() -> None:
    why = Missing(Cause.UNREACHABLE, "no such name", "check it")
    gone = Tls((TlsHost("gone.lab.test", 443, declared=True, endpoints=why),))
    assert isinstance(CERTIFICATE.judge(gone), Unknown)
    assert isinstance(TLS.judge(gone), Unknown)


def test_hosts_in_scope_count_only_where_they_speak_tls(look: Look) -> None:
    fact, _ = look(
        "plain-sound",
        scope=("deaf.lab.test", "gone.lab.test", "twin.lab.test"),
        names={"deaf.lab.test": ("127.0.0.77",), "twin.lab.test": ("127.0.0.1",)},
    )
    assert [host.declared for host in fact.hosts] == [True, False, False, False]
    certificate, settings = CERTIFICATE.judge(fact), TLS.judge(fact)
    assert isinstance(settings, Pass)
    assert {seen.subject.partition(":")[0] for seen in settings.seen} == {
        "plain-sound.lab.test",
        "twin.lab.test",
    }
    (finding,) = certificate.findings
    assert finding.subject.startswith("twin.lab.test:")
    assert "name mismatch" in finding.detail


def test_every_connection_is_in_the_journal(look: Look) -> None:
    fact, journal = look("plain-sound")
    lines = journal.splitlines()
    settings = fact.hosts[0].endpoints[0].settings
    assert isinstance(settings, Settings)
    # One handshake, one look without a name, and one connection for each offer.
    assert len(lines) == 2 + len(settings.answers)
    assert all('"tls://plain-sound.lab.test:' in line for line in lines)


@pytest.mark.parametrize("case", ["sslv3", "tls10-only", "weak-curve"])
def test_certificates_are_seen_even_without_a_usual_session(case: str, look: Look) -> None:
    fact, _ = look(case)
    assert isinstance(fact.hosts[0].endpoints[0].chain, Chain)


def test_weak_suites_are_named_one_by_one(look: Look) -> None:
    fact, _ = look("export")
    settings = fact.hosts[0].endpoints[0].settings
    assert isinstance(settings, Settings)
    weak = {each.suite for each in settings.suites if "EXPORT" in each.suite}
    assert weak == {"TLS_RSA_EXPORT_WITH_RC4_40_MD5", "TLS_RSA_EXPORT_WITH_DES40_CBC_SHA"}


def test_what_is_so_at_every_address_is_said_once(look: Look) -> None:
    fact, _ = look("tls10")
    (host,) = fact.hosts
    (endpoint,) = host.endpoints
    other = msgspec.structs.replace(endpoint, address="127.0.0.9")
    twice = Tls((msgspec.structs.replace(host, endpoints=(endpoint, other)),))
    (finding,) = TLS.judge(twice).findings
    assert finding.detail == "accepts TLS 1.0, TLS 1.1"
