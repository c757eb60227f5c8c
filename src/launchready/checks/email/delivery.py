"""Do the portal's own mails reach the inbox, in time, provably from the portal, with links that work?"""

from collections.abc import Iterator
from math import ceil

from launchready.check import Check, Fix, Risk
from launchready.checks.email import _authenticity, _making
from launchready.checks.email._delivery_examples import EXAMPLES
from launchready.checks.email._letters import NO_MAILBOX, Part
from launchready.checks.email._links import links
from launchready.evidence.letters import Delivery, Letter, MailDrill
from launchready.thresholds import thresholds
from launchready.verdict import Cause, Doubt, Finding, Seen, Unknown, Verdict, weigh

_LONGEST: int = thresholds("letters")["arrival"]["longest_seconds"]["value"]
_INBOX = ("inbox", "updates", "social", "forums")
"""All of these are the inbox; some providers sort it under tabs, and mails about one's account belong under updates."""


def judge(drill: MailDrill) -> Verdict:
    """Each mail at each mailbox: whether it came, where it lies, who vouches for it, how it is made, where it leads."""
    if not drill.mailboxes:
        return Unknown((NO_MAILBOX, *(gap.doubt() for gap in drill.gaps)))
    parts: list[Part] = [gap.doubt() for gap in drill.gaps]
    for delivery in drill.deliveries:
        parts.extend(_arrival(delivery))
        for letter in delivery.letters:
            where = f"{delivery.kind} mail at {delivery.mailbox}"
            parts.extend(_place(where, letter))
            parts.extend(_authenticity.judged(where, letter))
            parts.extend(_making.judged(f"{delivery.kind} mail", letter))
            parts.extend(links(f"{delivery.kind} mail", letter))
    return weigh(
        (each for each in parts if isinstance(each, Seen)),
        (each for each in parts if isinstance(each, Finding)),
        (each for each in parts if isinstance(each, Doubt)),
    )


def _arrival(delivery: Delivery) -> Iterator[Part]:
    where = f"{delivery.kind} mail at {delivery.mailbox}"
    if delivery.why is not None:
        yield delivery.why.doubt(where)
    elif not delivery.letters and delivery.asked_by == "by hand":
        detail = f"nothing came within {delivery.waited:.0f} seconds; only you know whether the portal was asked for it"
        yield Doubt(
            where,
            Cause.AMBIGUOUS,
            detail,
            "run the drill again and have the portal send this mail while it waits",
        )
    elif not delivery.letters:
        detail = f"it was asked for and did not come within {delivery.waited:.0f} seconds, in no folder"
        yield Finding(where, detail)
    elif len(delivery.letters) > 1:
        yield Seen(where, f"it came {len(delivery.letters)} times")


def _place(where: str, letter: Letter) -> Iterator[Part]:
    if letter.folder == "junk":
        yield Finding(where, "it lies in the folder for junk")
    elif letter.folder == "promotions":
        yield Finding(where, "it lies under Promotions, where nobody looks for mail about an account")
    elif letter.folder not in _INBOX:
        detail = f"it lies in {letter.folder}, where a rule of the mailbox may have put it"
        yield Doubt(where, Cause.AMBIGUOUS, detail, "take the mailbox's own rules away and ask again")
    else:
        yield Seen(
            where, f"it lies in the inbox{'' if letter.folder == 'inbox' else ', under ' + letter.folder}"
        )
    if letter.seconds > _LONGEST:
        yield Finding(where, f"it took more than {_LONGEST // 60} minutes to come")
    else:
        seconds = ceil(letter.seconds)
        yield Seen(where, f"it came within {f'{seconds} seconds' if seconds > 1 else 'a second'}")


CHECK = Check(
    asks="Do the portal's own mails reach the inbox, in time, provably from the portal, with links that work?",
    risk=Risk.HIGH,
    why=(
        "Who forgot a password, was invited, or must approve something depends on one mail. If it lies in junk, comes too "
        "late or leads nowhere, people cannot get in and call you; and where the link with the token passes through "
        "somebody else's server, that server can use it first. The log of the sending service does not show any of this: "
        "only the mailbox does."
    ),
    fix=Fix(
        owner=(
            "Open the mailboxes of the drill and look for the mails named here. Give whoever runs your mail service the "
            "sentence of each finding; the DNS records that it asks for go where your domain is managed. Turn off click "
            "tracking for mails with a personal link."
        ),
        engineer=(
            "Send with a From of the domain that is signed (d=) and let the service use a bounce domain below yours, so "
            "that DKIM and SPF both align. In SendGrid: Sender Authentication; Postmark: DKIM and custom Return-Path; "
            "Mailgun: own sending domain; SES: Easy DKIM and custom MAIL FROM; Microsoft 365: enable DKIM for the domain. "
            "Switch click and open tracking off for transactional streams. Set Date, Message-ID and a plain From; send a "
            "text part beside HTML; build links from a configured https origin. Keep transactional mail apart from "
            "newsletters, on an own subdomain and stream, so that it shares no reputation with them.\n"
            "Django: DEFAULT_FROM_EMAIL, EMAIL_BACKEND of the service. Rails: default_url_options with protocol https. "
            "Laravel: MAIL_FROM_ADDRESS, APP_URL. Node: nodemailer's dkim option, or the service's API."
        ),
        undo="Each setting of the service can be switched back; keep DNS keys until the last mail they signed is old.",
        verify=(
            "Ask for the mail yourself and look where it lies. "
            "Then run `launchready audit --check email/delivery --active`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-ATHN-09",),
    asvs=("V6.3.7",),
    cwe=(290, 598, 319),
)

for _says, _expected, _drill in EXAMPLES:
    CHECK.example(_says, _expected, _drill)
