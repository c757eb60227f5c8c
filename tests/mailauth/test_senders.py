"""Whether what services send can prove whose it is, and which services a program names."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from launchready.checks.email._dkim_examples import SOUND_KEY
from launchready.evidence.letters import Delivery, Letter, MailDrill, Signature
from launchready.mailauth.answers import Untold
from launchready.mailauth.mail_services import mail_services, service_called, usual_selectors
from launchready.mailauth.mentions import may_mention, services_named
from launchready.mailauth.selectors import places_for, selectors_to_try
from launchready.mailauth.senders import coverage, own_servers, server_coverage, spf_tree
from launchready.mailauth.sending_services import canonical, sending_services, services_of_letters

from .conftest import Zone

MakeZone = Callable[[Mapping[str, Any]], Zone]


def places(*declared: str, domain: str = "example.com") -> tuple[tuple[str, str, str], ...]:
    return selectors_to_try([domain], declared, [])


@pytest.mark.parametrize(
    ("name", "table", "declared", "state"),
    [
        ("resend", {"resend._domainkey.example.com": SOUND_KEY}, (), "covered"),
        ("resend", {"resend._domainkey.example.com": "v=DKIM1; p="}, (), "uncovered"),
        ("resend", {"other._domainkey.example.com": SOUND_KEY}, ("other",), "uncovered"),
        ("resend", {"example.com": "v=spf1 include:amazonses.com -all"}, (), "uncovered"),
        ("resend", {"send.example.com": "v=spf1 include:amazonses.com ~all"}, (), "covered"),
        ("amazon-ses", {}, (), "unclear"),
        (
            "amazon-ses",
            {"x1._domainkey.example.com": ("-> x1.dkim.amazonses.com", SOUND_KEY)},
            ("x1",),
            "covered",
        ),
        ("postmark", {"20260101pm._domainkey.example.com": SOUND_KEY}, ("20260101pm",), "covered"),
        ("postmark", {"own._domainkey.example.com": SOUND_KEY}, ("own",), "covered"),
        ("postmark", {"resend._domainkey.example.com": SOUND_KEY}, ("resend",), "unclear"),
        ("postmark", {"example.com": "v=spf1 include:spf.mtasv.net -all"}, (), "unclear"),
        ("google-workspace", {"example.com": "v=spf1 include:_spf.google.com ~all"}, (), "covered"),
        (
            "google-workspace",
            {
                "example.com": "v=spf1 redirect=_spf.example.net",
                "_spf.example.net": "v=spf1 include:_spf.google.com -all",
            },
            (),
            "covered",
        ),
        ("google-workspace", {"google._domainkey.example.com": SOUND_KEY}, (), "covered"),
        ("google-workspace", {"example.com": "v=spf1 -include:_spf.google.com ~all"}, (), "unclear"),
        ("microsoft-365", {"example.com": "v=spf1 -all"}, (), "uncovered"),
        ("microsoft-365", {"example.com": "v=spf1 ip4:192.0.2.0/24 -all"}, (), "unclear"),
        (
            "sendgrid",
            {"s1._domainkey.example.com": ("-> s1.domainkey.u1.wl.sendgrid.net", SOUND_KEY)},
            (),
            "covered",
        ),
        (
            "sendgrid",
            {"em._domainkey.example.com": ("-> em.domainkey.u1.wl.sendgrid.net", SOUND_KEY)},
            ("em",),
            "covered",
        ),
    ],
)
def test_coverage(
    zone: MakeZone, name: str, table: dict[str, Any], declared: tuple[str, ...], state: str
) -> None:
    service = service_called(name)
    assert service
    assert coverage(zone(table), "example.com", service, places(*declared)).state == state


def test_a_key_of_the_registered_domain_serves_names_below_it(zone: MakeZone) -> None:
    service = service_called("resend")
    assert service
    known = zone({"resend._domainkey.example.com": SOUND_KEY})
    tried = places(domain="news.example.com")
    assert coverage(known, "news.example.com", service, tried).state == "covered"
    assert places_for("news.example.com", tried, strict=True) == tuple(
        each for each in tried if each[0] == "news.example.com"
    )


def test_what_nobody_told_might_be_its_key(zone: MakeZone) -> None:
    service = service_called("resend")
    assert service
    with pytest.raises(Untold):
        coverage(zone({"resend._domainkey.example.com": "?"}), "example.com", service, places())


@pytest.mark.parametrize(
    ("server", "table", "declared", "state"),
    [
        ("192.0.2.7", {"example.com": "v=spf1 ip4:192.0.2.7 -all"}, (), "covered"),
        ("192.0.2.8", {"example.com": "v=spf1 ip4:192.0.2.7 -all"}, (), "uncovered"),
        ("192.0.2.8", {"own._domainkey.example.com": SOUND_KEY}, ("own",), "covered"),
        (
            "mail.example.com",
            {"A mail.example.com": "192.0.2.7", "example.com": "v=spf1 a:mail.example.com -all"},
            (),
            "covered",
        ),
        ("mail.example.com", {}, (), "unclear"),
    ],
)
def test_servers_of_ones_own(
    zone: MakeZone, server: str, table: dict[str, Any], declared: tuple[str, ...], state: str
) -> None:
    assert own_servers((server, "postmark")) == (server,)
    assert server_coverage(zone(table), "example.com", server, places(*declared)).state == state


def test_a_tree_of_includes_without_end(zone: MakeZone) -> None:
    table = {
        f"n{number}.example.com": f"v=spf1 include:n{number + 1}.example.com -all" for number in range(100)
    }
    assert 20 < len(spf_tree(zone(table), "n0.example.com").names) < 40
    loop = {
        "example.com": "v=spf1 include:a.example.com -all",
        "a.example.com": "v=spf1 include:example.com -all",
    }
    assert spf_tree(zone(loop), "example.com").names == ("a.example.com",)


def test_services_that_dns_shows(zone: MakeZone) -> None:
    known = zone(
        {
            "example.com": "v=spf1 include:spf.protection.outlook.com include:amazonses.com -all",
            "k2._domainkey.example.com": ("-> dkim2.mcsv.net", SOUND_KEY),
            "resend._domainkey.example.com": SOUND_KEY,
        }
    )
    found = {each.name: each.seen_in for each in sending_services(known, "example.com", places())}
    assert found == {
        "amazon-ses": ("SPF of example.com",),
        "mailchimp": ("DKIM key k2._domainkey.example.com",),
        "microsoft-365": ("SPF of example.com",),
        "resend": ("DKIM key resend._domainkey.example.com",),
    }


def test_services_that_letters_show() -> None:
    letter = Letter(
        "inbox", 1.0, from_domain="example.com", return_path="…@em1.sendgrid.net",
        signatures=(Signature("spf.mtasv.net", "pm", "pass"),),
    )  # fmt: skip
    drill = MailDrill(("one",), (Delivery("invite", "one", "imap", letters=(letter,)),))
    assert {each.name for each in services_of_letters(drill)} == {"postmark", "sendgrid"}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("postmark", "postmark"),
        ("Google Workspace", "google-workspace"),
        ("SES", "amazon-ses"),
        ("Office 365", "microsoft-365"),
        ("customer.io", "customer-io"),
        ("192.0.2.7", "192.0.2.7"),
        ("Acme Mailer", "Acme Mailer"),
    ],
)
def test_names_of_services(written: str, name: str) -> None:
    assert canonical(written) == name


def test_the_list_of_services_is_in_order() -> None:
    names = [name for each in mail_services() for name in (each.name, *each.also)]
    assert len(names) == len(set(names))
    for each in mail_services():
        assert re.fullmatch(r"[a-z0-9-]+", each.name)
        assert each.selectors or each.pattern or each.keys or each.spf
        assert each.selectors or not each.fixed, each.name
        re.compile(each.pattern)
    assert {"google", "selector1", "s1", "default"} <= set(usual_selectors())


@pytest.mark.parametrize(
    ("path", "text", "names"),
    [
        ("package.json", '{"dependencies": {"@sendgrid/mail": "^8.1", "nodemailer": "6"}}', ("sendgrid",)),
        ("web/package.json", '{"dependencies": {"resend": "^4"}}', ("resend",)),
        ("package.json", '{"scripts": {"resend-mails": "node resend.js"}}', ()),
        ("requirements.txt", "django\npostmarker>=1\n", ("postmark",)),
        ("go.mod", "require github.com/mailgun/mailgun-go/v4 v4.1.0", ("mailgun",)),
        ("Gemfile", "gem 'sendgrid-ruby'", ("sendgrid",)),
        ("settings.py", 'EMAIL_HOST = "smtp.sendgrid.net"', ("sendgrid",)),
        ("settings.py", 'KEY = os.environ["RESEND_API_KEY"]', ("resend",)),
        ("settings.py", "RESEND_LIMIT = 3\nRESEND_TOKEN_SECONDS = 60", ()),
        (".env.example", "MAILGUN_API_KEY=\nMAILGUN_DOMAIN=", ("mailgun",)),
        ("mail.rb", 'address: "email-smtp.eu-west-1.amazonaws.com"', ("amazon-ses",)),
        ("app.py", "# the postmark on the letter", ()),
    ],
)
def test_services_that_a_file_names(path: str, text: str, names: tuple[str, ...]) -> None:
    assert may_mention(path)
    assert services_named(path, text) == names


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "docs/mail.py",
        "package-lock.json",
        "tests/test_mail.py",
        "app/mail.test.ts",
        "logo.png",
        "a/vendor/x.php",
        "x.min.js",
    ],
)
def test_files_that_say_nothing_of_what_is_used(path: str) -> None:
    assert not may_mention(path)
