"""Whose key is given to every browser? Told by the name beside it, and by nothing that merely stands near."""

import re

from launchready.detect import generic

# What counts visits, collects errors, searches and draws maps in browsers, and so has its key in every page.
_SERVICES = re.compile(
    r"(?:segment|analytics|amplitude|mixpanel|bugsnag|rollbar|honeybadger|logrocket|hotjar|fullstory|heap|pusher|algolia"
    r"|docsearch|typesense|statsig|growthbook|optimizely|datadog(?:rum|client)|typekit|mapbox|maptiler)(?![a-z])"
)
_AROUND = re.compile(
    r"(?:next|public|vite|react|app|nuxt|expo|gatsby|vue|ng|process|env|import|meta|window)\Z"
)
# What opens more than a page needs. Segment's write key is for pages, Algolia's is not.
_MORE = re.compile(r"admin|secret|server|private|management|monitoring|personal|passw|passphrase|webhook")
_ACCESS = re.compile(r"access_?token")
_CALLED_ACCESS = re.compile(r"rollbar|mapbox|maptiler")
# `{"segment": {"apiKey": "…` and `Bugsnag.start({apiKey: "…`: what the object is called in which the name stands.
_OBJECT = re.compile(r"([\w.$-]{1,60})[\"'`]?\s{0,4}(?:[:=]\s{0,4}|\()\{[^{}]{0,160}\Z")


def is_theirs(before: str) -> bool:
    """Whether the name at the end of `before`, or of the object around it, is that of a service for browsers."""
    name = generic.name_of(before)
    if not name or _MORE.search(name.lower()):
        return False
    around = _OBJECT.search(before)
    names = [name, around[1]] if around else [name]
    return any(_is_service(part, name) for each in names for part in re.split(r"[.\[]", each))


def _is_service(part: str, name: str) -> bool:
    words = [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", part)]
    while words and _AROUND.match(words[0]):
        del words[0]
    service = _SERVICES.match("_".join(words)) or _SERVICES.match("".join(words[:2]))
    if not service:
        return False
    if service[0].startswith("algolia") and "write" in name.lower():
        return False
    return bool(_CALLED_ACCESS.match(service[0])) or not _ACCESS.search(name.lower())


def says_secret(before: str) -> bool:
    """Whether the name at the end of `before` says that what follows is no id and nothing for everybody to see."""
    return bool(_MORE.search(generic.name_of(before).lower()))
