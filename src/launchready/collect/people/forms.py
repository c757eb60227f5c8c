"""The forms of a page as a browser would fill them in and send them. Pure; holds raw values, so never evidence."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from selectolax.lexbor import LexborHTMLParser, LexborNode

from launchready.collect.addresses import resolve
from launchready.collect.people import words

_LISTED = frozenset(("submit", "image", "button", "reset", "file"))
_NOT_TEXT = frozenset(
    ("hidden", "checkbox", "radio", "color", "range", "date", "datetime-local", "time", "month", "week")
)
_MOST_FIELDS = 500


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    Attributes:
        name: as sent; empty where scripts alone read it.
        kind: the type of an <input> in lower case; select or textarea.
        value: what would be sent if nothing was filled in.
        sent: whether it would be sent then: not an unchecked box, not disabled.
        autocomplete: in lower case.
        shown: whether a person can see it, as far as the page alone tells.
        hints: name, id, label, placeholder and the like, for telling what it is for.
        most: its maxlength; 0 where there is none.
        numeric: whether it asks for digits.
        options: (value, text) of what a list offers.
    """

    name: str
    kind: str
    value: str
    sent: bool = True
    autocomplete: str = ""
    shown: bool = True
    hints: str = ""
    most: int = 0
    numeric: bool = False
    options: tuple[tuple[str, str], ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether a person types into it."""
        return self.shown and self.kind not in _NOT_TEXT and self.kind not in ("select", "textarea")


@dataclass(frozen=True, slots=True)
class Form:
    """One form.

    Attributes:
        action: where it is sent, absolute; that of its first button where the button names one.
        declared: whether the page says where: a form without an action is often for scripts alone.
        method: get or post, in lower case.
        enctype: in lower case.
        fields: in document order.
        button: (name, value) of the button that is pressed; empty name where it sends nothing.
        says: text of the form, its buttons' and its attributes' words, for ranking.
        scripted: whether it is sent by a script, as far as the page alone tells.
    """

    action: str
    declared: bool
    method: str
    enctype: str
    fields: tuple[Field, ...]
    button: tuple[str, str] = ("", "")
    says: str = ""
    scripted: bool = False

    @property
    def passwords(self) -> tuple[Field, ...]:
        """Its visible password fields."""
        return tuple(field for field in self.fields if field.kind == "password" and field.shown)

    @property
    def texts(self) -> tuple[Field, ...]:
        """The other fields that a person types into."""
        return tuple(field for field in self.fields if field.is_text and field.kind != "password")

    def filled(self, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """(name, value) of all that is sent when these fields are filled in, in order."""
        pairs = [
            (field.name, values.get(field.name, field.value))
            for field in self.fields
            if field.name and (field.sent or field.name in values)
        ]
        return (*pairs, self.button) if self.button[0] else tuple(pairs)


def encode(form: Form, pairs: Iterable[tuple[str, str]]) -> tuple[str, bytes]:
    """Content type and body of these pairs, as the form wants them sent."""
    if form.enctype != "multipart/form-data":
        return "application/x-www-form-urlencoded", urlencode(tuple(pairs)).encode("ascii")
    boundary = "----form" + secrets.token_hex(12)
    parts = b"".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(name)}"\r\n\r\n{value}\r\n'.encode()
        for name, value in pairs
    )
    return f"multipart/form-data; boundary={boundary}", parts + f"--{boundary}--\r\n".encode()


def read_forms(tree: LexborHTMLParser, url: str) -> tuple[Form, ...]:
    """All forms of a page, in document order; password fields outside any form make one of their own.

    Args:
        tree: the page.
        url: its own address, raw.
    """
    base = url
    if (node := tree.css_first("base[href]")) is not None:
        base = resolve(url, node.attributes.get("href") or "") or url
    forms: list[tuple[LexborNode | None, list[LexborNode]]] = []
    by_id: dict[str, list[LexborNode]] = {}
    by_node: dict[int, list[LexborNode]] = {}
    loose: list[LexborNode] = []
    for node in tree.css("form,input,select,textarea,button")[:_MOST_FIELDS]:
        if node.tag == "form":
            fields: list[LexborNode] = []
            forms.append((node, fields))
            by_node[node.mem_id] = fields
            by_id.setdefault(node.attributes.get("id") or "", fields)
            if _is_in_table(node):
                loose = fields  # a table cuts a form in two, and its fields stand after it
        elif (owner := node.attributes.get("form")) is not None:
            by_id.get(owner, []).append(node)
        elif (within := _form_around(node)) is not None:
            by_node.get(within.mem_id, []).append(node)
        else:
            if not forms or loose is not forms[-1][1]:
                loose = []
                forms.append((None, loose))
            loose.append(node)
    labels = _labels(tree)
    return tuple(_form(node, nodes, base, url, labels) for node, nodes in forms)


def _form(
    node: LexborNode | None, nodes: list[LexborNode], base: str, url: str, labels: Mapping[str, str]
) -> Form:
    attributes = node.attributes if node is not None else {}
    fields = [_field(each, labels) for each in nodes if _kind(each) not in _LISTED and each.tag != "button"]
    presses = _pressed(nodes)
    pressed = presses.attributes if presses is not None else {}
    action = (pressed.get("formaction") or attributes.get("action") or "").strip()
    name = (pressed.get("name") or "") if presses is not None and _kind(presses) != "image" else ""
    said = [
        (attributes.get(key) or "")
        for key in ("action", "id", "class", "name", "role", "aria-label", "title")
    ]
    said += [each.text(deep=True, separator=" ") for each in nodes if each.tag == "button"]
    said += [each.attributes.get("value") or "" for each in nodes if _kind(each) in ("submit", "button")]
    onsubmit = (attributes.get("onsubmit") or "").replace(" ", "").lower()
    return Form(
        action=resolve(base, action) or url,
        declared=bool(action),
        method=(pressed.get("formmethod") or attributes.get("method") or "get").strip().lower()
        if node is not None
        else "",
        enctype=(pressed.get("formenctype") or attributes.get("enctype") or "").strip().lower(),
        fields=tuple(fields),
        button=(name, pressed.get("value") or ""),
        says=" ".join(" ".join(said).split()),
        scripted=node is None or "returnfalse" in onsubmit or "preventdefault" in onsubmit,
    )


def _field(node: LexborNode, labels: Mapping[str, str]) -> Field:
    attributes, kind = node.attributes, _kind(node)
    value = attributes.get("value") or ""
    options: tuple[tuple[str, str], ...] = ()
    sent = "disabled" not in attributes
    if kind in ("checkbox", "radio"):
        sent = sent and "checked" in attributes
        value = attributes.get("value") if attributes.get("value") is not None else "on"  # type: ignore[assignment]
    elif kind == "select":
        listed = [each for each in node.css("option") if "disabled" not in each.attributes][:_MOST_FIELDS]
        chosen = next((each for each in listed if "selected" in each.attributes), next(iter(listed), None))
        sent = sent and chosen is not None
        value = _option(chosen)[0] if chosen is not None else ""
        options = tuple(map(_option, listed))
    elif kind == "textarea":
        value = node.text(deep=True)
    named = [attributes.get(key) or "" for key in ("name", "id", "placeholder", "aria-label", "title")]
    named.append(labels.get(attributes.get("id") or "", "") or _label_around(node))
    most = attributes.get("maxlength") or ""
    pattern = attributes.get("pattern") or ""
    return Field(
        name=attributes.get("name") or "",
        kind=kind,
        value=value,
        sent=sent,
        autocomplete=(attributes.get("autocomplete") or "").strip().lower(),
        shown=kind != "hidden" and not _is_hidden(node),
        hints=" ".join(" ".join(named).split()),
        most=int(most) if most.isascii() and most.isdigit() and len(most) < 6 else 0,
        numeric=(attributes.get("inputmode") or "").lower() == "numeric"
        or kind == "number"
        or "\\d" in pattern
        or "0-9" in pattern,
        options=options,
    )


def _option(node: LexborNode) -> tuple[str, str]:
    text = " ".join(node.text(deep=True).split())
    given = node.attributes.get("value")
    return (given if given is not None else text), text


def _kind(node: LexborNode) -> str:
    if node.tag in ("select", "textarea"):
        return node.tag
    default = "submit" if node.tag == "button" else "text"
    return (node.attributes.get("type") or default).strip().lower() or default


def _presses(node: LexborNode) -> bool:
    """Whether Enter presses this: the first button of a form that sends it."""
    return _kind(node) in ("submit", "image") and "disabled" not in node.attributes


def _pressed(nodes: list[LexborNode]) -> LexborNode | None:
    """The button that somebody presses who has filled this in: after the password, one that says so if there is one.

    Enter would press the first button of the form, but some pages are one form that holds a search as well.
    """
    buttons = [each for each in nodes if _presses(each)]
    passwords = [at for at, each in enumerate(nodes) if _kind(each) == "password"]
    if passwords:
        after = [each for each in nodes[passwords[-1] :] if _presses(each)]
        buttons = [each for each in after if words.LOGIN.search(_says(each))] or after or buttons
    return next(iter(buttons), None)


def _says(node: LexborNode) -> str:
    named = (node.attributes.get(key) or "" for key in ("value", "name", "id", "formaction", "aria-label"))
    return " ".join((node.text(deep=True), *named))


def _form_around(node: LexborNode) -> LexborNode | None:
    parent = node.parent
    while parent is not None and parent.tag != "form":
        parent = parent.parent
    return parent


def _is_in_table(form: LexborNode | None) -> bool:
    parent = form.parent if form is not None else None
    return parent is not None and parent.tag in ("table", "tbody", "tr", "thead")


def _is_hidden(node: LexborNode) -> bool:
    """Whether it, or what it stands in, is hidden by its own attributes: a trap for robots, mostly."""
    at: LexborNode | None = node
    while at is not None and at.tag not in ("form", "body", "html", "-document"):
        attributes = at.attributes
        style = (attributes.get("style") or "").replace(" ", "").lower()
        if "hidden" in attributes or "display:none" in style or "visibility:hidden" in style:
            return True
        if (attributes.get("aria-hidden") or "").lower() == "true":
            return True
        at = at.parent
    return (node.attributes.get("tabindex") or "").strip() == "-1"


def _labels(tree: LexborHTMLParser) -> dict[str, str]:
    return {
        each.attributes.get("for") or "": each.text(deep=True, separator=" ")
        for each in tree.css("label[for]")[:_MOST_FIELDS]
    }


def _label_around(node: LexborNode) -> str:
    parent, steps = node.parent, 0
    while parent is not None and steps < 4:
        if parent.tag == "label":
            return str(parent.text(deep=True, separator=" "))
        parent, steps = parent.parent, steps + 1
    return ""


def _quoted(name: str) -> str:
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
