"""How else can a text be read? The same bytes with an encoding taken off, and the way back to where they stood.

A secret on an error page or in an access log is rarely as it stands: it is escaped for HTML, JSON or an address, in
base64, in UTF-16, or broken over lines. Only what surrounds an encoding is decoded, so plain text costs nothing.
"""

from launchready.detect.views.reading import views
from launchready.detect.views.view import View

__all__ = ["View", "views"]
