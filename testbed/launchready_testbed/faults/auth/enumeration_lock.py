"""Five wrong passwords lock an account, and the page says so; a name that nobody has is never locked."""

from __future__ import annotations

from launchready_testbed.counting import Lock
from launchready_testbed.fault import Fault
from launchready_testbed.people import PEOPLE
from launchready_testbed.portal.limits import Refusal, by_account
from launchready_testbed.world import World

_LOCKED = Refusal(423, "This account is locked for a while.")


def _exists(account: str) -> bool:
    return any(person.email == account for person in PEOPLE)


def _apply(world: World) -> None:
    world.auth.login_limits = [Lock(5, 15, _LOCKED, by_account, known=_exists)]


FAULT = Fault(
    says="Five wrong passwords lock an account, and the page says so; a name that nobody has is never locked.",
    trips=("auth/enumeration",),
    look=(
        '$ for n in $(seq 7); do submit w$n /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong-$n | head -n 1; done | sort | uniq -c\n'
        "< 5 HTTP/1.1 401\n"
        "< 2 HTTP/1.1 423\n"
        "$ for n in $(seq 7); do submit u$n /login /login -d email=nobody-here@northwind.test -d password=wrong | head -n 1; done | sort | uniq -c\n"
        "< 7 HTTP/1.1 401"
    ),
    apply=_apply,
)
