"""What a person does with a page: fills in, clicks, presses a key, waits until something is there.

What is meant is named as a person would name it, by its label or words, or by a selector. It is looked for in the page
and in its frames, in open shadow roots too; what is not visible is not there.
"""

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import suppress

from playwright.async_api import Error, Frame, Locator, Page

_STEP = 0.1
_PATIENCE = 5.0
_QUICK = 3_000.0
"""Milliseconds in which one action must be done once its element is there."""
_SELECTOR = re.compile(r"[#.\[*]|(?:[a-z][\w-]*)?[#.\[:][\w-]|[a-z-]+ ?[>+~] ?|//|(?:xpath|css|text)=")
_FEW = 5
_CLICKABLE = ("button", "link", "menuitem", "tab", "checkbox", "radio", "option")
_IN_THIS_TAB = "(e) => e.closest('a[target], form[target]')?.removeAttribute('target')"
"""What would open in another tab opens in this one, which is the one looked at."""
_LINKS = """(within) => {
  const found = new Map();
  const walk = (root, inside) => {
    for (const e of root.querySelectorAll("*")) {
      const here = inside || e.closest(within) !== null;
      if (e.tagName === "A" && e.hasAttribute("href") && here && !found.has(e.href))
        found.set(e.href, [e.getAttribute("href"), e.href,
          (e.innerText.trim() || e.getAttribute("aria-label") || e.title || e.querySelector("img[alt]")?.alt || "")
            .trim().slice(0, 80)]);
      if (e.shadowRoot) walk(e.shadowRoot, here);
    }
  };
  walk(document, false);
  return [...found.values()].slice(0, 500);
}"""

Finder = Callable[[Frame], Locator]


class Acting:
    """The hands of a tab. Each method says whether it could do what it was told, and never raises for the page's sake."""

    _page: Page

    async def fill(self, what: str, value: str, patience: float = _PATIENCE) -> bool:
        """Fill in the field with this label, placeholder, name or selector."""
        field = await self._find(_fields(what), patience)
        if field is None:
            return False
        try:
            await field.fill(value, timeout=_QUICK)
        except Error:
            return False
        return True

    async def click(self, what: str, patience: float = _PATIENCE) -> bool:
        """Click what has this name, these words or this selector."""
        target = await self._find(_targets(what), patience)
        if target is None:
            return False
        try:
            await target.evaluate(_IN_THIS_TAB)
            await target.click(timeout=_QUICK)
        except Error:
            return False
        return True

    async def follow(self, href: str) -> bool:
        """Click the link that is written with this address, where it can be seen."""
        named = href.replace("\\", "\\\\").replace('"', '\\"')
        target = await self._find((lambda frame: frame.locator(f'a[href="{named}"]'),), 0.0)
        if target is None:
            return False
        try:
            await target.evaluate(_IN_THIS_TAB)
            await target.click(timeout=_QUICK)
        except Error:
            return False
        return True

    async def links(self, within: str) -> tuple[tuple[str, str, str], ...]:
        """(as written, absolute address, words) of the links inside these elements, each address once, in order."""
        try:
            found = await asyncio.wait_for(self._page.evaluate(_LINKS, within), _QUICK / 1000)
        except (Error, TimeoutError):
            return ()
        return tuple((str(written), str(url), str(words)) for written, url, words in found)

    async def press(self, key: str) -> bool:
        """Press a key, as Enter or Tab, where the cursor is."""
        try:
            await asyncio.wait_for(self._page.keyboard.press(key), _QUICK / 1000)
        except (Error, TimeoutError):
            return False
        return True

    async def expect(self, what: str, patience: float = _PATIENCE) -> bool:
        """Wait until this text, label or selector is there."""
        return await self._find(_sights(what), patience) is not None

    async def state(self, what: str) -> str | None:
        """What stands in a field now; None where there is no such field."""
        field = await self._find(_fields(what), 0.0)
        if field is None:
            return None
        with suppress(Error):
            return await field.input_value(timeout=_QUICK)
        return None

    async def _find(self, finders: tuple[Finder, ...], patience: float) -> Locator | None:
        """The first visible one, finder by finder, the page before its frames; None if none came in time."""
        loop = asyncio.get_running_loop()
        end = loop.time() + patience
        while True:
            for finder in finders:
                for frame in self._page.frames[:20]:
                    if found := await _visible(finder, frame):
                        return found
            if loop.time() >= end:
                return None
            await asyncio.sleep(_STEP)


async def _visible(finder: Finder, frame: Frame) -> Locator | None:
    try:
        found = finder(frame)
        for at in range(min(await asyncio.wait_for(found.count(), _QUICK / 1000), _FEW)):
            if await found.nth(at).is_visible():
                return found.nth(at)
    except (Error, TimeoutError):
        pass  # the frame went elsewhere, or it is no selector
    return None


def _by_selector(what: str) -> Iterator[Finder]:
    yield lambda frame: frame.locator(what)


def _fields(what: str) -> tuple[Finder, ...]:
    named = what.replace("\\", "\\\\").replace('"', '\\"')
    by_words: tuple[Finder, ...] = (
        lambda frame: frame.get_by_label(what, exact=True),
        lambda frame: frame.get_by_placeholder(what, exact=True),
        lambda frame: frame.locator(f':is(input, textarea, select)[name="{named}"]'),
        lambda frame: frame.get_by_label(what).and_(frame.locator("input, textarea, select")),
        lambda frame: frame.get_by_placeholder(what),
    )
    return _ordered(what, by_words)


def _targets(what: str) -> tuple[Finder, ...]:
    exact = tuple(_role(kind, what, exact=True) for kind in _CLICKABLE)
    loose = tuple(_role(kind, what, exact=False) for kind in _CLICKABLE)
    by_words: tuple[Finder, ...] = (
        *exact,
        lambda frame: frame.get_by_label(what, exact=True),
        lambda frame: frame.get_by_text(what, exact=True),
        *loose,
        lambda frame: frame.get_by_text(what),
    )
    return _ordered(what, by_words)


def _role(kind: str, what: str, *, exact: bool) -> Finder:
    return lambda frame: frame.get_by_role(kind, name=what, exact=exact)  # type: ignore[arg-type] # one of its roles


def _sights(what: str) -> tuple[Finder, ...]:
    by_words: tuple[Finder, ...] = (
        lambda frame: frame.get_by_text(what),
        lambda frame: frame.get_by_label(what),
        lambda frame: frame.get_by_role("button", name=what),
        lambda frame: frame.get_by_role("img", name=what),
    )
    return _ordered(what, by_words)


def _ordered(what: str, by_words: tuple[Finder, ...]) -> tuple[Finder, ...]:
    """Selectors first for what looks like one, last for what looks like words."""
    by_selector = tuple(_by_selector(what))
    return (*by_selector, *by_words) if _SELECTOR.match(what) else (*by_words, *by_selector)
