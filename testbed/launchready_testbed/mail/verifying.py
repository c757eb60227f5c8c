"""Is the letter on standard input signed as DKIM wants it? For looks: `python verifying.py PORT` asks the name server on that port.

Prints one line for each signature: its domain and selector, and what dkimpy says of it.
"""

from __future__ import annotations

import sys

import dkim
import dns.exception
import dns.resolver


def main() -> None:
    """Reads, verifies, prints."""
    raw = sys.stdin.buffer.read()
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers, resolver.port, resolver.lifetime = ["127.0.0.1"], int(sys.argv[1]), 2.0

    def text(name: bytes, timeout: float = 0) -> bytes | None:
        found = resolver.resolve(name.decode(), "TXT", raise_on_no_answer=False).rrset
        return b"".join(found[0].strings) if found else None

    head = b"\n" + raw.partition(b"\r\n\r\n")[0].lower()
    count = head.count(b"\ndkim-signature:")
    if not count:
        print("none that counts: there is no signature")
    for place in range(count):
        signature = dkim.DKIM(raw)
        try:
            said = "good" if signature.verify(place, dnsfunc=text) else "bad"
        except (dkim.DKIMException, dns.exception.DNSException) as error:
            said = f"none that counts: {type(error).__name__}"
        domain, selector = ((each or b"").decode() for each in (signature.domain, signature.selector))
        print(f"signature of {domain} with {selector} is {said}")


if __name__ == "__main__":
    main()
