"""What in a text is a secret? Pure: bytes in, what was found out; nothing is opened, asked or kept.

`Detector.find` is the one way in for every surface: history, files, scripts, error answers and logs.
"""

from launchready.detect.detector import Detector
from launchready.detect.found import Found, Reading

__all__ = ["Detector", "Found", "Reading"]
