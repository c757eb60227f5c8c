"""Which static files does the portal serve, and under which names?

The build step: scripts and styles are squeezed (comments, indentation and line ends go) and named after their content,
so that they may be cached for ever. Sources are beside the templates, in `assets/`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib.resources import files

FOREVER = "public, max-age=31536000, immutable"
SHORT = "public, max-age=3600"


@dataclass(frozen=True)
class Asset:
    """One static file."""

    path: str
    content: bytes
    content_type: str
    cache: str


def squeeze(source: str) -> str:
    """`source` (JavaScript with every semicolon written, or CSS) without comments, indentation and line ends."""
    lines = (line.strip() for line in re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL).splitlines())
    return "".join(line for line in lines if line and not line.startswith("//"))


def _read(name: str) -> bytes:
    return files("launchready_testbed.portal").joinpath("assets", name).read_bytes()


def _hashed(name: str, content: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"/assets/{stem}.{hashlib.sha256(content).hexdigest()[:8]}.{suffix}"


def _build() -> dict[str, Asset]:
    built = {}
    for name, kind in (
        ("logo.svg", "image/svg+xml"),
        ("harbour.png", "image/png"),
        ("harbour-icons.ttf", "font/ttf"),
    ):
        content = _read(name)
        built[name] = Asset(_hashed(name, content), content, kind, FOREVER)
    style = squeeze(_read("app.css").decode())
    for name in ("harbour.png", "harbour-icons.ttf"):
        style = style.replace(f"url({name})", f"url({built[name].path})")
    script = squeeze(_read("app.js").decode())
    for name, text, kind in (("app.css", style, "text/css"), ("app.js", script, "text/javascript")):
        content = text.encode()
        built[name] = Asset(_hashed(name, content), content, f"{kind}; charset=utf-8", FOREVER)
    manifest = (
        _read("manifest.webmanifest").decode().replace("harbour.png", built["harbour.png"].path).encode()
    )
    built["manifest"] = Asset("/manifest.webmanifest", manifest, "application/manifest+json", SHORT)
    built["favicon"] = Asset("/favicon.ico", _read("favicon.ico"), "image/x-icon", SHORT)
    return built


ASSETS = _build()
"""Every static file, by the name that templates use."""
BY_PATH = {asset.path: asset for asset in ASSETS.values()}
