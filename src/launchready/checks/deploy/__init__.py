"""Release can be rolled back.

What is live is a verified production build, repeatable, and can be rolled back.
"""

from launchready.check import Row

ROW = Row(
    place=7,
    gates=("rollback",),
    beyond="the build that is live, whether it can be repeated and rolled back, and who has access",
)
