"""The fields and buttons that a person sees in a page, with what tells what they are for: raw material for finding forms.

Open shadow roots and frames of the portal are looked into. What is hidden, off the page, disabled or read-only is left
out: often it is a trap for robots.
"""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import ElementHandle, Error, Frame, Page

_PATIENCE = 4.0
_QUICK = 3_000.0
_SEEN = """() => {
  const elements = [], described = [], forms = [];
  const order = [];
  const walk = (root) => {
    for (const e of root.querySelectorAll("*")) { order.push(e); if (e.shadowRoot) walk(e.shadowRoot); }
  };
  walk(document);
  const around = (e) => {
    for (let at = e; at; at = at.parentElement || (at.getRootNode() instanceof ShadowRoot ? at.getRootNode().host : null))
      if (at.tagName === "FORM") return at;
    return null;
  };
  const words = (e) => [e.name, e.id, e.placeholder, e.getAttribute("aria-label"), e.title,
    ...[...(e.labels || [])].map((l) => l.innerText),
    ...(e.getAttribute("aria-labelledby") || "").split(" ").map((id) =>
      id && e.getRootNode().getElementById?.(id)?.innerText)
  ].filter(Boolean).join(" ").slice(0, 300);
  const shown = (e) => {
    const box = e.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || box.right + scrollX <= 0 || box.bottom + scrollY <= 0) return false;
    if (e.closest("[aria-hidden=true],[inert]")) return false;
    return e.checkVisibility({opacityProperty: true, visibilityProperty: true});
  };
  for (const e of order) {
    const role = e.getAttribute("role");
    const field = e.tagName === "INPUT" && !["hidden", "submit", "button", "image", "reset", "file", "checkbox", "radio",
      "color", "range", "date", "datetime-local", "time", "month", "week"].includes(e.type);
    const button = e.tagName === "BUTTON" || role === "button" || (e.tagName === "A" && e.hasAttribute("href")) ||
      (e.tagName === "INPUT" && ["submit", "button", "image"].includes(e.type)) || role === "link";
    if ((!field && !button) || !shown(e) || (field && (e.disabled || e.readOnly))) continue;
    if (described.length >= 400) break;
    const form = e.form || around(e);
    let at = -1;
    if (form && (at = forms.indexOf(form)) < 0) at = forms.push(form) - 1;
    elements.push(e);
    described.push({
      kind: field ? e.type : e.tagName === "A" || role === "link" ? "link" : "button",
      form: at,
      autocomplete: (e.getAttribute("autocomplete") || "").toLowerCase(),
      hints: words(e),
      says: (field ? "" : e.innerText || e.value || e.getAttribute("aria-label") || "").trim().slice(0, 100),
      most: field && e.maxLength > 0 ? e.maxLength : 0,
      numeric: field && (e.inputMode === "numeric" || e.type === "number" || /\\\\d|0-9/.test(e.pattern || "")),
      submits: Boolean(form) && (e.type === "submit" || e.type === "image"),
      href: e.tagName === "A" ? e.href : "",
      enabled: !e.disabled && e.getAttribute("aria-disabled") !== "true",
    });
  }
  const about = forms.map((f) => [f.getAttribute("action"), f.id, f.className, f.name, f.getAttribute("aria-label")]
    .filter((w) => typeof w === "string").join(" ").slice(0, 300));
  const challenge = document.querySelector(
    "[data-sitekey],[class*=g-recaptcha],[class*=h-captcha],[class*=cf-turnstile],[class*=frc-captcha],altcha-widget," +
    "iframe[src*=captcha],iframe[src*='challenges.cloudflare.com'],img[src*=captcha],input[name*=captcha]");
  return {elements, described, about, challenge: Boolean(challenge)};
}"""


@dataclass(frozen=True, slots=True)
class SeenField:
    """One visible field, button or link.

    Attributes:
        kind: the type of an input in lower case; button or link.
        form: which form it belongs to, as (frame, form); the second is -1 for those in no form.
        about: what the form's own attributes say.
        autocomplete: in lower case.
        hints: name, id, label, placeholder.
        says: the words on a button or link.
        most: its maxlength; 0 where there is none.
        numeric: whether it asks for digits.
        submits: whether it is a button that sends its form.
        href: where a link leads, absolute.
        enabled: whether it can be pressed now.
    """

    kind: str
    form: tuple[int, int]
    about: str
    autocomplete: str
    hints: str
    says: str
    most: int
    numeric: bool
    submits: bool
    href: str
    enabled: bool
    _element: ElementHandle

    @property
    def is_text(self) -> bool:
        """Whether a person types into it what others may see."""
        return self.kind not in ("button", "link", "password")

    async def fill(self, value: str) -> bool:
        """Type this into it; False if it cannot be done."""
        try:
            await self._element.fill(value, timeout=_QUICK)
            if await self._element.input_value(timeout=_QUICK) != value:  # a mask or a script had other ideas
                await self._element.fill("", timeout=_QUICK)
                await self._element.type(value, timeout=_QUICK)
            await self._element.dispatch_event("change")
        except Error:
            return False
        return True

    async def click(self) -> bool:
        """Press it, by the keyboard where something lies over it, as a question about cookies; False if neither works."""
        try:
            await self._element.click(timeout=_QUICK)
        except Error:
            return await self.press("Enter")
        return True

    async def press(self, key: str) -> bool:
        """Press a key in it; False if it cannot be done."""
        try:
            await self._element.press(key, timeout=_QUICK)
        except Error:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Sight:
    """All that can be filled in and pressed, in document order, the page before its frames.

    Attributes:
        fields: fields, buttons and links.
        challenge: whether a captcha or the like is there.
    """

    fields: tuple[SeenField, ...]
    challenge: bool = False


async def sight(page: Page, hosts: Iterable[str]) -> Sight:
    """What is there now, in the page and in frames of these hosts; nothing where the page is too busy to say."""
    allowed = {*hosts, urlsplit(page.url).hostname or ""}
    found: list[SeenField] = []
    challenge = False
    for at, frame in enumerate(page.frames[:20]):
        if frame.parent_frame is not None and not _is_of(frame, allowed):
            challenge = challenge or "captcha" in frame.url or "challenges.cloudflare" in frame.url
            continue
        with suppress(Error, TimeoutError):
            fields, challenged = await asyncio.wait_for(_in_frame(frame, at), _PATIENCE)
            found += fields
            challenge = challenge or challenged
    return Sight(tuple(found), challenge)


def _is_of(frame: Frame, hosts: set[str]) -> bool:
    """Whether a frame is the portal's: by its address, or written into a page of the portal."""
    if frame.url in ("about:srcdoc", "about:blank", ""):
        return frame.parent_frame is None or _is_of(frame.parent_frame, hosts)
    return (urlsplit(frame.url).hostname or "") in hosts


async def _in_frame(frame: Frame, at: int) -> tuple[list[SeenField], bool]:
    handle = await frame.evaluate_handle(_SEEN)
    described: dict[str, Any] = await handle.evaluate("(seen) => ({...seen, elements: []})")
    elements = await handle.get_property("elements")
    found = []
    for index, each in enumerate(described["described"]):
        element = (await elements.get_property(str(index))).as_element()
        if element is None:
            continue
        form = int(each.pop("form"))
        about = described["about"][form] if form >= 0 else ""
        found.append(SeenField(form=(at, form), about=about, _element=element, **each))
    return found, bool(described["challenge"])
