"""Who reaches what: each identity's own calls, asked as the others, as lower roles and as nobody."""

from launchready.collect.people import People
from launchready.collect.reach.reaching import Reaching
from launchready.evidence import Missing
from launchready.evidence.access import Access
from launchready.evidence.http import Crawl
from launchready.evidence.sessions import Sessions
from launchready.site import Site
from launchready.wire import Wire


async def access(
    wire: Wire, site: Site, people: People, crawl: Crawl, sessions: Sessions | Missing
) -> Access:
    """Learn what each identity is shown, ask it as those who should not be, and compare what comes back.

    Looking at what each identity is shown and what strangers are answered needs no more consent than signing in; asking
    for what somebody is not offered needs that to probe.
    """
    return await Reaching(wire, site, people, crawl, sessions).access()
