"""Does SPF say which servers may send the portal's mail, in a way that receivers can read, and that others may not?"""

from collections.abc import Iterable, Iterator

from launchready.check import Check, Fix, Risk
from launchready.checks.email._spf_examples import EXAMPLES
from launchready.evidence import Missing
from launchready.evidence.dns import Answer
from launchready.evidence.letters import MailDrill
from launchready.evidence.mail_domains import MailDomain, MailDomains
from launchready.mailauth.answers import Recorded
from launchready.mailauth.known import Known
from launchready.mailauth.spf import MOST_LOOKUPS, MOST_VOID
from launchready.mailauth.spf_senders import Trial, trials
from launchready.mailauth.spf_survey import Branch, survey
from launchready.verdict import Cause, Doubt, Finding, Seen, Verdict, weigh

_SAY_WHENCE = 'say in [email] from = ["…"] from which addresses the portal sends'
_STRANGERS = {
    "pass": "lets anybody send",
    "neutral": "does not say that others may not send; it has to end in -all or ~all",
}


def judge(domains: MailDomains, drill: MailDrill | Missing) -> Verdict:
    """Every mail domain is judged by its whole tree of includes; what a name server did not tell is never absent.

    Receivers ask for the SPF of the envelope sender's domain. Where letters show that it is another than that in From, a
    domain needs no record.
    """
    known = Recorded(domains.answers)
    declared = [each.name for each in domains.services if "portal file" in each.seen_in]
    notes: list[Seen | Finding | Doubt] = [each.doubt() for each in domains.gaps]
    for domain in domains.domains:
        notes += _of_domain(known, domain, declared, _envelopes(drill, domain.name))
    return weigh(
        (each for each in notes if isinstance(each, Seen)),
        (each for each in notes if isinstance(each, Finding)),
        (each for each in notes if isinstance(each, Doubt)),
    )


def _envelopes(drill: MailDrill | Missing, domain: str) -> set[str]:
    """Domains of the envelope senders of letters that are from this domain, as far as they show."""
    deliveries = drill.deliveries if isinstance(drill, MailDrill) else ()
    letters = [letter for each in deliveries for letter in each.letters if letter.from_domain == domain]
    return {letter.return_path.rpartition("@")[2].lower() for letter in letters if letter.return_path}


def _of_domain(
    known: Known, domain: MailDomain, declared: Iterable[str], envelopes: set[str]
) -> Iterator[Seen | Finding | Doubt]:
    tree = survey(known, domain.name)
    if not tree.text and not tree.problem:
        yield _without(tree, domain, envelopes)
        return
    findings = [Finding(domain.name, fault) for fault in _faults(tree)]
    yield from findings
    for answer in _untold(tree):
        yield _doubt(domain.name, answer)
    if tree.record is None:
        return
    tried = trials(known, tree, declared)
    for trial in tried:
        if not (findings and trial.judgement.result == "permerror"):  # that is the finding itself
            yield _of_trial(domain.name, trial)
    expected = "declared" in domain.known_from and not tried and not envelopes
    if expected and tree.record.lets_nobody_send:
        yield Doubt(
            domain.name,
            Cause.AMBIGUOUS,
            f"“{tree.text}” lets nobody send, yet mail of the portal is from {domain.name}",
            "give a [[mailbox]], so that a mail shows whose SPF counts for it",
        )
    if not findings:
        yield Seen(domain.name, _described(tree))


def _without(tree: Branch, domain: MailDomain, envelopes: set[str]) -> Seen | Finding | Doubt:
    """No record was seen."""
    if tree.answer.why is not None:
        return _doubt(tree.domain, tree.answer)
    none = "there is no such domain" if tree.answer.no_such_name else "it has no SPF record"
    if tree.near_misses:
        return Finding(tree.domain, f"{none}: receivers do not take “{tree.near_misses[0]}” for one")
    if domain.known_from == ("portal",):
        nobody = f"{none}, and nobody says that the portal sends mail from there"
        return Doubt(tree.domain, Cause.NOT_COLLECTED, nobody, _SAY_WHENCE)
    if envelopes and domain.name not in envelopes:
        return Seen(
            tree.domain, f"{none}, and needs none: its mail is sent as {', '.join(sorted(envelopes))}"
        )
    return Finding(tree.domain, none)


def _faults(tree: Branch) -> Iterator[str]:
    """What is certainly wrong, in words."""
    for branch in tree.walk():
        if branch.problem:
            where = "" if branch is tree else f"in the record of {branch.domain}: "
            yield f"{where}{branch.problem}; receivers call that a permanent error"
        if branch.unread:
            yield f"{', '.join(branch.unread)} in the record of {branch.domain} stands after all, where nobody reads it"
        for term in (each for each in branch.everybody if each[0] not in "-~?"):
            yield f"{term} in the record of {branch.domain} fits addresses of anybody"
    if tree.lookups > MOST_LOOKUPS:
        yield f"receivers have to look up {tree.lookups} names and stop at {MOST_LOOKUPS}: {tree.drawn()}"
    void = tuple(dict.fromkeys(name for branch in tree.walk() for name in branch.void))
    if len(void) > MOST_VOID:
        yield f"{len(void)} of its look-ups find nothing, where receivers stop after {MOST_VOID}: {', '.join(void)}"
    if tree.record is not None and not _untold(tree) and (fault := _STRANGERS.get(tree.for_strangers())):
        like = [each.domain for each in tree.walk() if each is not tree and each.for_strangers() == "pass"]
        yield f"“{tree.text}” {fault}" + (f", as that of {like[0]} does" if like else "")


def _untold(tree: Branch) -> list[Answer]:
    return [
        answer
        for branch in tree.walk()
        for answer in (branch.answer, *branch.untold)
        if answer.why is not None
    ]


def _doubt(subject: str, answer: Answer) -> Doubt:
    assert answer.why is not None
    return answer.why.doubt(subject)


def _of_trial(domain: str, trial: Trial) -> Seen | Finding | Doubt:
    """What receivers make of one address of a sender that the portal file names."""
    judged = trial.judgement
    of = trial.sender if trial.sender == trial.address else f"{trial.sender} ({trial.address})"
    if judged.untold is not None:
        return _doubt(domain, judged.untold)
    if judged.result == "pass":
        return Seen(domain, f"{of} may send: {judged.reason}")
    return Finding(domain, f"{of} may not send: {judged.result} by {judged.reason}")


def _described(tree: Branch) -> str:
    """The record with what it costs."""
    void = sum(len(branch.void) for branch in tree.walk())
    cost = f"{tree.lookups} of {MOST_LOOKUPS} look-ups" + (f", {void} of them in vain" if void else "")
    does = {"fail": "refuses strangers", "softfail": "distrusts strangers"}
    ends = does.get(tree.for_strangers(), "leaves to another name what is said of strangers")
    return f"“{tree.text}” {ends}; {cost}: {tree.drawn()}"


CHECK = Check(
    asks="Does SPF name every server that sends the portal's mail, readably for all receivers, and no others?",
    risk=Risk.HIGH,
    why=(
        "SPF is the list of servers that may send for your domain. Where it is missing, cannot be read, or leaves out a "
        "server, password resets and alerts land in spam or are refused. Where it ends openly or lists half of the "
        "internet, anybody can send mail in your name. Receivers give up after ten look-ups and then count the whole "
        "record as broken, which happens when one more service is added to a record that worked for years."
    ),
    fix=Fix(
        owner=(
            "Ask whoever looks after your domain to correct the TXT record that begins with v=spf1, as the report says; "
            "each service that sends for you tells on its help pages what has to be in it."
        ),
        engineer=(
            "One TXT record at the domain: v=spf1 include:… ip4:… -all (or ~all), with nothing after all. Merge two "
            "records into one. Leave out includes of services that you no longer use, and those that send under their own "
            "bounce domain, as most newsletter and transactional services do. Instead of a and mx write ip4: and ip6:, "
            "which cost no look-up. Names that no longer exist have to go, and so has ptr. Where ten look-ups do not "
            "suffice, give a service a subdomain of its own, with its own record."
        ),
        undo="Put the old TXT record back; receivers notice within its time to live, mostly an hour.",
        verify=(
            "`dig +short TXT example.com` shows one record with v=spf1, and a mail to yourself has spf=pass in its "
            "Authentication-Results. Then run `launchready audit --check email/spf`."
        ),
    ),
    judge=judge,
    wstg=("WSTG-CONF-10",),
    cwe=(290,),
)

for _example in EXAMPLES:
    CHECK.example(*_example)
