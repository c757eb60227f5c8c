"""Examples of email/consistency."""

from msgspec.structs import replace

from launchready.checks.email._drill_examples import PASSES, SOUND, drill
from launchready.evidence.letters import MailDrill
from launchready.verdict import Fail, Pass, Unknown, Verdict

_AT_OUTLOOK = replace(SOUND, theirs=replace(PASSES, by="the provider"))

EXAMPLES: tuple[tuple[str, type[Verdict], MailDrill], ...] = (
    ("in the inbox at both", Pass, drill(gmail_test=SOUND, outlook_test=_AT_OUTLOOK)),
    (
        "under a tab at the one, which the other does not have",
        Pass,
        drill(gmail_test=replace(SOUND, folder="updates"), outlook_test=_AT_OUTLOOK),
    ),
    (
        "one says nothing of SPF",
        Pass,
        drill(gmail_test=SOUND, imap_test=replace(SOUND, theirs=None, ours=None)),
    ),
    (
        "in junk at one of them",
        Fail,
        drill(gmail_test=SOUND, outlook_test=replace(_AT_OUTLOOK, folder="junk")),
    ),
    ("lost at one of them", Fail, drill(gmail_test=SOUND, outlook_test=None)),
    (
        "one takes the signature, one does not",
        Fail,
        drill(gmail_test=SOUND, outlook_test=replace(_AT_OUTLOOK, theirs=replace(PASSES, dkim="fail"))),
    ),
    ("one mailbox compares with nothing", Unknown, drill(SOUND)),
    ("two mailboxes of one provider", Unknown, drill(gmail_a=SOUND, gmail_b=SOUND)),
    ("no mailbox is given", Unknown, MailDrill()),
)
