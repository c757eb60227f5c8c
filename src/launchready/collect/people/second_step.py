"""The second step of signing in: a code in the page's form, or in the body that the API asks for."""

from dataclasses import replace
from typing import TYPE_CHECKING

from launchready.collect.people.attempts import Attempted, refusal
from launchready.collect.people.form_kinds import code_fields
from launchready.collect.people.form_login import submit
from launchready.collect.people.forms import Form
from launchready.collect.people.json_login import JsonWay, second_bodies, send
from launchready.collect.people.pages import Page
from launchready.wire import Touch
from launchready.wire.visitor import Visitor

if TYPE_CHECKING:
    from launchready.collect.people.apis import Apis
    from launchready.site import Site
    from launchready.wire import Wire


async def give_code(  # noqa: PLR0917 -- each is another kind of thing
    wire: "Wire",
    site: "Site",
    apis: "Apis",
    way: object,
    visitor: Visitor,
    end: Page,
    code: str,
    *,
    touch: Touch = Touch.SIGN_IN,
) -> Attempted:
    """Send one code where the page or the API that asks for it wants it.

    Args:
        wire: the run's.
        site: the portal.
        apis: what is known of its API.
        way: how the password was sent.
        visitor: halfway through; its jar changes accordingly.
        end: what asked for the code.
        code: it.
        touch: of the request.

    Raises:
        WireError: there was no answer, or no consent.
    """
    form = end.code
    if form is not None:
        answers = await submit(visitor, end.url, *_filled(form, code), touch=touch)
        last = Page(wire.http.address_of(answers[-1].exchange.url), answers[-1])
        again = last.code is not None and _names(last.code) == _names(form)
        refused = again or last.login is not None or answers[0].exchange.status >= 400
        reason = refusal(end, answers, last) if refused else ""
        if refused and reason not in ("limited", "locked", "captcha"):
            reason = "second-factor"
        return Attempted(answers, accepted=not refused, reason=reason, page=last)
    if isinstance(way, JsonWay):
        last_try: Attempted | None = None
        for url, body, field in await second_bodies(apis, site, way, end, ()):
            answers = await send(visitor, url, {**body, field: code}, touch=touch)
            judged = replace(way, memory=type(way.memory)()).judged(visitor, answers)
            if judged.accepted and not judged.second_step:
                return judged
            last_try = replace(judged, accepted=False, second_step=False, reason="second-factor")
            if answers[0].exchange.status not in (400, 404, 405, 422):
                break  # it took the code, and refused it
        if last_try is not None:
            return last_try
    return Attempted((end.answer,), accepted=False, reason="second-factor", page=end, sent=False)


def _names(form: Form) -> tuple[str, ...]:
    return tuple(field.name for field in code_fields(form))


def _filled(form: Form, code: str) -> tuple[Form, dict[str, str]]:
    """The form with the code in it, a digit each where it has a field for each."""
    fields = code_fields(form)
    if len(fields) == 1:
        return form, {fields[0].name: code}
    digits = dict(zip(map(id, fields), code, strict=False))
    filled = tuple(replace(each, value=digits.get(id(each), each.value)) for each in form.fields)
    return replace(form, fields=filled), {}
