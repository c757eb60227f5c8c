"""How a letter is made: its names and addresses, its date, its parts. What filters and readers need."""

import re
from collections.abc import Iterator

from launchready.checks.email._letters import Part, leads_nowhere, same_owner
from launchready.evidence.letters import Letter
from launchready.thresholds import thresholds
from launchready.verdict import Finding, Seen

_MOST_OFF: int = thresholds("letters")["date"]["most_off_seconds"]["value"]
_ADDRESS = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")


def judged(what: str, letter: Letter) -> Iterator[Part]:
    """What is the same of this kind of mail in every mailbox."""
    yield from _author(what, letter)
    for name, address in (("Reply-To", letter.reply_to), ("Return-Path", letter.return_path)):
        yield from _answerable(what, name, address)
    if not letter.message_id:
        yield Finding(what, "it has no Message-ID, or none written as it must be")
    if letter.date_skew is None:
        yield Finding(what, "it has no Date that can be read")
    elif abs(letter.date_skew) > _MOST_OFF:
        when = "before it came" if letter.date_skew > 0 else "after it came"
        yield Finding(what, f"its Date is more than {_MOST_OFF // 3600} hours {when}")
    if not letter.plain_text and not letter.html:
        yield Finding(what, "it is empty: it has neither a text nor a page that could be shown")
    elif letter.html and not letter.plain_text:
        yield Seen(what, "it has no plain text beside its HTML, which some filters hold against it")
    if not letter.to_is_ours:
        yield Seen(what, "its To does not name the receiver, which some filters hold against it")
    if letter.list_unsubscribe == "malformed":
        yield Finding(what, "its List-Unsubscribe holds neither an https nor a mailto address")


def _author(what: str, letter: Letter) -> Iterator[Part]:
    if not letter.from_domain:
        yield Finding(what, "its From holds no address")
        return
    if leads_nowhere(letter.from_domain):
        yield Finding(what, f"its From is at {letter.from_domain}, which is no domain of anybody's")
    named = _ADDRESS.search(letter.from_name)
    if "=?" in letter.from_name:
        yield Finding(what, "the name in its From is shown as code (=?…?=): it is encoded twice or wrongly")
    elif named and not same_owner(named[1].lower(), letter.from_domain):
        yield Finding(what, f"the name in its From is an address at {named[1].lower()}, as forgers write it")
    else:
        called = f"“{letter.from_name}”" if letter.from_name else "no name"
        yield Seen(what, f"it is from {called}, {letter.from_address}")


def _answerable(what: str, name: str, address: str) -> Iterator[Part]:
    for each in address.split(", ") if address else ():
        domain = each.rpartition("@")[2]
        if "@" not in each:
            yield Finding(what, f"its {name} holds no address")
        elif leads_nowhere(domain):
            yield Finding(what, f"its {name} is at {domain}, where nothing can be sent to")
