"""The course of one run: learn, ask as others, look closer at what came back, judge."""

from collections.abc import Iterable

from launchready.collect.people import People
from launchready.collect.reach.after_sign_out import Ground, keep_ground
from launchready.collect.reach.asking import Asking
from launchready.collect.reach.belonging import shown_of_others
from launchready.collect.reach.judging import Judging, Verdict
from launchready.collect.reach.learning import Learning
from launchready.collect.reach.neighbours import Neighbours
from launchready.collect.reach.own_views import contradictions
from launchready.collect.reach.telling import Telling
from launchready.collect.reach.trials import Planner, Trial
from launchready.collect.reach.variations import Variations
from launchready.collect.reach.views import Sample, View
from launchready.evidence import Missing
from launchready.evidence.access import ANONYMOUS, Access, Party
from launchready.evidence.http import Crawl
from launchready.evidence.sessions import NoSession, Sessions
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Touch, Wire

_NO_CONSENT = Missing(
    Cause.NO_CONSENT,
    "what somebody is not offered is asked for with consent only",
    "set active = true and authorised_by in [scope], and run the audit with --active",
)


class Reaching:
    """One run."""

    def __init__(
        self, wire: Wire, site: Site, people: People, crawl: Crawl, sessions: Sessions | Missing
    ) -> None:
        found = sessions.people if isinstance(sessions, Sessions) else ()
        self._wire = wire
        self._people = people
        self._crawl = crawl
        self._starts = (
            {} if isinstance(sessions, Missing) else {each.identity: each for each in sessions.signed_in}
        )
        self._unlooked = [(each.identity, each.why) for each in found if isinstance(each, NoSession)]
        if isinstance(sessions, Missing):
            self._unlooked.append(("", sessions))
        self._identities = [each for each in site.identities if each.name in self._starts]
        self._parties = (
            Party(ANONYMOUS),
            *sorted(
                (
                    Party(each.name, each.role, each.tenant, each.admin, each.test)
                    for each in self._identities
                ),
                key=lambda party: party.name,
            ),
        )
        self._asking = Asking(people)

    async def access(self) -> Access:
        """All of it.

        Raises:
            StoreError: the journal cannot be written.
        """
        asking = self._asking
        learning = Learning(self._people, self._crawl, self._identities, asking)
        views, templates = await learning.views()
        planner = Planner(self._parties, views, templates)
        judging = Judging(views, asking, planner.relation, self._parties)
        verdicts: list[Verdict] = []
        strangers = list(planner.strangers())
        await self._try(judging, strangers, Touch.READ)
        may_probe = self._wire.gate.consent >= Touch.PROBE
        if may_probe:
            swaps = [*planner.swaps(), *await self._led(planner)]
            await self._try(judging, swaps, Touch.PROBE)
            verdicts += judging.objects(trial for trial in swaps if trial.kind == "object")
            verdicts += judging.functions(trial for trial in swaps if trial.kind == "function")
            crossed = {_between(v.trial) for v in verdicts if v.outcome == "crossed"}
            others = Variations(planner, views, templates, learning.beyond).all()
            variations = [each for each in others if _between(each) not in crossed]
            await self._try(judging, variations, Touch.PROBE)
            verdicts += (v for v in judging.objects(variations) if v.outcome == "crossed")
            verdicts += await Neighbours(planner, views, templates, asking).verdicts(swaps)
            verdicts += await self._unsettled(planner, judging)
        verdicts += judging.strangers(strangers)
        verdicts += [verdict for verdict, _, _ in contradictions(verdicts, views, asking)]
        told = {
            (each.trial.template.name, each.trial.asker) for each in verdicts if each.outcome == "crossed"
        }
        questions = shown_of_others(views, asking, planner.relation)
        verdicts += [each for each in questions if (each.trial.template.name, each.trial.asker) not in told]
        keep_ground(self._people, Ground(views, asking))
        telling = Telling(views, asking, {name: start.carriers for name, start in self._starts.items()})
        return Access(
            parties=self._parties,
            routes=telling.routes(),
            reached=telling.reached(verdicts),
            crossings=telling.crossings(each for each in verdicts if not each.trial.settle_by),
            unlooked=(*self._unlooked, *dict.fromkeys(learning.unlooked), *sorted(asking.lost.items())),
            refused=None if may_probe else _NO_CONSENT,
            excess=_excess(views.values()),
            requests=asking.requests,
            tried=telling.tried(verdicts),
            unsettled=telling.crossings(each for each in verdicts if each.trial.settle_by),
        )

    async def _led(self, planner: Planner) -> list[Trial]:
        """Trials of records that two parties are led to, their owner's answers asked first."""
        led = list(planner.led())
        await self._asking.all(((owner, call) for owner, _, _, call in led), Touch.SIGN_IN)
        trials = []
        for owner, asker, template, call in led:
            first = self._asking.got(owner, call)
            if first is not None and first.is_given:
                sample = Sample(owner, call, template, planner.ids(call), first)
                how = f"asked for a record of {owner}"
                trials.append(
                    Trial("object", how, template, owner, asker, call, sample, planner.never(sample))
                )
        return trials

    async def _unsettled(self, planner: Planner, judging: Judging) -> list[Verdict]:
        """Those of what may be meant so; of lists that no page leads to those that name people of other tenants."""
        trials = list(planner.unsettled())
        await self._try(judging, trials, Touch.PROBE)
        lists = judging.functions(each for each in trials if each.kind == "function")
        return [
            *judging.objects(each for each in trials if each.kind == "object"),
            *(each for each in lists if each.certain),
        ]

    async def _try(self, judging: Judging, trials: Iterable[Trial], touch: Touch) -> None:
        """Ask, and of what seems to have come back the controls as well."""
        trials = list(trials)
        await self._asking.all(((each.asker, each.call) for each in trials), touch)
        for _ in range(2):  # what the first controls leave may need others
            closer = [each for each in trials if judging.looks_crossed(each)]
            controls = [
                (party, call)
                for each in closer
                for party, call in (
                    (each.asker, each.never),
                    (each.asker, each.plain),
                    (ANONYMOUS, each.call),
                    (ANONYMOUS, each.never),
                )
                if call is not None
            ]
            await self._asking.all(controls, touch)


def _between(trial: Trial) -> tuple[str, str, str]:
    return trial.template.name, trial.owner, trial.asker


def _excess(views: Iterable[View]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """What parties were shown too much of; of pages, which often all have it from their frame, the first for each."""
    found: dict[tuple[str, str], set[str]] = {}
    framed: set[tuple[str, tuple[str, ...]]] = set()
    for view in views:
        for template, samples in sorted(view.samples.items()):
            for each in samples:
                secrets = each.first.secrets
                if not secrets or (view.party, secrets) in framed:
                    continue
                if each.first.kind == "page":
                    framed.add((view.party, secrets))
                found.setdefault((template.name, view.party), set()).update(secrets)
    return tuple((route, party, tuple(sorted(names))) for (route, party), names in sorted(found.items()))
