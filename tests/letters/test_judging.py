"""What is made of letters: the outcomes that the checks' own examples do not show."""

import pytest
from msgspec.structs import replace

from launchready.checks.email import consistency, delivery
from launchready.checks.email._drill_examples import OURS, PASSES, RESET, SOUND, drill
from launchready.checks.email._letters import signed
from launchready.evidence.letters import Authentication, Letter, LetterLink, MailDrill, Result, Signature
from launchready.verdict import Doubt, Fail, Finding, Pass, Seen, Unknown, word


def verdict(**changes: object) -> str:
    return word(delivery.judge(drill(replace(SOUND, **changes))))


def told(dmarc: Result, **others: object) -> Authentication:
    return replace(PASSES, dmarc=dmarc, **others)


@pytest.mark.parametrize(
    ("theirs", "ours", "result"),
    [
        (told("pass"), replace(OURS, dmarc="fail"), "pass"),
        (told("pass", forgeable=True), replace(OURS, dmarc="fail"), "unknown"),
        (told("fail", forgeable=True), OURS, "unknown"),
        (told("fail", forgeable=True), replace(OURS, dmarc="fail"), "fail"),
        (told("fail"), OURS, "fail"),
        (told("untold"), OURS, "pass"),
        (told("temperror"), replace(OURS, dmarc="untold", spf="untold"), "unknown"),
        (None, replace(OURS, dmarc="temperror"), "unknown"),
        (None, None, "unknown"),
        (told("none"), OURS, "pass"),
        (
            told("none", spf="fail", dkim_domains=()),
            replace(OURS, dmarc="none", spf="untold", dkim_domains=()),
            "unknown",
        ),
        (
            told("permerror", spf="fail", dkim_domains=("other.test",)),
            replace(OURS, spf="fail", dkim_domains=()),
            "fail",
        ),
    ],
)
def test_whose_word_counts(theirs: Authentication | None, ours: Authentication | None, result: str) -> None:
    assert verdict(theirs=theirs, ours=ours) == result


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({"from_name": "help@mail.example-shop.com"}, "pass"),
        ({"from_name": ""}, "pass"),
        ({"from_name": "=?utf-8?b?SMOkZmVu?="}, "fail"),
        ({"from_domain": ""}, "fail"),
        ({"reply_to": "?"}, "fail"),
        ({"reply_to": "desk@zendesk.example.net.uk"}, "pass"),
        ({"reply_to": "a@example-shop.com, b@printer.lan"}, "fail"),
        ({"return_path": ""}, "pass"),
        ({"return_path": "…@localhost"}, "fail"),
        ({"date_skew": None}, "fail"),
        ({"date_skew": 7_200.0}, "pass"),
        ({"plain_text": False, "html": False}, "fail"),
        ({"plain_text": False, "html": True}, "pass"),
        ({"to_is_ours": False}, "pass"),
        ({"list_unsubscribe": "malformed"}, "fail"),
        ({"seconds": 400.0}, "fail"),
        ({"folder": "promotions"}, "fail"),
    ],
    ids=str,
)
def test_how_it_is_made(changes: dict[str, object], result: str) -> None:
    assert verdict(**changes) == result


@pytest.mark.parametrize(
    ("link", "result"),
    [
        (replace(RESET, status=500), "fail"),
        (replace(RESET, status=503), "unknown"),
        (replace(RESET, status=403), "unknown"),
        (replace(RESET, status=404, made_up=True), "pass"),
        (replace(RESET, status=500, made_up=True), "unknown"),
        (LetterLink("https://www.example-shop.com/help", "other", status=404), "fail"),
        (LetterLink("http://www.example-shop.com/", "other", status=200), "fail"),
        (LetterLink("http://social.example.co.uk/us", "other", third_party=True), "pass"),
        (LetterLink("http://localhost:3000/reset", "other", third_party=True), "fail"),
        (LetterLink("https://10.0.0.7/reset", "other", third_party=True), "fail"),
        (LetterLink("{{ action_url }}", "other"), "fail"),
        (LetterLink("https://portal.example-shop.com/off", "unsubscribe"), "pass"),
        (LetterLink("https://pixel.example.net/o", "image", third_party=True, carries_secret=True), "fail"),
    ],
)
def test_where_it_leads(link: LetterLink, result: str) -> None:
    assert verdict(links=(RESET, link)) == result


def test_a_finding_is_named_alike_in_every_run() -> None:
    def subjects(token: str, number: int) -> set[str]:
        links = (
            replace(RESET, url=f"https://portal.example-shop.com/reset/{token}", status=404),
            LetterLink(f"https://portal.example-shop.com/tickets/{number}?from=mail", "other", status=404),
        )
        found = delivery.judge(drill(replace(SOUND, seconds=number % 60, links=links)))
        assert isinstance(found, Fail)
        return {each.subject for each in found.findings}

    assert subjects("~1f2e3d4c5b6a", 7) == subjects("~6a5b4c3d2e1f", 12_345)


def kinds(letter: Letter) -> list[type]:
    return [type(each) for each in signed(drill(letter))]


def test_signed_in_whose_name() -> None:
    other = Signature("mailer.test", "s1", "pass")
    own = SOUND.signatures[0]
    silent = {"theirs": None}
    assert kinds(SOUND) == [Seen]
    assert kinds(replace(SOUND, signatures=(other, own), **silent)) == [Seen]
    assert kinds(replace(SOUND, signatures=(other,), **silent)) == [Finding]
    assert kinds(replace(SOUND, signatures=(), **silent)) == [Finding]
    assert kinds(replace(SOUND, signatures=(replace(own, result="fail"),))) == [Seen], (
        "changed after it was checked"
    )
    assert kinds(replace(SOUND, signatures=(replace(own, result="fail"),), **silent)) == [Finding]
    forgeable = {"theirs": replace(PASSES, forgeable=True)}
    assert kinds(replace(SOUND, signatures=(replace(own, result="fail"),), **forgeable)) == [Doubt]
    assert kinds(replace(SOUND, signatures=(other,), **forgeable)) == [Finding]
    assert kinds(replace(SOUND, **forgeable)) == [Seen]
    assert kinds(replace(SOUND, signatures=(replace(own, partial=True),))) == [Finding]
    assert kinds(replace(SOUND, signatures=(replace(own, partial=True), own))) == [Seen]
    assert kinds(replace(SOUND, signatures=(replace(own, result="temperror"), other), **silent)) == [Doubt]


def test_two_servers_of_ones_own_are_two_providers() -> None:
    both = drill(imap_a=SOUND, imap_b=SOUND)
    assert isinstance(consistency.judge(both), Pass)


def test_results_that_nobody_says_do_not_differ() -> None:
    quiet = replace(SOUND, theirs=replace(PASSES, spf="softfail", dkim="untold", dmarc="none"), ours=None)
    assert isinstance(consistency.judge(drill(gmail_a=SOUND, outlook_b=quiet)), Pass)


def test_nothing_looked_at_is_unknown() -> None:
    for check in (delivery, consistency):
        assert isinstance(check.judge(MailDrill(("gmail-test",))), Unknown)
