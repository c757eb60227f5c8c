"""Can a stranger find out who has an account?"""

from launchready.check import Check, Fix, Risk
from launchready.checks.auth._guesses import read
from launchready.checks.auth._telling import AGAIN, PAIRS, clock, differences, is_unsure
from launchready.evidence import Missing
from launchready.evidence.enumeration import Door, Enumeration, Named
from launchready.evidence.login_limit import LoginLimit
from launchready.evidence.redact import subject
from launchready.verdict import Cause, Doubt, Fail, Finding, Pass, Seen, Unknown, Verdict, weigh

_PLACES = {"login": "the login", "reset": "asking for a new password", "sign-up": "signing up"}
_ABSENT = {
    "reset": "no page was found on which a new password is asked for",
    "sign-up": "no page was found on which one signs up",
}


def judge(enumeration: Enumeration, limit: LoginLimit | Missing) -> Verdict:
    """Look at each place; where only accounts are locked, the lock tells as well."""
    seen: list[Seen] = []
    findings: list[Finding] = []
    doubts: list[Doubt] = []
    for door in enumeration.doors:
        where = subject(door.url)
        if door.gap is not None:
            doubts.append(door.gap.doubt(where))
        elif not door.url:
            seen.append(Seen(door.place, _ABSENT.get(door.place, "there is no such place")))
        elif faults := _faults(door):
            findings.append(
                Finding(where, f"{_PLACES[door.place]} tells accounts from others by {'; '.join(faults)}")
            )
        elif is_unsure(door) or (min(len(door.known), len(door.unknown)) < PAIRS and not _is_small(door)):
            doubts.append(_stopped(where, door))
        else:
            seen.append(Seen(where, _alike(door)))
    if isinstance(limit, LoginLimit) and read(limit).tells:
        what = "too many wrong passwords lock an account, and are answered as ever for a name that nobody has"
        findings.append(Finding(subject(limit.login_url), what))
    seen += [
        Seen(
            name,
            f"the test account {name} was refused with its own password afterwards: see whether it is locked",
        )
        for name in enumeration.refused
    ]
    if not any(door.url and not door.gap for door in enumeration.doors):
        seen = []
    return weigh(seen, findings, doubts)


def _faults(door: Door) -> list[str]:
    faults = differences(door)
    time = clock(door)
    if time.told:
        faults.append(
            f"time ({_ms(time.known)} for an account, {_ms(time.unknown)} for others, medians of {len(door.known)} and "
            f"{len(door.unknown)} tries; chance explains that with a probability of {time.chance:.2g})"
        )
    return faults


def _is_small(door: Door) -> bool:
    """Whether there was nobody else to try with, and the one answer to an account is like all others."""
    return not door.stopped and len(door.known) == 1 and len(door.unknown) >= PAIRS


def _alike(door: Door) -> str:
    tried = f"{len(door.known)} tries with own accounts and {len(door.unknown)} with names that nobody has"
    how = ", sent incomplete so that no account comes of it," if door.incomplete else ""
    cut = "; a limiter was noticed then, so there were no more" if door.stopped else ""
    time = clock(door)
    if time.enough:
        told = (
            f"; medians of the times are {_ms(time.known)} and {_ms(time.unknown)}, which is no difference that could be "
            f"used with {1 - AGAIN:.0%} confidence"
        )
    else:
        told = "; too few to tell anything by time"
    return f"{_PLACES[door.place]}: {tried}{how} are answered alike in status, target, headers and text{told}{cut}"


def _stopped(where: str, door: Door) -> Doubt:
    why = (
        "a limiter was noticed before enough answers could be compared"
        if door.stopped
        else "too few answers came"
    )
    return Doubt(
        where, Cause.AMBIGUOUS, f"{_PLACES[door.place]}: {why}", "run the audit again when it has opened"
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


CHECK = Check(
    asks="Are strangers answered alike whether the name they type is an account's or nobody's?",
    risk=Risk.MEDIUM,
    why=(
        "Whoever can tell which addresses have an account knows whom to send a forged mail, and on whom leaked passwords "
        "are worth trying. For some portals the list of clients is confidential by itself. It is enough that the words "
        "differ, or the status, or that an answer takes longer because a password is looked at only if there is one."
    ),
    fix=Fix(
        owner=(
            "Ask your developers to give the same answer for a wrong password and for an unknown name, and to say of a "
            "forgotten password and of a new account only that a mail is on its way."
        ),
        engineer=(
            "Login: one message, one status, one redirect for both; check the password against a dummy hash when there is "
            "no account, so that both take as long; count failures of unknown names as those of accounts.\n"
            "Reset and sign-up: always answer that a mail has been sent, and send it after the answer, from a queue. Who "
            "signs up with a known address gets a mail that says so.\n"
            "Django does so by itself since 1.8 (hash) for the login and the reset; allauth: "
            "ACCOUNT_PREVENT_ENUMERATION = True. Devise: config.paranoid = true. Laravel: the same message for "
            "passwords.sent and passwords.user. WordPress: one text for all by the filter "
            "login_errors. Keycloak and Auth0 have a switch for it."
        ),
        undo="Nothing has to be undone: users see other words. Put the old message back if support asks for it.",
        verify=(
            "Type a wrong password for an account of yours and for a name that nobody has, and compare status, address, "
            "text and time; the same for a forgotten password. Then run "
            "`launchready audit --check auth/enumeration --active`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-IDNT-04",),
    asvs=("V6.3.8",),
    cwe=(204, 208),
)


def _try(
    who: str,
    text: str = "Address or password is wrong.",
    *,
    status: int = 401,
    seconds: float = 0.06,
    look: int = 1,
) -> Named:
    return Named(who, status, "", 300, seconds, texts=((text, 1),), look=look)


def _login(known: tuple[Named, ...], unknown: tuple[Named, ...]) -> Enumeration:
    login = Door("login", "https://portal.example/login", (*known, *unknown))
    return Enumeration((login, Door("reset", ""), Door("sign-up", "")), "enumeration 0", 40, ("nora",))


_NONE = Missing(Cause.NO_CONSENT, "there is no consent to go as far as probe", "run the audit with --active")
_FOUR = tuple(_try(who) for who in ("nora", "sol", "nora", "sol"))
_OTHERS = tuple(_try("", seconds=0.06 + at / 1000) for at in range(8))

CHECK.example("all are answered alike", Pass, _login(_FOUR, _OTHERS), _NONE)
CHECK.example(
    "each answer has another advert",
    Pass,
    _login(
        tuple(_try(who, advert) for who, advert in zip("abcd", ("Sun", "Rain", "Sun", "Snow"), strict=True)),
        tuple(_try("", advert) for advert in ("Rain", "Sun", "Snow", "Fog", "Rain", "Hail", "Sun", "Fog")),
    ),
    _NONE,
)
CHECK.example(
    "the text differs",
    Fail,
    _login(_FOUR, tuple(_try("", "There is no such account.") for _ in range(8))),
    _NONE,
)
CHECK.example("the status differs", Fail, _login(_FOUR, tuple(_try("", status=404) for _ in range(8))), _NONE)
CHECK.example(
    "accounts take longer",
    Fail,
    _login(
        tuple(
            _try(who, seconds=0.1 + at / 500, look=look)
            for look in (1, 2)
            for at, who in enumerate(("nora", "sol", "nora", "sol"))
        ),
        tuple(_try("", seconds=0.02 + at / 500, look=look) for look in (1, 2) for at in range(8)),
    ),
    _NONE,
)
CHECK.example(
    "accounts took longer for a while, as the machine was busy",
    Pass,
    _login(
        tuple(
            _try(who, seconds=0.3 / look, look=look)
            for look in (1, 2)
            for who in ("nora", "sol", "nora", "sol")
        ),
        tuple(
            _try("", seconds=0.02 + 0.04 * at * (look - 1), look=look) for look in (1, 2) for at in range(8)
        ),
    ),
    _NONE,
)
CHECK.example(
    "a limiter came before it was clear whether adverts tell anything",
    Unknown,
    Enumeration(
        (
            Door(
                "login",
                "https://portal.example/login",
                (*(_try(who, "Sun") for who in "abcd"), *(_try("", text) for text in ("Rain", "Fog") * 2)),
                stopped=True,
            ),
        ),
        "enumeration 0",
        20,
    ),
    _NONE,
)
CHECK.example(
    "a limiter came too soon",
    Unknown,
    Enumeration(
        (Door("login", "https://portal.example/login", (_try("nora"),), stopped=True),), "enumeration 0", 3
    ),
    _NONE,
)
