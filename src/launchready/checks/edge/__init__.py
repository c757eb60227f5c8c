"""Edge protects.

WAF on, rate limits on login paths, bot protection on login, DDoS protection active, origin not reachable
around it.
"""

from launchready.check import Row

ROW = Row(place=6, gates=())
