"""Forms that only a script sends: they say neither where nor how, so what they send cannot be read in them. Pure."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

_FEW = 2
"""A form with one line alone is a search more often than not."""
_NOT_TYPED = frozenset(("hidden", "search", "submit", "button", "image", "reset", "checkbox", "radio"))


def has_script_form(page: LexborHTMLParser) -> bool:
    """Whether a page has a form to enter something in, other than a login or a search, that only a script sends."""
    return any(map(_takes_something, page.css("form:not([action]):not([method])")))


def _takes_something(form: LexborNode) -> bool:
    typed = [each for each in form.css("input") if _kind(each) not in _NOT_TYPED]
    if any(_kind(each) == "password" for each in typed):
        return False
    return form.css_first("textarea,input[type=file]") is not None or len(typed) >= _FEW


def _kind(field: LexborNode) -> str:
    return (field.attributes.get("type") or "text").strip().lower()
