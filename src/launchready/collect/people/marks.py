"""Marks: what tells a signed-in visitor's answer from a stranger's to the same address. Pure; raw, never evidence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from launchready.collect.people.pages import Page
from launchready.evidence.redact import subject
from launchready.site.identities import Identity

_SAYS_WHO = frozenset("id sub uuid user_id userid email username user_name login name role roles".split())
"""Keys of JSON whose values say who asks."""
_SHORTEST = 3
"""Characters of a name that is looked for."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What proves it.

    Attributes:
        url: where, raw.
        kind: as `Proof.kind`.
        says: one sentence, without secrets.
        needle: what the answer must hold, in lower case; empty where it is enough that it is not sent away.
        media: the content type that the answer must have.
    """

    url: str
    kind: str
    says: str
    needle: str
    media: str

    def holds(self, page: Page) -> bool:
        """Whether this answer, to the mark's own address, shows it."""
        if page.redirects or not 200 <= page.status < 300 or page.answer.exchange.media_type != self.media:
            return False
        if _is_for_strangers(page):
            return False
        if self.kind == "logout":
            return self.needle in page.logout
        if self.kind == "whoami":
            return self.needle in set(_leaves(page.data))
        return not self.needle or _holds_word(shown(page), self.needle)


def shown(page: Page) -> str:
    """What an answer shows, in lower case: the text of a page, all of anything else."""
    return (page.text if page.is_html else page.source).lower()


def _is_for_strangers(page: Page) -> bool:
    """Whether a page asks for a password to let somebody in: a member, who confirms something, can sign out as well."""
    return page.login is not None and not page.logout


def _holds_word(text: str, word: str) -> bool:
    """Whether a word or name stands there, and not within another."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def names_of(identity: Identity) -> tuple[str, ...]:
    """What a portal may call this identity, in lower case: user name or e-mail, then the e-mail's local part."""
    username = identity.username.lower()
    names = [username, username.partition("@")[0] if "@" in username else "", identity.name.lower()]
    return tuple(dict.fromkeys(name for name in names if len(name) >= _SHORTEST))


def text_marks(identity: Identity, page: Page, stranger: Page) -> Iterable[Mark]:
    """The declared text, then the identity's names, where a stranger does not get them."""
    if _is_for_strangers(page):
        return
    mine, theirs, media = shown(page), shown(stranger), page.answer.exchange.media_type
    declared = identity.proof if identity.proof and not identity.proof.startswith(("/", "http")) else ""
    if declared and _holds_word(mine, declared.lower()) and declared.lower() not in theirs:
        says = f"{subject(page.url)} shows the text that the portal file declares, and not to a stranger"
        yield Mark(page.url, "declared", says, declared.lower(), media)
    if declared:
        return
    for name in names_of(identity):
        if _holds_word(mine, name) and name not in theirs and name not in page.url.lower():
            says = f"{subject(page.url)} shows who is signed in, and not to a stranger"
            yield Mark(page.url, "name", says, name, media)
            return


def whoami_marks(identity: Identity, page: Page, stranger: Page) -> Iterable[Mark]:
    """A value of JSON that says who asks."""
    mine = _leaves(page.data)
    if not mine:
        return
    theirs = set(_leaves(stranger.data)) if stranger.status < 300 else set()
    names = names_of(identity)
    media = page.answer.exchange.media_type
    says = f"{subject(page.url)} says who asks, and not to a stranger"

    def key(leaf: str) -> str:
        return leaf.partition("=")[0].rpartition(".")[2]

    fitting = [leaf for leaf in mine if leaf not in theirs and key(leaf) in _SAYS_WHO]
    named = [leaf for leaf in fitting if leaf.partition("=")[2] in names]
    for leaf in (named or fitting)[:1]:
        yield Mark(page.url, "whoami", says, leaf, media)


def page_marks(page: Page, stranger: Page, kind: str = "page") -> Iterable[Mark]:
    """An address where a stranger is sent away or refused, and this visitor is not."""
    if _is_for_strangers(page):
        return
    sent_away = stranger.redirects or stranger.status in (401, 403, 404)
    asked = _is_for_strangers(stranger)
    if sent_away or asked:
        how = f"answers {stranger.status}" if not asked else "shows its login form"
        says = f"{subject(page.url)} opens, where it {how} to a stranger"
        yield Mark(page.url, kind, says, "", page.answer.exchange.media_type)


def logout_marks(page: Page, stranger: Page) -> Iterable[Mark]:
    """A control to sign out that a stranger does not get."""
    for control in sorted(page.logout - stranger.logout)[:1]:
        says = f"{subject(page.url)} offers to sign out, and not to a stranger"
        yield Mark(page.url, "logout", says, control, page.answer.exchange.media_type)


def _leaves(data: Any, path: str = "", depth: int = 0) -> list[str]:
    """The plain values of JSON as "key.key=value", in lower case; of lists, the first entries only."""
    if depth > 4:
        return []
    if isinstance(data, dict):
        inner = ((f"{path}.{key}".lower(), value) for key, value in list(data.items())[:50])
    elif isinstance(data, list):
        inner = ((f"{path}[]", value) for value in data[:3])
    elif data in (None, "", False, True) or isinstance(data, float):
        return []
    else:
        return [f"{path}={str(data).lower()}"]
    return [leaf for key, value in inner for leaf in _leaves(value, key, depth + 1)]
