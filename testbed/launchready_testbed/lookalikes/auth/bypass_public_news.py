"""News stand on the dashboard, and anybody may read them from the interface."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    news = "We are closed on the first of May", "New ropes from Galway have arrived"
    titles = ", ".join(f'{{"title": "{each}"}}' for each in news)
    world.page("/api/v1/news", f"[{titles}]", "application/json")
    shown = "".join(f"<li>{each}</li>" for each in news)
    world.insert(f'<section data-source="/api/v1/news"><ul>{shown}</ul></section>', on=("/dashboard",))
    world.insert('<a href="/api/v1/news">News for programs</a>', on=("/dashboard",))


LOOKALIKE = Lookalike(
    says="News stand on the dashboard, and anybody may read them from the interface.",
    spares=("auth/bypass",),
    look=('$ curl -si "$BED_URL/api/v1/news"\n< HTTP/1.1 200\n< We are closed on the first of May'),
    apply=_apply,
)
