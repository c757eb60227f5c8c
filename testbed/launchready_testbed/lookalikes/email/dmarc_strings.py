"""The record is cut into several strings."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    zone = world.zones["lab.test"]
    zone.remove("_dmarc.lab.test", "TXT")
    zone.add("_dmarc.lab.test", "TXT", '"v=DMARC1; p=re" "ject; " "rua=mailto:dmarc@lab.test"')


LOOKALIKE = Lookalike(
    says="The record is cut into several strings.",
    spares=("email/dmarc",),
    look='$ dig +short TXT _dmarc.lab.test @127.0.0.1 -p {dns}\n< p=re" "ject',
    apply=_apply,
)
