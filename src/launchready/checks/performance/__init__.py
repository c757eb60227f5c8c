"""Fast under load.

P95 < 500 ms for each core flow at its stated load, shown with 95 % confidence; no errors under that load.
"""

from launchready.check import Row

ROW = Row(place=10, gates=())
