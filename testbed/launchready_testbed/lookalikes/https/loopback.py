"""A script and an image come from this computer itself, whose plain http browsers trust."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.assets import ASSETS
from launchready_testbed.world import NONCE_CSP, World


def _apply(world: World) -> None:
    world.csp = dict(NONCE_CSP)
    world.host("127.0.0.1", plain=world.document("void 0;\n", "text/javascript"), declare=False)
    world.host("localhost", plain=world.document(ASSETS["harbour.png"].content, "image/png"), declare=False)
    world.insert(
        '<script nonce="{nonce}" src="http://127.0.0.1:{http}/agent.js"></script><img '
        'src="http://localhost:{http}/agent.png" alt="">'
    )


LOOKALIKE = Lookalike(
    says=("A script and an image come from this computer itself, whose plain http browsers trust."),
    spares=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/\n"
        '< src="http://127.0.0.1:{http}/agent.js"\n'
        "% / MixedContentWarning http://localhost:{http}/agent.png"
    ),
    apply=_apply,
)
