"""The choice that some portals ask for after the password: for which tenant one comes. Live: never evidence."""

from dataclasses import dataclass

from launchready.collect.people.form_login import submit
from launchready.collect.people.forms import Form
from launchready.collect.people.pages import Page
from launchready.errors import WireError
from launchready.wire import Wire
from launchready.wire.visitor import Visitor

_FEW_LINKS = 25
"""A page that asks to choose has no more links than this."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A form that chooses, and what to put into it; or a link."""

    form: Form | None = None
    field: str = ""
    value: str = ""
    link: str = ""


def choice_of(page: Page, tenant: str) -> Choice | None:
    """What chooses this tenant on a page that offers several; None where it does not ask.

    Args:
        page: where the login ended.
        tenant: as the portal file calls it.
    """
    wanted = tenant.strip().casefold()
    if not wanted or not page.is_html or page.status >= 400 or len(page.links) > _FEW_LINKS:
        return None
    plain = [form for form in page.forms if form.method == "post" and not form.texts and not form.passwords]
    for form in plain:
        for field in form.fields:
            for value, text in field.options:
                if len(field.options) > 1 and wanted in (value.casefold(), text.strip().casefold()):
                    return Choice(form, field.name, value)
    for form in plain:  # one button each
        alike = [other for other in plain if _shape(other) == _shape(form)]
        if len(alike) > 1 and wanted in form.says.casefold():
            return Choice(form)
    named = [link for link in page.links if link.says.strip().casefold() == wanted]
    return Choice(link=named[0].url) if len(named) == 1 and not page.logout else None


async def choose(wire: Wire, visitor: Visitor, page: Page, tenant: str) -> Page:
    """Choose the tenant where the page asks for it; gives the page where that ends, else the page itself."""
    choice = choice_of(page, tenant)
    if choice is None:
        return page
    try:
        if choice.form is not None:
            values = {choice.field: choice.value} if choice.field else {}
            answers = await submit(visitor, page.url, choice.form, values)
        else:
            answers = await visitor.follow("GET", choice.link, headers=(("Referer", page.url),))
    except WireError:
        return page
    return Page(wire.http.address_of(answers[-1].exchange.url), answers[-1])


def _shape(form: Form) -> tuple[str, ...]:
    """What forms have in common that differ by their choice alone."""
    return tuple(field.name for field in form.fields)
