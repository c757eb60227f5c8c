"""A sound client portal on loopback, with faults that can be switched on.

It knows nothing of launchready: check ids are strings, and each fault can be seen with curl, openssl, dig or a browser.
"""

from launchready_testbed.bed import Bed, BedError
from launchready_testbed.fault import Fault, Lookalike, faults, find, lookalikes

__all__ = ["Bed", "BedError", "Fault", "Lookalike", "faults", "find", "lookalikes"]
