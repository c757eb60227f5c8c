"""Every host of the lab is told rightly, over real connections."""

import msgspec
import pytest

from launchready.checks.https.certificate import CHECK as CERTIFICATE
from launchready.checks.https.tls import CHECK as TLS
from launchready.evidence.tls import Tls
from launchready.verdict import Fail, Pass, Unknown, Verdict, word
from launchready_testbed.tlslab import CASES


def said(*verdicts: Verdict) -> str:
    """What the verdicts rest on: findings where there are any, else doubts, else what was seen."""
    for kind, part in ((Fail, "findings"), (Unknown, "doubts"), (Pass, "seen")):
        parts = [each.detail for v in verdicts if isinstance(v, kind) for each in getattr(v, part)]
        if parts:
            return "; ".join(parts)
    raise AssertionError("a verdict says nothing")


@pytest.mark.parametrize("name", CASES)
def test_case_is_told_rightly(name: str, facts: dict[str, Tls]) -> None:
    case, fact = CASES[name], facts[name]
    certificate, settings = CERTIFICATE.judge(fact), TLS.judge(fact)
    assert (word(certificate), word(settings)) == (case.certificate, case.tls), said(certificate, settings)
    for each in case.words:
        assert each in said(certificate, settings)


@pytest.mark.parametrize("name", CASES)
def test_subject_is_the_host(name: str, facts: dict[str, Tls]) -> None:
    for check in (CERTIFICATE, TLS):
        verdict = check.judge(facts[name])
        subjects = {f.subject for f in getattr(verdict, "findings", ())}
        assert subjects <= {f"{host.host}:{host.port}" for host in facts[name].hosts}


@pytest.mark.parametrize("name", CASES)
def test_one_cause_only(name: str, facts: dict[str, Tls]) -> None:
    """A host with one thing wrong about its certificate gets one finding, not a list of consequences."""
    verdict = CERTIFICATE.judge(facts[name])
    if isinstance(verdict, Fail) and name != "issuer-no-ca":  # which is also one issuer too many
        assert len(verdict.findings) == 1
        assert "; " not in verdict.findings[0].detail


@pytest.mark.parametrize("name", CASES)
def test_facts_survive_storing(name: str, facts: dict[str, Tls]) -> None:
    stored = msgspec.json.encode(facts[name])
    assert msgspec.json.decode(stored, type=Tls) == facts[name]


@pytest.mark.parametrize("name", CASES)
def test_case_was_looked_at_by_others(name: str) -> None:
    command, arrow, seen = CASES[name].look.partition("` -> ")
    assert command.startswith("`")
    assert arrow
    assert seen


def test_the_lab_is_large_enough() -> None:
    faults = [case for case in CASES.values() if "fail" in (case.certificate, case.tls)]
    sound = [case for case in CASES.values() if (case.certificate, case.tls) == ("pass", "pass")]
    assert len(faults) >= 45
    assert len(sound) >= 15
