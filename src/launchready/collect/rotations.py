"""Secrets that the owner declared as replaced: nothing is asked."""

from launchready.evidence.secrets import Rotation, Rotations
from launchready.site import Site


async def declared_rotations(site: Site) -> Rotations:
    """The entries `[[rotated]]` of the portal file."""
    return Rotations(tuple(Rotation(each.secret, each.on.isoformat(), each.by) for each in site.rotated))
