"""Whether everybody is as they were: signed in, their role and name the same. Raw while it looks, words as evidence."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from launchready.collect.people import People
from launchready.collect.people.pages import Page
from launchready.collect.reach.writing.acting import Acting
from launchready.errors import LaunchreadyError, SignInFailed, StoreError, WireError
from launchready.evidence.access import ANONYMOUS, Wellbeing

_WHO = ("id", "name", "email", "username", "role", "roles", "is_admin", "admin", "tenant", "tenant_id")


class HarmDoneError(LaunchreadyError):
    """A write changed an identity that is used: nothing more is written."""


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
    _before: dict[str, dict[str, Any]] = field(default_factory=dict)
    _told: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def begin(self, views: dict[str, tuple[str, ...]]) -> None:
        """Find where each identity is told its role and name, and what they are now."""
        for name in self._names():
            identity = next(each for each in self.people.site.identities if each.name == name)
            for url in views.get(name, ()):
                page = await self.acting.look(name, url)
                about = _about(page, identity.username) if page is not None else {}
                if page is not None and about:
                    self.profiles[name], self._before[name] = url, about
                    self._told[name] = self.about(name, page)
                    break
            self.says[name] = Wellbeing(name, well=True, says="signed in, its role and name as before")

    async def check(self, *names: str) -> None:
        """Look at these identities, at all where none is named.

        Raises:
            HarmDoneError: somebody is not as before, and signing in again did not help.
        """
        chosen = {name for name in names if name in self.says} or self._names()
        await asyncio.gather(*map(self._look, sorted(chosen)))
        broken = sorted(each.party for each in self.says.values() if not each.well)
        if broken:
            raise HarmDoneError(f"{' and '.join(broken)} changed by a write")

    async def _look(self, name: str) -> None:
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
        if name in self.profiles:
            page = await self.acting.look(name, self.profiles[name])
            if page is None or page.answer.exchange.is_not_now:
                return  # nor does this
            identity = next(each for each in self.people.site.identities if each.name == name)
            now = _about(page, identity.username)
            changed = sorted(key for key, value in self._before[name].items() if now.get(key) != value)
            if changed:
                self.says[name] = Wellbeing(name, well=False, says=f"changed: {', '.join(changed)}")
            elif not self.says[name].well:
                self.says[name] = Wellbeing(name, well=True, says="changed meanwhile, and put back")

    def told(self, name: str) -> dict[str, Any]:
        """What the portal said of an identity at the beginning."""
        return self._told.get(name, {})

    def about(self, name: str, page: Page) -> dict[str, Any]:
        """All that an answer says of an identity, if it is about it."""
        identity = next(each for each in self.people.site.identities if each.name == name)
        return _about(page, identity.username, whole=True)

    def _names(self) -> tuple[str, ...]:
        return tuple(sorted(name for name in self.acting.parties if name != ANONYMOUS))


def _about(page: Page, username: str, *, whole: bool = False) -> dict[str, Any]:
    """What an answer says of who asks: an object with the user name or e-mail of the identity, and a name or a role."""
    stack: list[tuple[Any, int]] = [(page.data, 0)]
    while stack:
        each, depth = stack.pop()
        if not isinstance(each, dict) or depth > 2:
            continue
        if username and username in [v for v in each.values() if isinstance(v, str)]:
            return dict(each) if whole else {key: each[key] for key in _WHO if key in each}
        stack += [(value, depth + 1) for value in each.values()]
    return {}
