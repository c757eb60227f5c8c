"""Outages reach the owner.

Uptime checks and error alerts on, reaching a named owner by mail or chat within 120 s of an outage.
"""

from launchready.check import Row

ROW = Row(place=8, gates="all")
