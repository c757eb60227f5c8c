"""Writes that an interface offers: forms, buttons and links of pages, operations of documents. Pure; raw."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from selectolax.lexbor import LexborNode

from launchready.collect.addresses import resolve
from launchready.collect.people.forms import Field, Form
from launchready.collect.people.pages import Page
from launchready.collect.reach.call import Offered
from launchready.collect.reach.writing.never import is_token, removes
from launchready.collect.reach.writing.purposes import is_word, purpose
from launchready.collect.shape import generalised
from launchready.collect.wording import Says, address_says, has_record, label_says

_METHODS = ("data-method", "data-turbo-method", "data-http-method", "data-verb", "data-request-method")
_VERBS = ("post", "put", "patch", "delete")
_SENDING = ",".join(f"[{prefix}{verb}]" for prefix in ("hx-", "data-hx-") for verb in _VERBS)
_OVERRIDES = ("_method", "X-HTTP-Method-Override")
_FOR_SCRIPTS = ("onclick", "onsubmit", "data-url", "data-href", "data-action", "data-delete-url")
_ADDRESS = re.compile(r"""["'](/[^"'\s<>\\]{1,300})["']""")
_BUTTONS = "button,input[type=submit],input[type=image]"
_MOST = 300
"""Operations read from one page."""
_SLOT = re.compile(r"\{[^{}/]*\}")


@dataclass(frozen=True, slots=True)
class Operation:
    """One write, with the values that its interface fills in.

    Attributes:
        method: as the server takes it, in upper case; `sent_by` is what goes over the wire.
        url: absolute, raw; {name} where a document leaves open which record is meant.
        fields: what is sent along, tokens against forged requests included.
        carries: form (urlencoded or multipart, see `form`) or json (see `body`).
        form: how it is encoded; None for JSON.
        body: an example of the JSON body; None where there is none.
        headers: of its own, raw.
        source: form, button, link (that changes something when it is merely followed, or leads to a page that asks first),
            openapi, graphql, har, postman, browser.
        party: to whom it is offered; empty where a document names nobody.
        page: address of the page whose control it is, raw; empty for other sources.
        label: words of the control or of the document.
        several: name of the field that names the records it is about, where it takes more than one; empty elsewhere.
    """

    method: str
    url: str
    fields: tuple[Field, ...] = ()
    carries: str = "form"
    form: Form | None = None
    body: Any = None
    headers: tuple[tuple[str, str], ...] = ()
    source: str = "form"
    party: str = ""
    page: str = ""
    label: str = ""
    several: str = ""

    @property
    def sent_by(self) -> str:
        """The method on the wire: POST where a field of the form tells the server another."""
        overridden = any(field.name in _OVERRIDES for field in self.fields)
        return "POST" if self.form is not None and overridden else self.method

    @property
    def from_page(self) -> bool:
        """Whether a control in a page offers it."""
        return self.source in ("form", "button", "link")

    @property
    def names(self) -> tuple[str, ...]:
        """Names of what is sent, but for tokens and buttons."""
        named = dict.fromkeys(each.name for each in self.fields if each.name and not is_token(each))
        if isinstance(self.body, dict):
            named.update(dict.fromkeys(map(str, self.body)))
        return tuple(named)

    def template(self, ids: Iterable[str] = ()) -> str:
        """Method and address with ids left out; the same for all records of a kind."""
        return f"{self.method} {route(self.url, ids)}{self._told_apart(frozenset(ids))}"

    def says_in_query(self, ids: Collection[str]) -> list[tuple[str, str]]:
        """Parameters of a link that are words, which say what it does, or one of these ids, which say to what."""
        if self.source != "link":
            return []
        pairs = parse_qsl(urlsplit(self.url).query)
        return [(name, value) for name, value in pairs if value in ids or is_word(value)]

    def _told_apart(self, ids: frozenset[str]) -> str:
        """What tells operations at one address apart: a button, words of a link, a mutation, a form's purpose."""
        if said := [f"{name}={value}" for name, value in self.says_in_query(ids) if value not in ids]:
            return f" ({' '.join(said)})"
        if self.form is not None and self.form.button[0]:
            name, value = self.form.button
            return f" ({name}={value})" if is_word(value) else f" ({name})"
        if self.form is not None and (what := purpose(self.fields, self.label)):
            return f" ({what})"
        if self.source == "graphql" and self.label:
            return f" ({self.label})"
        return ""


def route(url: str, ids: Iterable[str] = ()) -> str:
    """An address without ids and query values: https://host/tickets/{}/comments?page."""
    ids = frozenset(ids)
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    segments = (_name_of(segment, ids) for segment in parts.path.split("/"))
    query = "&".join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    return f"{parts.scheme}://{host}{'/'.join(segments)}" + (f"?{query}" if query else "")


def _name_of(segment: str, ids: frozenset[str]) -> str:
    if segment in ids or _SLOT.fullmatch(segment):
        return "{}"
    general = generalised(segment)
    return "{}" if general != segment and general.strip("{}-_.") == "" else general


def in_page(page: Page, party: str) -> tuple[Operation, ...]:
    """All writes that the controls of a page offer."""
    found: dict[tuple[Any, ...], Operation] = {}
    offered = (*_forms(page, party), *_attributes(page, party), *_links(page, party), *_removals(page, party))
    for each in offered:
        hidden = tuple(f.value for f in each.fields if f.kind == "hidden" and not is_token(f))
        key = (each.template(), each.url, each.form.button if each.form else (), each.names, hidden)
        found.setdefault(key, each)
    return tuple(found.values())[:_MOST]


def of_offer(offer: Offered) -> Operation:
    """What another source has learned, as an operation."""
    call = offer.call
    named = {name.lower(): value for name, value in call.headers}
    kind = named.get("content-type", "").partition(";")[0].strip().lower()
    common = {
        "method": call.method,
        "url": call.url,
        "headers": tuple(
            (n, v) for n, v in call.headers if n.lower() not in ("content-type", "content-length")
        ),
        "source": call.source,
        "party": offer.party,
        "page": offer.page,
        "label": offer.label,
    }
    if "form" in kind:
        pairs = parse_qsl(call.body.decode("utf-8", "replace"), keep_blank_values=True)
        names = dict(pairs) if "urlencoded" in kind else dict.fromkeys(offer.fields, "")
        fields = tuple(Field(name, "text", value) for name, value in names.items())
        form = Form(call.url, declared=True, method="post", enctype=kind, fields=fields)
        return Operation(**common, fields=fields, form=form)  # type: ignore[arg-type] # by name
    try:
        body = json.loads(call.body) if call.body.strip() else None
    except (ValueError, RecursionError):
        body = None
    several = _listed_slot(body)
    return Operation(**common, carries="json", body=body, several=several)  # type: ignore[arg-type] # by name


def _listed_slot(body: Any) -> str:
    """The key of JSON under which a list of records is to be named; empty where there is none."""
    stack = [body]
    while stack:
        each = stack.pop()
        for key, value in each.items() if isinstance(each, dict) else ():
            if isinstance(value, list) and any(
                isinstance(one, str) and _SLOT.fullmatch(one) for one in value
            ):
                return str(key)
            stack.append(value)
    return ""


def _forms(page: Page, party: str) -> Iterator[Operation]:
    """Each form that sends by POST, once for each of its buttons that says something of its own."""
    nodes = page.tree.css("form")
    forms = [form for form in page.forms if form.method]
    for node, form in zip(nodes, forms, strict=False):
        if form.method != "post":
            continue
        files = tuple(
            Field(each.attributes.get("name") or "", "file", "")
            for each in node.css("input[type=file]")
            if each.attributes.get("name")
        )
        whole = replace(form, fields=form.fields + files)
        variants = {(whole.button, whole.action): whole}
        for button in node.css(_BUTTONS):
            attributes = button.attributes
            name, value = attributes.get("name") or "", attributes.get("value") or ""
            action = (
                resolve(page.url, attributes.get("formaction") or "") if attributes.get("formaction") else ""
            )
            if (attributes.get("formmethod") or "post").lower() == "post" and (name or action):
                one = replace(whole, button=(name, value), action=action or form.action)
                variants.setdefault((one.button, one.action), replace(one, says=_says(button)))
        for one in variants.values():
            yield _of_form(one, page.url, party)


def _of_form(form: Form, page: str, party: str) -> Operation:
    values = {field.name: field.value for field in form.fields if field.kind == "hidden"}
    override = next((values[name] for name in _OVERRIDES if values.get(name)), "")
    method = override.upper() if override.lower() in _VERBS else "POST"
    return Operation(
        method, form.action, form.fields, form=form, source="form", party=party, page=page, label=form.says
    )


def _attributes(page: Page, party: str) -> Iterator[Operation]:
    """Links, buttons and other elements with a method of their own."""
    for node in page.tree.css(_SENDING):
        attributes = node.attributes
        for verb in _VERBS:
            written = attributes.get(f"hx-{verb}") or attributes.get(f"data-hx-{verb}")
            if written and (url := resolve(page.url, written)):
                fields = _values_of(attributes.get("hx-vals") or attributes.get("data-hx-vals") or "")
                around = node if node.tag == "form" else _form_around(node)
                if around is not None:
                    fields |= _typed(around, page)
                yield _sent(verb, url, fields, page=page.url, party=party, label=_says(node))
    for name in _METHODS:
        for node in page.tree.css(f"[{name}]"):
            verb = (node.attributes.get(name) or "").strip().lower()
            where = node.attributes.get("href") or node.attributes.get("data-url") or ""
            if verb in _VERBS and where and (url := resolve(page.url, where)):
                yield _sent(verb, url, {}, page=page.url, party=party, label=_says(node))


def _links(page: Page, party: str) -> Iterator[Operation]:
    """Links about a record whose address or words say that following them changes something."""
    host = urlsplit(page.url).netloc
    for node in page.tree.css("a[href]"):
        url = resolve(page.url, node.attributes.get("href") or "").partition("#")[0]
        if any(name in node.attributes for name in _METHODS) or node.css_matches(_SENDING):
            continue
        said = node.text(deep=True, separator=" ")
        if urlsplit(url).netloc != host or not has_record(url):
            continue
        if Says.CHANGES in (address_says(url), label_says(said, url)):
            yield Operation("GET", url, source="link", party=party, page=page.url, label=_says(node))


def _removals(page: Page, party: str) -> Iterator[Operation]:
    """What the page's own scripts name that removes a record, by its words: sent as a form of the page would be."""
    host, texts = (
        urlsplit(page.url).netloc,
        [each.text(deep=True) for each in page.tree.css("script:not([src])")],
    )
    for name in _FOR_SCRIPTS:
        values = (node.attributes.get(name) or "" for node in page.tree.css(f"[{name}]"))
        texts += values if name.startswith("on") else (f'"{value}"' for value in values)
    tokens = {each.name: each for form in page.forms for each in form.fields if is_token(each)}
    for written in dict.fromkeys(_ADDRESS.findall("\n".join(texts))):
        url = resolve(page.url, written)
        found = _sent("post", url, tokens, page=page.url, party=party, label="")
        if urlsplit(url).netloc == host and has_record(url) and removes(found) > 1:
            yield found


def _sent(
    verb: str, url: str, fields: Mapping[str, Field], *, page: str, party: str, label: str
) -> Operation:
    listed = tuple(fields.values())
    form = Form(url, declared=True, method=verb, enctype="", fields=listed, says=label)
    return Operation(
        verb.upper(), url, listed, form=form, source="button", party=party, page=page, label=label
    )


def _typed(node: LexborNode, page: Page) -> dict[str, Field]:
    """The fields of the form in which an element stands."""
    at = next((i for i, each in enumerate(page.tree.css("form")) if each.mem_id == node.mem_id), -1)
    forms = [form for form in page.forms if form.method]
    return {field.name: field for field in forms[at].fields if field.name} if 0 <= at < len(forms) else {}


def _form_around(node: LexborNode) -> LexborNode | None:
    parent = node.parent
    while parent is not None and parent.tag != "form":
        parent = parent.parent
    return parent


def _values_of(text: str) -> dict[str, Field]:
    try:
        values = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(values, dict):
        return {}
    return {str(name): Field(str(name), "hidden", str(value), shown=False) for name, value in values.items()}


def _says(node: LexborNode) -> str:
    named = (node.attributes.get(key) or "" for key in ("aria-label", "title", "value", "name", "id"))
    return " ".join(" ".join((node.text(deep=True, separator=" "), *named)).split())[:200]
