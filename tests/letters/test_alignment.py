"""Who vouches, and for whom."""

import pytest

from launchready.evidence.letters import Result, Signature
from launchready.mailauth.alignment import aligned, dmarc_result

from .signing import UNTOLD, known_from

RELAXED, STRICT = "v=DMARC1; p=reject", "v=DMARC1; p=reject; adkim=s; aspf=s"


@pytest.mark.parametrize(
    ("voucher", "author", "records", "how"),
    [
        ("lab.test", "lab.test", {}, "strict"),
        ("bounces.lab.test", "lab.test", {"_dmarc.lab.test": RELAXED}, "relaxed"),
        ("lab.test", "news.lab.test", {"_dmarc.lab.test": RELAXED}, "relaxed"),
        ("a.lab.test", "b.lab.test", {"_dmarc.lab.test": RELAXED}, "relaxed"),
        ("a.lab.test", "b.lab.test", {}, "relaxed"),
        ("mailer.test", "lab.test", {"_dmarc.lab.test": RELAXED}, ""),
        ("lab.test.mailer.test", "lab.test", {"_dmarc.lab.test": RELAXED}, ""),
        ("evillab.test", "lab.test", {"_dmarc.lab.test": RELAXED}, ""),
        ("a.co.uk", "b.co.uk", {"_dmarc.b.co.uk": RELAXED}, ""),
        ("b.example.co.uk", "a.example.co.uk", {"_dmarc.example.co.uk": RELAXED}, "relaxed"),
        (
            "lab.test",
            "unit.lab.test",
            {"_dmarc.unit.lab.test": "v=DMARC1; p=reject; psd=n", "_dmarc.lab.test": RELAXED},
            "",
        ),
        ("", "lab.test", {}, ""),
    ],
)
def test_how_they_stand(voucher: str, author: str, records: dict[str, str], how: str) -> None:
    assert known_from(dict(records), lambda known: (aligned(known, voucher, author),)) == (how,)


@pytest.mark.parametrize(
    ("record", "spf", "signatures", "result"),
    [
        (RELAXED, ("pass", "lab.test"), [], "pass"),
        (RELAXED, ("pass", "bounces.lab.test"), [], "pass"),
        (STRICT, ("pass", "bounces.lab.test"), [], "fail"),
        (STRICT, ("fail", "lab.test"), [("lab.test", "pass", "strict")], "pass"),
        (STRICT, ("fail", "lab.test"), [("mail.lab.test", "pass", "relaxed")], "fail"),
        (RELAXED, ("fail", "lab.test"), [("mail.lab.test", "pass", "relaxed")], "pass"),
        (RELAXED, ("pass", "mailer.test"), [("mailer.test", "pass", "")], "fail"),
        (RELAXED, ("softfail", "lab.test"), [("lab.test", "fail", "strict")], "fail"),
        (RELAXED, ("temperror", "lab.test"), [], "temperror"),
        (RELAXED, ("temperror", "mailer.test"), [], "fail"),
        (RELAXED, ("fail", "lab.test"), [("lab.test", "temperror", "strict")], "temperror"),
        (RELAXED, ("untold", "lab.test"), [("mailer.test", "pass", "")], "untold"),
        (RELAXED, ("temperror", "lab.test"), [("lab.test", "pass", "strict")], "pass"),
        (None, ("pass", "lab.test"), [], "none"),
        (UNTOLD, ("pass", "lab.test"), [], "temperror"),
    ],
    ids=str,
)
def test_what_dmarc_makes_of_it(
    record: str | None, spf: tuple[Result, str], signatures: list[tuple[str, Result, str]], result: str
) -> None:
    records = {"_dmarc.lab.test": record} if record else {}
    signed = [Signature(domain, "s1", found, how) for domain, found, how in signatures]
    assert known_from(dict(records), lambda known: dmarc_result(known, "lab.test", spf, signed)) == result
