"""A sound client portal on loopback, with faults that can be switched on.

It knows nothing of launchready: check ids are strings, and each fault can be seen with curl, openssl, dig or a browser.
"""

from launchready_testbed.bed import Bed, BedError
from launchready_testbed.fault import Fault, Lookalike, faults, find, lookalikes
from launchready_testbed.login_shape import LoginShape, logins

__all__ = ["Bed", "BedError", "Fault", "LoginShape", "Lookalike", "faults", "find", "logins", "lookalikes"]
