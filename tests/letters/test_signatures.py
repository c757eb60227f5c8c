"""DKIM signatures and ARC seals, with keys that are there, wrong, gone, or not told."""

import dkim
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launchready.mailauth.known import Known
from launchready.mailauth.signatures import arc, signatures

from .signing import UNTOLD, ed25519_key, known_from, message, rsa_key, signed

KEY = "s1._domainkey.lab.test"
RECORD = rsa_key("lab.test")[1]
PUBLIC = RECORD.rpartition("p=")[2]


def results(raw: bytes, records: dict[str, str | tuple[str, ...]]) -> list[str]:
    return [each.result for each in known_from(records, lambda known: signatures(raw, known))]


@pytest.mark.parametrize(
    "canonicalize", [(b"simple", b"simple"), (b"relaxed", b"relaxed"), (b"relaxed", b"simple")]
)
def test_a_sound_signature_passes(canonicalize: tuple[bytes, bytes]) -> None:
    assert results(signed(message(), canonicalize=canonicalize), {KEY: RECORD}) == ["pass"]


def test_an_ed25519_signature_passes_and_fails() -> None:
    private, record = ed25519_key()
    raw = signed(message(), privkey=private, signature_algorithm=b"ed25519-sha256")
    assert results(raw, {KEY: record}) == ["pass"]
    assert results(raw.replace(b"Hello", b"Hullo"), {KEY: record}) == ["fail"]
    assert results(raw.replace(b"Your", b"My"), {KEY: record}) == ["fail"]


@pytest.mark.parametrize(
    ("record", "result", "says"),
    [
        (RECORD.replace("v=DKIM1; ", ""), "pass", ""),
        (f"v=DKIM1; t=y; p={PUBLIC}", "pass", ""),
        (f"v=DKIM1; s=email; h=sha1:sha256; p={PUBLIC}", "pass", ""),
        ("v=DKIM1; k=rsa; p=", "permerror", "revoked"),
        ("v=DKIM1; k=rsa; p=AAAA", "permerror", "cannot be read"),
        ("v=DKIM2; k=rsa; p=AAAA", "permerror", "is no key"),
        ("google-site-verification=abc", "permerror", "is no key"),
        (f"v=DKIM1; h=sha1; p={PUBLIC}", "permerror", "does not allow SHA-256"),
        (f"v=DKIM1; s=tlsrpt; p={PUBLIC}", "permerror", "not for mail"),
        (f"v=DKIM1; k=ed25519; p={PUBLIC}", "permerror", "of another kind"),
        (rsa_key("other")[1], "fail", "another key"),
        ((RECORD, rsa_key("other")[1]), "permerror", "2 keys"),
        ((RECORD, "some other text"), "pass", ""),
        (UNTOLD, "temperror", "no name server answered"),
    ],
    ids=lambda value: value if value in ("pass", "fail", "permerror", "temperror") else "",
)
def test_what_the_key_makes_of_it(record: str | tuple[str, ...], result: str, says: str) -> None:
    raw = signed(message())
    (found,) = known_from({KEY: record}, lambda known: signatures(raw, known))
    assert (found.domain, found.selector, found.result) == ("lab.test", "s1", result)
    assert says in found.detail
    assert bool(found.detail) == (result != "pass")


def test_a_signature_of_the_beginning_only_is_told() -> None:
    raw = signed(message(), length=True)
    (found,) = known_from({KEY: RECORD}, lambda known: signatures(raw + b"Buy now!\r\n", known))
    assert (found.result, found.partial) == ("pass", True)
    (whole,) = known_from({KEY: RECORD}, lambda known: signatures(signed(message()), known))
    assert not whole.partial


def test_a_missing_key_is_said_by_its_name() -> None:
    (found,) = known_from({}, lambda known: signatures(signed(message()), known))
    assert (found.result, found.detail) == ("permerror", f"there is no key at {KEY}")


def test_a_key_for_the_domain_alone_signs_for_no_subdomain() -> None:
    raw = signed(message(), identity=b"x@news.lab.test")
    assert results(raw, {KEY: RECORD}) == ["pass"]
    assert results(raw, {KEY: f"v=DKIM1; t=s; p={PUBLIC}"}) == ["permerror"]


@pytest.mark.parametrize(
    ("change", "result", "says"),
    [
        ((b"Hello", b"Hullo"), "fail", "the text was changed"),
        ((b"Subject: Your", b"Subject: My"), "fail", "changed on the way"),
        ((b"a=rsa-sha256", b"a=rsa-sha1"), "policy", "SHA-1"),
        ((b"a=rsa-sha256", b"a=rsa-sha512"), "permerror", "not known"),
        ((b"v=1;", b"v=2;"), "fail", "not written as it must be"),
        ((b" d=lab.test", b" nothing"), "permerror", "cannot be read"),
        ((b"Subject: Your", b"From: Mallory <m@evil.test>\r\nSubject: Your"), "fail", "changed on the way"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_was_changed(change: tuple[bytes, bytes], result: str, says: str) -> None:
    raw = signed(message())
    assert change[0] in raw
    (found,) = known_from({KEY: RECORD}, lambda known: signatures(raw.replace(*change, 1), known))
    assert found.result == result
    assert says in found.detail


def test_the_from_must_be_signed() -> None:
    raw = signed(message()).replace(b"from : ", b"", 1).replace(b"h=from", b"h=x-from", 1)
    raw = raw.replace(b" from", b" x-from")
    (found,) = known_from({KEY: RECORD}, lambda known: signatures(raw, known))
    assert (found.result, found.detail) == ("permerror", "it does not sign the From")


def test_a_short_key_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing here makes keys that are really too short.
    monkeypatch.setattr("launchready.mailauth.signatures.FEWEST_RSA_BITS", 2048)
    (found,) = known_from({KEY: RECORD}, lambda known: signatures(signed(message()), known))
    assert (found.result, found.detail) == ("policy", f"its key at {KEY} is shorter than 2048 bits")


def test_each_of_several_signatures_is_judged() -> None:
    raw = signed(signed(message()), "mailer.test")
    records = {KEY: RECORD, "s1._domainkey.mailer.test": rsa_key("mailer.test")[1]}
    assert results(raw, records) == ["pass", "pass"]
    assert results(raw, {KEY: RECORD}) == ["permerror", "pass"]


def test_all_keys_are_asked_for_at_once() -> None:
    known = Known()
    known.tried(lambda at: signatures(signed(signed(message()), "mailer.test"), at))
    assert set(known.open) == {(KEY, "TXT"), ("s1._domainkey.mailer.test", "TXT")}


def test_no_signature_is_none() -> None:
    assert results(message(), {}) == []


@given(st.binary(max_size=300))
@settings(max_examples=60)
def test_whatever_stands_there_breaks_nothing(junk: bytes) -> None:
    for raw in (
        junk,
        b"DKIM-Signature: " + junk + b"\r\n" + message(),
        b"ARC-Seal: i=1; " + junk + b"\r\n" + message(),
    ):
        known_from({}, lambda known, raw=raw: (signatures(raw, known), arc(raw, known)))


def sealed(raw: bytes, cv: str = "none") -> bytes:
    """The letter with one more ARC set, by lab.test; there must be an Authentication-Results of this host."""
    results = (
        b"Authentication-Results: mx.lab.test; arc=%s; spf=pass smtp.mailfrom=x@lab.test\r\n" % cv.encode()
    )
    lines = dkim.arc_sign(results + raw, b"s1", b"lab.test", rsa_key("lab.test")[0], b"mx.lab.test")
    return b"".join(lines) + raw


@pytest.fixture(scope="module")
def once() -> bytes:
    pytest.importorskip("authres")
    return sealed(message())


@pytest.fixture(scope="module")
def twice(once: bytes) -> bytes:
    return sealed(once, "pass")


def arc_of(raw: bytes, records: dict[str, str | tuple[str, ...]] | None = None) -> str:
    return known_from({KEY: RECORD} if records is None else records, lambda known: arc(raw, known))


def test_chains_that_hold(once: bytes, twice: bytes) -> None:
    assert arc_of(message()) == "none"
    assert arc_of(once) == "pass"
    assert arc_of(twice) == "pass"
    assert arc_of(b"X-Later: 1\r\n" + once) == "pass"
    assert arc_of(once.replace(b"\r\n", b"\n")) == "pass"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Hello", b"Hullo"),
        (b"Subject: Your", b"Subject: My"),
        (b"cv=none", b"cv=pass"),
        (b"cv=none", b"cv=fail"),
        (b"cv=none", b"cv=maybe"),
        (b"cv=none; ", b""),
        (b"ARC-Seal: ", b"X-Seal: "),
        (b"ARC-Message-Signature: ", b"X-Signature: "),
        (b"ARC-Authentication-Results: ", b"X-Results: "),
        (b"spf=pass", b"spf=fail"),
        (b"ARC-Seal: i=1", b"ARC-Seal: i=2"),
        (b"ARC-Seal: i=1", b"ARC-Seal: i=0"),
        (b"ARC-Seal: i=1", b"ARC-Seal: h=from; i=1"),
        (b"ARC-Seal: ", b"ARC-Seal: i=1; a=rsa-sha256\r\nARC-Seal: "),
    ],
)
def test_chains_that_break(once: bytes, old: bytes, new: bytes) -> None:
    seal = once.partition(b"ARC-Message-Signature")[0]
    # A seal is written in one piece or in several lines; both are the same.
    changed = (
        once.replace(old, new, 1)
        if old not in (b"cv=none", b"cv=none; ")
        else seal.replace(old, new, 1) + once[len(seal) :]
    )
    assert changed != once
    assert arc_of(changed) == "fail"


def test_a_chain_whose_first_seal_is_gone(twice: bytes) -> None:
    assert arc_of(twice.replace(b"ARC-Seal: i=1", b"X-Seal: i=1")) == "fail"


def test_a_chain_whose_numbers_do_not_count(once: bytes) -> None:
    assert arc_of(once.replace(b"i=1;", b"i=0;")) == "fail"


def test_keys_of_seals(once: bytes) -> None:
    assert arc_of(once, {}) == "fail"
    assert arc_of(once, {KEY: rsa_key("other")[1]}) == "fail"
    assert arc_of(once, {KEY: UNTOLD}) == "temperror"
