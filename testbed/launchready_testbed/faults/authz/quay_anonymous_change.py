"""Strangers who know the identifier of an order may change it."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.unguarded = frozenset({"PATCH /orders/{id}"})


FAULT = Fault(
    says="Strangers who know the identifier of an order may change it.",
    trips=("authz/anonymous",),
    look=(
        '$ quay_sign_in tess > /dev/null; id=$(quay_first tess /orders id); quay_send nobody "/orders/$id" \'{"goods": "Nothing at all"}\' -X PATCH; quay tess "/orders/$id"\n'
        "< HTTP/1.1 200\n"
        "< HTTP/1.1 200\n"
        '< "goods":"Nothing at all"'
    ),
    apply=_apply,
    portal="quay",
)
