"""One party's tokens against forged requests: where they stand, and which of them may be sent again. Pure; raw."""

import re
from dataclasses import dataclass, field

from launchready.collect.people.pages import Page
from launchready.collect.reach.writing.never import is_token

GUARD_KEY = re.compile(r"^_?(?:csrf|xsrf)[_-]?(?:token)?$", re.IGNORECASE)
GUARD_COOKIE = re.compile(r"csrf|xsrf", re.IGNORECASE)
GUARD_HEADERS = ("X-CSRF-Token", "X-CSRFToken", "X-XSRF-TOKEN")
META = "meta[name*=csrf i][content],meta[name*=xsrf i][content]"


@dataclass(slots=True)
class Tokens:
    """What this party was shown.

    Attributes:
        pages: those with a token for scripts: a <meta>, or an answer of the API.
        names: a page for each name of a token field.
        header: what was sent in a header last.
    """

    pages: dict[str, None] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    header: str = ""
    _shown: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    _sent: set[str] = field(default_factory=set)
    _held: set[str] = field(default_factory=set)

    def note(self, page: Page) -> None:
        """Remember what stands in a page."""
        if page.is_html and page.status < 400:
            for form in page.forms:
                for each in form.fields:
                    if is_token(each) and each.value:
                        self.names.setdefault(each.name, page.url)
                        self._shown.setdefault(each.name, {}).setdefault(each.value, set()).add(form.action)
                        if each.value in self._sent:
                            self._held.add(each.value)
            if page.tree.css_first(META) is not None:
                self.pages.setdefault(page.url)
        elif isinstance(page.data, dict) and any(GUARD_KEY.match(str(key)) for key in page.data):
            self.pages.setdefault(page.url)

    def sent(self, tokens: dict[str, str]) -> None:
        """These were used: those that are shown again hold for more than one request."""
        self._sent |= set(filter(None, tokens.values()))

    def lasting(self, names: list[str]) -> dict[str, str]:
        """Tokens of these names that are known to hold for all forms of the session; none where one of them is not.

        One value alone was ever shown, by forms that send to several addresses, and again after it had been sent.
        """
        found = {}
        for name in names:
            values = self._shown.get(name, {})
            if len(values) != 1:
                return {}
            value, actions = next(iter(values.items()))
            if len(actions) < 2 or value not in self._held:
                return {}
            found[name] = value
        return found

    @property
    def lasting_header(self) -> str:
        """What was sent in a header last, if it is such a token too."""
        return (
            self.header if any(self.lasting([name]).get(name) == self.header for name in self.names) else ""
        )


def token_fields(page: Page, url: str) -> dict[str, str]:
    """The token fields of a page, those of the form that sends to this address first."""
    found: dict[str, str] = {}
    for form in sorted(page.forms, key=lambda form: form.action != url):
        for each in form.fields:
            if is_token(each) and each.value:
                found.setdefault(each.name, each.value)
    return found
