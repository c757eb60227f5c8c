"""A page of the documentation shows how to use a key, with the provider's own example."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    example = "AKIA" + "IOSFODNN7" + "EXAMPLE", "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY"
    world.insert(
        f"<pre>AWS_ACCESS_KEY_ID={example[0]}\nAWS_SECRET_ACCESS_KEY={example[1]}\nSTRIPE_KEY=sk_live_your_key_here</pre>",
        on=("/security",),
    )


LOOKALIKE = Lookalike(
    says="A page of the documentation shows how to use a key, with the provider's own example.",
    spares=("secrets/bundle",),
    look="$ curl -s https://portal.lab.test:{https}/security | grep -c 'sk_live_your_key_here'\n< 1",
    apply=_apply,
)
