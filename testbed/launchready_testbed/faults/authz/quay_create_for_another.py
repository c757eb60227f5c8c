"""Whoever makes an order says whose it is."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.takes = frozenset({"POST /orders tenant"})


FAULT = Fault(
    says="Whoever makes an order says whose it is.",
    trips=("authz/object",),
    look=(
        '$ quay_both; quay_send tess /orders "{\\"goods\\": \\"Ten tons of sand\\", \\"tenant\\": \\"$(quay_first ugo /me tenant)\\"}"; quay ugo /orders\n'
        "< HTTP/1.1 201\n"
        "< HTTP/1.1 200\n"
        "< Ten tons of sand"
    ),
    apply=_apply,
    portal="quay",
)
