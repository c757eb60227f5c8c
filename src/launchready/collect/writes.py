"""Writes that should not be possible: does one identity change another's record, is a hidden control performed anyway?"""

from launchready.collect import disturbing
from launchready.collect.people import People
from launchready.collect.reach.writing.course import Course
from launchready.evidence import Missing
from launchready.evidence.access import Writes
from launchready.evidence.http import Crawl
from launchready.evidence.sessions import Sessions
from launchready.site import Site
from launchready.wire import Wire


@disturbing(1)
async def writes(
    wire: Wire, site: Site, people: People, crawl: Crawl, sessions: Sessions | Missing
) -> Writes:
    """Learn what is offered; with consent to probe, try it on records made for that, and remove them.

    It waits until others have read, as records of ours would stand in what they read.
    """
    del wire, site
    if isinstance(sessions, Missing):
        return Writes(unlooked=(("", sessions),))
    return await Course(people, crawl, sessions).run()
