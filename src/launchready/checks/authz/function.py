"""Is what is offered to one role kept from the roles below it?"""

from launchready.check import Check, Fix, Risk
from launchready.checks.authz._crossings import judged
from launchready.checks.authz._examples import (
    ADA,
    LOST,
    NO_WRITES,
    NORA,
    NOTHING,
    REFUSED,
    SOL,
    STRANGER,
    USERS,
    crossed,
    looked,
    wrote,
)
from launchready.evidence import Missing
from launchready.evidence.access import Access, Tried, Writes
from launchready.evidence.access_policy import DeclaredAccess, Rule
from launchready.verdict import Fail, Pass, Unknown, Verdict


def judge(access: Access, writes: Writes | Missing, declared: DeclaredAccess | Missing) -> Verdict:
    """A route fails when a role that is not led there is shown what it holds of others, or performs what it does."""
    return judged(access, writes, declared, "function")


CHECK = Check(
    asks="Are pages, exports and operations of staff and admins closed to everybody else?",
    risk=Risk.CRITICAL,
    why=(
        "A page for staff that is only left out of the menu is open to whoever knows or guesses its address: a client "
        "reads the list of all clients, exports all invoices, or makes itself an admin."
    ),
    fix=Fix(
        owner=(
            "Do not launch before this is closed. Give your developers the finding with its curl command, and ask them "
            "for one list that says which role may do what, checked on the server for each route."
        ),
        engineer=(
            "Check the role on the server, at the route, and refuse by default: hiding a link or a button is no guard, "
            "nor is a check in the browser's code.\n"
            "Put the areas of staff and admins under one router or prefix with one guard, so that a new page is closed "
            "before anybody thinks of it. Guard API, export and page alike.\n"
            "Django: PermissionRequiredMixin or @permission_required, and permission_classes as a default in REST "
            "framework. Rails: a base controller for admins with before_action. Laravel: Route::middleware('can:…') on "
            "the group. Spring Security: authorizeHttpRequests with anyRequest().denyAll() at the end. Express: "
            "router.use(requireRole('staff')) before the routes. Next.js: check in the handler or server action itself."
        ),
        undo="Give the role back its permission in the one list of roles; do not take the guard from the route.",
        verify=(
            "Run the curl command of the finding as the lower role: the answer must be 403 or 404 and hold nothing of "
            "the page. Then run `launchready audit --check authz/function --active`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-ATHZ-02", "WSTG-ATHZ-03"),
    asvs=("V8.2.1", "V8.3.1"),
    cwe=(285, 862, 425),
    owasp_api=("API5:2023",),
    red_flag="A client can use what only staff should.",
)

CHECK.example(
    "clients are refused what staff is offered", Pass, looked(), wrote("function", changed=False), NOTHING
)
CHECK.example(
    "the owner confirmed that clients may see it",
    Pass,
    looked(crossed("function", route=USERS, owner="ada", asker="nora")),
    NO_WRITES,
    DeclaredAccess((Rule(USERS, ("admin", "client"), "shared", confirmed=True),)),
)
CHECK.example(
    "a client opens the list of users",
    Fail,
    looked(crossed("function", route=USERS, owner="ada", asker="nora")),
    NO_WRITES,
    NOTHING,
)
CHECK.example(
    "a client performs what only admins are offered", Fail, looked(), wrote("function", changed=True), NOTHING
)
CHECK.example("there is no consent to try", Unknown, looked(refused=REFUSED), NO_WRITES, NOTHING)
CHECK.example("one role only", Unknown, looked(parties=(STRANGER, NORA, SOL)), NO_WRITES, NOTHING)
CHECK.example(
    "the admin could not be signed in",
    Unknown,
    looked(parties=(STRANGER, ADA, NORA), unlooked=(("sam", LOST),)),
    NO_WRITES,
    NOTHING,
)
CHECK.example(
    "a limiter answered instead of the portal",
    Unknown,
    looked(tried=(Tried("function", USERS, kept=2, unanswered=2),)),
    NO_WRITES,
    NOTHING,
)
