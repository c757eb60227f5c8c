"""Logs tell and keep quiet.

No password or token in any log; authentication events logged; an audit trail of who did what when.
"""

from launchready.check import Row

ROW = Row(place=9, gates=())
