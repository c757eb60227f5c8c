"""What in an answer tells of the inside of a portal: traces, debug pages, databases, paths, hosts, versions.

Structure counts, never a word: a page that speaks of tracebacks is fine, lines that a run-time writes are not.
"""

from launchready.detect.inside.betrayal import Betrayal
from launchready.detect.inside.betrayals import betrayals
from launchready.detect.inside.texts import Texts, texts_of

__all__ = ["Betrayal", "Texts", "betrayals", "texts_of"]
