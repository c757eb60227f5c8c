"""The portal's own mails, seen arriving: it is made to send them, and they are looked for in the mailboxes given.

Only with consent to probe, and only as test identities. What must be sent by hand is not: `launchready drill mail` does.
"""

from launchready.collect import disturbing
from launchready.collect.mailing.drilling import Drill
from launchready.collect.people import People
from launchready.evidence.letters import MailDrill
from launchready.site import Site
from launchready.wire import Wire


@disturbing(1)
async def mail_drill(wire: Wire, site: Site, people: People) -> MailDrill:
    """Have each kind of mail sent to each mailbox, and read what came."""
    return await Drill(wire, site, people).go()
