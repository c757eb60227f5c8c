"""What receivers say, who is believed, and what only looks as if they said it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.evidence.letters import Authentication
from launchready.mailauth.authentication_results import read_field, theirs
from launchready.mailauth.received import hops

BORDER = "from mail.lab.test (mail.lab.test [203.0.113.25]) by {} with ESMTPS id 1; Thu"
AR, RECEIVED = "authentication-results", "received"
GMAIL = (
    "mx.google.com; dkim=pass header.i=@lab.test header.s=s1 header.b=AbC+/1;"
    " spf=pass (google.com: domain of b@lab.test designates 203.0.113.25 as permitted) smtp.mailfrom=b@lab.test;"
    " dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=lab.test"
)
OUTLOOK = (
    "spf=fail (sender IP is 203.0.113.25) smtp.mailfrom=mailer.test; dkim=pass (signature was verified)"
    " header.d=mailer.test;dmarc=fail action=quarantine header.from=lab.test;compauth=fail reason=000"
)
FORGED = "mx.google.com; dkim=pass header.d=lab.test; spf=pass smtp.mailfrom=lab.test; dmarc=pass header.from=lab.test"


def said(provider: str, *fields: tuple[str, str]) -> Authentication | None:
    return theirs(fields, hops(fields), provider)


def test_gmail() -> None:
    found = said("gmail", (RECEIVED, BORDER.format("mx.google.com")), (AR, GMAIL))
    assert found == Authentication(
        "mx.google.com", "pass", "pass", "pass", "untold", "lab.test", ("lab.test",)
    )


def test_outlook_names_nobody() -> None:
    found = said("outlook", (AR, OUTLOOK), (RECEIVED, BORDER.format("db5.mail.protection.outlook.com")))
    assert found is not None
    assert (found.spf, found.dkim, found.dmarc, found.spf_domain) == ("fail", "pass", "fail", "mailer.test")
    assert found.dkim_domains == ("mailer.test",)


def test_icloud_has_one_speaker_for_each_method() -> None:
    fields = (
        (AR, 'bimi.icloud.com; bimi=skipped reason="insufficient dmarc"'),
        (AR, "dmarc.icloud.com; dmarc=pass header.from=lab.test"),
        (AR, "dkim-verifier.icloud.com; dkim=pass (2048-bit key) header.d=lab.test header.i=@lab.test"),
        (AR, "spf.icloud.com; spf=softfail (spf.icloud.com: x) smtp.mailfrom=b@lab.test"),
        (RECEIVED, BORDER.format("p00-icloudmta-smtpin.mail.icloud.com")),
    )
    found = said("apple", *fields)
    assert found is not None
    assert (found.dmarc, found.dkim, found.spf) == ("pass", "pass", "softfail")


def test_a_server_of_ones_own_is_heard_above_and_below_its_received() -> None:
    field = (AR, "mx.inbox.test; spf=pass smtp.mailfrom=lab.test; dkim=none; dmarc=fail header.from=lab.test")
    came = (RECEIVED, BORDER.format("mx.inbox.test"))
    for fields in ((field, came), (came, field)):
        found = said("imap", *fields)
        assert found is not None
        assert (found.by, found.dmarc, found.dkim) == ("mx.inbox.test", "fail", "none")


@pytest.mark.parametrize(
    ("provider", "fields"),
    [
        (
            "gmail",
            [
                (RECEIVED, BORDER.format("mx.google.com")),
                (AR, FORGED.replace("mx.google.com", "mx.google.com.evil.test")),
            ],
        ),
        ("outlook", [(RECEIVED, BORDER.format("db5.mail.protection.outlook.com")), (AR, FORGED)]),
        ("imap", [(RECEIVED, BORDER.format("mx.inbox.test")), (AR, FORGED)]),
        ("imap", [(RECEIVED, BORDER.format("mx.inbox.test")), (AR, FORGED.replace("mx.google.com; ", ""))]),
        ("imap", [(AR, FORGED)]),
        ("gmail", [(RECEIVED, BORDER.format("mx.google.com")), (AR, "mx.google.com; none")]),
        ("gmail", [(RECEIVED, BORDER.format("mx.google.com")), ("x-" + AR, FORGED)]),
    ],
    ids=[
        "alike",
        "named where nobody is",
        "of another",
        "nameless",
        "no way to go by",
        "none",
        "another field",
    ],
)
def test_who_is_not_believed(provider: str, fields: list[tuple[str, str]]) -> None:
    assert said(provider, *fields) is None


def test_of_one_speaker_the_topmost_field_counts() -> None:
    real = (AR, "mx.google.com; spf=fail smtp.mailfrom=evil.test; dkim=none; dmarc=fail header.from=lab.test")
    found = said("gmail", (RECEIVED, BORDER.format("mx.google.com")), real, (AR, FORGED))
    assert found is not None
    assert (found.spf, found.dkim, found.dmarc) == ("fail", "none", "fail")


@pytest.mark.parametrize(
    ("value", "results"),
    [
        ("a.test; spf=pass (comment; dmarc=fail (nested)) smtp.mailfrom=x", [("spf", "pass")]),
        ('a.test; spf=fail reason="dmarc=pass; dkim=pass"', [("spf", "fail")]),
        ("a.test; spf=fail reason=dmarc=pass", [("spf", "fail")]),
        ("a.test 1; dkim/1 = pass header.d=x; SPF=Pass", [("dkim", "pass"), ("spf", "pass")]),
        ("a.test (dmarc=pass); none", []),
        ("a.test; dmarc=bestguesspass", [("dmarc", "none")]),
        ("a.test; spf=hardfail; dkim=invented", [("spf", "fail")]),
        ('"a.test"; spf=pass smtp.mailfrom="a;b"@x.test', [("spf", "pass")]),
        ("a.test; spf=pass (unclosed", [("spf", "pass")]),
    ],
)
def test_as_it_is_written(value: str, results: list[tuple[str, str]]) -> None:
    field = read_field(value)
    assert field.authserv_id == "a.test"
    assert [(each.method, each.result) for each in field.results] == results


@given(st.text(alphabet='a.;=()"\\ \tdkimsp1/', max_size=60))
def test_anything_can_be_read(text: str) -> None:
    read_field(text)


@given(st.text(alphabet='abc;=()." ', max_size=30))
def test_no_comment_says_anything(words: str) -> None:
    comment = "".join(each for each in words if each not in "()\\")
    assert (
        read_field(f"a.test; spf=fail (dmarc=pass {comment})").results
        == read_field("a.test; spf=fail").results
    )
