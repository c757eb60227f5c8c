"""Filling in what only scripts send: each field gets something of its kind, as a person in a hurry would type."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from playwright.async_api import Error, Locator, Page

WORDS = "launchready"
"""What is typed where anything goes."""
_QUICK = 2_000.0
_MOST_FIELDS = 20
_SEEN = """() => [...document.forms].slice(0, 30).map((form) => {
  const shown = (e) => e.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const fields = [...form.elements].filter((e) => ["INPUT", "TEXTAREA", "SELECT"].includes(e.tagName) && shown(e));
  const button = [...form.elements].find((e) => (e.type === "submit" || e.type === "image") && shown(e));
  return {
    scripted: !form.hasAttribute("action") && !form.hasAttribute("method"),
    typed: fields.filter((e) => e.tagName === "TEXTAREA" || /^(?:text|email|number|date|tel|url)$/.test(e.type)).length,
    barred: form.getAttribute("role") === "search"
      || [...form.elements].some((e) => /^(?:password|search|file)$/.test(e.type)),
    says: (button?.innerText || button?.value || button?.getAttribute("aria-label") || "").trim().slice(0, 100),
    presses: Boolean(button),
  };
})"""


@dataclass(frozen=True, slots=True)
class ScriptedForm:
    """One form that has no address, so that a script sends it.

    Attributes:
        at: its place among the forms of the page.
        says: the words on its button.
    """

    at: int
    says: str


async def scripted_forms(page: Page) -> tuple[ScriptedForm, ...]:
    """Those with something to type into and a button, that neither search nor take a password or a file."""
    try:
        seen: list[dict[str, Any]] = await page.evaluate(_SEEN)
    except Error:
        return ()
    return tuple(
        ScriptedForm(at, each["says"])
        for at, each in enumerate(seen)
        if each["scripted"] and each["typed"] and each["presses"] and not each["barred"]
    )


async def fill_in(page: Page, form: ScriptedForm) -> bool:
    """Fill in what is empty and press the button; whether it could be pressed."""
    within = page.locator("form").nth(form.at)
    fields = within.locator("input, textarea, select")
    with suppress(Error):
        for at in range(min(await fields.count(), _MOST_FIELDS)):
            with suppress(Error):
                await _fill(fields.nth(at))
    button = within.locator(
        "button[type=submit], button:not([type]), input[type=submit], input[type=image]"
    ).first
    try:
        await button.click(timeout=_QUICK)
    except Error:
        return False
    return True


async def _fill(field: Locator) -> None:
    if not await field.is_visible() or not await field.is_enabled():
        return
    kind, value = await field.evaluate("(e) => [e.type, e.type === 'checkbox' ? String(e.checked) : e.value]")
    match kind:
        case "checkbox" if await field.evaluate("(e) => e.required") and value == "false":
            await field.check(timeout=_QUICK)
        case "select-one" if not value:
            await field.select_option(index=1, timeout=_QUICK)
        case "text" | "textarea" | "email" | "number" | "date" | "tel" | "url" if not value:
            await field.fill(await _something(field, kind), timeout=_QUICK)


async def _something(field: Locator, kind: str) -> str:
    match kind:
        case "email":
            return f"{WORDS}@example.com"
        case "number":
            return await field.get_attribute("min") or "1"
        case "date":
            return datetime.now(UTC).date().isoformat()
        case "tel":
            return "5550100"
        case "url":
            return "https://example.com/"
    return WORDS
