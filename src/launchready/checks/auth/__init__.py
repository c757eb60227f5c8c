"""Sign-in holds.

No authentication bypass; MFA enforced for admin roles; sessions behave.
"""

from launchready.check import Row

ROW = Row(place=2, gates="all")
