"""launchready: is this client portal ready to launch? A verdict with evidence."""

__version__ = "0.1.0"
