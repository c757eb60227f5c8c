"""What is there already and is changed in place, and put back: settings for all, and profiles of identities. Raw.

Tried only where the present value is visible, so that it can be put back by the same operation; then that is proved.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from launchready.collect.people import People
from launchready.collect.people.forms import Field
from launchready.collect.reach.writing.canary import Canary
from launchready.collect.reach.writing.extra_fields import same
from launchready.collect.reach.writing.filling import Filled, Filler
from launchready.collect.reach.writing.learning import Learned
from launchready.collect.reach.writing.never import only_shows, why_never
from launchready.collect.reach.writing.operations import Operation
from launchready.collect.reach.writing.several import has_boxes
from launchready.collect.reach.writing.trying import Trying
from launchready.collect.reach.writing.wellbeing import HarmDoneError
from launchready.evidence.access import ANONYMOUS

_TEXTS = frozenset(("text", "textarea", "search"))
_RANKS = (
    "role",
    "roles",
    "is_admin",
    "isAdmin",
    "admin",
    "tenant",
    "tenant_id",
    "tenantId",
    "credit",
    "balance",
    "verified",
)
"""Of a profile, what nobody may set for themselves, as far as the portal's own JSON has it."""


@dataclass(slots=True)
class Standing:
    """Trials on what cannot be made anew."""

    people: People
    trying: Trying
    learned: Learned
    fillers: Mapping[str, Filler]

    async def run(self) -> None:
        """Settings first, then profiles."""
        profiles = self._profiles()
        for name in sorted({each.template() for each in self.learned.operations}):
            offers = [each for each in self.learned.operations if each.template() == name and each.from_page]
            ids = "{}" in name
            chooses = any(map(has_boxes, offers))  # records, which are made to be tried on
            if chooses and not ids:
                self._chosen_from(name, offers)
            elif offers and not ids and not any(id(each) in profiles for each in offers):
                await self._settings(offers)
        await self._own_profile(profiles)

    def _chosen_from(self, name: str, offers: list[Operation]) -> None:
        """A form with boxes that only those above are offered, and that had none for a record of ours."""
        ranks = self.trying.ranks
        to = frozenset(each.party for each in offers)
        told = {made.trial.operation for made in self.trying.made} | {
            what for what, _ in self.trying.unlooked
        }
        if (
            name in told
            or ANONYMOUS in to
            or not ranks.below(to)
            or only_shows(offers[0].url, offers[0].label)
        ):
            return
        why = why_never(replace(offers[0], several="boxes"))
        self.trying.unclear(
            name, f"it was not tried: {why or 'no record that was made for this may be chosen in it'}"
        )

    async def _settings(self, offers: list[Operation]) -> None:
        """A form that only those above are offered and that shows what is set."""
        ranks = self.trying.ranks
        to = frozenset(each.party for each in offers)
        below = ranks.below(to)
        makers = [each for each in offers if ranks.party(each.party).test]
        if ANONYMOUS in to or not below or why_never(offers[0]) or not any(map(_is_filled_in, offers)):
            return
        if not makers:
            self.trying.unclear(
                offers[0].template(), "nobody who is offered it is a test identity that could put it back"
            )
            return
        operation = min(makers, key=lambda each: (ranks.party(each.party).admin, each.party))
        field = _harmless(operation)
        if field is None:
            self.trying.unclear(
                offers[0].template(), "it has no text whose present value is shown, to be put back"
            )
            return
        for asker, kind in (*((name, "frontend-only") for name in below), (ANONYMOUS, "anonymous")):
            with self.trying.counting():
                await self._set(operation, field, asker, kind)

    async def _set(self, operation: Operation, field: Field, asker: str, kind: str) -> None:
        """Change one text of it as somebody who must not; put it back as the one who may."""
        acting, maker = self.trying.acting, operation.party
        mark = self.trying.canaries.new_mark()
        if await self._shown(operation, field) != field.value:
            return  # it changes by itself
        ready = Filled(operation, operation.url, {field.name: mark}, marked=True)
        sent = await acting.send(asker, ready, mark, follow=False)
        now = await self._shown(operation, field)
        changed = None if now is None else now == mark
        undone = None
        if changed:
            await acting.send(maker, Filled(operation, operation.url, {field.name: field.value}), mark)
            undone = await self._shown(operation, field) == field.value
        subject = Canary(maker, mark, operation)
        how = f"sent it with another {field.name}"
        self.trying.note(
            kind, operation, asker, subject, sent, changed=changed, ready=ready, how=how, undone=undone
        )
        if undone is False:
            raise HarmDoneError(f"the field {field.name} of {operation.template()}")
        await self.trying.health.check(asker, maker)

    async def _shown(self, operation: Operation, field: Field) -> str | None:
        """What stands in a field now."""
        page = await self.trying.acting.look(operation.party, operation.page)
        for form in page.forms if page is not None else ():
            if form.action == operation.url:
                return next((each.value for each in form.fields if each.name == field.name), None)
        return None

    def _profiles(self) -> dict[int, str]:
        """Operations that change the account of who sends them: by what is filled in, or where the profile is read."""
        found: dict[int, str] = {}
        for each in self.learned.operations:
            for name, url in self.trying.health.profiles.items():
                username = next(i.username for i in self.people.site.identities if i.name == name)
                told = self.trying.health.told(name)
                values = {field.value for field in each.fields if field.value}
                own = each.party == name and values & {
                    username,
                    *(v for k, v in told.items() if k in ("name", "email") and isinstance(v, str)),
                }
                if own or (not each.party and each.url == url and each.method in ("PATCH", "PUT", "POST")):
                    found[id(each)] = name
        return found

    async def _own_profile(self, profiles: Mapping[int, str]) -> None:
        """Let one identity give itself another role, or another tenant; then put it back."""
        ranks, health = self.trying.ranks, self.trying.health
        fitting = [
            each for each in ranks.parties if each.test and not each.admin and each.name in health.profiles
        ]
        for party in sorted(fitting, key=lambda each: (not each.tenant, each.name))[:1]:
            for each in self.learned.operations:
                mine = profiles.get(id(each)) == party.name or (id(each) in profiles and not each.party)
                if mine and not why_never(each, self.trying.health.told(party.name).keys()):
                    with self.trying.counting():
                        await self._raise(party.name, each)

    async def _raise(self, name: str, operation: Operation) -> None:
        told = await self._profile(name) or {}
        for key in [key for key in _RANKS if key in told and key not in operation.names]:
            wanted = self._wanted(name, key, told[key])
            if wanted is None:
                continue
            with_present = self._ready(operation, told, {key: told[key]})
            await self.trying.acting.send(name, with_present, "profile")
            now = await self._profile(name)
            if now is None:
                self.trying.unclear(
                    operation.template(), f"{name} was not answered when it read its profile again"
                )
                return
            if not same(now.get(key), told[key]):
                raise HarmDoneError(f"{key} of {name}")
            ready = self._ready(operation, told, {key: wanted})
            sent = await self.trying.acting.send(name, ready, "profile")
            now = await self._profile(name)
            changed = None if now is None else same(now.get(key), wanted)
            undone = None
            if changed is not False:
                await self.trying.acting.send(name, with_present, "profile")
                now = await self._profile(name)
                undone = None if changed is None else now is not None and same(now.get(key), told[key])
            self.trying.note(
                "property",
                operation,
                name,
                Canary(name, "", operation),
                sent,
                changed=changed,
                ready=ready,
                how=f"sent it with another {key} of its own",
                fields=(key,) if changed else (),
                undone=undone,
            )
            await self.trying.health.check(*([name] if undone is not False else ()))

    def _ready(self, operation: Operation, told: Mapping[str, Any], extra: Mapping[str, Any]) -> Filled:
        """The operation with what is there already, and more."""
        if operation.carries == "json":
            names = operation.names
            kept = {n: told[n] for n in names if isinstance(told.get(n), str) and told[n]}
            return Filled(operation, operation.url, body={**kept, **extra})
        return Filled(operation, operation.url).plus(extra)

    def _wanted(self, name: str, key: str, present: Any) -> Any:
        """Another value that somebody else has."""
        if isinstance(present, bool):
            return not present
        if isinstance(present, int | float) and key in ("credit", "balance"):
            return present + 1
        for party in self.trying.ranks.parties:
            other = self.trying.health.told(party.name).get(key)
            if party.name != name and other is not None and type(other) is type(present) and other != present:
                return other
        others = [each for each in self.fillers.get(name, Filler()).choices.get(key, ()) if each != present]
        return next(iter(others), None) if isinstance(present, str) else None

    async def _profile(self, name: str) -> dict[str, Any] | None:
        """What an identity is told of itself; None where it was not answered, twice."""
        health = self.trying.health
        for _ in range(2):
            page = await self.trying.acting.look(name, health.profiles[name])
            if page is not None and not page.answer.exchange.is_not_now:
                return health.about(name, page)
        return None


def _is_filled_in(operation: Operation) -> bool:
    """Whether it shows something that is set."""
    return any(each.shown and each.kind != "hidden" and each.value.strip() for each in operation.fields)


def _harmless(operation: Operation) -> Field | None:
    """One text that shows what is set."""
    fitting = [
        each
        for each in operation.fields
        if each.kind in _TEXTS
        and each.shown
        and each.name
        and each.value.strip()
        and "://" not in each.value
        and "@" not in each.value
        and not each.numeric
    ]
    return next((each for each in fitting if " " in each.value), next(iter(fitting), None))
