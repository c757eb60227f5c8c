"""No secret in reach.

Zero secrets in repository history, client bundles, source maps, logs, error pages and reachable files.
"""

from launchready.check import Row

ROW = Row(place=4, gates="all")
