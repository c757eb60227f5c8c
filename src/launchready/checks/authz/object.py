"""Is every record kept from those whose it is not?"""

from launchready.check import Check, Fix, Risk
from launchready.checks.authz._crossings import judged
from launchready.checks.authz._examples import (
    INVOICE,
    LOST,
    NO_WRITES,
    NORA,
    NOTHING,
    REFUSED,
    SOL,
    STRANGER,
    colleague,
    crossed,
    looked,
    wrote,
)
from launchready.evidence import Missing
from launchready.evidence.access import Access, Tried, Writes
from launchready.evidence.access_policy import DeclaredAccess, Rule
from launchready.verdict import Fail, Pass, Unknown, Verdict


def judge(access: Access, writes: Writes | Missing, declared: DeclaredAccess | Missing) -> Verdict:
    """A record fails when values of it that are its owner's alone come back to another one, or another one changes it."""
    return judged(access, writes, declared, "object")


CHECK = Check(
    asks="Can nobody read, list, search, download, change or delete what is another client's?",
    risk=Risk.CRITICAL,
    why=(
        "One client changes a number in the address and reads another client's invoices, tickets or files. It is the "
        "most frequent grave fault of portals, it needs no skill, it shows in no log as an error, and where personal "
        "data is concerned it has to be reported to the authority and to all clients."
    ),
    fix=Fix(
        owner=(
            "Do not launch before this is closed. Give your developers the finding with its curl command. Ask them "
            "whether each place that reads a record also asks whose it is, and to write a test with two clients for "
            "each. If the portal was reachable already, have the access logs read for these addresses."
        ),
        engineer=(
            "Ask for whose record it is in the query itself, not after it: WHERE id = ? AND tenant_id = ? with the tenant "
            "from the session, never from the request. Answer what belongs to others as what does not exist.\n"
            "Put it where it cannot be forgotten: a default scope of the model or repository, row level security in the "
            "database (PostgreSQL: CREATE POLICY … USING (tenant_id = current_setting('app.tenant')::int)), or a "
            "policy object that every handler has to call.\n"
            "Django: Invoice.objects.filter(tenant=request.user.tenant) in get_queryset. Rails: "
            "current_tenant.invoices.find(params[:id]), with Pundit's verify_authorized and verify_policy_scoped. "
            "Laravel: a global scope, and $this->authorize in each controller. Express: compare req.user.tenantId in the "
            "query. GraphQL: authorize in the resolver or loader of each type, not at the top of the query only.\n"
            "Look at all ways to the same record: list, search, filter, export, feed, PDF, file, include, batch and "
            "nested addresses. Ids that cannot be guessed are no guard; they stand in links, logs and mails."
        ),
        undo=(
            "If somebody loses sight of what is theirs, add the case to the one place that says whose a record is; do "
            "not take the guard away. Sharing that is meant can be declared in [[access]] of the portal file."
        ),
        verify=(
            "Run the curl command of the finding as the other client: the answer must be that of a record that does not "
            "exist. Then run `launchready audit --check authz/object --active`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-ATHZ-02", "WSTG-ATHZ-04"),
    asvs=("V8.2.2", "V8.4.1"),
    cwe=(639, 862, 863),
    owasp_api=("API1:2023",),
    red_flag="One client can reach another client's records.",
)

CHECK.example(
    "each is refused the records of the other", Pass, looked(), wrote("object", changed=False), NOTHING
)
CHECK.example("a portal where nothing is written", Pass, looked(), NO_WRITES, NOTHING)
CHECK.example(
    "a knowledge base that all clients share",
    Pass,
    looked(outcomes=(("sol", "shared", 200),)),
    NO_WRITES,
    NOTHING,
)
CHECK.example(
    "the owner confirmed that these records are shared",
    Pass,
    looked(crossed("object")),
    NO_WRITES,
    DeclaredAccess((Rule(INVOICE, ("client", "admin"), "shared", confirmed=True),)),
)
CHECK.example(
    "the owner confirmed that a tenant's people share these records",
    Pass,
    colleague(),
    NO_WRITES,
    DeclaredAccess((Rule(INVOICE, ("client", "admin"), "tenant", confirmed=True),)),
)
CHECK.example(
    "the owner confirmed that each user has records of their own, and a colleague opens them",
    Fail,
    colleague(),
    NO_WRITES,
    DeclaredAccess((Rule(INVOICE, ("client", "admin"), "user", confirmed=True),)),
)
CHECK.example(
    "each of two colleagues is led to their own, opens the other's, and nothing says what is meant",
    Unknown,
    colleague(),
    NO_WRITES,
    NOTHING,
)
CHECK.example("another client's invoice opens", Fail, looked(crossed("object")), NO_WRITES, NOTHING)
CHECK.example(
    "ids that nobody shares, and the same answer",
    Fail,
    looked(crossed("object", certain=False)),
    NO_WRITES,
    NOTHING,
)
CHECK.example("another client's invoice is changed", Fail, looked(), wrote("object", changed=True), NOTHING)
CHECK.example(
    "a finding stands even where writing was not allowed", Fail, looked(crossed("object")), REFUSED, NOTHING
)
CHECK.example(
    "there is no consent to ask for others' records", Unknown, looked(refused=REFUSED), NO_WRITES, NOTHING
)
CHECK.example("there is no consent to write", Unknown, looked(), REFUSED, NOTHING)
CHECK.example("one client only", Unknown, looked(parties=(STRANGER, NORA)), NO_WRITES, NOTHING)
CHECK.example(
    "the second client could not be signed in",
    Unknown,
    looked(parties=(STRANGER, NORA, SOL), unlooked=(("uma", LOST),)),
    NO_WRITES,
    NOTHING,
)
CHECK.example("nobody to sign in as", Unknown, Access((STRANGER,)), NO_WRITES, NOTHING)
CHECK.example(
    "a limiter answered instead of the portal",
    Unknown,
    looked(tried=(Tried("object", INVOICE, kept=2, unanswered=2),)),
    NO_WRITES,
    NOTHING,
)
CHECK.example(
    "what both clients are shown tells nothing",
    Unknown,
    looked(tried=(Tried("object", INVOICE, unclear=4),)),
    NO_WRITES,
    NOTHING,
)
