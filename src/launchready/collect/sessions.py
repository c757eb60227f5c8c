"""Who could be signed in, and how we know."""

from launchready.collect.people import People
from launchready.evidence.sessions import Sessions


async def sessions(people: People) -> Sessions:
    """Sign in every identity of the portal file, with proof."""
    return await people.everybody()
