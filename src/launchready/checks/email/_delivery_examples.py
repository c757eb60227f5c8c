"""Examples of email/delivery."""

from msgspec.structs import replace

from launchready.checks.email._drill_examples import BORROWED, OURS, PASSES, RESET, SOUND, drill
from launchready.evidence import Missing
from launchready.evidence.letters import Delivery, Letter, LetterLink, MailDrill, Signature
from launchready.verdict import Cause, Fail, Pass, Unknown, Verdict

_TRACKED = replace(
    RESET,
    url="https://click.mailer-service.net/c/~0a1b2c3d4e5f",
    third_party=True,
    leads_on_to="portal.example-shop.com",
    ends_at="",
    status=None,
    why=Missing(
        Cause.NO_CONSENT, "click.mailer-service.net is outside the scope", "name its host in [scope]"
    ),
    token_survives=None,
)
_KEY_UNTOLD = Signature(
    "example-shop.com",
    "pm",
    "temperror",
    detail="its key at pm._domainkey.example-shop.com could not be told",
)


def _with(link: LetterLink) -> MailDrill:
    return drill(replace(SOUND, links=(link,)))


def _left(letter: Letter) -> MailDrill:
    return drill(letter)


EXAMPLES: tuple[tuple[str, type[Verdict], MailDrill], ...] = (
    ("it lies in the inbox after four seconds, and its link opens", Pass, drill(SOUND)),
    ("a tab for updates is part of the inbox", Pass, drill(replace(SOUND, folder="updates"))),
    (
        "SPF fails as the mail was forwarded, and the signature still passes DMARC",
        Pass,
        drill(replace(SOUND, theirs=replace(PASSES, spf="fail"))),
    ),
    (
        "the provider says nothing, and our own look passes",
        Pass,
        drill(replace(SOUND, theirs=None)),
    ),
    (
        "a page of the portal asks who one is first",
        Pass,
        _with(
            LetterLink(
                "https://portal.example-shop.com/approvals/7",
                "action",
                "https://portal.example-shop.com/login",
                401,
            )
        ),
    ),
    (
        "an approval's token was tried with a made-up one, which is refused",
        Pass,
        _with(replace(RESET, status=403, token_survives=None, made_up=True)),
    ),
    (
        "a picture from elsewhere",
        Pass,
        drill(
            replace(
                SOUND,
                links=(RESET, LetterLink("https://cdn.example.net/logo.png", "image", third_party=True)),
            )
        ),
    ),
    ("it lies in junk", Fail, drill(replace(SOUND, folder="junk"))),
    ("it never came", Fail, drill(None)),
    (
        "nothing came, but the portal was to be asked by hand",
        Unknown,
        MailDrill(("gmail-test",), (Delivery("invite", "gmail-test", "gmail", "by hand", waited=120.0),)),
    ),
    (
        "signed and sent as the sending service, not as the portal",
        Fail,
        drill(replace(SOUND, theirs=BORROWED, ours=replace(BORROWED, by="ourselves"))),
    ),
    (
        "nothing vouches for it, and there is no DMARC",
        Fail,
        drill(
            replace(
                SOUND,
                theirs=None,
                ours=replace(OURS, dmarc="none", spf="none", dkim="none", spf_domain="", dkim_domains=()),
                signatures=(),
            )
        ),
    ),
    ("a click tracker holds the token", Fail, _with(_TRACKED)),
    (
        "the link is http",
        Fail,
        _with(replace(RESET, url="http://portal.example-shop.com/reset?token=~1f2e3d4c5b6a")),
    ),
    ("the link is broken", Fail, _with(replace(RESET, status=404, token_survives=None))),
    ("its link opens the same page as a made-up one", Unknown, _with(replace(RESET, token_survives=False))),
    ("the From is at localhost", Fail, drill(replace(SOUND, from_domain="localhost"))),
    ("the name is another's address", Fail, drill(replace(SOUND, from_name="support@bank.example.net"))),
    ("the Reply-To leads nowhere", Fail, drill(replace(SOUND, reply_to="help@portal.local"))),
    ("there is no Message-ID", Fail, drill(replace(SOUND, message_id=False))),
    ("its Date is five hours off", Fail, drill(replace(SOUND, date_skew=-18_000.0))),
    (
        "the name servers did not tell the key",
        Unknown,
        drill(
            replace(
                SOUND,
                theirs=None,
                ours=replace(OURS, dkim="temperror", dmarc="temperror"),
                signatures=(_KEY_UNTOLD,),
            )
        ),
    ),
    (
        "a link that signs people in over a host that nobody declared",
        Unknown,
        _with(replace(_TRACKED, leads_on_to="")),
    ),
    ("a rule of the mailbox moved it", Unknown, drill(replace(SOUND, folder="Archive"))),
    (
        "the portal could not be made to send",
        Unknown,
        MailDrill(
            ("gmail-test",),
            (
                Delivery(
                    "invite",
                    "gmail-test",
                    "gmail",
                    why=Missing(
                        Cause.NOT_COLLECTED,
                        "no [[mail]] says how an invite is sent",
                        "describe it in [[mail]]",
                    ),
                ),
            ),
        ),
    ),
    ("no mailbox is given", Unknown, MailDrill()),
)
