"""Verdicts as evidence: crossings, and what each party reached. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from launchready.collect.reach.asking import Asking
from launchready.collect.reach.call import Call
from launchready.collect.reach.judging import Verdict
from launchready.collect.reach.templates import Template
from launchready.collect.reach.views import View
from launchready.evidence import Missing
from launchready.evidence.access import ANONYMOUS, Crossing, Reached, Route, Tried
from launchready.evidence.redact import subject
from launchready.verdict import Cause

_WORST = ("crossed", "unclear", "own", "shared", "cut", "public", "refused", "unasked")
_CAME = {
    "refused": "kept",
    "cut": "kept",
    "shared": "shared",
    "public": "shared",
    "unclear": "unclear",
    "unanswered": "unanswered",
    "crossed": "crossed",
}
_UNASKED = Missing(Cause.NOT_COLLECTED, "this was not asked", "run the audit again")


class Telling:
    """Turns what was found into facts."""

    def __init__(
        self, views: Mapping[str, View], asking: Asking, carriers: Mapping[str, tuple[str, ...]]
    ) -> None:
        """Prepare.

        Args:
            views: of all parties.
            asking: with all answers.
            carriers: by identity, what carries its session, as `evidence.sessions.SessionStart.carriers`.
        """
        self._views = views
        self._asking = asking
        self._carriers = carriers

    def crossings(self, verdicts: Iterable[Verdict]) -> tuple[Crossing, ...]:
        """One for each kind, route, owner and asker: that which shows most."""
        best: dict[tuple[str, str, str, str], Verdict] = {}
        for verdict in verdicts:
            if verdict.outcome != "crossed":
                continue
            trial = verdict.trial
            key = (trial.kind, trial.template.name, trial.owner, trial.asker)
            if key not in best or _rank(verdict) > _rank(best[key]):
                best[key] = verdict
        return tuple(found for key in sorted(best) if (found := self._crossing(best[key])) is not None)

    def routes(self) -> tuple[Route, ...]:
        """All templates that somebody was shown."""
        templates = sorted({template for view in self._views.values() for template in view.samples})
        found = []
        for template in templates:
            samples = [each for view in self._views.values() for each in view.samples.get(template, ())]
            seen_by = sorted({each.party for each in samples})
            sources = sorted(
                {each.source for each in samples}, key=lambda s: (s in ("script", "guess", "openapi"), s)
            )
            found.append(
                Route(template.name, samples[0].first.kind, template.slots, sources[0], tuple(seen_by))
            )
        return tuple(found)

    def reached(self, verdicts: Iterable[Verdict]) -> tuple[Reached, ...]:
        """What each party was answered at each template, at worst."""
        cells: dict[tuple[str, str], tuple[str, int]] = {}

        def note(template: Template, party: str, outcome: str, status: int) -> None:
            key = (template.name, party)
            old = cells.get(key)
            if old is None or _WORST.index(outcome) < _WORST.index(old[0]):
                cells[key] = (outcome, status)

        templates = sorted({template for view in self._views.values() for template in view.samples})
        for template in templates:
            for party, view in sorted(self._views.items()):
                samples = view.samples.get(template, ())
                note(
                    template,
                    party,
                    self._at_home(template, party),
                    samples[0].first.exchange.status if samples else 0,
                )
        for verdict in verdicts:
            if verdict.trial.settle_by and verdict.outcome == "crossed":
                continue
            answer = self._asking.got(verdict.trial.asker, verdict.trial.call)
            note(
                verdict.trial.template,
                verdict.trial.asker,
                "unclear" if verdict.outcome == "unanswered" else verdict.outcome,
                answer.exchange.status if answer else 0,
            )
        return tuple(Reached(route, party, *cell) for (route, party), cell in sorted(cells.items()))

    @staticmethod
    def tried(verdicts: Iterable[Verdict]) -> tuple[Tried, ...]:
        """How often others asked, by kind and route, and what came of it."""
        counted: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for each in verdicts:
            came = "unclear" if each.trial.settle_by and each.outcome == "crossed" else _CAME[each.outcome]
            counted[each.trial.kind, each.trial.template.name][came] += 1
        return tuple(
            Tried(*key, *(counted[key][what] for what in ("kept", "shared", "unclear", "unanswered")))
            for key in sorted(counted)
        )

    def _at_home(self, template: Template, party: str) -> str:
        """What a party was shown here of its own accord."""
        mine = self._views[party].samples.get(template)
        if not mine:
            return "unasked"
        if party == ANONYMOUS or template in self._views[ANONYMOUS].samples:
            return "public"
        shown = frozenset[bytes]().union(*(each.stable for each in mine)) - self._views[party].frame
        others = [
            each
            for name, view in self._views.items()
            if name not in (party, ANONYMOUS)
            for each in view.samples.get(template, ())
        ]
        if others and shown and all(shown <= each.first.pieces for each in others):
            return "shared"
        return "own"

    def _crossing(self, verdict: Verdict) -> Crossing | None:
        trial = verdict.trial
        answer = self._asking.got(trial.asker, trial.call)
        theirs = self._views[trial.owner].samples if trial.owner in self._views else {}
        sample = trial.sample or next(iter(theirs.get(trial.template, ())), None)
        if answer is None:
            return None
        never: Missing | None = None if trial.never is None else _UNASKED
        strangers = None if trial.asker == ANONYMOUS else _UNASKED
        nothing = self._asking.got(trial.asker, trial.never) if trial.never else None
        outside = self._asking.got(ANONYMOUS, trial.call)
        return Crossing(
            kind=trial.kind,
            route=trial.template.name,
            how=trial.how,
            owner=trial.owner,
            asker=trial.asker,
            certain=verdict.certain,
            why=verdict.why,
            markers=len(verdict.came.markers),
            seen=len(verdict.came.seen),
            answer=answer.exchange,
            owners=sample.first.exchange if sample is not None else None,
            never=nothing.exchange if nothing else never,
            strangers=outside.exchange if outside and strangers is not None else strangers,
            curl=self.curl(trial.asker, trial.call, trial.template),
            settle_by=trial.settle_by,
        )

    def curl(self, asker: str, call: Call, template: Template) -> str:
        """How to see it by hand; what signs in and what names the record are variables of the shell."""
        url = template.name.partition(" ")[2].partition(" (")[0].replace("={}", "=$ID").replace("{}", "$ID")
        if call.method == "GET" and not template.slots:
            url = subject(call.url).replace("=…", "=$ID")
        words = ["curl", "-si"]
        if call.method != "GET":
            words += ["-X", call.method]
        words += [f'-H "{header}"' for header in self._signs_in(asker)]
        words += [f'-H "{name}: {_header(name, value)}"' for name, value in call.headers]
        if call.body:
            words.append('--data "$BODY"')
        return " ".join((*words, f'"{url}"'))

    def _signs_in(self, asker: str) -> list[str]:
        name = "".join(char if char.isalnum() else "_" for char in asker.upper())
        found = []
        for carrier in self._carriers.get(asker, ()):
            where, _, what = carrier.partition(" ")
            if where == "cookie" and "Cookie: $COOKIE_" + name not in found:
                found.append("Cookie: $COOKIE_" + name)
            elif where == "header":
                prefix = "Bearer " if what == "authorization" else ""
                found.append(f"{what.title()}: {prefix}$TOKEN_{name}")
        return found


def _header(name: str, value: str) -> str:
    return value if name.lower() in ("accept", "content-type") else "$ID"


def _rank(verdict: Verdict) -> tuple[bool, int, str]:
    return verdict.certain, len(verdict.came.seen), verdict.trial.how
