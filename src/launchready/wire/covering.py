"""Screenshots without secrets: fields that hold them are covered, and so is every place where one is written out."""

import asyncio
from contextlib import suppress

from playwright.async_api import Error, Page

_FIELDS = (
    "input[type=password], input[autocomplete~=one-time-code], input[autocomplete*=password],"
    " [data-launchready-covered]"
)
_COVER = "#5b6470"
_SHORTEST = 4
"""Characters; a shorter secret would cover half of the page."""
_MARK = """(secrets) => {
  const held = (text) => secrets.some((secret) => text.includes(secret));
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      const own = [...element.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join("");
      if (held(own) || ("value" in element && held(String(element.value))))
        element.setAttribute("data-launchready-covered", "");
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);
}"""
_UNMARK = """() => {
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      element.removeAttribute("data-launchready-covered");
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);
}"""


async def screenshot(page: Page, secrets: frozenset[str], patience: float) -> bytes:
    """A PNG of what is in view; empty if there is none to be had.

    Args:
        page: what to show.
        secrets: raw; wherever one of them stands in the page, that element is covered.
        patience: seconds.
    """
    frames = page.frames[:20]
    words = [secret for secret in secrets if len(secret) >= _SHORTEST]
    try:
        if words:
            for frame in frames:
                # A picture of a page that cannot be searched is not taken: who knows what it shows.
                await asyncio.wait_for(frame.evaluate(_MARK, words), patience)
        return await page.screenshot(
            mask=[frame.locator(_FIELDS) for frame in frames],
            mask_color=_COVER,
            timeout=patience * 1000,
            animations="disabled",
        )
    except (Error, TimeoutError):
        return b""
    finally:
        if words:
            for frame in frames:
                with suppress(Error, TimeoutError):
                    await asyncio.wait_for(frame.evaluate(_UNMARK), patience)
