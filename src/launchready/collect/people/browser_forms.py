"""Which of the fields that a person sees are the login's. Pure; structure decides, words only rank what is alike."""

from dataclasses import dataclass

from launchready.collect.people import words
from launchready.wire.fields import SeenField, Sight

_FEW_LINKS = 25
"""Pages that ask for a code have no more links than this; a shop's page with a field for a voucher has."""
_LONGEST_CODE = 12
_BOXES = (4, 8)
"""Single-character fields that together take one code: at least, at most."""


@dataclass(frozen=True, slots=True)
class LoginFields:
    """A login form as it stands now: of two-step forms, the step that is there.

    Attributes:
        username: None where the page knows already who it is.
        password: None in the first of two steps.
        buttons: what sends it, the likeliest first.
    """

    username: SeenField | None
    password: SeenField | None
    buttons: tuple[SeenField, ...]


@dataclass(frozen=True, slots=True)
class CodeFields:
    """Where a one-time code goes: one field, or one for each character."""

    fields: tuple[SeenField, ...]
    buttons: tuple[SeenField, ...]


def login_fields(sight: Sight, username: str = "") -> LoginFields | None:
    """The form with one password to type; else the first step of a two-step form; None where there is neither."""
    with_password = [group for group in _groups(sight) if _takes_password(group)]
    if with_password:
        group = max(with_password, key=_login_rank)
        password = next(field for field in group if field.kind == "password")
        field = username_field(group, password, username)
        return LoginFields(field, password, _buttons(group, password))
    if any(field.kind == "password" for field in sight.fields):
        return None  # to choose a new one: not a login
    first_steps = [
        (group, field) for group in _groups(sight) if (field := _only_identifier(group)) is not None
    ]
    if not first_steps:
        return None
    group, field = max(first_steps, key=lambda each: _identifier_rank(*each))
    return LoginFields(field, None, _buttons(group, field))


def code_fields(sight: Sight) -> CodeFields | None:
    """Where a one-time code is asked for; None where none is."""
    if sum(field.kind == "link" for field in sight.fields) > _FEW_LINKS:
        return None
    for group in _groups(sight):
        typed = [field for field in group if field.is_text or field.kind == "password"]
        boxes = tuple(field for field in typed if field.most == 1)
        if _BOXES[0] <= len(boxes) <= _BOXES[1]:
            return CodeFields(boxes, _buttons(group, boxes[-1]))
        for field in typed:
            if _takes_code(field, alone=len(typed) == 1):
                return CodeFields((field,), _buttons(group, field))
    return None


def way_in(sight: Sight) -> SeenField | None:
    """What shows the login form where the page does not show it by itself: a button or link that says so."""
    fitting = [
        field
        for field in sight.fields
        if field.kind in ("button", "link")
        and len(field.says) < 40
        and words.LOGIN.search(field.says)
        and not words.SIGN_UP.search(field.says)
        and not words.LOGOUT.search(field.says)
    ]
    return max(fitting, key=lambda field: (field.kind == "button", -len(field.says)), default=None)


def username_field(group: tuple[SeenField, ...], password: SeenField, username: str = "") -> SeenField | None:
    """The field for the user name that goes with this password field."""
    order = {id(field): at for at, field in enumerate(group)}

    def rank(field: SeenField) -> tuple[int, ...]:
        tokens = field.autocomplete.split()
        return (
            "username" in tokens or "email" in tokens,
            field.kind == "email" and ("@" in username or not username),
            not words.TENANT.search(field.hints) or bool(words.USER.search(field.hints.partition(" ")[0])),
            bool(words.USER.search(field.hints)),
            order[id(field)] < order[id(password)],
            order[id(field)],
        )

    fitting = [field for field in group if field.is_text and field.kind != "search" and not _says_code(field)]
    return max(fitting, key=rank, default=None)


def _groups(sight: Sight) -> list[tuple[SeenField, ...]]:
    groups: dict[tuple[int, int], list[SeenField]] = {}
    for field in sight.fields:
        groups.setdefault(field.form, []).append(field)
    return [tuple(group) for group in groups.values()]


def _takes_password(group: tuple[SeenField, ...]) -> bool:
    passwords = [field for field in group if field.kind == "password"]
    return len(passwords) == 1 and passwords[0].autocomplete not in ("new-password", "one-time-code")


def _says(group: tuple[SeenField, ...]) -> str:
    return " ".join((group[0].about, *(field.says for field in group if field.kind == "button")))


def _login_rank(group: tuple[SeenField, ...]) -> tuple[int, ...]:
    password = next(field for field in group if field.kind == "password")
    said = _says(group)
    login = bool(words.LOGIN.search(said))
    return (
        password.autocomplete == "current-password",
        login or not words.SIGN_UP.search(said),
        login,
        -sum(field.is_text for field in group),
    )


def _only_identifier(group: tuple[SeenField, ...]) -> SeenField | None:
    """The one field of a group that may be the first of two steps."""
    typed = [field for field in group if field.is_text]
    if len(typed) != 1 or not any(field.kind == "button" for field in group):
        return None
    field = typed[0]
    if field.kind == "search" or _takes_code(field, alone=False):
        return None
    known = {"username", "email", "webauthn"} & set(field.autocomplete.split())
    other = words.OTHER_FORM.search(f"{_says(group)} {field.hints}")
    if not known and (other or not (field.kind == "email" or words.USER.search(field.hints))):
        return None
    return field


def _identifier_rank(group: tuple[SeenField, ...], field: SeenField) -> tuple[int, ...]:
    said = _says(group)
    return (
        "username" in field.autocomplete.split(),
        bool(words.LOGIN.search(said)),
        not words.OTHER_FORM.search(said),
        not words.SIGN_UP.search(said),
        field.kind == "email",
    )


def _says_code(field: SeenField) -> bool:
    return "one-time-code" in field.autocomplete.split()


def _takes_code(field: SeenField, *, alone: bool) -> bool:
    if _says_code(field):
        return True
    if field.kind in ("email", "search", "url") or {"username", "email"} & set(field.autocomplete.split()):
        return False
    short = field.numeric or 4 <= field.most <= _LONGEST_CODE
    named = bool(words.CODE.search(field.hints))
    return (short and named) or (alone and (short or named))


def _buttons(group: tuple[SeenField, ...], after: SeenField) -> tuple[SeenField, ...]:
    """What sends the form: buttons that do by themselves, then those that say so, then those after the last field."""
    at = group.index(after)
    ranked = [
        (not button.submits, not words.LOGIN.search(button.says), not button.says, place < at, place, button)
        for place, button in enumerate(group)
        if button.kind == "button" and not words.SIGN_UP.search(button.says)
    ]
    return tuple(each[-1] for each in sorted(ranked, key=lambda each: each[:-1]))
