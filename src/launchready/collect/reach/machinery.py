"""What a framework's own scripts add to a request: how the page is to be drawn, and never which record is meant. Pure.

jQuery adds `_`, Next.js `_rsc` and the state of its router, Ext JS `_dc`, Remix `_data`; htmx and Turbo say which part of
the page asks.
The same record is asked for under ever new values of these, and another value asks for no other record.
"""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_HEADER = re.compile(
    r"rsc|next-.*|x-nextjs-.*|hx-.*|x-inertia.*|turbo-.*|x-turbo-.*|x-pjax.*|x-livewire.*|x-sveltekit-.*|x-remix-.*"
    r"|x-requested-with"
)
_DRAWING = "text/x-component"
"""How React's servers tell a browser to draw a page."""
_PARAMETER = re.compile(r"_(?!(?:id|uid|uuid|key)s?$)\w*|x-sveltekit-.*", re.IGNORECASE)
"""A name that begins with a line is for machines, by custom; MongoDB's ids are called so as well."""


def is_header(name: str) -> bool:
    """Whether a header of this name is a framework's."""
    return bool(_HEADER.fullmatch(name.lower()))


def is_parameter(name: str) -> bool:
    """Whether a query parameter of this name is a framework's."""
    return bool(_PARAMETER.fullmatch(name))


def draws_page(method: str, content_type: str) -> bool:
    """Whether an answer is a page once more, or the frame of it, as a framework's own scripts draw it.

    The page itself, which anybody gets at the same address, shows all that is in it; a frame is the same for those who are
    shown the page and those who are not.
    """
    return method == "GET" and content_type.partition(";")[0].strip().lower() == _DRAWING


def without(url: str) -> str:
    """The address as it is without such parameters."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [pair for pair in pairs if not is_parameter(pair[0])]
    return url if len(kept) == len(pairs) else parts._replace(query=urlencode(kept)).geturl()
