"""Mail authentication, pure: SPF, DKIM, DMARC and ARC judged from answers of name servers that somebody else asked for."""
