"""Clients kept apart.

Each identity reads and changes only its own tenant's and role's records.
"""

from launchready.check import Row

ROW = Row(place=3, gates="all")
