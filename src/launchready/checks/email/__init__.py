"""Mail arrives.

SPF, DKIM and DMARC pass and align for every sender; DMARC at least quarantine, with reports; test mails
arrive in the inbox.
"""

from launchready.check import Row

ROW = Row(place=5, gates=("spf", "dkim", "dmarc", "senders", "delivery", "consistency"))
