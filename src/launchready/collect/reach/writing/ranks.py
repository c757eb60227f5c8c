"""Who must not do what: by what the portal file declares of tenants, roles and admins. Pure."""

from dataclasses import dataclass

from launchready.collect.wording import plain
from launchready.evidence.access import ANONYMOUS, Party

_ADMINS = frozenset("admin admins administrator administrators administration superuser root".split())


@dataclass(frozen=True, slots=True)
class Ranks:
    """The parties of one run.

    Attributes:
        parties: all that could be signed in, anonymous not among them; test identities alone are ever used to write.
    """

    parties: tuple[Party, ...]

    def party(self, name: str) -> Party:
        """The one of this name."""
        return next((each for each in self.parties if each.name == name), Party(name))

    def is_above(self, one: str, other: str) -> bool:
        """Whether one may do more than the other: an admin, or the house over those who are bound to a tenant."""
        high, low = self.party(one), self.party(other)
        if one == other or low.name == ANONYMOUS:
            return False
        if high.admin != low.admin:
            return high.admin and (not high.tenant or high.tenant == low.tenant)
        return bool(low.tenant) and not high.tenant

    def is_highest(self, name: str) -> bool:
        """Whether there are others below and nobody above: such a one may set what it likes."""
        higher = any(self.is_above(each.name, name) for each in self.parties)
        return not higher and any(self.is_above(name, each.name) for each in self.parties)

    def above(self, name: str) -> tuple[str, ...]:
        """Test identities above this one, sorted."""
        return tuple(
            sorted(each.name for each in self.parties if each.test and self.is_above(each.name, name))
        )

    def others(self, name: str) -> tuple[str, ...]:
        """Test identities of another tenant, sorted; of the same role first."""
        own = self.party(name)
        if not own.tenant:
            return ()
        found = [each for each in self.parties if each.test and each.tenant and each.tenant != own.tenant]
        return tuple(each.name for each in sorted(found, key=lambda each: (each.role != own.role, each.name)))

    def meant(self, *said: str) -> set[str]:
        """Whom a document means by its words: admins, or the parties of a role that it names; empty for everybody."""
        tokens = set(plain(" ".join(said)).split())
        if tokens & _ADMINS:
            return {each.name for each in self.parties if each.admin}
        roles = {each.role for each in self.parties if each.role and plain(each.role) in tokens}
        named = {each.name for each in self.parties if each.role in roles or (roles and each.admin)}
        return named if len(roles) == 1 and any(not self.party(each).tenant for each in named) else set()

    def below(self, offered: frozenset[str]) -> tuple[str, ...]:
        """Test identities below all of these, one of each role, the lowest first."""
        low = [
            e for e in self.parties if e.test and offered and all(self.is_above(o, e.name) for o in offered)
        ]
        unlike: dict[tuple[str, bool], str] = {}
        for each in sorted(low, key=lambda e: (not e.tenant, e.name)):
            unlike.setdefault((each.role, bool(each.tenant)), each.name)
        return tuple(unlike.values())

    def askers(self, owner: str, offered: frozenset[str]) -> tuple[tuple[str, str], ...]:
        """Who tries an operation on a record of the owner's, each with the kind of hole that it would be.

        Where the owner is offered it: somebody of another tenant, and nobody. Where only those above are: the owner
        itself, others below who belong to no other tenant, and nobody.
        """
        if owner in offered:
            found = [(name, "object") for name in self.others(owner)[:1]]
            below = self.below(offered) if not self.party(owner).tenant else ()
        else:
            found = []
            below = tuple(n for n in self.below(offered) if n == owner or not self.party(n).tenant)
            if owner in self.below(offered) or not self.party(owner).test:
                below = tuple(dict.fromkeys((owner, *below)))
        found += [(name, "frontend-only") for name in below]
        return (*found, (ANONYMOUS, "anonymous"))
