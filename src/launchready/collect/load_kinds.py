"""What Chromium calls the things that a page loads, and what evidence calls them."""

_KINDS = {
    **dict.fromkeys(("script", "import", "worker", "sharedworker", "serviceworker", "script-src"), "script"),
    **dict.fromkeys(("script-src-elem", "worker-src"), "script"),
    **dict.fromkeys(("stylesheet", "style-src", "style-src-elem", "xslt"), "style"),
    **dict.fromkeys(("image", "favicon", "img-src"), "image"),
    **dict.fromkeys(("audio", "video", "media", "track", "texttrack", "media-src"), "media"),
    **dict.fromkeys(("font", "font-src"), "font"),
    **dict.fromkeys(("frame", "document", "frame-src", "child-src", "fenced-frame-src"), "frame"),
    **dict.fromkeys(("plugindata", "pluginresource", "object", "object-src"), "object"),
    **dict.fromkeys(("form", "form-action"), "form"),
    **dict.fromkeys(
        ("xmlhttprequest", "xhr", "fetch", "resource", "eventsource", "json", "connect-src", "websocket"),
        "connect",
    ),
    **dict.fromkeys(("manifest", "manifest-src"), "manifest"),
    **dict.fromkeys(("prefetch", "preload", "speculationrules", "prefetch-src"), "preload"),
    **dict.fromkeys(("ping", "beacon", "cspreport", "attributionsrc", "cspviolationreport"), "ping"),
}
"""From the names that Chromium's issues, its policy directives and Playwright's requests use."""


def kind_of(resource: str) -> str:
    """The kind, as `evidence.http.Load` has it."""
    return _KINDS.get(resource.lower(), "other")
