"""A loop whose clock jumps to the next timer as soon as nothing else is to be done: minutes pass in no time.

Computing takes no time at all by this clock, so that what is told does not depend on how busy the machine is.
"""

import asyncio
import selectors
from collections.abc import Coroutine
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest

GRACE, STEP = 0.004, 0.2
"""Seconds in which the kernel hands on what was written, as nothing comes from elsewhere; and by which the clock jumps then at
most, so that a busy kernel makes no time-outs."""
CLOCKED = ("launchready_testbed.counting", "launchready_testbed.portal.limits")
Result = TypeVar("Result")


class _Selector(selectors.DefaultSelector):  # type: ignore[misc, valid-type] # a class that is chosen at run time
    def __init__(self) -> None:
        super().__init__()
        self.clock = 1000.0
        self.threads = 0

    def select(self, timeout: float | None = None) -> list[Any]:
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        ready = super().select(None if timeout is None or self.threads else min(GRACE, timeout))
        if not ready and timeout:
            self.clock += min(timeout, STEP)
        return ready


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._chosen = _Selector()
        super().__init__(self._chosen)

    def time(self) -> float:
        return self._chosen.clock

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> Any:
        """As ever; while a thread works the clock stands still."""
        self._chosen.threads += 1
        work = super().run_in_executor(executor, func, *args)
        work.add_done_callback(lambda _: self._done())
        return work

    def _done(self) -> None:
        self._chosen.threads -= 1


def run(work: Coroutine[Any, Any, Result], monkeypatch: pytest.MonkeyPatch) -> Result:
    """As `asyncio.run`, by that clock; limiters go by it too."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        clock = SimpleNamespace(monotonic=runner.get_loop().time)
        for module in CLOCKED:
            monkeypatch.setattr(f"{module}.time", clock)
        return runner.run(work)
