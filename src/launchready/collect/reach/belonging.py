"""Whose a record is by what stands in it: the field that holds a tenant's id, as each party's own profile has it. Pure.

Where a list shows everybody the same, no answer differs from any other, and nothing else tells whether it should. What
is found by this is a question to the owner, as a market place shows all its sellers' goods to everybody.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from launchready.collect.reach.asking import Asking
from launchready.collect.reach.comparing import Came
from launchready.collect.reach.judging import Verdict
from launchready.collect.reach.places import is_id
from launchready.collect.reach.relations import Relation
from launchready.collect.reach.trials import Trial
from launchready.collect.reach.views import Sample, View
from launchready.evidence.access import ANONYMOUS

Field = tuple[str, str]
"""Name and value of a leaf of JSON."""

TENANTS = re.compile(
    r"tenant|organi[sz]ation|org_|orgid|client|customer|company|account|team|workspace|firm|agency|owner|store|shop|group",
    re.IGNORECASE,
)
"""What a field or a header is called that holds whose a record is."""
_MEANT = "keep these records to whom they belong, or confirm in [[access]] that they are shared"
_MEANT_FOR_ALL = "close it to strangers, or confirm in [[access]] that its records are public"


def tenants_fields(view: View) -> frozenset[Field]:
    """Fields with ids of what this party belongs to: those beside its user name, where an answer is about it alone."""
    found: set[Field] = set()
    for samples in view.samples.values():
        for sample in samples:
            fields = sample.first.fields
            if not any(value.casefold() in view.names for _, value in fields):
                continue
            names = [name for name, _ in fields]
            found |= {
                (name, value)
                for name, value in fields
                if names.count(name) == 1 and TENANTS.search(name) and len(value) > 1 and is_id(value)
            }
    return frozenset(found)


def shown_of_others(
    views: Mapping[str, View], asking: Asking, related: Callable[[str, str], Relation]
) -> Iterator[Verdict]:
    """What a party, or a stranger, is shown of its own accord that holds a field of another tenant.

    Args:
        views: of all parties.
        asking: what was asked and answered.
        related: how the second party stands to the first.
    """
    whose = {name: tenants_fields(view) for name, view in views.items() if name != ANONYMOUS}
    for owner, theirs in sorted(whose.items()):
        for asker in sorted(views):
            if asker != ANONYMOUS and related(owner, asker) is not Relation.APART:
                continue
            own = theirs - whose.get(asker, frozenset())
            source = owner if asker == ANONYMOUS else asker
            for sample in (each for group in views[source].samples.values() for each in group):
                answer = asking.got(asker, sample.call)
                seen = own & answer.fields if answer is not None and answer.is_given else frozenset()
                if seen:
                    yield _question(owner, asker, sample, seen)


def _question(owner: str, asker: str, sample: Sample, seen: frozenset[Field]) -> Verdict:
    values = frozenset(value.encode("utf-8", "surrogateescape") for _, value in seen)
    names = " and ".join(sorted({name for name, _ in seen}))
    if asker == ANONYMOUS:
        how = f"asked for what {owner} is shown, without being signed in"
        kind, settle = "anonymous", _MEANT_FOR_ALL
    else:
        how, kind, settle = "asked for what its own pages show", "object", _MEANT
    trial = Trial(kind, how, sample.template, owner, asker, sample.call, sample, settle_by=settle)
    return Verdict(
        trial, "crossed", Came(values, values), why=f"records have the {names} of {owner}'s tenant"
    )
