"""Data for search engines names vocabularies by plain http addresses."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import NONCE_CSP, World


def _apply(world: World) -> None:
    world.csp = dict(NONCE_CSP)
    world.insert(
        (
            '<script type="application/ld+json">{"@context": "http://schema.org", "@type": '
            '"Organization", "logo": "http://cdn.example.test/logo.png"}</script>'
        ),
        place="head",
    )


LOOKALIKE = Lookalike(
    says="Data for search engines names vocabularies by plain http addresses.",
    spares=("https/mixed-content",),
    look=('$ curl -s https://portal.lab.test:{https}/\n< "http://schema.org"'),
    apply=_apply,
)
