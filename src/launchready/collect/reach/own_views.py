"""The portal's own contradictions: it refuses a record at its address, and hands it on in a list or feed. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from launchready.collect.reach.asking import Asking
from launchready.collect.reach.comparing import is_handed_on, without_echo
from launchready.collect.reach.judging import Verdict
from launchready.collect.reach.trials import Trial
from launchready.collect.reach.views import Sample, View
from launchready.evidence.access import ANONYMOUS


def contradictions(
    verdicts: Iterable[Verdict], views: Mapping[str, View], asking: Asking
) -> Iterator[tuple[Verdict, Trial, Sample]]:
    """What parties are shown of records that they are refused.

    Yields:
        The crossing, the trial that was refused, and the view that holds the record all the same.
    """
    for verdict in verdicts:
        trial, record = verdict.trial, verdict.trial.sample
        if (
            trial.kind != "object"
            or verdict.outcome != "refused"
            or trial.settle_by  # lists may well name what colleagues may not open
            or record is None
            or not trial.template.slots
        ):
            continue
        owner, asker = views[trial.owner], views[trial.asker]
        strangers = asking.got(ANONYMOUS, record.call)
        refusal = asking.got(trial.asker, trial.call)
        own = frozenset[bytes]().union(*(each.stable for each in asker.samples.get(trial.template, ())))
        values = without_echo(
            record.stable - owner.frame - own - views[ANONYMOUS].met
            - (strangers.pieces if strangers else frozenset())
            - (refusal.pieces if refusal else frozenset()),
            record.ids,
        )  # fmt: skip
        for template, samples in sorted(asker.samples.items()):
            if template == trial.template:
                continue
            for view in samples:
                came = is_handed_on(record, values, view.first, record.call.url)
                if came.seen:
                    how = f"looked at what {trial.asker} is offered: a record of {trial.owner} is in it"
                    why = f"{trial.asker} is refused this record at its own address"
                    shown = Trial("object", how, template, trial.owner, trial.asker, view.call, record)
                    yield Verdict(shown, "crossed", came, certain=True, why=why), trial, view
                    break
