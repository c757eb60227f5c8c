"""What somebody who is signed in may follow on a page, and what only looks like it. Pure.

A link is judged by all that a person would see or a script would use: its address, its words, those that stand for its
picture, its classes, a method or a question attached to it, and what stands beside it. A link that a person may follow
without a thought makes its address one to ask, even if another link to it is none: then following the other does no
harm either.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from launchready.collect.addresses import FETCHED, resolve
from launchready.collect.charset import decoded
from launchready.collect.named import Named, scripted, stated
from launchready.collect.wording import Says, address_says, has_record, label_says, listed, plain, words
from launchready.evidence.http import Exchange

MOST = 20_000
DEEPEST = 4
"""Documents in documents; deeper ones are not looked at."""

SENDS = "named only by what sends"
"""Why an address is left out that only forms, buttons and scripts name which send something there."""
NO_SEARCH = "a form that may be no search"

_METHODS = ("data-method", "data-turbo-method", "data-http-method", "data-verb", "data-request-method")
_QUESTIONS = (
    "data-confirm", "data-turbo-confirm", "hx-confirm", "data-hx-confirm", "data-confirm-message", "data-confirmation",
    "wire:confirm", "up-confirm",
)  # fmt: skip
_SENT_BY_ATTRIBUTE = tuple(
    f"{prefix}{verb}" for prefix in ("hx-", "data-hx-") for verb in ("post", "put", "patch", "delete")
)
_ASKS = re.compile(r"\bconfirm\s*\(", re.IGNORECASE)
_SENDING_SCRIPT = re.compile(r"\.submit\s*\(|\b(?:post|put|patch|delete)\b|csrf", re.IGNORECASE)
_NEAR = 300
"""Characters of text around a link that may hold the question it answers."""
_TOKEN_LENGTH = 12


@dataclass(slots=True)
class Links:
    """Where a page leads, for somebody who is signed in.

    Attributes:
        follow: addresses that links lead to and a person may follow without a thought, in document order.
        named: addresses that stand in scripts and in JSON; how they are asked there, nobody knows.
        guesses: addresses that nothing names, where records of a list may be.
        anchors: all that links name, whatever they are.
        left_out: addresses that may not, and why; another link may still name them.
        sent_to: addresses that forms, buttons and links send something to.
        scripted: the same of scripts, as far as that can be told.
        searches: actions of forms that search or filter, to be asked empty.
    """

    follow: dict[str, None] = field(default_factory=dict)
    named: dict[str, None] = field(default_factory=dict)
    guesses: dict[str, None] = field(default_factory=dict)
    anchors: set[str] = field(default_factory=set)
    left_out: dict[str, str] = field(default_factory=dict)
    sent_to: dict[str, None] = field(default_factory=dict)
    scripted: dict[str, None] = field(default_factory=dict)
    searches: dict[str, None] = field(default_factory=dict)


def read_links(body: bytes, exchange: Exchange, url: str) -> Links:
    """Read one answer: a page, a script or JSON."""
    found = Links()
    content_type = next(iter(exchange.values("content-type")), "")
    if exchange.is_html:
        _Reader(found, url).page(decoded(body, content_type))
    elif "javascript" in exchange.media_type or "ecmascript" in exchange.media_type:
        _take(found, scripted(decoded(body, content_type), url))
    elif exchange.media_type.endswith("json"):
        _take(found, stated(body, url))
    return found


def _take(found: Links, named: Named) -> None:
    found.named |= named.reads
    found.scripted |= named.sends
    found.guesses |= named.guesses
    found.left_out |= named.acts


class _Reader:
    """One page, with the documents inside it."""

    def __init__(self, found: Links, url: str) -> None:
        self._found = found
        self._url = url
        self._base = url
        self._secrets: set[str] = set()

    def page(self, text: str, depth: int = 0) -> None:
        """Read a document."""
        tree = LexborHTMLParser(text)
        base = tree.css_first("base[href]")
        if base is not None:
            self._base = resolve(self._base, base.attributes.get("href") or "") or self._base
        self._secrets |= set(_secrets(tree))
        self._contents(tree.css, depth)
        for script in tree.css("script"):
            if not script.attributes.get("src"):
                _take(self._found, scripted(script.text(deep=True), self._url))

    def _contents(self, find: Callable[[str], list[LexborNode]], depth: int) -> None:
        for node in find(
            "[hx-post],[hx-put],[hx-patch],[hx-delete],[data-hx-post],[data-hx-put],[data-hx-patch],[data-hx-delete]"
        ):
            for name in _SENT_BY_ATTRIBUTE:
                self._sent(node.attributes.get(name))
        for node in find("[formaction]")[:MOST]:
            self._sent(node.attributes.get("formaction"))
        for form in find("form")[:MOST]:
            self._form(form)
        for anchor in find("a[href],area[href]")[:MOST]:
            self._anchor(anchor)
        if depth >= DEEPEST:
            return
        for frame in find("iframe[srcdoc]"):
            base = self._base
            self.page(frame.attributes.get("srcdoc") or "", depth + 1)
            self._base = base
        for template in find("template[shadowrootmode]"):
            for fragment in template.template_fragments()[:1]:
                self._contents(fragment.css, depth + 1)

    def _sent(self, written: str | None) -> None:
        if written and (url := resolve(self._base, written)):
            self._found.sent_to[url] = None

    def _form(self, form: LexborNode) -> None:
        method = _lower(form, "method") or "get"
        url = resolve(self._base, form.attributes.get("action") or "") or self._url
        if method == "dialog" or not url.startswith(FETCHED):
            return
        if method == "post" or any(form.attributes.get(name) is not None for name in _SENT_BY_ATTRIBUTE):
            self._found.sent_to[url] = None
        elif _is_search(form, self._url, url) and not address_says(url):
            self._found.searches[url] = None
        else:
            self._found.left_out.setdefault(url, NO_SEARCH)

    def _anchor(self, anchor: LexborNode) -> None:
        url = resolve(self._base, anchor.attributes.get("href") or "")
        if not url.startswith(FETCHED):
            return
        self._found.anchors.add(url)
        if any(_lower(anchor, name) not in ("", "get", "head") for name in _METHODS) or any(
            anchor.attributes.get(name) is not None for name in _SENT_BY_ATTRIBUTE
        ):
            self._found.sent_to[url] = None
        elif (form := self._form_around(anchor)) == url:
            self._found.sent_to[url] = None  # it may be one of the form's buttons
        elif why := self._says(anchor, url, in_form=bool(form)):
            self._found.left_out.setdefault(url, str(why))
        else:
            self._found.follow[url] = None

    def _form_around(self, anchor: LexborNode) -> str:
        """Where the form sends that a link stands in; empty when it stands in none that sends."""
        node = anchor.parent
        while node is not None and node.tag != "form":
            node = node.parent
        if node is None or _lower(node, "method") != "post":
            return ""
        return resolve(self._base, node.attributes.get("action") or "") or self._url

    def _says(self, anchor: LexborNode, url: str, *, in_form: bool) -> Says:
        """What following this link would do, by all that is known of it."""
        if said := address_says(url):
            return said
        query = unquote(urlsplit(url).query)
        if query and any(secret in query for secret in self._secrets):
            return Says.ONE_TIME
        attributes = anchor.attributes
        if any(attributes.get(name) is not None for name in _QUESTIONS):
            return Says.CHANGES
        script = " ".join(filter(None, (attributes.get("onclick"), attributes.get("data-action"))))
        if _ASKS.search(script) or _SENDING_SCRIPT.search(script):
            return Says.CHANGES
        if _classes(anchor) & _acting_classes():
            return Says.CHANGES
        labels = _labels(anchor)
        pictured = not plain(labels[0])
        for label in labels:
            if said := label_says(label, url, pictured=pictured):
                return said
        if pictured and has_record(url) and (in_form or not any(map(plain, labels))):
            return Says.CHANGES  # a picture without a name, or among buttons: who knows what it stands for
        if " ".join(map(plain, labels[:1])) in listed("confirming", "answers") and has_record(url):
            return Says.CHANGES
        return Says.CHANGES if has_record(url) and _answers_a_question(anchor) else Says.READS


def _labels(anchor: LexborNode) -> list[str]:
    """The words of a link, then those that stand for its pictures and those that appear beside it."""
    found = [anchor.text(deep=True)]
    names = (
        "aria-label",
        "title",
        "alt",
        "data-original-title",
        "data-bs-title",
        "data-tooltip",
        "data-title",
    )
    found += [anchor.attributes.get(name) or "" for name in names]
    for inner in anchor.css("[aria-label],[title],[alt]"):
        found += [inner.attributes.get(name) or "" for name in names[:3]]
    return [" ".join(label.split()) for label in found]


def _classes(anchor: LexborNode) -> set[str]:
    """Classes of a link and of what is in it, and the names of the icons that it uses."""
    found: set[str] = set()
    for node in (
        anchor,
        *anchor.css("[class],use[href],use[xlink\\:href],[data-icon],[data-feather],[data-lucide]"),
    ):
        attributes = node.attributes
        found.update((attributes.get("class") or "").lower().split())
        for name in (
            ("href", "xlink:href") if node.tag == "use" else ("data-icon", "data-feather", "data-lucide")
        ):
            found.add((attributes.get(name) or "").rpartition("#")[2].lower())
    return found


@cache
def _acting_classes() -> frozenset[str]:
    return frozenset(words()["looks"]["classes"])


def _answers_a_question(anchor: LexborNode) -> bool:
    """Whether the text around a link asks for a confirmation; only what is near, so never a whole page."""
    node = anchor.parent
    for _ in range(3):
        if node is None or node.tag in ("body", "html", "main", "nav"):
            return False
        text = node.text(deep=True)
        if len(text) > _NEAR:
            return False
        said = plain(text)
        if any(question in said for question in listed("confirming", "questions")):
            return True
        node = node.parent
    return False


def _secrets(tree: LexborHTMLParser) -> Iterator[str]:
    """Tokens of this page that a link must not carry: what its forms hide, and what <meta> gives to scripts."""
    for node in tree.css("input[type=hidden][value],meta[name*=csrf][content],meta[name*=token][content]"):
        value = node.attributes.get("value") or node.attributes.get("content") or ""
        if len(value) >= _TOKEN_LENGTH and any(map(str.isdigit, value)) and any(map(str.isalpha, value)):
            yield value


def _is_search(form: LexborNode, page: str, action: str) -> bool:
    """Whether a GET form clearly searches or filters, so that sending it empty only reads."""
    if form.css_first("input[type=password],input[type=file]") is not None:
        return False
    for button in form.css("button,input[type=submit],input[type=image]"):
        label = button.attributes.get("value") or "" if button.tag == "input" else button.text(deep=True)
        names = (label, button.attributes.get("aria-label") or "", button.attributes.get("title") or "")
        if any(label_says(each, "https://form/?") for each in names):
            return False
    if any(map(_is_secret_field, form.css("input[type=hidden]"))):
        return False
    parent = form.parent
    if _lower(form, "role") == "search" or (parent is not None and parent.tag == "search"):
        return True
    fields = [
        field for field in form.css("input,select,textarea") if _lower(field, "type") not in _UNSEEN_FIELDS
    ]
    if form.css_first("input[type=search]") is not None:
        return True
    searching = listed("searching", "names")
    if any(plain(field.attributes.get("name") or "") in searching for field in fields):
        return True
    return urlsplit(page).path == urlsplit(action).path


_UNSEEN_FIELDS = frozenset(("hidden", "submit", "image", "button", "reset"))


def _is_secret_field(node: LexborNode) -> bool:
    name = plain(node.attributes.get("name") or "").replace(" ", "")
    return any(word in name for word in ("csrf", "xsrf", "token", "nonce", "sesskey", "formkey"))


def _lower(node: LexborNode, name: str) -> str:
    return (node.attributes.get(name) or "").strip().lower()
