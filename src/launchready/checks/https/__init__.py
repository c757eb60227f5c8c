"""Encrypted everywhere.

Every page, asset and host redirects to HTTPS; no mixed content; the certificate and TLS settings hold.
"""

from launchready.check import Row

ROW = Row(place=1, gates="all")
