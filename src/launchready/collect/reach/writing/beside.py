"""What stands beside a text in a page: the links and controls of its row, whatever rows are made of. Pure; raw."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from launchready.collect.addresses import resolve
from launchready.collect.people.pages import Page

_ADDRESSED = (
    "href,action,formaction,data-url,hx-post,hx-put,hx-patch,hx-delete,"
    "data-hx-post,data-hx-put,data-hx-patch,data-hx-delete"
).split(",")
_ANY = ",".join(f"[{name}]" for name in _ADDRESSED)


def nearness(page: Page, text: str) -> dict[str, int]:
    """How near each address in a page stands to a text: the depth of the innermost element that holds both.

    Two rows of one list share nothing deeper than the list, so what belongs to a record's row is nearer to it than
    anything of another record's.
    """
    ways = [_way(node) for node in _holding(page, text)]
    found: dict[str, int] = {}
    for node in page.tree.css(_ANY) if ways else ():
        own = _way(node)
        depth = max(_common(own, way) for way in ways)
        for name in _ADDRESSED:
            if (written := node.attributes.get(name)) and (url := resolve(page.url, written)):
                found[url] = max(depth, found.get(url, 0))
    return found


def is_only_mentioned(page: Page, text: str) -> bool:
    """Whether a page shows a text nowhere but in links to other addresses: then it is about something else."""
    here = page.url.partition("#")[0]
    holding = list(_holding(page, text))
    return bool(holding) and all(_leads_elsewhere(node, page.url, here) for node in holding)


def _leads_elsewhere(node: LexborNode | None, base: str, here: str) -> bool:
    while node is not None:
        if node.tag == "a" and (written := node.attributes.get("href")):
            leads = resolve(base, written) or here
            return leads != here and not leads.startswith(f"{here.rstrip('/')}/")  # a file of its own, say
        node = node.parent
    return False


def _holding(page: Page, text: str) -> Iterator[LexborNode]:
    """Elements in whose own text, or in whose value, it stands."""
    root = page.tree.body
    for node in root.traverse(include_text=True) if root is not None else ():
        if node.is_text_node:
            if text in (node.text_content or "") and node.parent is not None:
                yield node.parent
        elif text in (node.attributes.get("value") or ""):
            yield node


def _way(node: LexborNode) -> list[int]:
    """From the root down to it."""
    way: list[int] = []
    each: LexborNode | None = node
    while each is not None:
        way.append(each.mem_id)
        each = each.parent
    return way[::-1]


def _common(one: list[int], other: list[int]) -> int:
    return next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )
