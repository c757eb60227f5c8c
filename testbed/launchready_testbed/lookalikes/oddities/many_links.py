"""A page links to a hundred thousand orders, and each of them answers."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, World


def _apply(world: World) -> None:
    order = world.document("<!doctype html><html lang=en><title>Order</title><p>Delivered.</p>")
    world.secure(lambda request: order if request.url.path.startswith("/orders/") else None, (PORTAL,))
    links = "\n".join(f'<a href="/orders/{number}">{number}</a>' for number in range(1, 100_001))
    world.page("/orders", f"<!doctype html><html lang=en><title>Orders</title>{links}")
    world.insert('<a href="/orders">Orders</a>')


LOOKALIKE = Lookalike(
    says="A page links to a hundred thousand orders, and each of them answers.",
    spares=(
        "https/redirects",
        "https/redirect-map",
        "https/certificate",
        "https/tls",
        "https/hsts",
        "https/mixed-content",
        "https/headers",
    ),
    look=("$ curl -s https://portal.lab.test:{https}/orders | grep -c '<a href=\"/orders/'\n< 100000"),
    apply=_apply,
)
