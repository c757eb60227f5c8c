"""Which form is which: login, first of two steps, one-time code. Pure.

What a form is, its structure tells; words only rank forms of the same structure, or tell apart what looks the same.
"""

from launchready.collect.people import words
from launchready.collect.people.forms import Field, Form


def is_login(form: Form) -> bool:
    """One password to type, not a new one, in a form that does not put it into the address."""
    if len(form.passwords) != 1 or form.passwords[0].autocomplete in ("new-password", "one-time-code"):
        return False
    about = f"{form.says} {form.action}"
    if words.SIGN_UP.search(about) and not words.LOGIN.search(about):
        return False
    return form.method != "get" or not form.declared or form.scripted


def can_be_sent(form: Form) -> bool:
    """Whether a plain POST is what the page means; else a script is needed."""
    named = all(field.name for field in form.passwords)
    return form.method == "post" and named and not form.scripted


def login_rank(form: Form) -> tuple[int, ...]:
    """How much a form with one password field looks like the login: the greater, the more."""
    password = form.passwords[0]
    return (
        can_be_sent(form),
        password.autocomplete == "current-password",
        not words.SIGN_UP.search(form.says),
        bool(words.LOGIN.search(form.says)),
        -len(form.texts),
    )


def username_field(form: Form, username: str = "") -> Field | None:
    """The field for the user name; None where the form has none, as in a second step."""
    fields = form.texts
    before = {id(field): at for at, field in enumerate(form.fields)}
    at_password = min((before[id(field)] for field in form.passwords), default=len(form.fields))

    def rank(field: Field) -> tuple[int, ...]:
        tokens = field.autocomplete.split()
        return (
            "username" in tokens or "email" in tokens,
            field.kind == "email" and ("@" in username or not username),
            not words.TENANT.search(field.hints) or bool(words.USER.search(field.hints.split(" ")[0])),
            bool(words.USER.search(field.hints)),
            before[id(field)] < at_password,
            before[id(field)],
        )

    codes = login_code(form)
    fitting = [field for field in fields if field.kind != "search" and field not in codes]
    return max(fitting, key=rank, default=None)


def login_code(form: Form) -> tuple[Field, ...]:
    """The field of a login form that takes a one-time code beside the password; empty without one."""
    texts = form.texts
    marked = [field for field in texts if "one-time-code" in field.autocomplete]
    named = [
        field
        for field in texts[1:]
        if words.CODE.search(field.hints)
        and (field.numeric or 4 <= field.most <= 8)
        and field.kind != "email"
    ]
    return tuple((marked or named)[:1])


def is_identifier(form: Form, url: str, *, expected: bool = False) -> bool:
    """One field for who one is and no password, on a page or to an address that is about signing in.

    Args:
        form: it.
        url: of its page.
        expected: the page is known to be the one where one signs in.
    """
    if form.passwords or len(form.texts) != 1 or code_fields(form):
        return False
    field = form.texts[0]
    tokens = field.autocomplete.split()
    if field.kind == "search" or words.OTHER_FORM.search(f"{form.says} {form.action} {field.hints}"):
        return False
    if not field.name or "username" in tokens or "webauthn" in tokens:
        return bool(field.name)
    about = f"{form.says} {form.action} {url}"
    sign_up = words.SIGN_UP.search(form.says) or words.SIGN_UP.search(form.action)
    if expected and not sign_up and form.method in ("get", "post"):
        return field.kind == "email" or bool(tokens) or bool(words.USER.search(field.hints))
    return bool(words.LOGIN.search(about)) and not sign_up and form.method == "post"


def identifier_rank(form: Form) -> tuple[int, ...]:
    """How much a form with one field looks like the first step of a login: the greater, the more."""
    field = form.texts[0]
    return ("username" in field.autocomplete, bool(words.LOGIN.search(form.says)), field.kind == "email")


def code_fields(form: Form) -> tuple[Field, ...]:
    """The field that takes a one-time code, or the several that take a digit each; empty where there is none."""
    if form.passwords and not all("one-time-code" in field.autocomplete for field in form.passwords):
        return ()
    marked = tuple(field for field in form.fields if field.shown and "one-time-code" in field.autocomplete)
    texts = form.texts
    single = tuple(field for field in texts if field.most == 1)
    if len(single) in (6, 7, 8) and len(single) == len(texts):
        return single
    if marked:
        return marked[:1]
    if len(texts) != 1 or texts[0].kind in ("email", "search"):
        return ()
    field = texts[0]
    short = 4 <= field.most <= 10
    means_code = bool(words.CODE.search(field.hints) or words.CODE.search(form.says))
    return (
        (field,)
        if (short and field.numeric) or (means_code and (short or field.numeric or not field.most))
        else ()
    )
