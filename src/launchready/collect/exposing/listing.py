"""Is a page a server's own list of what is in a folder? Pure.

Such a list names nothing but what is in the folder, each by a link, and what is above it. A page that somebody made has
links that lead elsewhere: to the start, to the terms.
"""

import re
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from launchready.collect.addresses import resolve

_SORTS = re.compile(r"(?:[CNMSDO]=[A-Z0-9]+[;&]?)+|(?:sort|order)=[\w&;=]+", re.IGNORECASE)
_ROOT = re.compile(r"(?:^|[\s\[:-])/(?:$|[\s\]])")
_MOST_TEXT = 60
"""Characters for each entry, beside its name, that lists spend on dates and sizes."""


def listed(body: bytes, url: str) -> tuple[str, ...]:
    """The addresses in a list of the folder `url`; empty where the page is no such list."""
    if b"<a" not in body[: 1 << 18].lower():
        return ()
    tree = LexborHTMLParser(body)
    folder = urlsplit(url).path
    folder = folder if folder.endswith("/") else folder + "/"
    entries: dict[str, None] = {}
    for node in tree.css("a[href]"):
        written = (node.attributes.get("href") or "").strip()
        target = resolve(url, written)
        if not target:
            return ()
        parts = urlsplit(target)
        if parts.netloc != urlsplit(url).netloc:
            return ()
        if parts.path in (folder, folder.rstrip("/")) and (not parts.query or _SORTS.fullmatch(parts.query)):
            continue
        if folder.startswith(parts.path.rstrip("/") + "/") and not parts.query:
            continue  # what is above it
        below = parts.path.removeprefix(folder)
        if below == parts.path or "/" in below.rstrip("/") or parts.query:
            return ()
        entries[target] = None
    return tuple(entries) if entries and _looks_so(tree, folder, entries) else ()


def _looks_so(tree: LexborHTMLParser, folder: str, entries: dict[str, None]) -> bool:
    """Whether its title names the folder by its path, as servers do in any language, and it says little else."""
    if tree.css_first("form") is not None:
        return False
    heads = [unquote(node.text(strip=True)) for node in tree.css("title, h1, h2")]
    path = unquote(folder.rstrip("/"))
    if not any(path in head if path else _ROOT.search(head) for head in heads):
        return False
    whole = tree.body.text() if tree.body is not None else ""
    names = sum(len(unquote(urlsplit(each).path.rstrip("/").rpartition("/")[2])) for each in entries)
    return len(" ".join(whole.split())) <= 200 + 2 * names + _MOST_TEXT * len(entries)
