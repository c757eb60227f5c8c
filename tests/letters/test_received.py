"""Which Received field took the letter from outside."""

import pytest

from launchready.mailauth.received import Hop, border, hops

GMAIL = (
    "by 2002:a05:6a10:1234:b0:5f with SMTP id x7csp123; Thu, 26 Nov 2026 12:00:02 -0800 (PST)",
    "from mail.lab.test (mail.lab.test. [203.0.113.25]) by mx.google.com with ESMTPS id a1 for <n@gmail.com>; Thu",
    "from web-1 (ip-10-0-0-7.internal [10.0.0.7]) by mail.lab.test (Postfix) with ESMTP id 3; Thu",
)
OUTLOOK = (
    "from AM0PR01.eurprd01.prod.outlook.com (2603:10a6:208:1::7) by DB9PR01.eurprd01.prod.outlook.com with HTTPS; Thu",
    (
        "from DB5EUR01.eop-eur01.prod.protection.outlook.com (2603:10a6:10:2::5) by AM0PR01.outlook.office365.com"
        " (2603:10a6:208:1::9) with Microsoft SMTP Server; Thu"
    ),
    "from mail.lab.test (203.0.113.25) by DB5EUR01FT011.mail.protection.outlook.com (10.152.0.5) with Microsoft SMTP; Thu",
    "from internal (10.1.1.1) by mail.lab.test with ESMTP; Thu",
)
POSTFIX = (
    "from mail.inbox.test by mail.inbox.test with LMTP id 9Q; Thu",
    "from localhost (localhost [127.0.0.1]) by mail.inbox.test (Postfix) with ESMTP id 2; Thu",
    "from mail.lab.test (unknown [203.0.113.25]) by mail.inbox.test (Postfix) with ESMTPS id 1 for <n@inbox.test>; Thu",
    "from evil (evil [198.51.100.9]) by mail.inbox.test with ESMTP; Thu",
)


def found(lines: tuple[str, ...], *known: str) -> Hop | None:
    return border(hops([("subject", "x"), *(("received", line) for line in lines)]), known)


DOVECOT = (
    "from mx.inbox.test ([198.51.100.3]) by vm with LMTP id 9Q (envelope-from <b@lab.test>) for <n@inbox.test>; Thu",
    "from mail.lab.test (mail.lab.test [203.0.113.25]) by mx.inbox.test (Postfix) with ESMTP id 1; Thu",
)
FASTMAIL = (
    "from mx1 ([10.202.2.200]) by compute1.internal (LMTPProxy); Thu",
    "from mail.lab.test (mail.lab.test [203.0.113.25]) by mx1.messagingengine.com (Postfix) with ESMTPS id 2; Thu",
)


@pytest.mark.parametrize(
    ("lines", "known", "place", "by"),
    [
        (GMAIL, ("mx.google.com",), 2, "mx.google.com"),
        (GMAIL, (), 2, "mx.google.com"),
        (OUTLOOK, (".mail.protection.outlook.com",), 3, "db5eur01ft011.mail.protection.outlook.com"),
        (POSTFIX, (), 3, "mail.inbox.test"),
        (DOVECOT, (), 2, "mx.inbox.test"),
        (FASTMAIL, (), 2, "mx1.messagingengine.com"),
    ],
    ids=[
        "gmail",
        "gmail as any other",
        "outlook",
        "postfix with a filter, and one that was forged below",
        "dovecot",
        "fastmail",
    ],
)
def test_where_it_came_in(lines: tuple[str, ...], known: tuple[str, ...], place: int, by: str) -> None:
    assert found(lines, *known) == Hop(place, "mail.lab.test", "203.0.113.25", by)


@pytest.mark.parametrize(
    ("line", "helo", "source"),
    [
        (
            "from [203.0.113.25] (helo=mail.lab.test) by mx.a.test with esmtp (Exim 4.97)",
            "mail.lab.test",
            "203.0.113.25",
        ),
        (
            "from unknown (HELO mail.lab.test) (203.0.113.25) by mx.a.test with SMTP",
            "mail.lab.test",
            "203.0.113.25",
        ),
        (
            "from mail.lab.test (host.test [IPv6:2001:db8::25]) by mx.a.test with ESMTP",
            "mail.lab.test",
            "2001:db8::25",
        ),
        (
            "from [192.168.1.5] (gate.lab.test [203.0.113.25]) by mx.a.test with ESMTPA",
            "192.168.1.5",
            "203.0.113.25",
        ),
        ("from a.lab.test (may be forged [::ffff:203.0.113.25]) by mx.a.test", "a.lab.test", "203.0.113.25"),
    ],
    ids=["exim", "qmail", "IPv6", "calls itself by another address", "mapped"],
)
def test_as_servers_write_it(line: str, helo: str, source: str) -> None:
    assert found((line,)) == Hop(1, helo, source, "mx.a.test")


@pytest.mark.parametrize(
    "line", ["", "by mx.a.test", "from nowhere", "from x (y) by z; ;", "from [999.1.1.1] by z"]
)
def test_nothing_to_go_by(line: str) -> None:
    assert found((line,)) is None
