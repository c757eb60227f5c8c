"""Who may see whose records, by what the portal file declares. Pure."""

from collections.abc import Iterable
from enum import StrEnum

from launchready.evidence.access import Party


class Relation(StrEnum):
    """What the one who asks is to the one whose it is."""

    APART = "apart"
    """Of another tenant."""
    UNTOLD = "untold"
    """Of the same role where no tenants are declared: apart only if the portal keeps them apart."""
    COLLEAGUE = "colleague"
    """Of the same tenant and role: whether they share all records or have some each, nobody has declared here."""
    LOWER = "lower"
    """Without rights that the other one has."""
    NONE = "none"


def relation(owner: Party, asker: Party, parties: Iterable[Party]) -> Relation:
    """How the asker stands to the owner.

    Staff of the house (no tenant, where others have one) may see all tenants; what staff is shown is nobody's own.
    """
    tenants = any(each.tenant for each in parties)
    if owner.name == asker.name:
        return Relation.NONE
    if owner.admin and not asker.admin:
        return Relation.LOWER
    if tenants and not owner.tenant and asker.tenant:
        return Relation.LOWER
    if owner.tenant and asker.tenant and owner.tenant != asker.tenant:
        return Relation.APART
    if tenants and (owner.tenant, owner.role, owner.admin) == (asker.tenant, asker.role, asker.admin):
        return Relation.COLLEAGUE if owner.tenant else Relation.NONE
    if not tenants and owner.role == asker.role and owner.admin == asker.admin:
        return Relation.UNTOLD
    return Relation.NONE


def may_be_lower(owner: Party, asker: Party, parties: Iterable[Party]) -> bool:
    """Whether the two differ in role alone, so that what they are offered tells who is the lower one."""
    return (
        relation(owner, asker, parties) is Relation.NONE
        and owner.name != asker.name
        and owner.tenant == asker.tenant
        and owner.role != asker.role
        and owner.admin == asker.admin
    )
