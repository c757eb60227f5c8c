"""Every page shows a clock and a counter, and now and then that maintenance is due: it never looks the same twice."""

from __future__ import annotations

import itertools

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import Snippet, World


class _News(str):
    """Text of a snippet that is another one each time it is filled in."""

    __slots__ = ()
    _numbers = itertools.count(1)

    def replace(self, *_: object) -> str:
        number = next(self._numbers)
        due = "<p>Maintenance begins at ten o'clock; save your work.</p>" if number % 2 else ""
        return f"{due}<p>{number} people are here, and you have {number * 7 % 50} new messages.</p>"


def _apply(world: World) -> None:
    world.snippets.append(Snippet(_News("news"), "body", lambda path: True))


LOOKALIKE = Lookalike(
    says="Every page shows a clock and a counter, and now and then that maintenance is due: it never looks the same twice.",
    spares=("auth/session-stable", "auth/login"),
    look="$ sign_in nora > /dev/null; get nora /dashboard; get nora /dashboard\n< people are here\n< people are here",
    apply=_apply,
)
