"""Whether everybody is as they were: signed in, their role and name the same. Raw while it looks, words as evidence."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from launchready.collect.people import People
from launchready.collect.people.pages import Page
from launchready.collect.reach.writing.acting import Acting
from launchready.errors import LaunchreadyError, SignInFailed, StoreError, WireError
from launchready.evidence.access import ANONYMOUS, Wellbeing

_WHO = ("id", "name", "email", "username", "role", "roles", "is_admin", "admin", "tenant", "tenant_id")


EACH = 50
"""Requests after which everybody is looked at, whoever wrote."""


class HarmDoneError(LaunchreadyError):
    """A write changed an identity that is used: nothing more is written."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Where an identity is told who it is, and what it was told: JSON, raw."""

    url: str
    says: dict[str, Any]


@dataclass(slots=True)
class Health:
    """Everybody's, from the beginning of the writes on.

    Attributes:
        says: what was found of each identity, in the end.
        profiles: addresses of JSON that says who asks, by identity; raw.
    """

    people: People
    acting: Acting
    says: dict[str, Wellbeing] = field(default_factory=dict)
    profiles: dict[str, str] = field(default_factory=dict)
    _looked_at: int = 0
    _told: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def begin(self, profiles: Mapping[str, Profile]) -> None:
        """Take over where each identity is told its role and name, and what they are now to the look that compares."""
        for name in self._names():
            if name in profiles:
                page = await self.acting.look(name, profiles[name].url)
                if page is not None and (says := self.about(name, page)):
                    self.profiles[name], self._told[name] = profiles[name].url, says
            self.says[name] = Wellbeing(name, well=True, says="signed in, its role and name as before")
        self._looked_at = self.acting.requests

    async def after(self, asker: str) -> None:
        """Look at whoever wrote, after each write, and at all after every so many requests.

        Raises:
            HarmDoneError: somebody is not as before, and signing in again did not help.
        """
        if self.acting.requests - self._looked_at >= EACH:
            await self.check()
        elif asker != ANONYMOUS:
            await self.check(asker)

    async def check(self, *names: str) -> None:
        """Look at these identities, at all where none is named.

        Raises:
            HarmDoneError: somebody is not as before, and signing in again did not help.
        """
        if not names:
            self._looked_at = self.acting.requests
        chosen = {name for name in names if name in self.says} if names else self._names()
        await asyncio.gather(*map(self._look, sorted(chosen)))
        broken = sorted(each.party for each in self.says.values() if not each.well)
        if broken:
            raise HarmDoneError(f"{' and '.join(broken)} changed by a write")

    async def _look(self, name: str) -> None:
        """A profile that names the identity proves its session too; without one, what proves sign-in does."""
        if name in self.profiles and await self._is_told(name):
            return
        try:
            session = await self.people.shared(name)
            self.acting.requests += 1
            if not await session.is_proved():
                await self.people.alive(name)
                self.says[name] = Wellbeing(
                    name, well=True, says="its session ended meanwhile; signed in again"
                )
        except StoreError:
            raise
        except SignInFailed as error:
            self.says[name] = Wellbeing(name, well=False, says=f"it cannot be signed in any more: {error}")
            return
        except WireError:
            return  # no answer says nothing of the identity
        if name in self.profiles and not await self._is_told(name):
            self.says[name] = Wellbeing(name, well=False, says="its profile is not shown to it any more")

    async def _is_told(self, name: str) -> bool:
        """Compare what an identity is told of itself; false where it is told nothing, as a session that ended is."""
        page = await self.acting.look(name, self.profiles[name])
        if page is None or page.answer.exchange.is_not_now:
            return True  # no answer says nothing of the identity
        now, before = self.about(name, page), self._told[name]
        if not now:
            return False
        changed = sorted(key for key in _WHO if key in before and now.get(key) != before[key])
        if changed:
            self.says[name] = Wellbeing(name, well=False, says=f"changed: {', '.join(changed)}")
        elif not self.says[name].well:
            self.says[name] = Wellbeing(name, well=True, says="changed meanwhile, and put back")
        return True

    def told(self, name: str) -> dict[str, Any]:
        """What the portal said of an identity at the beginning."""
        return self._told.get(name, {})

    def about(self, name: str, page: Page) -> dict[str, Any]:
        """All that an answer says of an identity, if it is about it."""
        identity = next(each for each in self.people.site.identities if each.name == name)
        return about(page.data, identity.username)

    def _names(self) -> set[str]:
        return {name for name in self.acting.parties if name != ANONYMOUS}


def about(data: Any, username: str) -> dict[str, Any]:
    """What JSON says of who asks: an object with the user name or e-mail of the identity, and a name or a role.

    A list of one is that one, as some interfaces answer whatever is asked for with a list.
    """
    stack: list[tuple[Any, int]] = [(data, 0)]
    while stack:
        each, depth = stack.pop()
        if isinstance(each, list) and len(each) == 1:
            each = each[0]
        if not isinstance(each, dict) or depth > 2:
            continue
        if username and username in [v for v in each.values() if isinstance(v, str)]:
            return dict(each)
        stack += [(value, depth + 1) for value in each.values()]
    return {}
