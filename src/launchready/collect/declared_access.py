"""Who may reach what by the owner's own words: nothing is asked."""

from launchready.evidence.access_policy import DeclaredAccess
from launchready.site import Site
from launchready.site.access import declared


async def declared_access(site: Site) -> DeclaredAccess:
    """The entries `[[access]]` of the portal file, their routes as whole addresses."""
    return declared(site.access, site.portal.url)
