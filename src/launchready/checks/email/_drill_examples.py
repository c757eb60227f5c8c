"""Letters as they should be, for the examples of checks to change."""

from msgspec.structs import replace

from launchready.evidence.letters import Authentication, Delivery, Letter, LetterLink, MailDrill, Signature

RESET = LetterLink(
    "https://portal.example-shop.com/reset?token=~1f2e3d4c5b6a",
    "action",
    ends_at="https://portal.example-shop.com/reset?token=~1f2e3d4c5b6a",
    status=200,
    carries_secret=True,
    token_survives=True,
)
PASSES = Authentication(
    "mx.google.com",
    "pass",
    "pass",
    "pass",
    spf_domain="bounces.example-shop.com",
    dkim_domains=("example-shop.com",),
)
OURS = replace(PASSES, by="ourselves", arc="none")
SOUND = Letter(
    folder="inbox",
    seconds=4.0,
    from_name="Example Portal",
    from_address="portal@example-shop.com",
    from_domain="example-shop.com",
    return_path="…@bounces.example-shop.com",
    date_skew=2.0,
    html=True,
    auto_submitted=True,
    theirs=PASSES,
    ours=OURS,
    signatures=(Signature("example-shop.com", "pm", "pass", "relaxed"),),
    source="192.0.2.7",
    links=(RESET,),
)
BORROWED = Authentication(
    "mx.google.com",
    "pass",
    "pass",
    "fail",
    spf_domain="em.sendgrid.example",
    dkim_domains=("sendgrid.example",),
)
"""The commonest fault: everything passes, for the sending service."""


def drill(*letters: Letter | None, **mailboxes: Letter | None) -> MailDrill:
    """A drill of password resets: letters at gmail-test, or at mailboxes by name; None is one that never came."""
    at = dict.fromkeys(("gmail-test",), letters[0]) if letters else mailboxes
    deliveries = tuple(
        Delivery(
            "password-reset",
            name.replace("_", "-"),
            name.partition("_")[0],
            "nora",
            (letter,) if letter else (),
            waited=0.0 if letter else 90.0,
        )
        for name, letter in at.items()
    )
    return MailDrill(tuple(each.mailbox for each in deliveries), deliveries)
