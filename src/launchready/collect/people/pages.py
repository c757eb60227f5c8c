"""One answer as somebody who signs in sees it: its forms, what it says, where one can go. Pure; raw, never evidence."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from launchready.collect.addresses import resolve
from launchready.collect.charset import decoded
from launchready.collect.html import parse
from launchready.collect.microsyntax import refresh_target
from launchready.collect.people import words
from launchready.collect.people.form_kinds import (
    code_fields,
    identifier_rank,
    is_identifier,
    is_login,
    login_rank,
)
from launchready.collect.people.forms import Form, read_forms
from launchready.wire.http import Answer

__all__ = ["Link", "Page", "code_fields", "new_text"]

_CAPTCHA = (
    "[data-sitekey],[class*=g-recaptcha],[class*=h-captcha],[class*=cf-turnstile],[class*=frc-captcha],altcha-widget,"
    "[name=g-recaptcha-response],[name=h-captcha-response],[name=cf-turnstile-response],iframe[src*=captcha],"
    "script[src*='recaptcha/'],script[src*='hcaptcha.com'],script[src*='challenges.cloudflare.com/turnstile'],"
    "img[src*=captcha],input[name*=captcha]"
)
_MOST_LINKS = 2_000
_MOST_HANDED = 2
"""Links of a page that only hands one over: to help, or to what to do without scripts."""
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go: its raw absolute address, and the words on it."""

    url: str
    says: str


@dataclass(frozen=True)
class Page:
    """One answer.

    Attributes:
        url: its raw address.
        answer: what came.
    """

    url: str
    answer: Answer

    @property
    def status(self) -> int:
        """The status code."""
        return self.answer.exchange.status

    @property
    def redirects(self) -> bool:
        """Whether it sends the browser on."""
        return bool(self.answer.location)

    @cached_property
    def is_html(self) -> bool:
        """Whether a browser shows it as a page."""
        return parse(b"", self.answer.exchange, self.url).document is not None and (
            self.answer.exchange.media_type != "text/css"
        )

    @cached_property
    def source(self) -> str:
        """The body as text."""
        return decoded(self.answer.body, next(iter(self.answer.exchange.values("content-type")), ""))

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The page, parsed; an empty one where it is none."""
        return LexborHTMLParser(self.source if self.is_html else "")

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """Its forms, in document order."""
        return read_forms(self.tree, self.url) if self.is_html else ()

    @cached_property
    def text(self) -> str:
        """What a person reads: no markup, no scripts, blanks as one space."""
        tree = LexborHTMLParser(self.source if self.is_html else "")
        tree.strip_tags(["script", "style", "template", "noscript"])
        body = tree.body
        return _SPACE.sub(" ", body.text(deep=True, separator=" ")).strip() if body is not None else ""

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Its links, in document order."""
        found: dict[str, Link] = {}
        for node in self.tree.css("a[href]")[:_MOST_LINKS]:
            url = resolve(self.url, node.attributes.get("href") or "")
            if url and url not in found:
                named = (node.attributes.get(key) or "" for key in ("title", "aria-label"))
                found[url] = Link(url, " ".join((node.text(deep=True, separator=" "), *named)).strip())
        return tuple(found.values())

    @cached_property
    def frames(self) -> tuple[str, ...]:
        """Addresses of its frames."""
        urls = (resolve(self.url, node.attributes.get("src") or "") for node in self.tree.css("iframe[src]"))
        return tuple(dict.fromkeys(filter(None, urls)))

    @cached_property
    def scripts(self) -> tuple[str, ...]:
        """Addresses of its scripts."""
        urls = (resolve(self.url, node.attributes.get("src") or "") for node in self.tree.css("script[src]"))
        return tuple(dict.fromkeys(filter(None, urls)))

    @cached_property
    def refresh(self) -> str:
        """Where <meta http-equiv=refresh> leads at once; empty when nowhere."""
        for node in self.tree.css("meta[content]"):
            if (node.attributes.get("http-equiv") or "").strip().lower() == "refresh":
                return resolve(self.url, refresh_target(node.attributes.get("content") or ""))
        return ""

    @cached_property
    def self_posting(self) -> Form | None:
        """The form that a script of the page sends at once, as single sign-on hands people over; None without one."""
        sends = ".submit(" in self.source or "onload" in self.source.lower()
        # Such a page has nothing to read or to choose; one with a menu has its form for a click: to sign out, say.
        if not sends or len(self.forms) != 1 or self.status >= 400 or len(self.links) > _MOST_HANDED:
            return None
        form = self.forms[0]
        if words.ENDING.search(f"{form.action} {form.says}"):
            return None
        typed = form.texts or form.passwords or form.scripted
        return form if form.method == "post" and form.declared and form.fields and not typed else None

    @cached_property
    def has_captcha(self) -> bool:
        """Whether it holds the widget of a challenge."""
        return self.tree.css_first(_CAPTCHA) is not None

    @cached_property
    def data(self) -> Any:
        """The body as JSON; None where it is none."""
        media = self.answer.exchange.media_type
        if self.is_html or not self.answer.body or not ("json" in media or media in ("", "text/plain")):
            return None
        try:
            return json.loads(self.answer.body)
        except (ValueError, RecursionError):
            return None

    @cached_property
    def login(self) -> Form | None:
        """The form that takes user name and password; None without one."""
        fitting = [form for form in self.forms if is_login(form)]
        return max(fitting, key=login_rank, default=None)

    @cached_property
    def identifier(self) -> Form | None:
        """A form with one field for who one is, the first of two steps; None without one."""
        fitting = [form for form in self.forms if is_identifier(form, self.url)]
        return max(fitting, key=identifier_rank, default=None)

    @cached_property
    def first_step(self) -> Form | None:
        """The same, where one was led here to sign in: the page need not say so itself then."""
        fitting = [form for form in self.forms if is_identifier(form, self.url, expected=True)]
        return max(fitting, key=identifier_rank, default=None)

    @cached_property
    def code(self) -> Form | None:
        """The form that asks for a one-time code; None without one."""
        return next((form for form in self.forms if code_fields(form)), None)

    @cached_property
    def logout(self) -> frozenset[str]:
        """Controls to sign out: paths of links, actions of forms, words of buttons."""
        found = {
            link.url.partition("?")[0]
            for link in self.links
            if words.LOGOUT.search(link.url.partition("?")[0]) or words.LOGOUT.fullmatch(link.says.strip())
        }
        for form in self.forms:
            if not form.passwords and (words.LOGOUT.search(form.action) or words.LOGOUT.search(form.says)):
                found.add(form.action.partition("?")[0])
        for node in self.tree.css("button"):
            if len(said := node.text(deep=True).strip()) < 40 and words.LOGOUT.search(said):
                found.add(said.lower())
        return frozenset(found)


def new_text(before: Page | None, after: Page) -> str:
    """What a page says that it did not say before, as an error does."""
    if before is None:
        return after.text[:2_000]
    known = set(before.text.split())
    return " ".join(word for word in after.text.split() if word not in known)[:2_000]
