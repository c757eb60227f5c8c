"""What is not there is answered with a table of settings, a key for payments among them."""

from __future__ import annotations

from launchready_testbed.error_screens import always, html_page, on
from launchready_testbed.fault import Fault
from launchready_testbed.secret_shapes import stripe
from launchready_testbed.world import World


def _apply(world: World) -> None:
    key = stripe()
    page = html_page(f"<h1>Settings</h1><table><tr><td>PAYMENT_KEY</td><td>{key}</td></tr></table>", 404)
    world.errors.append(on(always, page, 404))


FAULT = Fault(
    says="What is not there is answered with a table of settings, a key for payments among them.",
    trips=("secrets/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< PAYMENT_KEY</td><td>sk_",
    apply=_apply,
)
