"""Dozens of hosts, each with one thing wrong about its certificate or its TLS settings, or nothing at all.

    async with Lab() as lab:
        lab.hosts["expired"].port

`python -m launchready_testbed.tlslab` runs them in the foreground and prints where they are.
"""

from launchready_testbed.tlslab.case import Case
from launchready_testbed.tlslab.lab import CASES, Lab, Running

__all__ = ["CASES", "Case", "Lab", "Running"]
