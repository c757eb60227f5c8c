"""The portal's own mails as they lay in mailboxes: where, when, and what they said of themselves. Never their text."""

from typing import Literal

from launchready.evidence import Fact, Missing

Result = Literal["pass", "fail", "softfail", "neutral", "none", "temperror", "permerror", "policy", "untold"]


class Signature(Fact, frozen=True):
    """One DKIM signature of a letter.

    Attributes:
        domain, selector: d= and s=.
        result: our own, from the raw message and the key in DNS.
        aligned: strict or relaxed with the From domain; empty where it is not.
        detail: why it is not a pass, in words; empty for a pass.
        partial: it covers the beginning of the text only (l=), so that anything may be put after it.
    """

    domain: str
    selector: str
    result: Result
    aligned: str = ""
    detail: str = ""
    partial: bool = False


class Authentication(Fact, frozen=True):
    """Whether a letter proves whom it is from: by one judge, the receiving provider or ourselves.

    Attributes:
        by: the provider's authserv-id, or "ourselves".
        spf, dkim, dmarc, arc: results; "untold" where this judge does not say.
        spf_domain: whose SPF counted: the domain of the envelope sender; empty where it is not known.
        dkim_domains: d= of the signatures that passed.
        forgeable: it stands where the sender could have written it, if the mail server leaves such fields in.
    """

    by: str
    spf: Result = "untold"
    dkim: Result = "untold"
    dmarc: Result = "untold"
    arc: Result = "untold"
    spf_domain: str = ""
    dkim_domains: tuple[str, ...] = ()
    forgeable: bool = False


class LetterLink(Fact, frozen=True):
    """One link or remote image of a letter; its secret parts are fingerprints.

    Attributes:
        url: redacted.
        role: action (what the mail is sent for), other, unsubscribe, or image.
        ends_at: where following it led, redacted; empty where it was not followed.
        status: HTTP status there; None where it was not followed.
        why: why it was not followed; None where it was.
        third_party: its host is neither the portal's nor of a domain of the portal's.
        carries_secret: the link holds the token that acts for the receiver.
        token_survives: the token still acts where the link ends; False where all looks as with a made-up one; None where
            that tells nothing.
        leads_on_to: host of the portal whose address, token and all, visibly stands inside this one, as click trackers
            write it; empty where none does.
        made_up: it was followed with a made-up token in place of its own, which might have acted.
    """

    url: str
    role: str
    ends_at: str = ""
    status: int | None = None
    why: Missing | None = None
    third_party: bool = False
    carries_secret: bool = False
    token_survives: bool | None = None
    leads_on_to: str = ""
    made_up: bool = False


class Letter(Fact, frozen=True):
    """One mail as it lay in one mailbox.

    Attributes:
        folder: inbox, junk, or the mailbox's own word for another place (promotions, updates, archive, …).
        seconds: from asking for it to seeing it.
        from_name, from_address, reply_to, return_path: decoded; the addresses of the portal's side only, without their
            first half where that may hold a token. Empty: not there.
        from_domain: of the From address, as A-labels.
        to_is_ours: the letter is addressed to the mailbox that was asked for.
        message_id: whether there is a syntactically right Message-ID.
        date_skew: seconds from Date to arrival, negative where Date is later; None where there is no readable Date.
        plain_text, html: whether there is such a part (not empty).
        list_unsubscribe: empty, "mailto", "https", "one-click" (RFC 8058), "malformed".
        auto_submitted: whether it says so of itself (RFC 3834).
        theirs: what the receiving provider says of it; None where it says nothing that can be trusted.
        ours: our own judgement of the raw message.
        signatures: of the raw message, in order.
        source: IP address that gave it to the receiving provider; empty where it does not show.
        links: of both parts, each once, in order.
    """

    folder: str
    seconds: float
    from_name: str = ""
    from_address: str = ""
    from_domain: str = ""
    reply_to: str = ""
    return_path: str = ""
    to_is_ours: bool = True
    message_id: bool = True
    date_skew: float | None = None
    plain_text: bool = True
    html: bool = True
    list_unsubscribe: str = ""
    auto_submitted: bool = False
    theirs: Authentication | None = None
    ours: Authentication | None = None
    signatures: tuple[Signature, ...] = ()
    source: str = ""
    links: tuple[LetterLink, ...] = ()


class Delivery(Fact, frozen=True):
    """One mail that the portal was made to send to one mailbox.

    Attributes:
        kind: password-reset, invite, approval, notification, or what the portal file calls it.
        mailbox, provider: as the portal file names them.
        asked_by: how it was asked for: an identity's name, a recipe, or "by hand".
        letters: what came of it; more than one where the portal sent it again.
        why: why it could not be asked for or looked for; None where it was.
        waited: seconds waited where nothing came.
    """

    kind: str
    mailbox: str
    provider: str
    asked_by: str = ""
    letters: tuple[Letter, ...] = ()
    why: Missing | None = None
    waited: float = 0.0


class MailDrill(Fact, frozen=True):
    """The drill: each kind of mail to each mailbox.

    Attributes:
        mailboxes: names of those in the portal file.
        deliveries: sorted by kind, then mailbox.
        gaps: what kept the drill from being made at all.
    """

    mailboxes: tuple[str, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    gaps: tuple[Missing, ...] = ()
