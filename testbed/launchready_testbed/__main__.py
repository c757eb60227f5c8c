"""Run the test bed in the foreground: `python -m launchready_testbed [--faults A,B] [--pages N] [--keep]`."""

from __future__ import annotations

import argparse
import asyncio
import sys

from launchready_testbed.fault import faults, lookalikes
from launchready_testbed.login_shape import logins
from launchready_testbed.serve import serve


def main() -> int:
    """Parses the command line, serves, and returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m launchready_testbed", description=__doc__)
    parser.add_argument(
        "--faults", default="", help="ids of faults, look-alikes and login shapes to switch on, comma between"
    )
    parser.add_argument("--pages", type=int, default=0, help="number of further public help articles")
    parser.add_argument("--keep", action="store_true", help="keep running when standard input ends")
    parser.add_argument(
        "--list", action="store_true", help="print every fault, look-alike and login shape and end"
    )
    chosen = parser.parse_args()
    if chosen.list:
        for kind, found in (("fault", faults()), ("look-alike", lookalikes()), ("login", logins())):
            for name, each in found.items():
                print(f"{kind:10} {name:40} {each.says}")
        return 0
    names = [name for name in chosen.faults.split(",") if name]
    work = serve(names, chosen.pages, keep=chosen.keep)
    try:
        import uvloop
    except ImportError:  # not on every platform; only faster
        return asyncio.run(work)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


if __name__ == "__main__":
    sys.exit(main())
