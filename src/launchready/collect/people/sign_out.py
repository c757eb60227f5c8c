"""Where one signs out, as the portal shows it to somebody who is signed in. Pure; holds raw values, so never evidence.

Structure first: a form without anything to fill in whose words say so, then what frameworks make of links and buttons
by attributes, then links, then what scripts and the OpenAPI document name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode, urljoin, urlsplit

from selectolax.lexbor import LexborNode

from launchready.collect.addresses import resolve
from launchready.collect.people import words
from launchready.collect.people.apis import Operation
from launchready.collect.people.forms import Form, encode
from launchready.collect.people.pages import Page

_FORM = "application/x-www-form-urlencoded"
ELSEWHERE = re.compile(
    r"every|other|\ball\b|device|ander|\balle|überall|ger[äa]t|autres|partout|appareil|otr[ao]s|todos|dispositiv|altri|tutti",
    re.IGNORECASE,
)
"""Signing out of other devices is another thing, and tried last."""
_SESSION_ENDS = ("session", "sessions")
_OF_A_SESSION = re.compile("auth|csrf|session|token|xsrf", re.IGNORECASE)
_BY_ATTRIBUTE = "[data-method],[data-turbo-method],[hx-post],[hx-delete]"


@dataclass(frozen=True, slots=True)
class Control:
    """One way to sign out.

    Attributes:
        how: form, button, link, api, declared, or pressed: seen in a browser to be sent.
        method, url: raw.
        content_type, body: of what is sent; empty for none.
        sure: the portal itself says that this signs out; else it is a guess.
        headers: that its page sends along by itself.
    """

    how: str
    method: str
    url: str
    content_type: str = ""
    body: bytes = b""
    sure: bool = True
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def is_personal(self) -> bool:
        """Whether it may hold what belongs to one session."""
        return bool(self.body) or any(_OF_A_SESSION.search(name) for name, _ in self.headers)


def controls(page: Page) -> Iterator[Control]:
    """The controls on a page, those first that structure makes sure of."""
    forms = [form for form in page.forms if is_sign_out(form)]
    yield from (of_form(form) for form in forms if not ELSEWHERE.search(form.says + form.action))
    for node in page.tree.css(_BY_ATTRIBUTE):
        if control := _by_attribute(node, page):
            yield control
    for link in page.links:
        if words.LOGOUT.search(link.url.partition("?")[0]) or words.LOGOUT.fullmatch(link.says.strip()):
            yield Control("link", "GET", link.url)
    for form in forms:
        if ELSEWHERE.search(form.says + form.action):
            yield replace(of_form(form), sure=False)


def ends_others(control: Control) -> bool:
    """Whether its address says that it signs out other devices, too."""
    return bool(ELSEWHERE.search(urlsplit(control.url).path))


def is_sign_out(form: Form) -> bool:
    """Nothing to fill in, and its words or its address say that it signs out."""
    if form.passwords or form.texts or not form.method:
        return False
    return bool(words.LOGOUT.search(form.says) or words.LOGOUT.search(urlsplit(form.action).path))


def confirmation(page: Page) -> Control | None:
    """The form by which a page asks whether one really wants to sign out; None where it does not."""
    bare = [form for form in page.forms if not form.passwords and not form.texts and form.method == "post"]
    said = [form for form in bare if is_sign_out(form)]
    here = page.url.partition("?")[0]
    own = [form for form in bare if form.action.partition("?")[0] == here and _is_only_a_button(form)]
    found = next(iter((*said, *own)), None)
    return of_form(found) if found is not None else None


def _is_only_a_button(form: Form) -> bool:
    return all(field.kind == "hidden" for field in form.fields)


def of_form(form: Form) -> Control:
    """What a browser sends for it."""
    pairs = form.filled({})
    if form.method == "post":
        content_type, body = encode(form, pairs)
        return Control("form", "POST", form.action, content_type, body)
    mark = "&" if "?" in form.action else "?"
    return Control("form", "GET", f"{form.action}{mark}{urlencode(pairs)}" if pairs else form.action)


def _by_attribute(node: LexborNode, page: Page) -> Control | None:
    """A link or button whose attributes name a method, as Rails and htmx have it."""
    attributes = node.attributes
    method = (attributes.get("data-turbo-method") or attributes.get("data-method") or "").upper()
    target = attributes.get("href") or ""
    for name, verb in (("hx-post", "POST"), ("hx-delete", "DELETE")):
        if attributes.get(name):
            method, target = verb, attributes.get(name) or ""
    url = resolve(page.url, target)
    said = " ".join((node.text(deep=True), url, attributes.get("aria-label") or ""))
    if method not in ("POST", "DELETE") or not url or not words.LOGOUT.search(said):
        return None
    if "hx-delete" in attributes:
        return Control("button", "DELETE", url)
    named = {
        (each.attributes.get("name") or ""): each.attributes.get("content") or ""
        for each in page.tree.css("meta[name][content]")
    }
    pairs = [("_method", method.lower())] if method != "POST" else []
    if named.get("csrf-param") and named.get("csrf-token"):
        pairs.append((named["csrf-param"], named["csrf-token"]))
    return Control("button", "POST", url, _FORM, urlencode(pairs).encode())


def api_controls(
    origin: str, operations: Iterable[Operation], paths: Iterable[str], login: str
) -> Iterator[Control]:
    """What the API offers: as its document says, as the portal's scripts name it, then beside the login.

    Args:
        origin: an address of the portal, to resolve paths against.
        operations: of the OpenAPI document.
        paths: that stand in scripts.
        login: where the credentials went, raw; empty for none.
    """
    found: list[Control] = []
    for operation in operations:
        method, path = operation.method.upper(), operation.path
        ends = method == "DELETE" and _last(path) in _SESSION_ENDS
        said = words.LOGOUT.search(path) or words.LOGOUT.search(operation.says)
        if "{" not in path and method in ("POST", "DELETE", "GET") and (ends or said):
            found.append(Control("api", method, urljoin(origin, path)))
    paths = tuple(paths)
    found += (Control("api", "POST", urljoin(origin, path)) for path in paths if words.LOGOUT.search(path))
    found += (
        Control("api", "DELETE", urljoin(origin, path), sure=False)
        for path in paths
        if _last(path) in _SESSION_ENDS
    )
    if login:
        base = login.partition("?")[0].rpartition("/")[0]
        found.append(Control("api", "POST", f"{base}/logout", sure=False))
    known: dict[tuple[str, str], Control] = {}
    for control in found:
        known.setdefault((control.method, control.url), control)
    return iter(known.values())


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2].lower()
