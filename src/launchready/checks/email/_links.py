"""The links of a letter: secure, the portal's own, working, and their tokens told to nobody else."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from launchready.checks.email._letters import Part, leads_nowhere
from launchready.evidence.letters import Letter, LetterLink
from launchready.evidence.redact import subject
from launchready.verdict import Cause, Doubt, Finding, Seen

_RECORD = re.compile(r"/(?:\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=[/?]|$)", re.IGNORECASE)
_PASSING = (429, 502, 503, 504)
"""Answers of a portal that is busy or away just now."""
_SIGN_IN_FIRST = (401, 403)


def links(what: str, letter: Letter) -> Iterator[Part]:
    """Each link and image, named by where it leads."""
    remote = 0
    for link in letter.links:
        where = f"{what}, {_named(link.url)}"
        if link.role == "image":
            remote += 1
            if link.carries_secret:
                yield Finding(
                    where, "an image is loaded from there with the token of the link in its address"
                )
        elif link.role != "unsubscribe":
            yield from _link(where, link)
    if remote:
        yield Seen(
            what, f"pictures it loads from the network, which many programs show only when asked: {remote}"
        )


def _named(url: str) -> str:
    """Where a link leads, the same in every run: numbers of records differ from letter to letter."""
    return _RECORD.sub("/…", subject(url))


def _link(where: str, link: LetterLink) -> Iterator[Part]:
    if not link.url.startswith(("http:", "https:")):
        yield Finding(where, "the link names no host, so it leads nowhere from a mail")
        return
    own_or_secret = not link.third_party or link.carries_secret
    if link.url.startswith("http:") and own_or_secret:
        yield Finding(where, "the link is http: whoever is on the way can read it and change what it opens")
    if link.third_party:
        yield from _elsewhere(where, link)
    elif link.why is not None:
        if link.role == "action" or link.why.cause == Cause.UNREACHABLE:
            yield link.why.doubt(where)
    else:
        yield from _opened(where, link)


def _elsewhere(where: str, link: LetterLink) -> Iterator[Part]:
    host = urlsplit(link.url).hostname or ""
    if leads_nowhere(host):
        yield Finding(where, f"the link leads to {host}, which nobody outside reaches")
    elif link.leads_on_to:
        detail = (
            f"the token of the link passes through somebody else's server on its way to {link.leads_on_to}"
        )
        yield Finding(where, f"{detail}: click tracking can use it first, or break it")
    elif link.role == "action" and link.carries_secret and link.why is not None:
        detail = "the link with the token leads over a host that is not declared as the portal's"
        settle = (
            "declare the host if it signs your people in; if it counts clicks, switch that off for such mails"
        )
        yield Doubt(where, Cause.AMBIGUOUS, detail, settle)
    elif link.why is None:
        yield from _opened(where, link)


def _opened(where: str, link: LetterLink) -> Iterator[Part]:
    status = link.status or 0
    token = link.carries_secret and not link.made_up
    if link.made_up and (status < 500 or status in _PASSING):
        yield Seen(
            where, f"it answers a made-up token with {status}; the real one was left unused, as it may act"
        )
    elif status in _PASSING or (link.made_up and status >= 500) or (token and status in _SIGN_IN_FIRST):
        detail = f"it answered {status}, which may be meant for machines only"
        yield Doubt(
            where, Cause.UNREACHABLE, detail, "run it again when the portal is well, or open the link by hand"
        )
    elif status >= 400 and status not in _SIGN_IN_FIRST:
        yield Finding(where, f"the link is broken: it answers {status}")
    elif link.token_survives is False:
        detail = "the link opens a page on which no password can be chosen, as a made-up one does"
        yield Doubt(where, Cause.AMBIGUOUS, detail, "open such a link by hand: it may be broken on its way")
    else:
        yield Seen(where, f"it opens, with {status}")
