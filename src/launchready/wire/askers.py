"""Whose request it is: Chromium names a frame, the frame belongs to a tab or worker, and that to one visitor."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.async_api import CDPSession

from launchready.wire.gate import Touch


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody for whom a browser asks.

    Attributes:
        name: for the journal.
        touch: how far its requests go.
        headers: added to its requests to secure hosts of the portal.
        holds_back: whether a request of this method, address and body is not sent after all.
    """

    name: str = "browser"
    touch: Touch = Touch.READ
    headers: tuple[tuple[str, str], ...] = ()
    holds_back: Callable[[str, str, str], bool] = lambda _method, _url, _body: False


NOBODY = Asker()
"""Somebody who is not signed in, or whose frame is not known."""


class Askers:
    """Which frame belongs to whom, in one browser. Frames outlive their pages here by little: ids are never reused."""

    def __init__(self) -> None:
        self._profile_of: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._askers: dict[str, Asker] = {}

    async def watch(self, browser: CDPSession) -> None:
        """Learn of every page, frame of a process of its own, and worker, before it asks for anything."""
        for event in ("Target.targetCreated", "Target.targetInfoChanged"):
            browser.on(event, self._noticed)
        browser.on("Target.targetDestroyed", self._gone)
        await browser.send("Target.setDiscoverTargets", {"discover": True})

    async def introduce(self, tab: CDPSession, asker: Asker) -> None:
        """Say whose profile this tab is of; must come before it loads anything."""
        target = (await tab.send("Target.getTargetInfo"))["targetInfo"]
        self._noticed({"targetInfo": target})
        self._askers[target["browserContextId"]] = asker
        tab.on("Page.frameAttached", self._attached)
        await tab.send("Page.enable")

    def of(self, frame: str) -> Asker:
        """Whose this frame is; NOBODY's if that cannot be told."""
        for _ in range(20):
            if frame in self._profile_of or frame not in self._parents:
                break
            frame = self._parents[frame]
        return self._askers.get(self._profile_of.get(frame, ""), NOBODY)

    def _noticed(self, event: dict[str, Any]) -> None:
        target = event["targetInfo"]
        self._profile_of[target["targetId"]] = target.get("browserContextId", "")

    def _gone(self, event: dict[str, Any]) -> None:
        self._profile_of.pop(event["targetId"], None)

    def _attached(self, event: dict[str, Any]) -> None:
        self._parents[event["frameId"]] = event["parentFrameId"]
